"""What a system reads from outside its repository, as it is declared or written in the code: pinned or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from collectors.facts.data_steps import is_code
from collectors.facts.declarations import Declarations, Declared, is_for_work_on_it
from collectors.facts.files import Files
from collectors.facts.own_settings import own_settings
from collectors.facts.settings import ConfigKey, PinnedData, Requirement, ValueKind

_ADDRESS = re.compile(r"(?:https?|s3a?|gs|abfss?)://(?!localhost|127\.|0\.0\.0\.0)[^\s/{}$<>]+/[^\s{}$<>]+\Z")
_DATA = re.compile(
    r"\.(?:csv|tsv|jsonl|parquet|feather|arrow|xlsx?|zip|tar|t?gz|bz2|xz|pth?|ckpt|h5|hdf5|pkl|joblib|np[yz]|onnx|bin|safetensors|gguf|tflite"
    r"|weights|arff|mat)(?:\.(?:gz|bz2|xz|zip))?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"[/@=][0-9a-f]{40}(?:[/?&#]|\Z)|[?&]versionId=|zenodo\.org/(?:api/)?records?/\d|/releases/download/|[/_-]v\d+(?:\.\d+)*(?:[/_.-]|\Z)"
    r"|(?:sha256|md5)[-=:]?[0-9a-f]{8,}|[-_/][0-9a-f]{8}\.(?:pth?|tar)",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"\.(?:so|dll|dylib|exe|jar|whl)(?:\.\d+)*\Z|(?:^|/)bin/[^.]*\Z")
"""What is built, not read: programs and libraries."""
_DIGEST = re.compile(
    r"(?:^|_)(?:md5|sha1|sha256|sha512|checksum|hash|etag|revision|version_id|digest)(?:_|$)", re.IGNORECASE
)


class Input(NamedTuple):
    """Something that is read, and where that is said."""

    path: str  # of the file that says so
    line: int
    name: str  # an address or path
    is_pinned: bool
    how: str  # "DVC", "a setting", "a package from git"


def declared_inputs(files: Files, found: Declarations) -> tuple[Input, ...]:
    """By path and line: files of DVC, dependencies of stages that lie outside, addresses in settings, git packages."""
    made = {out for _, stage in found.stages for out in (*stage.outs, *stage.metrics, *stage.plots)}
    rows = [
        *_of_dvc(found),
        *_of_stages(found, made),
        *(one for row in own_settings(files, found) for one in _of_settings(row)),
        *_of_git(found),
    ]
    return tuple(sorted(set(rows)))


def _of_dvc(found: Declarations) -> Iterator[Input]:
    """One for each .dvc file that names anything: the content that it is tied to counts, wherever that came from."""
    for row in found:
        if row.summary.read_as == ".dvc" and row.summary.data:
            first = row.summary.data[0]
            yield Input(row.path, first.line, first.path, any(map(_is_tied, row.summary.data)), "DVC")


def _is_tied(data: PinnedData) -> bool:
    return bool(data.by and data.content)


def _of_stages(found: Declarations, made: set[str]) -> Iterator[Input]:
    """What a stage reads that no stage makes, git does not hold, and no .dvc file stands for."""
    locked = {data.path for row in found if row.summary.read_as == "dvc.lock" for data in row.summary.data if data.by}
    for row in found:
        if row.summary.read_as != "dvc.yaml":
            continue  # names in a catalogue, patterns: no paths
        folder = row.path.rpartition("/")[0]
        above = f"{folder}/" if folder else ""
        for stage in row.summary.stages:
            for dep in stage.deps:
                is_read = "*" not in dep and not is_code(dep) and not _PROGRAM.search(dep)
                if is_read and not _is_here(above + dep, dep, found, made):
                    yield Input(row.path, stage.line, dep, dep in locked, "DVC")


def _is_here(path: str, dep: str, found: Declarations, made: set[str]) -> bool:
    if dep in made or any(
        dep.startswith(f"{out.rstrip('/')}/") or out.startswith(f"{dep.rstrip('/')}/") for out in made
    ):
        return True
    within = path.rstrip("/") + "/"
    return path in found.paths or any(
        other.startswith(within) or (other.endswith(".dvc") and within.startswith(f"{other[:-4]}/"))
        for other in found.paths
    )


def _of_settings(row: Declared) -> Iterator[Input]:
    tied = {key.key[:-1] for key in row.summary.keys if key.key and _DIGEST.search(key.key[-1]) and key.value}
    for key in row.summary.keys:
        if _is_data(key):
            address = str(key.value)
            yield Input(
                row.path, key.line, address, key.key[:-1] in tied or _VERSION.search(address) is not None, "a setting"
            )


def _is_data(key: ConfigKey) -> bool:
    is_text = key.kind is ValueKind.TEXT and isinstance(key.value, str)
    return is_text and _ADDRESS.match(str(key.value)) is not None and _DATA.search(str(key.value)) is not None


def _of_git(found: Declarations) -> Iterator[Input]:
    """Packages that are taken from a branch of somebody's repository, or from a commit of it."""
    for path, need in found.requirements:
        if not need.group and _is_from_git(need) and not is_for_work_on_it(path):
            yield Input(path, need.line, f"{need.name} @ {need.specifier}", need.is_pinned, "a package from git")


def _is_from_git(need: Requirement) -> bool:
    return re.match(r"(?:git\+|git://|git@|(?:https?|ssh)://\S+\.git\b)", need.specifier) is not None
