"""What DVC recorded: dvc.lock of stages that ran, .dvc files of data that lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from collectors.facts.lineage import HOLE, Access, DataAccess, Origin
from collectors.lineage.declared.commands import Job, entries
from collectors.lineage.declared.naming import is_code, kind_of, named
from collectors.lineage.declared.rows import Doubt, DoubtKind, Pin, Row, Tree
from collectors.readers.nodes import Node, UnreadError, child, items, pairs, text_at, texts
from collectors.readers.shell import joined

_MOST = 2_000
_HASHES = ("md5", "checksum", "etag", "version_id")


class Recorded(NamedTuple):
    """A stage as it last ran."""

    commands: tuple[str, ...]
    deps: frozenset[str]  # names, from the root; code among them
    outs: frozenset[str]
    versions: Mapping[str, str]


def recorded(tree: Tree, path: str) -> dict[str, Recorded]:
    """Stages of a dvc.lock by name."""
    try:
        document = tree.document(path)
    except UnreadError:
        return {}
    folder = path.rpartition("/")[0]
    return {key.text: _recorded(tree, value, folder) for key, value in islice(pairs(child(document, "stages")), _MOST)}


def _recorded(tree: Tree, stage: Node, folder: str) -> Recorded:
    parts = {part: dict(_versions(tree, child(stage, part), folder)) for part in ("deps", "outs")}
    commands = tuple(text.text for text in texts(child(stage, "cmd")))
    return Recorded(commands, frozenset(parts["deps"]), frozenset(parts["outs"]), {**parts["deps"], **parts["outs"]})


def _versions(tree: Tree, node: Node | None, folder: str) -> Iterator[tuple[str, str]]:
    for item in items(node)[:_MOST]:
        if path := text_at(item, "path"):
            yield named(tree, path, folder)[0], _version(item)


def _version(item: Node) -> str:
    by = next((name for name in _HASHES if text_at(item, name)), "")
    if by:
        return f"{by}:{text_at(item, by)[:100]}"
    clouds = (text_at(value, "version_id") for _, value in pairs(child(item, "cloud")))
    found = next((version for version in clouds if version), "")
    return f"version_id:{found[:100]}" if found else ""


def stale(lock: Recorded, job: Job, line: int, commands: list[str], names: Iterable[str]) -> Iterator[Doubt]:
    """Where what was recorded disagrees with what the stage says now. What has holes cannot be compared."""
    said = set(names)
    why = []
    is_known = not any(HOLE in command for command in commands)
    if is_known and [_plain(text) for text in commands] != [_plain(text) for text in lock.commands]:
        why.append("dvc.lock records another command")
    if not any(HOLE in name for name in said):
        missing, gone = sorted(said - lock.deps - lock.outs), sorted(lock.outs - said)
        why += [f"dvc.lock does not record {missing[0]}"] if missing else []
        why += [f"dvc.lock records {gone[0]}, which the stage no longer names"] if gone else []
    yield from (Doubt(job.path, line, DoubtKind.STALE, reason, job.name) for reason in why)


def _plain(text: str) -> str:
    return " ".join(text.split())


def dvc_file(tree: Tree, path: str) -> Iterator[Row]:
    """A .dvc file: its data pinned; where it was imported from; of old ones a stage."""
    try:
        document = tree.document(path)
    except UnreadError as error:
        yield Doubt(path, 1, DoubtKind.UNRESOLVED, str(error))
        return
    folder = joined(path.rpartition("/")[0], text_at(document, "wdir"))
    deps, outs = (items(child(document, part))[:_MOST] for part in ("deps", "outs"))
    command = text_at(document, "cmd")
    for item in outs:
        name, resolution = named(tree, text_at(item, "path"), folder)
        version = _version(item)
        if name and version:
            yield Pin(name, version)
        if name and (deps or command):
            yield DataAccess(
                Access.WRITE, name, kind_of(name), Origin.DECLARED, path, _line(item), resolution, "outs", path,
                version=version,
            )  # fmt: skip
    for item in deps:
        yield from _dep(tree, item, folder, path)
    if command:
        yield from entries(tree, command, Job(path, path, folder), 1)


def _dep(tree: Tree, item: Node, folder: str, path: str) -> Iterator[Row]:
    where = text_at(item, "path")
    repo = child(item, "repo")
    if repo is not None:
        address, lock = text_at(repo, "url"), text_at(repo, "rev_lock")
        name, resolution = named(tree, f"{address}:{where}" if "://" in address else f"git://{address}/{where}")
        call, version = "import", f"rev_lock:{lock[:100]}" if lock else ""
    else:
        name, resolution = named(tree, where, folder)
        if is_code(tree, name):
            return
        call, version = "import-url" if "://" in where else "deps", _version(item)
    if not name:
        return
    yield DataAccess(
        Access.READ, name, kind_of(name), Origin.DECLARED, path, _line(item), resolution, call, path, version=version
    )
    if version:
        yield Pin(name, version)


def _line(node: Node) -> int:
    return getattr(node, "line", 1)
