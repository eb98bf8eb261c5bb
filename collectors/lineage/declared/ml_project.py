"""Entry points of MLflow's MLproject files, and commands of spaCy's project.yml.

Sources: https://mlflow.org/docs/latest/ml/projects/, https://spacy.io/usage/projects
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.commands import Job, entries
from collectors.lineage.declared.naming import is_code, kind_of, named
from collectors.lineage.declared.rows import Doubt, DoubtKind, Pin, Row, Tree
from collectors.lineage.declared.templates import Plain, plain_of, text_of
from collectors.readers import nodes
from collectors.readers.nodes import Node, Scalar, UnreadError, child, followed, items, pairs, text_at, texts

_MOST = 500
_PARAMETER = re.compile(r"\{(\w+)\}")


def document_of(tree: Tree, path: str) -> tuple[Node | None, list[Doubt]]:
    try:
        return tree.document(path), []
    except UnreadError as error:
        return None, [Doubt(path, 1, DoubtKind.UNRESOLVED, str(error))]


def job_at(path: str, name: str) -> Job:
    """At the root its plain name, elsewhere with the file that declares it."""
    folder = path.rpartition("/")[0]
    return Job(f"{path}:{name}" if folder else name, path, folder)


def access(
    tree: Tree, job: Job, way: Access, text: str, line: int, call: str, kind: NodeKind = NodeKind.DATASET
) -> Iterator[DataAccess]:
    """A path or address that a job reads or writes; nothing for source code."""
    name, resolution = named(tree, text, job.folder)
    if way is Access.READ and is_code(tree, name):
        return
    why = "its name is given elsewhere" if resolution is Resolution.UNRESOLVED else ""
    yield DataAccess(
        way, name, kind_of(name, kind), Origin.DECLARED, job.path, line, resolution, call, job.name, why=why
    )  # fmt: skip


def ml_project(tree: Tree, path: str) -> Iterator[Row]:
    """A parameter that is a path or an address is data that the entry point is given; its default is where it lies."""
    document, doubts = document_of(tree, path)
    yield from doubts
    for key, value in islice(pairs(child(document, "entry_points")), _MOST):
        job = job_at(path, key.text)
        defaults: dict[str, str] = {}
        for name, told in islice(pairs(child(value, "parameters")), _MOST):
            default = text_at(told, "default")
            defaults[name.text] = default or HOLE
            if default and text_at(told, "type") in {"path", "uri"}:
                yield from access(tree, job, Access.READ, default, name.line, "parameters")
        command = child(value, "command")
        if isinstance(command, Scalar):
            text = _PARAMETER.sub(lambda match: defaults.get(match[1], match[0]), command.text[:20_000])  # noqa: B023
            yield from entries(tree, text, job, command.first_line)


def spacy_project(tree: Tree, path: str) -> Iterator[Row]:
    """Commands with what they depend on and put out, assets with where they come from."""
    document, doubts = document_of(tree, path)
    listed = child(document, "commands")
    if not isinstance(listed, nodes.Sequence):
        return  # another program's project.yml
    yield from doubts
    known = {"vars": plain_of(child(document, "vars")) or {}}
    for asset in items(child(document, "assets"))[:_MOST]:
        yield from _asset(tree, path, asset, known)
    for command in listed.items[:_MOST]:
        job = job_at(path, text_at(command, "name") or HOLE)
        for word, way in (("deps", Access.READ), ("outputs", Access.WRITE), ("outputs_no_cache", Access.WRITE)):
            for text in texts(child(command, word)):
                yield from access(tree, job, way, text_of(text.text, known), text.line, word)
        for text in texts(child(command, "script")):
            yield from entries(tree, text_of(text.text, known), job, text.first_line)


def _asset(tree: Tree, path: str, asset: Node, known: Mapping[str, Plain]) -> Iterator[Row]:
    job = job_at(path, "assets")
    target, checksum = text_of(text_at(asset, "dest"), known), text_at(asset, "checksum")
    repo = child(asset, "git")
    address = text_of(text_at(asset, "url"), known)
    if repo is not None:
        address = text_of(f"{text_at(repo, 'repo')}:{text_at(repo, 'path')}", known)
    line = getattr(followed(asset), "line", 1)
    if address and target:
        yield from access(tree, job, Access.READ, address, line, "assets")
        yield from access(tree, job, Access.WRITE, target, line, "assets")
    if checksum and target:
        yield Pin(named(tree, target, job.folder)[0], f"md5:{checksum[:100]}")
