"""Names in a Python syntax tree: what is imported, which models are built, which calls decide a place."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict

from collectors.facts.imports import DYNAMIC
from collectors.readers.ml_packages import FEATURES, package_of
from collectors.readers.models import MODEL_MODULES, is_model_base, is_step_base, model_in
from collectors.readers.place_uses import DECIDING, IMPORT_NAMES
from collectors.readers.python_marks import Marks
from collectors.readers.site_names import IMPORTING

# `from sklearn import svm` names one of these modules, `from sklearn import clone` does not.
_SUBMODULES = frozenset(
    name for name in MODEL_MODULES | IMPORT_NAMES | FEATURES if "." in name and name.rpartition(".")[2].islower()
)
LONGEST = 200  # characters of a dotted name; what is longer names nothing that we know
MOST_NAMES = 4_000  # characters of one from-import


class Names:
    """What the walk gathers; names are resolved only when all imports are known."""

    def __init__(self) -> None:
        self.imports: set[str] = set()
        self.froms: dict[str, set[str]] = {}  # module, relative ones with their dots: names
        self.aliases: dict[str, str] = {}  # local name: dotted, absolute
        self.assigned: dict[str, str] = {}  # nn = torch.nn
        self.used: set[str] = set()  # called, or used as a decorator
        self.methods: set[str] = set()
        self.classes: dict[str, list[str]] = {}  # name: its bases
        self.docstrings: list[ast.Constant] = []
        self.long_strings: set[tuple[int, int]] = set()  # first and last line; parts of an f-string share them
        self.places: dict[str, ast.expr] = {}  # where a name of `used`, or a base class, stands first
        self.marks = Marks()

    def use(self, name: str, node: ast.expr) -> None:
        self.used.add(name)
        before = self.places.get(name)
        if before is None or node.lineno < before.lineno:
            self.places[name] = node

    def place(self, name: str, node: ast.expr) -> None:
        before = self.places.get(name)
        if before is None or node.lineno < before.lineno:
            self.places[name] = node


def import_from(module: str, name: str, asname: str | None, names: Names) -> None:
    dotted = f"{module}.{name}"
    names.imports.add(dotted if dotted in _SUBMODULES else module[:LONGEST])
    if name != "*":
        names.aliases[asname or name] = dotted


def dotted_name(node: ast.AST) -> str | None:
    """ "a.b.c" for a name with attributes; None for anything else."""
    parts = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    if type(node) is not ast.Name:
        return None
    if not parts:
        return node.id
    parts.append(node.id)
    return ".".join(reversed(parts))


def resolved(names: Names) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Imports, what may be modules of the same project, estimators, calls: each sorted."""
    aliases = names.aliases
    for local, dotted in names.assigned.items():
        absolute = absolute_name(dotted, aliases)
        if absolute and local not in aliases:
            aliases[local] = absolute
    used = {absolute for name in names.used if (absolute := absolute_name(name, aliases))}
    bases = {name: [absolute_name(base, aliases) or base for base in given] for name, given in names.classes.items()}
    estimators = {model for name in used if (model := model_in(name))} | _own_models(bases)
    used.update(base for given in bases.values() for base in given)
    calls = {name for name in used if package_of(name, DECIDING)}
    calls.update(f".{method}" for method in names.methods)
    return tuple(sorted(names.imports)), reaches(names), tuple(sorted(estimators)), tuple(sorted(calls))


def reaches(names: Names) -> tuple[str, ...]:
    """What may be modules of the same project, as `Summary.reaches` holds it, sorted."""
    found = {
        f"{module}:{','.join(sorted(given))}"
        for module, given in names.froms.items()
        if module.partition(".")[0] not in sys.stdlib_module_names
    }
    found.update(DYNAMIC + _told(call) for name, call in names.marks.calls if name in IMPORTING and call.args)
    return tuple(sorted(entry for entry in found if len(entry) <= MOST_NAMES))


def _told(call: ast.Call) -> str:
    """What of a module's name can be read; "*" stands for the rest."""
    node = call.args[0]
    if isinstance(node, ast.BinOp):
        node = node.left
    elif isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) <= LONGEST:
        return node.value if node is call.args[0] else f"{node.value}*"
    return "*"


def absolute_name(dotted: str, aliases: dict[str, str]) -> str | None:
    root, dot, rest = dotted.partition(".")
    target = aliases.get(root)
    return (target + dot + rest)[:LONGEST] if target else None


def _own_models(bases: dict[str, list[str]]) -> set[str]:
    """Classes that inherit from a model's base, also by way of a class of the same text."""
    heirs: defaultdict[str, list[str]] = defaultdict(list)
    for name, given in bases.items():
        for base in given:
            heirs[base].append(name)
    found: set[str] = set()
    ready = [name for base, names in heirs.items() if is_model_base(base) for name in names]
    while ready:
        name = ready.pop()
        if name not in found and not any(map(is_step_base, bases[name])):
            found.add(name)
            ready += heirs.get(name, ())
    return found
