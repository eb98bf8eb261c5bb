"""Which tables of settings are handed over whole: who takes them may read keys that nobody names."""

from __future__ import annotations

import ast

from collectors.facts.words import UNPACKED, digest
from collectors.readers.python_marks import Marks

_LONGEST = 60  # characters of a name


def handed(marks: Marks) -> str:
    """The last names of what is unpacked into a call, given to one or walked, as `digest` writes them; what is
    unpacked once more behind UNPACKED.

    A plain name stands for what it was given in the same text: after `params = cfg["forest"]`, "forest" too.
    """
    given: dict[str, list[ast.expr]] = {}
    for assign in marks.assigns:
        for target in assign.targets:
            if type(target) is ast.Name:
                given.setdefault(target.id, []).append(assign.value)
    names: set[str] = set()
    for node in marks.handed:
        name = _last(node)
        if name and name not in names:
            names.add(name)
            if isinstance(node, ast.Name):
                names.update(filter(None, map(_last, given.get(name, ()))))
    names.update(f"{UNPACKED}{name}" for name in map(_last, marks.unpacked) if name)
    return digest(name.replace("_", "").lower().encode("utf-8", "replace") for name in names)


def _last(node: ast.expr) -> str:
    if type(node) is ast.Name:  # nearly all, and a match asks for longer
        return node.id if len(node.id) <= _LONGEST else ""
    match node:
        case ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name if len(name) <= _LONGEST else ""
        case ast.Call(func=ast.Attribute(attr="get" | "pop"), args=[ast.Constant(value=str(name)), *_]):
            return name if len(name) <= _LONGEST else ""
        case ast.Call(args=[inner, *_]):  # dict(cfg["model"]), OmegaConf.to_container(cfg.model)
            return _last(inner)
        case _:
            return ""
