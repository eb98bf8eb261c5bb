"""Diffs of many commits through one process, by what they touch and by what they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.process import BLOCK, run, stream
from collectors.git.repository import Repository

BATCH = 500
"""Patches that go through git at once."""
TEXT_LIMIT = 64 << 20
"""Bytes of patches held at once. A single longer patch is of data, and is not compared."""


class Pair(NamedTuple):
    """A commit and what it is compared with (hex); None: with nothing, as a first commit is."""

    commit: str
    before: str | None

    @property
    def line(self) -> str:
        return f"{self.commit} {self.before}\n" if self.before else f"{self.commit}\n"


class Touched(NamedTuple):
    """What a diff touches, as digests that are equal where the diffs' are. They hold within one run only."""

    paths: int  # names and kinds of change: equal wherever the patches are
    blobs: int  # all before and after: equal only where the diffs are the very same
    files: int


class Changed(NamedTuple):
    """One path in a diff."""

    status: str  # git's letter: A, M, D, R, T
    path: str  # after; of a deleted file, before
    mode: str
    oid: str
    old_path: str  # the same as `path` unless renamed


def touched(repository: Repository, pairs: Iterable[Pair]) -> Iterator[tuple[str, Touched]]:
    """What each commit changes, in the order asked for; 0 files where it is equal to what it is compared with.

    Raises GitFailed where a tree is missing, after what could be read before it.
    """
    for commit, about, paths in _diffs(repository, pairs, "--no-renames"):
        kinds = tuple(line[-1:] for line in about)
        names = tuple(paths)
        yield commit, Touched(hash((names, kinds)), hash((names, tuple(about))), len(names))


def changed(repository: Repository, pairs: Iterable[Pair]) -> Iterator[tuple[str, list[Changed]]]:
    """The paths that each commit changes, renames followed, in the order asked for.

    Raises GitFailed where a tree is missing, after what could be read before it.
    """
    # A partial clone lacks the blobs that would have to be compared: only moves of the very same file show.
    renames = "--find-renames=100%" if repository.partial else "--find-renames"
    for commit, about, paths in _diffs(repository, pairs, renames):
        names = iter(path.decode("utf-8", "backslashreplace") for path in paths)
        rows = []
        for line in about:
            old_mode, mode, old_oid, oid, status = line[1:].decode().split(" ")
            before = next(names)
            path = next(names) if status[0] in "RC" else before
            gone = status == "D"
            rows.append(Changed(status[0], path, old_mode if gone else mode, old_oid if gone else oid, before))
        yield commit, rows


def _diffs(
    repository: Repository, pairs: Iterable[Pair], renames: str
) -> Iterator[tuple[str, list[bytes], list[bytes]]]:
    """For each commit what git says about its changes, and their paths: two to each rename, else one."""
    asked = "".join(pair.line for pair in pairs).encode()
    options = ("--stdin", "-r", "-z", "--root", "--always", renames)
    with stream(repository, "diff-tree", *options, stdin=asked) as output:
        commit, rest = "", b""
        about: list[bytes] = []
        paths: list[bytes] = []
        due = 0  # git gives paths after each description, and a path may look like anything
        while block := output.read(BLOCK):
            *tokens, rest = (rest + block).split(b"\0")
            for token in tokens:
                if due:
                    paths.append(token)
                    due -= 1
                elif token.startswith(b":"):
                    about.append(token)
                    due = 2 if token.rpartition(b" ")[2][:1] in b"RC" else 1
                else:
                    if commit:
                        yield commit, about, paths
                    commit, about, paths = token.decode(), [], []
        if commit:
            yield commit, about, paths


def patch_ids(repository: Repository, pairs: Iterable[Pair]) -> dict[str, str]:
    """git's stable patch id of each commit against what it is compared with.

    Equal where the same lines are changed in the same surroundings; line numbers and white space don't count. Commits
    that change nothing, miss a blob, or whose patch is longer than TEXT_LIMIT have none.
    """
    waiting = list(pairs)
    found: dict[str, str] = {}
    for start in range(0, len(waiting), BATCH):
        found |= _patch_ids(repository, waiting[start : start + BATCH])
    return found


def _patch_ids(repository: Repository, pairs: list[Pair]) -> dict[str, str]:
    try:
        text = _text(repository, pairs)
    except GitFailed:
        text = None
    if text is not None:
        lines = run(repository, "patch-id", "--stable", stdin=text).decode().splitlines()
        return {commit: patch for patch, commit in (line.split(" ") for line in lines)}
    if len(pairs) == 1:
        return {}
    half = len(pairs) // 2
    return _patch_ids(repository, pairs[:half]) | _patch_ids(repository, pairs[half:])


def _text(repository: Repository, pairs: list[Pair]) -> bytes | None:
    """The patches, one after another; None where they are too long."""
    asked = "".join(pair.line for pair in pairs).encode()
    options = ("--stdin", "-r", "-p", "--root", "--full-index", "--no-renames")
    with stream(repository, "diff-tree", *options, stdin=asked) as output:
        text = output.read(TEXT_LIMIT + 1)
        return text if len(text) <= TEXT_LIMIT else None
