"""What a function is given and gives back: types that say what they mean, plain data, or nothing said."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from collectors.readers.site_names import words

BARE = words(
    """
    float int str complex bytes bytearray dict list tuple set frozenset object type Any Dict List Tuple Set FrozenSet
    Optional Union Sequence MutableSequence Iterable Iterator Mapping MutableMapping Collection Container Text
    Hashable Generator DefaultDict OrderedDict defaultdict
    ndarray ArrayLike NDArray DataFrame Series Tensor FloatTensor LongTensor Array csr_matrix spmatrix
    float16 float32 float64 int8 int16 int32 int64 uint8 None NoneType
    typing collections abc np numpy npt pd pandas torch tf tensorflow jnp jax pl polars typing_extensions t
    """
)
"""Names of which an annotation of plain data is made: numbers, texts, tables, and containers of them."""
_SAYS_ALL = words("bool None Optional Union NoneType NoReturn Never Self typing numpy np bool_")
"""Of what only these make up, no richer type is missing: a flag, or nothing at all."""
_PLAIN = BARE | _SAYS_ALL
_WORD = re.compile(r"[A-Za-z_]\w*")
_LONGEST = 2000  # characters of an annotation in quotes
_DEEPEST = 200  # nodes of an annotation


class Interface(NamedTuple):
    typed: int = 0
    bare: int = 0
    untyped: int = 0


def interface_of(node: ast.FunctionDef | ast.AsyncFunctionDef, is_method: bool, *, has_result: bool) -> Interface:
    """Counts of its parameters and its result. Flags, `self`, `cls`, `*args` and `**kwargs` are left out."""
    arguments = node.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    if is_method and given and not any(_last(one) == "staticmethod" for one in node.decorator_list):
        given = given[1:]
    annotations = [argument.annotation for argument in given]
    if has_result or node.returns is not None:
        annotations.append(node.returns)
    typed = bare = untyped = 0
    for annotation in annotations:
        if annotation is None:
            untyped += 1
            continue
        if type(annotation) is ast.Name:  # nearly all: asked without making a set of it
            says_all, is_plain = annotation.id in _SAYS_ALL, annotation.id in _PLAIN
        else:
            names = _names(annotation)
            says_all, is_plain = names <= _SAYS_ALL, names <= _PLAIN
        if not says_all:
            bare += is_plain
            typed += not is_plain
    return Interface(typed, bare, untyped)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _names(annotation: ast.expr) -> set[str]:
    """Every name in an annotation, those in quotes too; what is too large to look through has a name of its own."""
    found: set[str] = set()
    todo: list[ast.AST] = [annotation]
    looked_at = 0
    while todo:
        node = todo.pop()
        looked_at += 1
        if looked_at > _DEEPEST:
            return {"…"}
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)  # of `np.ndarray` the module says nothing
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.update(_WORD.findall(node.value[:_LONGEST]))
        elif isinstance(node, ast.Subscript) and _last(node.value) == "Literal":
            found.add("Literal")
        elif isinstance(node, ast.Subscript):
            todo += (node.value, node.slice)
            looked_at += 1  # at its context
        else:
            todo += ast.iter_child_nodes(node)
    return found
