"""Who reads and writes which data in a tree, as its pipelines declare and as its code shows; kept until it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field

from collectors.facts.data_graph import Lineage, lineage
from collectors.facts.files import File, FileKind, Files
from collectors.facts.lineage import DataAccess, Pinned, Traced
from collectors.facts.missing import Missing
from collectors.git.objects import blobs
from collectors.git.repository import Repository
from collectors.lineage.declared import rows as declared_rows
from collectors.lineage.declared.everything import declared
from collectors.lineage.declared.same_tables import united
from collectors.lineage.entries import Entry, observed
from collectors.lineage.r_scripts import ENDINGS, Started, r_accesses
from collectors.readers.declarations import read_as
from collectors.readers.notebook import NotebookError, read_notebook
from collectors.readers.python_flows import is_flow
from collectors.readers.text import decoded, is_binary
from mldebt.store.cache import Cache, Key

LINEAGE_VERSION = "12"
"""Raised when the same tree gives other accesses."""
LARGEST = 1 << 20
"""Bytes of a file that is asked for by its name. A manifest may be larger, and is asked for alone."""
LARGEST_ALONE = 32 << 20
MOST_BYTES = 256 << 20
"""Bytes of code that are followed; of more, the files that come first by path."""
_ASKED_FOR = (FileKind.CODE, FileKind.CONFIGURATION, FileKind.DATA, FileKind.GENERATED, FileKind.OTHER)


def trace(repository: Repository, files: Files | Missing, cache: Cache) -> Lineage | Missing:
    """The graph of data of a tree. Tests are left out: what they read is theirs."""
    if isinstance(files, Missing):
        return files
    key = Key(_digest(files), f"lineage@{LINEAGE_VERSION}")
    known = cache.summaries([key], Traced).get(key)
    traced = known or _traced(repository, files)
    if known is None and not traced.unfollowed:  # else it may be there tomorrow
        cache.keep({key: traced})
    pins = {pin.name: pin.version for pin in traced.pins}
    return lineage(traced.accesses, files.commit, files.as_of, traced.unfollowed, pins)


def _digest(files: Files) -> str:
    """Of all paths, contents and kinds: a name may be looked for anywhere in the tree."""
    lines = "\n".join(f"{file.path}\0{file.oid}\0{file.kind}" for file in files)
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _traced(repository: Repository, files: Files) -> Traced:
    sources = _sources(repository, files)
    python = {path: text for path, text in sources.items() if path.endswith(".py")}
    texts = _Texts(repository, files, dict(python))
    paths = [file.path for file in files if file.kind is not FileKind.VENDORED]
    flows = [path for path, text in python.items() if is_flow(text.encode(errors="replace"))]
    pipelines = declared(paths, texts.of, flows)
    entries = [Entry(one.script, one.argv, one.folder, one.job, one.function) for one in pipelines.entries]
    found = {*observed(sources, paths, texts.of, entries), *_in_r(repository, files, paths, pipelines.entries)}
    seen = united(found, pipelines.relations)
    pins = tuple(Pinned(name, version) for name, version in pipelines.pins.items())
    unfollowed = (file.path for file in files.python if file.path not in sources)
    return Traced(tuple(sorted({*pipelines.accesses, *seen})), pins, tuple(sorted(unfollowed)))


def _in_r(
    repository: Repository, files: Files, paths: Iterable[str], entries: Iterable[declared_rows.Entry]
) -> list[DataAccess]:
    read = _read(repository, (file for file in files.code if file.path.endswith(ENDINGS)), LARGEST)
    sources = {path: decoded(body) for path, body in read.items() if not is_binary(body)}
    started = [Started(one.script, one.job, one.folder) for one in entries if one.script in sources]
    return r_accesses(sources, paths, started)


def _sources(repository: Repository, files: Files) -> dict[str, str]:
    """Python of the system, of notebooks the code cells joined."""
    chosen: list[File] = []
    size = 0
    for file in files.python:
        size += file.size
        if file.path.endswith((".py", ".ipynb")) and size <= MOST_BYTES:
            chosen.append(file)
    found = _read(repository, chosen)
    return {path: source for path, body in found.items() if (source := _source(path, body)) is not None}


def _source(path: str, body: bytes) -> str | None:
    if is_binary(body):
        return None
    text = decoded(body)
    if not path.endswith(".ipynb"):
        return text
    try:
        return read_notebook(text).source
    except NotebookError:
        return None


def _read(repository: Repository, chosen: Iterable[File], limit: int = LARGEST_ALONE) -> dict[str, bytes]:
    paths: dict[str, list[str]] = {}
    sizes: dict[str, int | None] = {}
    for file in chosen:
        paths.setdefault(file.oid, []).append(file.path)
        sizes[file.oid] = file.size
    with closing(blobs(repository, paths, limit=limit, sizes=sizes)) as read:
        return {path: blob.body for blob in read if blob.body is not None for path in paths[blob.oid]}


@dataclass
class _Texts:
    """Texts of small files: those that somebody is likely to ask for are read in one go."""

    repository: Repository
    files: Files
    _known: dict[str, str | None] = field(default_factory=dict)
    _is_ready: bool = False

    def of(self, path: str) -> str | None:
        if not self._is_ready:
            self._is_ready = True
            self._keep(file for file in self.files if file.size <= LARGEST and _is_likely(file))
        if path not in self._known:
            file = self.files.by_path.get(path)
            self._keep([file] if file and file.kind in _ASKED_FOR and file.size <= LARGEST_ALONE else [])
        return self._known.setdefault(path, None)

    def _keep(self, files: Iterable[File]) -> None:
        read = _read(self.repository, files)
        self._known |= {path: None if is_binary(body) else decoded(body) for path, body in read.items()}


def _is_likely(file: File) -> bool:
    if file.kind is FileKind.CONFIGURATION or file.path.endswith((".sql", ".dvc")):
        return True
    return file.kind in _ASKED_FOR and not file.path.endswith(".py") and read_as(file.path) is not None
