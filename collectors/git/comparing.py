"""Two commits compared: where one left the other, and which files differ between two trees."""

from __future__ import annotations

from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.process import run
from collectors.git.repository import Repository

NOTHING = "000000"
"""The mode of a side where the file is not."""
SAME = "-M100%"  # renames whose content is the same: no blob has to be read
ALIKE = "-M"


class Side(NamedTuple):
    path: str  # POSIX, relative to the root; bytes that are not UTF-8 as \\xNN
    oid: str
    mode: str  # git's, in octal: "100644"


class Changed(NamedTuple):
    """A file that differs, or that has another name."""

    before: Side | None  # None: it is new
    after: Side | None  # None: it is gone


def commit_named(repository: Repository, name: str) -> str | None:
    """The commit (hex) that a branch, tag, abbreviated id or expression such as HEAD~2 means; None where none does."""
    if not name or "\0" in name:
        return None
    try:
        found = run(repository, "rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")
    except GitFailed:
        return None
    return found.decode().strip() or None


def merge_bases(repository: Repository, one: str, other: str) -> list[str]:
    """The best common ancestors of two commits (hex); empty where they have none. Raises GitFailed."""
    try:
        return run(repository, "merge-base", "--all", one, other).decode().split()
    except GitFailed as error:
        if error.status == 1:
            return []
        raise


def committed_at(repository: Repository, commit: str) -> int:
    """Seconds since 1970 UTC; 0 where the commit has no date. Raises GitFailed."""
    listed = run(repository, "rev-list", "--no-walk", "--timestamp", commit).decode()
    return int(listed.split(" ", 1)[0])


def changed(repository: Repository, before: str, after: str) -> list[Changed]:
    """Files that differ between two commits or trees (hex), with renames found. Raises GitFailed."""
    if not repository.partial:  # to find files that are alike, git would fetch
        try:
            return _listed(repository, before, after, ALIKE)
        except GitFailed:  # a blob is missing
            pass
    return _listed(repository, before, after, SAME)


def _listed(repository: Repository, before: str, after: str, renames: str) -> list[Changed]:
    printed = run(repository, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", renames, before, after)
    parts = iter(printed.split(b"\0"))
    rows: list[Changed] = []
    for about in parts:
        if not about:
            break
        old_mode, new_mode, old_oid, new_oid, status = about.decode().lstrip(":").split(" ")
        old_path = new_path = _text(next(parts))
        if status[0] in "RC":
            new_path = _text(next(parts))
        rows.append(
            Changed(
                None if old_mode == NOTHING else Side(old_path, old_oid, old_mode),
                None if new_mode == NOTHING else Side(new_path, new_oid, new_mode),
            )
        )
    return rows


def _text(path: bytes) -> str:
    return path.decode("utf-8", "backslashreplace")
