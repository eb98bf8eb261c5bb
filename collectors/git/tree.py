"""The files of a commit, without a checkout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from collectors.git.errors import CollectError, GitFailed
from collectors.git.objects import object_sizes, objects
from collectors.git.process import BLOCK, run, stream
from collectors.git.repository import Repository

LINK, SUBMODULE, FOLDER = "120000", "160000", "40000"
FILES_LIMIT = 1_000_000
"""Few bytes can make a tree of billions of files; no system that people work on has a million."""
DEEPEST = 1_000
"""Folders inside folders; git itself stops at 2,048, and only on purpose made trees come near."""


class Entry(NamedTuple):
    path: str  # POSIX, relative to the root; bytes that are not UTF-8 as \\xNN
    oid: str  # of the blob; of a commit elsewhere where it is a submodule
    size: int | None  # bytes; None: a submodule, or the blob is not there
    mode: str  # git's, in octal: "100644"

    @property
    def is_submodule(self) -> bool:
        return self.mode == SUBMODULE

    @property
    def is_file(self) -> bool:
        return self.mode not in (LINK, SUBMODULE)


@dataclass(frozen=True)
class Tree:
    """Entries sorted by path. `lost` names folders whose listing is missing or corrupt: their files are not here."""

    entries: tuple[Entry, ...] = ()
    lost: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def tree(repository: Repository, commit: str) -> Tree:
    """All files, links and submodules of `commit` (hex).

    Raises GitFailed where the commit itself cannot be read, CollectError where it has more than FILES_LIMIT files.
    """
    if repository.partial:  # sizes of blobs that are not there would be fetched
        return _walked(repository, commit)
    try:
        return Tree(tuple(sorted(_listed(repository, commit))))
    except GitFailed:
        return _walked(repository, commit)


def entries_at(repository: Repository, commit: str, paths: Sequence[str]) -> tuple[Entry, ...]:
    """Those of `paths` that are files, links or submodules of `commit` (hex), sorted. Raises GitFailed."""
    listed = run(repository, "ls-tree", "-z", "--full-tree", commit, "--", *paths)
    rows = []
    for line in listed.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, kind, oid = about.decode().split()
        if kind != "tree":
            rows.append(Entry(_text(path), oid, None, mode))
    sizes = object_sizes(repository, {entry.oid for entry in rows if not entry.is_submodule})
    return tuple(sorted(entry._replace(size=sizes.get(entry.oid)) for entry in rows))


def _listed(repository: Repository, commit: str) -> list[Entry]:
    entries: list[Entry] = []
    with stream(repository, "ls-tree", "-r", "-z", "-l", "--full-tree", commit) as output:
        rest = b""
        while block := output.read(BLOCK):
            *lines, rest = (rest + block).split(b"\0")
            for line in lines:
                about, _, path = line.partition(b"\t")
                mode, _, oid, size = about.decode().split()
                entries.append(Entry(_text(path), oid, int(size) if size.isdigit() else None, mode))
            _checked(len(entries))
    return entries


def _checked(files: int) -> None:
    if files > FILES_LIMIT:
        raise CollectError(f"the tree has more than {FILES_LIMIT:,} files: scan a part of it that people wrote")


def _walked(repository: Repository, commit: str) -> Tree:
    """The same from the tree objects themselves, folder by folder, past those that cannot be read."""
    root = next(objects(repository, [commit]))
    if root.kind != "commit" or root.body is None:
        raise GitFailed("cat-file", 128, f"commit {commit} is missing or corrupt")
    level = {"": root.body[5:].split(b"\n", 1)[0].decode()}
    found: list[Entry] = []
    lost: list[str] = []
    for _ in range(DEEPEST):
        deeper: dict[str, str] = {}
        for folder, read in zip(level, objects(repository, level.values()), strict=True):
            if read.kind != "tree" or read.body is None:
                lost.append(folder.removesuffix("/"))
                continue
            try:
                listing = list(_listing(read.body, len(read.oid) // 2))
            except ValueError:
                lost.append(folder.removesuffix("/"))
                continue
            for mode, name, oid in listing:
                if mode == FOLDER:
                    deeper[f"{folder}{name}/"] = oid
                else:
                    found.append(Entry(f"{folder}{name}", oid, None, mode))
            _checked(len(found) + len(deeper))
        level = deeper
        if not level:
            break
    sizes = object_sizes(repository, {entry.oid for entry in found if not entry.is_submodule})
    lost += [folder.removesuffix("/") for folder in level]
    return Tree(tuple(sorted(entry._replace(size=sizes.get(entry.oid)) for entry in found)), tuple(sorted(lost)))


def _listing(body: bytes, width: int) -> Iterator[tuple[str, str, str]]:
    """Mode, name and id of each entry of a tree object: "mode name NUL id", the id in raw bytes."""
    at = 0
    while at < len(body):
        end = body.index(b"\0", at)
        mode, _, name = body[at:end].partition(b" ")
        yield mode.decode(), _text(name), body[end + 1 : end + 1 + width].hex()
        at = end + 1 + width


def _text(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")
