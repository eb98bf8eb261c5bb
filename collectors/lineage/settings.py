"""Settings files of the tree as values, read when the code reads them. Nothing in them is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from collectors.facts.lineage import HOLE, Access, Resolution
from collectors.facts.settings import ValueKind
from collectors.lineage.accesses import note, placed
from collectors.lineage.files import read_from
from collectors.lineage.machine import Run
from collectors.lineage.naming import names_of
from collectors.lineage.telling import joined, options, text_of
from collectors.lineage.values import NONE, Const, Handle, Items, Scope, Table, Unknown, Value
from collectors.readers import nodes
from collectors.readers.ini_text import read_ini
from collectors.readers.json_text import read_json
from collectors.readers.nodes import Node, Text, UnreadError
from collectors.readers.toml_text import read_toml
from collectors.readers.yaml_text import read_yaml

_LONGEST = 512 * 1024
_MOST_VALUES = 4_000
_DEEPEST = 30
_REFERENCE = re.compile(r"\$\{([^${}]+)\}")
_PARSERS: Mapping[str, Callable[[str], Text]] = {
    "yaml": read_yaml, "yml": read_yaml, "json": read_json, "toml": read_toml, "ini": read_ini, "cfg": read_ini,
    "conf": read_ini,
}  # fmt: skip


def settings_at(run: Run, path: str) -> Value | None:
    """The values of a settings file; None where it is not in the tree. Fresh at each call: code may change them."""
    if path not in run.project.paths:
        return None
    ending = path.rpartition(".")[2].lower()
    parser = _PARSERS.get(ending)
    text = run.project.settings(path) if parser else None
    if parser is None or text is None:
        return None
    if len(text) > _LONGEST:
        return Unknown("the settings file is large")
    parsed = run.project.parsed_settings.get(path)
    if parsed is None:
        try:
            parsed = parser(text)
        except UnreadError as error:
            return Unknown(f"the settings file cannot be read: {error}")
        run.project.parsed_settings[path] = parsed
    maker = _Maker()
    documents = [maker.made(document) for document in parsed.documents[:20]]
    return documents[0] if len(documents) == 1 else Items(documents) if documents else NONE


class _Maker:
    """Nodes into values, so many and no more, however often an alias stands for the same."""

    def __init__(self) -> None:
        self._left = _MOST_VALUES

    def made(self, node: Node, depth: int = _DEEPEST) -> Value:
        self._left -= 1
        if self._left < 0 or depth < 0:
            return Unknown("the settings file is large")
        found = nodes.followed(node)
        if isinstance(found, nodes.Mapping):
            entries: dict[object, Value] = {}
            for key, value in nodes.pairs(found):
                place = key.value if key.kind in {ValueKind.INTEGER, ValueKind.NUMBER} else key.text
                entries.setdefault(place, self.made(value, depth - 1))
            return Table(entries)
        if isinstance(found, nodes.Sequence):
            return Items([self.made(item, depth - 1) for item in found.items[:500]])
        if not isinstance(found, nodes.Scalar):
            return NONE
        if found.kind in {ValueKind.TEXT, ValueKind.DATE, ValueKind.REFERENCE, ValueKind.OPAQUE}:
            return Const(found.text)
        return Const(found.value)


def loaded(run: Run, scope: Scope, name: str, target: Value, line: int, *, is_read: bool = True) -> Value:
    """What a loader gives for a path, or for a file that is already open."""
    found: list[Value] = []
    for option in options(target):
        place = option.target if isinstance(option, Handle) else option
        if isinstance(option, Handle):
            read_from(run, option)
        elif is_read:
            note(run, scope, name, line, Access.READ, place)
        for name_ in names_of(run.project, place, run.folder):
            named = placed(run, name_)
            value = settings_at(run, named.name) if named.resolution is not Resolution.UNRESOLVED else None
            flowed = frozenset({named.name}) if named.name else frozenset()
            why = named.why or f"{named.name} is not in the tree"
            is_parameter = named.resolution is Resolution.PARAMETER
            found.append(value if value is not None else Unknown(why, f"{name}()", flowed, is_parameter))
    return joined(found) if found else NONE


def interpolated(root: Value, run: Run) -> Value:
    """OmegaConf's ${a.b}, ${oc.env:NAME,default} and ${hydra:runtime.cwd}, filled in."""
    for _ in range(3):
        if not _fill(root, root, run, _DEEPEST):
            break
    return root


def _fill(value: Value, root: Value, run: Run, depth: int) -> bool:
    changed = False
    if isinstance(value, Table) and depth:
        for key, inner in list(value.entries.items()):
            filled = _filled(inner, root, run)
            changed |= filled is not inner
            value.entries[key] = filled
            changed |= _fill(filled, root, run, depth - 1)
    elif isinstance(value, Items) and depth:
        for place, inner in enumerate(value.items):
            filled = _filled(inner, root, run)
            changed |= filled is not inner
            value.items[place] = filled
            changed |= _fill(filled, root, run, depth - 1)
    return changed


def _filled(value: Value, root: Value, run: Run) -> Value:
    text = value.value if isinstance(value, Const) else None
    if not isinstance(text, str) or "${" not in text:
        return value
    whole = _REFERENCE.fullmatch(text)
    if whole:
        found = _referred(whole[1], root, run)
        return found if found is not None else Const(HOLE)
    return Const(_REFERENCE.sub(lambda match: _in_text(_referred(match[1], root, run)), text))


def _in_text(value: Value | None) -> str:
    found = text_of(value) if value is not None else None
    return HOLE if found is None else found


def _referred(name: str, root: Value, run: Run) -> Value | None:
    kind, colon, rest = name.strip().partition(":")
    if colon:
        if kind in {"oc.env", "env"} and "," in rest:
            return Const(rest.partition(",")[2].strip(" '\""))
        if kind == "hydra" and rest in {"runtime.cwd", "runtime.choices"}:
            from collectors.lineage.paths import here

            return Const(here(run))
        return None
    found: Value | None = root
    for part in name.strip().lstrip(".").replace("[", ".").replace("]", "").split("."):
        if isinstance(found, Table):
            found = found.entries.get(part)
        elif isinstance(found, Items) and part.isdigit() and int(part) < len(found.items):
            found = found.items[int(part)]
        else:
            return None
    if isinstance(found, Const) and isinstance(found.value, str) and name in found.value:
        return None  # it refers to itself
    return found


def merge(into: Table, other: Table, depth: int = _DEEPEST) -> None:
    for key, value in other.entries.items():
        mine = into.entries.get(key)
        if isinstance(mine, Table) and isinstance(value, Table) and depth:
            merge(mine, value, depth - 1)
        else:
            into.entries[key] = value
    into.rest = other.rest or into.rest


def override(table: Table, word: str) -> None:
    """`a.b=c` on a command line."""
    name, equals, text = word.lstrip("+~").partition("=")
    if not equals:
        return
    *above, last = name.split(".")
    for part in above:
        inner = table.entries.get(part)
        if not isinstance(inner, Table):
            inner = table.entries[part] = Table({})
        table = inner
    table.entries[last] = Const(int(text) if text.isdigit() and len(text) < 18 else text.strip("'\""))


def from_text(value: Value) -> Value:
    """YAML, or JSON, that stands in the code or on the command line."""
    text = text_of(value) if isinstance(value, Const) and isinstance(value.value, str) else None
    if text is None:
        return value
    if HOLE in text or len(text) > 10_000:
        return Unknown("its settings are not known")
    try:
        documents = read_yaml(text).documents
    except UnreadError:
        return Unknown("its settings cannot be read")
    return _Maker().made(documents[0]) if documents else Table({})
