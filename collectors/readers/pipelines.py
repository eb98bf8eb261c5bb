"""Pipelines declared in YAML: DVC, MLflow projects, dbt.

Sources: https://dvc.org/doc/user-guide/project-structure, https://mlflow.org/docs/latest/ml/projects/,
https://docs.getdbt.com/reference/dbt_project.yml
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from collectors.facts.settings import Inherited, PinnedData, Requirement, Stage, Started, StartKind
from collectors.readers.images import image
from collectors.readers.masking import presentable
from collectors.readers.nodes import Mapping, Node, Scalar, child, followed, items, pairs, text_at, texts
from collectors.readers.rows import Row
from collectors.readers.shell import HOLE, joined, started_by

_REFERENCE = re.compile(r"\$\{[^{}]*\}")
_MOST_STAGES, _MOST_PATHS = 500, 200
_HASHES = ("md5", "version_id", "etag", "checksum", "files")


def dvc_yaml(document: Node) -> Iterator[Row]:
    """Stages of dvc.yaml, and of dvc.lock's older kin. `foreach` and `matrix` make one stage, its name "name@*"."""
    for key, value in islice(pairs(child(document, "stages")), _MOST_STAGES):
        body = child(value, "do") or followed(value)
        many = any(inner.text in {"foreach", "matrix"} for inner, _ in pairs(value))
        yield from _stage(f"{key.text}@{HOLE}" if many else key.text, key.line, body)


def _stage(name: str, line: int, body: Node | None) -> Iterator[Row]:
    folder = _resolved(text_at(body, "wdir"))
    for command in texts(child(body, "cmd")):
        yield from started_by(_resolved(command.text), command.first_line, name, folder)
    yield Stage(
        name,
        line,
        deps=_paths(child(body, "deps"), folder),
        outs=_paths(child(body, "outs"), folder),
        params=tuple(islice(_params(child(body, "params")), _MOST_PATHS)),
        metrics=_paths(child(body, "metrics"), folder),
        plots=_paths(child(body, "plots"), folder),
    )


def _paths(node: Node | None, folder: str) -> tuple[str, ...]:
    """Of `- path` and `- path: {cache: false}` alike."""
    return tuple(_shown(joined(folder, _resolved(name.text))) for name in islice(_names(node), _MOST_PATHS))


def _names(node: Node | None) -> Iterator[Scalar]:
    for item in map(followed, items(node)):
        if isinstance(item, Scalar):
            yield item
        else:
            yield from (key for key, _ in pairs(item))


def _params(node: Node | None) -> Iterator[str]:
    for item in items(node):
        if isinstance(item, Scalar):
            yield _resolved(item.text)
        for key, value in pairs(item):
            names = [name.text for name in texts(value)]
            yield from (f"{_resolved(key.text)}:{name}" for name in names) if names else [_resolved(key.text)]


def _resolved(text: str) -> str:
    return _REFERENCE.sub(HOLE, text)


def _shown(text: str) -> str:
    return presentable(text[:4_000])


def dvc_file(document: Node) -> Iterator[Row]:
    """A .dvc file: data that lies elsewhere, by its hash, and where it was imported from."""
    folder = text_at(document, "wdir")
    for part in ("outs", "deps"):
        for item in items(child(document, part)):
            yield from _data(item, folder)


def dvc_lock(document: Node) -> Iterator[Row]:
    """What each stage read and wrote when it last ran."""
    stages = child(document, "stages") or document
    for _, value in islice(pairs(stages), _MOST_STAGES):
        for part in ("deps", "outs"):
            for item in items(child(value, part)):
                yield from _data(item, "")


def _data(item: Node, folder: str) -> Iterator[PinnedData]:
    path = text_at(item, "path")
    if not path or not isinstance(item, Mapping):
        return
    repo = child(item, "repo")
    if repo is not None:
        address = text_at(repo, "url")
        lock = text_at(repo, "rev_lock")
        yield PinnedData(_shown(f"{address}:{path}"), "rev_lock" if lock else "", lock, item.line)
        return
    by = next((name for name in _HASHES if text_at(item, name)), "")
    content = text_at(item, by) if by else _version_of_cloud(item)
    yield PinnedData(_shown(joined(folder, path)), by or ("version_id" if content else ""), content[:100], item.line)


def _version_of_cloud(item: Node) -> str:
    return next((text_at(value, "version_id") for _, value in pairs(child(item, "cloud"))), "")


def ml_project(document: Node) -> Iterator[Row]:
    """Entry points of an MLproject file; {parameters} are holes."""
    for key, value in pairs(child(document, "entry_points")):
        command = child(value, "command")
        yield Stage(key.text, key.line, params=tuple(name.text for name, _ in pairs(child(value, "parameters"))))
        if isinstance(command, Scalar):
            yield from started_by(re.sub(r"\{\w+\}", HOLE, command.text), command.first_line, key.text)
    for name in ("conda_env", "python_env"):
        found = child(document, name)
        if isinstance(found, Scalar):
            yield Inherited(found.text, "requirement", found.line)
    container = child(document, "docker_env", "image")
    if isinstance(container, Scalar):
        yield from image(container)


_DBT_FOLDERS = {
    "model-paths": "models",
    "source-paths": "",
    "macro-paths": "macros",
    "seed-paths": "seeds",
    "data-paths": "",
    "snapshot-paths": "snapshots",
    "analysis-paths": "analyses",
    "test-paths": "tests",
}


def dbt_project(document: Node) -> Iterator[Row]:
    """dbt runs whatever lies in its folders; those that the file does not name have a default."""
    if not isinstance(document, Mapping):
        return
    for name, default in _DBT_FOLDERS.items():
        found = list(texts(child(document, name)))
        for folder in found:
            yield Started(folder.text, StartKind.FOLDER, folder.line, name)
        if not found and default:
            yield Started(default, StartKind.FOLDER, document.line, name)


def dbt_packages(document: Node) -> Iterator[Row]:
    for item in items(child(document, "packages")):
        name = text_at(item, "package") or text_at(item, "git")
        if name and isinstance(item, Mapping):
            version = text_at(item, "version") or text_at(item, "revision")
            exact = re.fullmatch(r"=*\d[\w.]*|[0-9a-f]{40}", version) is not None
            yield Requirement(_shown(name), version, exact, "dbt", item.line)
