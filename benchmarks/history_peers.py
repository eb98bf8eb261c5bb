"""The same facts by other people's libraries, each the way its documentation shows, into the same store."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from collectors.git.history import CommitRow, FileRow
from collectors.git.people import People
from collectors.git.repository import Repository

SALT = b"benchmark"
Reader = Callable[[Repository], Iterator[list[CommitRow]]]


def peers() -> dict[str, Reader | None]:
    """Readers by name; None where the library is not installed."""
    has_pydriller = importlib.util.find_spec("pydriller") is not None
    return {"GitPython commit.stats": gitpython, "PyDriller modified_files": pydriller if has_pydriller else None}


def gitpython(source: Repository) -> Iterator[list[CommitRow]]:
    from git import Repo

    people = People(source, SALT)
    with Repo(source.git_dir) as repo:
        yield from _batches(_from_gitpython(commit, people) for commit in repo.iter_commits(source.head))


def pydriller(source: Repository) -> Iterator[list[CommitRow]]:
    walk = importlib.import_module("pydriller").Repository
    people = People(source, SALT)
    yield from _batches(_from_pydriller(commit, people) for commit in walk(str(source.git_dir)).traverse_commits())


def _from_gitpython(commit: Any, people: People) -> CommitRow:
    stats = commit.stats.files if len(commit.parents) < 2 else {}
    files = [
        FileRow(str(path), counts["change_type"][:1], counts["insertions"], counts["deletions"], None, None)
        for path, counts in stats.items()
    ]
    parents = [parent.binsha for parent in commit.parents]
    return _row(commit, commit.binsha, parents, commit.committed_datetime, commit.authored_datetime, people, files)


def _from_pydriller(commit: Any, people: People) -> CommitRow:
    files = [
        FileRow(
            file.new_path or file.old_path,
            file.change_type.name[:1],
            file.added_lines,
            file.deleted_lines,
            file.old_path if file.old_path != file.new_path else None,
            None,
        )
        for file in commit.modified_files
    ]
    parents = [bytes.fromhex(parent) for parent in commit.parents]
    return _row(commit, bytes.fromhex(commit.hash), parents, commit.committer_date, commit.author_date, people, files)


def _row(
    commit: Any,
    oid: bytes,
    parents: list[bytes],
    at: datetime,
    authored: datetime,
    people: People,
    files: list[FileRow],
) -> CommitRow:
    person = people.person((commit.author.email or "").encode(), (commit.author.name or "").encode())
    return CommitRow(oid, b"".join(parents), int(at.timestamp()), int(authored.timestamp()), person, (), None, files)


def _batches(rows: Iterator[CommitRow]) -> Iterator[list[CommitRow]]:
    while batch := list(islice(rows, 1_000)):
        yield batch
