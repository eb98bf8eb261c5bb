"""Stages of dvc.yaml, their templates filled in.

Source: https://dvc.org/doc/user-guide/project-structure/dvcyaml-files
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any, NamedTuple

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.commands import Job, entries
from collectors.lineage.declared.dvc_lock import Recorded, recorded, stale
from collectors.lineage.declared.naming import is_code, kind_of, named
from collectors.lineage.declared.rows import Doubt, DoubtKind, Row, Tree
from collectors.lineage.declared.templates import Plain, merge, plain_of, resolved, text_of, variables
from collectors.readers import nodes
from collectors.readers.nodes import Node, Scalar, UnreadError, child, followed, items, pairs, text_at
from collectors.readers.shell import joined

_MOST_STAGES, _MOST_MADE, _MOST_PATHS = 500, 300, 500


def dvc_yaml(tree: Tree, path: str) -> Iterator[Row]:
    """All that one dvc.yaml declares. A stage of the root bears its plain name, any other DVC's own address."""
    try:
        document = tree.document(path)
    except UnreadError as error:
        yield Doubt(path, 1, DoubtKind.UNRESOLVED, str(error))
        return
    folder = path.rpartition("/")[0]
    known, why = variables(tree, child(document, "vars"), folder, "params.yaml")
    yield from (Doubt(path, 1, DoubtKind.UNRESOLVED, reason) for reason in why)
    lock = recorded(tree, joined(folder, "dvc.lock"))
    for key, value in islice(pairs(child(document, "stages")), _MOST_STAGES):
        yield from _stage(tree, _Stage(path, key.text, key.line, folder), value, known, lock)
    yield from _shown(tree, document, _Stage(path, "", 1, folder), known)


class _Stage(NamedTuple):
    path: str
    name: str
    line: int
    folder: str

    @property
    def job(self) -> str:
        return f"{self.path}:{self.name}" if self.folder and self.name else self.name


def _stage(
    tree: Tree, stage: _Stage, value: Node, known: Mapping[str, Plain], lock: Mapping[str, Recorded]
) -> Iterator[Row]:
    body = child(value, "do") or followed(value)
    made = list(islice(_repeated(value, known), _MOST_MADE + 1))
    if len(made) > _MOST_MADE:
        why = f"it stands for more than {_MOST_MADE} stages"
        yield Doubt(stage.path, stage.line, DoubtKind.UNRESOLVED, why, stage.job)
    for suffix, local in made[:_MOST_MADE]:
        one = stage._replace(name=f"{stage.name}@{suffix}" if suffix else stage.name)
        yield from _of_body(tree, one, body, {**known, **local}, lock.get(one.name))


def _repeated(value: Node, known: Mapping[str, Plain]) -> Iterator[tuple[str, dict[str, Plain]]]:
    """For `foreach` and `matrix` each item: the end of the stage's name, and what it is filled with."""
    each, matrix = child(value, "foreach"), child(value, "matrix")
    if matrix is not None:
        yield from _matrix(matrix, known)
    elif each is not None:
        values = _filled(each, known)
        if isinstance(values, dict):
            yield from ((key, {"key": key, "item": item}) for key, item in values.items())
        elif isinstance(values, list):
            for place, item in enumerate(values):
                yield (str(place) if isinstance(item, dict | list) else _word(item)), {"item": item, "key": str(place)}
        else:
            yield HOLE, {"item": HOLE, "key": HOLE}
    else:
        yield "", {}


def _matrix(matrix: Node, known: Mapping[str, Plain]) -> Iterator[tuple[str, dict[str, Plain]]]:
    axes = [(key.text, _filled(value, known)) for key, value in islice(pairs(matrix), 10)]
    lists = [values[:_MOST_MADE] if isinstance(values, list) else [HOLE] for _, values in axes]
    for chosen in product(*(list(enumerate(values)) for values in lists)):
        words = [
            f"{name}{place}" if isinstance(item, dict | list) else _word(item)
            for (name, _), (place, item) in zip(axes, chosen, strict=True)
        ]
        item = {name: value for (name, _), (_, value) in zip(axes, chosen, strict=True)}
        yield "-".join(words)[:200], {"item": item, "key": "-".join(words)[:200]}


def _word(item: Plain) -> str:
    return "None" if item is None else str(item)[:200]


def _filled(node: Node, known: Mapping[str, Plain]) -> Any:
    """Plain values of a node, each text's references filled in."""
    return _filled_value(plain_of(node), known)


def _filled_value(value: Plain, known: Mapping[str, Plain]) -> Plain:
    if isinstance(value, str):
        return resolved(value, known) if "${" in value else value
    if isinstance(value, list):
        return [_filled_value(item, known) for item in value]
    if isinstance(value, dict):
        return {key: _filled_value(item, known) for key, item in value.items()}
    return value


def _of_body(
    tree: Tree, stage: _Stage, body: Node | None, known: dict[str, Plain], lock: Recorded | None
) -> Iterator[Row]:
    folder = joined(stage.folder, text_of(text_at(body, "wdir"), known))
    if (own := child(body, "vars")) is not None:
        local, why = variables(tree, own, folder)
        yield from (Doubt(stage.path, stage.line, DoubtKind.UNRESOLVED, reason, stage.job) for reason in why)
        merge(known, local)
    here = stage._replace(folder=folder)
    params = {joined(folder, name) for name in _params_files(child(body, "params"), known)}
    rows = [*_accesses(tree, here, body, known, stage.job)]
    for row in rows:
        if row.name not in params:
            version = lock.versions.get(row.name, "") if lock else ""
            yield row._replace(version=version)
    said: list[str] = []
    for node in items(child(body, "cmd")):
        for text, line in _commands(node, known):
            said.append(text)
            yield from entries(tree, text, Job(stage.job, stage.path, folder), line)
    if lock is not None:
        names = {row.name for row in rows} - params
        yield from stale(lock, Job(stage.job, stage.path), stage.line, said, names)


def _commands(node: Node, known: Mapping[str, Plain]) -> Iterator[tuple[str, int]]:
    said = followed(node)
    if isinstance(said, Scalar):
        found = resolved(said.text, known)
        for text in found[:100] if isinstance(found, list) else [found]:
            yield text if isinstance(text, str) else text_of(said.text, known), said.first_line


_PARTS = (
    ("deps", Access.READ, NodeKind.DATASET),
    ("outs", Access.WRITE, NodeKind.DATASET),
    ("metrics", Access.WRITE, NodeKind.METRICS),
    ("plots", Access.WRITE, NodeKind.METRICS),
)


def _accesses(
    tree: Tree, stage: _Stage, body: Node | None, known: Mapping[str, Plain], job: str
) -> Iterator[DataAccess]:
    for part, access, kind in _PARTS:
        for text, line in islice(_paths(child(body, part), known), _MOST_PATHS):
            name, resolution = named(tree, text, stage.folder)
            if access is Access.READ and is_code(tree, name):
                continue
            why = "its name is given elsewhere" if resolution is Resolution.UNRESOLVED else ""
            yield DataAccess(
                access, name, kind_of(name, kind), Origin.DECLARED, stage.path, line, resolution, part, job, why=why
            )


def _paths(node: Node | None, known: Mapping[str, Plain]) -> Iterator[tuple[str, int]]:
    """Of `- path`, `- path: {cache: false}` and `- ${list}` alike."""
    for item in items(node):
        found = followed(item)
        if isinstance(found, Scalar):
            value = resolved(found.text, known)
            yield from ((text, found.line) for text in _texts(value))
        elif isinstance(found, nodes.Mapping):
            yield from ((text_of(key.text, known), key.line) for key, _ in pairs(found))


def _texts(value: Plain) -> list[str]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return list(value) if isinstance(value, dict) else [value] if isinstance(value, str) else []


def _params_files(node: Node | None, known: Mapping[str, Plain]) -> Iterator[str]:
    yield "params.yaml"
    for item in items(node):
        yield from (text_of(key.text, known) for key, _ in pairs(item))


def _shown(tree: Tree, document: Node | None, top: _Stage, known: Mapping[str, Plain]) -> Iterator[DataAccess]:
    """Plots, metrics and artifacts of the whole file: what people and registries look at."""
    found = [(text, line, "metrics") for text, line in _paths(child(document, "metrics"), known)]
    for item in items(child(document, "plots")):
        found += [(text, line, "plots") for text, line in _plotted(item, known)]
    artifacts = child(document, "artifacts")
    for _, value in pairs(artifacts):
        where = child(value, "path")
        if isinstance(where, Scalar):
            found.append((text_of(where.text, known), where.line, "artifacts"))
    for text, line, call in found[:_MOST_PATHS]:
        name, resolution = named(tree, text, top.folder)
        kind = kind_of(name, NodeKind.DATASET if call == "artifacts" else NodeKind.METRICS)
        if name:
            yield DataAccess(Access.READ, name, kind, Origin.DECLARED, top.path, line, resolution, call)


def _plotted(item: Node, known: Mapping[str, Plain]) -> Iterator[tuple[str, int]]:
    """A plot is a file, or a title whose x and y name files."""
    found = followed(item)
    if isinstance(found, Scalar):
        yield text_of(found.text, known), found.line
    for key, value in pairs(found):
        files = [name for axis in ("x", "y") for name, _ in pairs(child(value, axis))]
        yield from ((text_of(name.text, known), name.line) for name in files or [key])
