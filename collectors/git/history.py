"""Every commit with its file changes, in one streaming pass of `git log`. Nothing per commit is held.

Counts are git's own (`--numstat`), renames are those that git finds (`-M`), merges bring no changes of their own.
Where objects are missing the pass goes on: see `History.sentences`.
"""

from __future__ import annotations

import os
import re
import secrets
from binascii import unhexlify
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice
from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.people import People, Person, is_mappable
from collectors.git.process import BLOCK, run, stream
from collectors.git.repository import Repository
from collectors.git.walk import read_graph

BATCH = 10_000
WINDOW = 2_000
LAST_SECOND = 253_402_300_799  # of the year 9999
TRAILERS = "%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1f)"
FIELDS = f"%H%x00%P%x00%ct%x00%at%x00%aE%x00%aN%x00%s%x00{TRAILERS}"
UNMAPPED = FIELDS.replace("%aE", "%ae").replace("%aN", "%an")
SUBMODULE = b"160000"
DELETED = ord("D")
UNCOUNTED = (None, None)

MERGED = re.compile(
    r"Merge branch '([^']+)'"
    r"|Merge remote-tracking branch '[^'/]+/([^']+)'"
    r"|Merge pull request #\d+ from [^/\s]+/(\S+)"
    r"|Merged in (\S+) \(pull request #\d+\)"
    r"|Merge pull request #\d+ in \S+ from (\S+) to \S+"
)
"""Subjects that git, GitHub, GitLab and Bitbucket write for a merge."""


class Depth(Enum):
    """What is asked of git. Line counts are nearly all of the cost."""

    COUNTS = ("--raw", "--numstat", "-M")
    PATHS = ("--raw", "-M100%")  # reads no blob: for clones that lack them
    PEOPLE = ("--no-patch",)


class FileRow(NamedTuple):
    path: str  # bytes that are not UTF-8 as \\xNN
    status: str
    added: int | None  # None: binary, or not counted
    deleted: int | None
    old_path: str | None
    oid: bytes | None  # blob after the change; None: deleted, or a submodule


class CommitRow(NamedTuple):
    oid: bytes
    parents: bytes  # oids, one after another
    at: int  # committer date, seconds since 1970 UTC, 0 to LAST_SECOND; the author's where git cannot read it
    authored: int  # 0 where git cannot read it
    person: Person
    coauthors: tuple[Person, ...]
    merged_branch: str | None
    files: Sequence[FileRow]


class History:
    """What is reachable from `tips` but not from `known`, as batches of rows, children before their parents.

    After the last batch `complete` tells whether every commit was read with all that belongs to it, and `sentences`
    what was not. `known` commits that are gone are passed over, so a rewritten history does no harm.
    """

    def __init__(
        self,
        repository: Repository,
        tips: Iterable[bytes],
        known: Iterable[bytes] = (),
        *,
        salt: bytes,
        depth: Depth = Depth.COUNTS,
    ) -> None:
        self.sentences: list[str] = []
        self.complete = not (repository.shallow or repository.partial)
        self.undiffed = 0  # commits whose files could not be read
        self._repository = repository
        self._tips = [tip.hex() for tip in tips]
        self._known = [f"^{tip.hex()}" for tip in known]
        self._depth = Depth.PATHS if repository.partial and depth is Depth.COUNTS else depth
        self._people = People(repository, salt)
        self._form = FIELDS
        if repository.partial:
            self._go_without_mailmap()
        self._mark = f"\x01{secrets.token_hex(8)}"  # who wrote a path or a message cannot have known it
        self._edge = _shallow_edge(repository) if repository.shallow else frozenset()

    def __iter__(self) -> Iterator[list[CommitRow]]:
        batch: list[CommitRow] = []
        credited: dict[int, list[str]] = {}
        weight = 0
        for row, trailers in self._rows():
            if trailers:
                credited[len(batch)] = _text(trailers).split("\x1f")
            batch.append(row)
            weight += 1 + len(row.files)
            if weight >= BATCH:
                yield self._with_coauthors(batch, credited)
                batch, credited, weight = [], {}, 0
        if batch:
            yield self._with_coauthors(batch, credited)

    def _with_coauthors(self, batch: list[CommitRow], credited: dict[int, list[str]]) -> list[CommitRow]:
        """The batch with persons for trailers, which git is asked about all at once."""
        persons = self._people.contacts(contact for contacts in credited.values() for contact in contacts)
        for position, contacts in credited.items():
            row = batch[position]
            others = dict.fromkeys(persons[contact] for contact in contacts if persons[contact] != row.person)
            batch[position] = row._replace(coauthors=tuple(others))
        return batch

    def _rows(self) -> Iterator[tuple[CommitRow, bytes]]:
        if not self._tips:
            return
        done = 0
        try:
            for pair in self._log(self._depth, [*self._tips, *self._known], "--topo-order", "--ignore-missing"):
                yield pair
                done += 1
        except GitFailed:
            self.complete = False
            self._go_without_mailmap()
            yield from self._rest(done)

    def _go_without_mailmap(self) -> None:
        """Where the `.mailmap` is missing git would end at the first name."""
        if self._form is FIELDS and not is_mappable(self._repository):
            self._form = UNMAPPED
            self.sentences.append("the .mailmap is missing from this clone, so one person may count as several")

    def _log(self, depth: Depth, commits: Iterable[str], *options: str) -> Iterator[tuple[CommitRow, bytes]]:
        form = "--format=" + self._mark.replace("\x01", "%x01") + self._form
        separator = f"\0{self._mark}".encode()
        asked = "".join(f"{commit}\n" for commit in commits).encode()
        mapped = "--mailmap" if self._form is FIELDS else "--no-mailmap"
        command = ("log", *depth.value, "-z", mapped, "--no-abbrev", "--no-color", form, *options, "--stdin")
        rest = b"\0"
        with stream(self._repository, *command, stdin=asked) as output:
            while block := output.read(BLOCK):
                *pieces, rest = (rest + block).split(separator)
                yield from map(self._row, filter(None, pieces))
        if rest.strip(b"\0"):  # known to be whole only now that git has ended well
            yield self._row(rest.removesuffix(b"\0"))

    def _row(self, piece: bytes) -> tuple[CommitRow, bytes]:
        oid, parents, at, authored, email, name, subject, trailers, *diff = piece.split(b"\0")
        written = _seconds(authored)
        row = CommitRow(
            unhexlify(oid),
            unhexlify(parents.replace(b" ", b"")),
            _seconds(at) or written,
            written,
            self._people.person(email, name),
            (),
            merged_branch(_text(subject)) if b" " in parents else None,
            _files(diff, len(oid)) if diff and oid not in self._edge else (),
        )
        return row, trailers

    def _rest(self, done: int) -> Iterator[tuple[CommitRow, bytes]]:
        """What a broken pass left: in short walks, where a commit that cannot be read costs only itself."""
        uncounted = unread = 0
        remaining = self._remaining(done)
        while window := list(islice(remaining, WINDOW)):
            while window:
                read = 0
                try:
                    for pair in self._log(self._depth, window, "--no-walk=unsorted"):
                        yield pair
                        read += 1
                    break
                except GitFailed:
                    failing, window = window[read], window[read + 1 :]
                pairs, depth = self._salvaged(failing)
                yield from pairs
                uncounted += depth is Depth.PATHS and depth is not self._depth
                self.undiffed += depth is Depth.PEOPLE and depth is not self._depth
                unread += depth is None
        if uncounted:
            self.sentences.append(f"lines of {_commits(uncounted)} could not be counted, because blobs are missing")
        if self.undiffed:
            self.sentences.append(
                f"the files of {_commits(self.undiffed)} could not be read, because trees are missing"
            )
        if unread:
            self.sentences.append(f"{_commits(unread)} could not be read at all")

    def _salvaged(self, oid: str) -> tuple[list[tuple[CommitRow, bytes]], Depth | None]:
        """As much as can be read of a commit, or of the one before it, which git had not quite finished."""
        for depth in dict.fromkeys((self._depth, Depth.PATHS, Depth.PEOPLE)):
            try:
                return list(self._log(depth, [oid], "--no-walk=unsorted")), depth
            except GitFailed:
                continue
        return [], None

    def _remaining(self, done: int) -> Iterator[str]:
        """Commits of the pass after the first `done`, hex; past holes where commits are missing."""
        asked = "".join(f"{commit}\n" for commit in [*self._tips, *self._known]).encode()
        walk = ("rev-list", "--ignore-missing", "--topo-order", f"--skip={done}", "--stdin")
        try:
            with stream(self._repository, *walk, stdin=asked) as output:
                for line in output:
                    yield line.decode().rstrip()
        except GitFailed:
            self.sentences.append("history is cut short, because commits are missing: run git fsck, or clone it again")
            graph = read_graph(self._repository, self._tips)
            known = [graph.numbers[oid] for commit in self._known if (oid := commit[1:]) in graph.numbers]
            stored = graph.past(*known)
            yield from (oid for oid, is_stored in zip(graph.oids[::-1], reversed(stored), strict=True) if not is_stored)


def tips_of(repository: Repository) -> frozenset[bytes]:
    """HEAD, branches, remote-tracking branches and DVC's experiments. A missing object among them is passed over."""
    listed = run(repository, "for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes", "refs/exps")
    found = {unhexlify(oid) for oid in listed.split()}
    return frozenset(found | {unhexlify(repository.head)} if repository.head else found)


def merged_branch(subject: str) -> str | None:
    """The branch that a merge commit brought in, where its subject still says so."""
    match = MERGED.match(subject)
    return next(filter(None, match.groups()), None) if match else None


def _files(diff: Sequence[bytes], width: int) -> list[FileRow]:
    """File changes from the raw records of one commit, with their counts where those follow. Oids are `width` long."""
    oid_at, status_at = width + 16, 2 * width + 17
    changes: list[tuple[bytes, bytes, bytes | None]] = []
    counts: dict[bytes, tuple[int | None, int | None]] = {}
    tokens = iter((diff[0].removeprefix(b"\n"), *diff[1:]))
    for token in tokens:
        if token.startswith(b":"):
            old, path = None, next(tokens)
            if token[status_at] in b"RC":
                old, path = path, next(tokens)
            changes.append((token, path, old))
        elif token:
            added, deleted, path = token.split(b"\t", 2)
            if not path:  # renamed: the old name, then the new
                next(tokens)
                path = next(tokens)
            counts[path] = (None, None) if added == b"-" else (int(added), int(deleted))
    return [
        FileRow(
            path.decode(errors="backslashreplace"),
            chr(record[status_at]),
            *counts.get(path, UNCOUNTED),
            old.decode(errors="backslashreplace") if old else None,
            None
            if record[status_at] == DELETED or record[8:14] == SUBMODULE
            else unhexlify(record[oid_at : status_at - 1]),
        )
        for record, path, old in changes
    ]


def _seconds(written: bytes) -> int:
    """A date as git prints it: digits, or nothing where the commit has none that git can read."""
    return min(int(written), LAST_SECOND) if written.isdigit() else 0


def _shallow_edge(repository: Repository) -> frozenset[bytes]:
    """The commits whose parents a shallow clone lacks. All of their tree would look new."""
    path = os.fsdecode(run(repository, "rev-parse", "--git-path", "shallow").removesuffix(b"\n"))
    return frozenset((repository.git_dir / path).read_bytes().split())


def _commits(count: int) -> str:
    return "1 commit" if count == 1 else f"{count:,} commits"


def _text(raw: bytes) -> str:
    return raw.decode(errors="backslashreplace")
