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


def touched(repository: Repository, pairs: Iterable[Pair]) -> Iterator[tuple[str, Touched]]:
    """What each commit changes, in the order asked for; 0 files where it is equal to what it is compared with.

    Raises GitFailed where a tree is missing, after what could be read before it.
    """
    asked = "".join(pair.line for pair in pairs).encode()
    with stream(
        repository, "diff-tree", "--stdin", "-r", "-z", "--root", "--always", "--no-renames", stdin=asked
    ) as output:
        commit = ""
        about: list[bytes] = []
        paths: list[bytes] = []
        rest = b""
        while block := output.read(BLOCK):
            *tokens, rest = (rest + block).split(b"\0")
            for token in tokens:
                if len(about) > len(paths):  # git gives a path after each description, whatever it looks like
                    paths.append(token)
                elif token.startswith(b":"):
                    about.append(token)
                else:
                    if commit:
                        yield commit, _digested(about, paths)
                    commit, about, paths = token.decode(), [], []
        if commit:
            yield commit, _digested(about, paths)


def _digested(about: list[bytes], paths: list[bytes]) -> Touched:
    kinds = [line[-1:] for line in about]
    return Touched(hash((tuple(paths), tuple(kinds))), hash((tuple(paths), tuple(about))), len(paths))


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
