"""Where the lines of files changed, commit by commit, in one streaming pass; the lines themselves are passed over.

Every line of content that git prints in a patch begins with "+", "-" or a backslash. So it is enough to cut the text
at the lines that don't, which costs a fraction of reading it line by line.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.objects import object_sizes
from collectors.git.patches import Pair
from collectors.git.process import BLOCK, stream
from collectors.git.repository import Repository

RAW = ("-r", "-z", "--raw", "--no-abbrev", "--ignore-submodules=none")
PATCH = (*RAW, "-p", "-U0", "--irreversible-delete", "--diff-algorithm=myers", "--indent-heuristic", "--no-color")
SUBMODULE = b"160000"
BROKEN_LIMIT = 1_000
"""git ends at a commit that it can't compare, and is started again behind it, this often; then the rest is unread."""

_HUNK = re.compile(rb"(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class Hunk(NamedTuple):
    """Lines that one change put in the place of others, as `git diff -U0` counts them: from 1, the line before an
    empty side."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int


class Row(NamedTuple):
    """A path in a diff, as bytes that git gave."""

    status: bytes  # git's letter: A, M, D, R, C, T
    path: bytes  # after; of a deleted file, before
    old_path: bytes  # the same as `path` unless renamed or copied
    old_mode: bytes
    mode: bytes
    old_oid: bytes
    oid: bytes
    score: int  # per cent alike, of a rename or copy


class Patch(NamedTuple):
    rows: Sequence[Row]
    hunks: dict[bytes, list[Hunk] | None]  # by path, of those asked for; None: a binary file, by git's reckoning


class Asked(NamedTuple):
    pair: Pair
    paths: Collection[bytes]  # those whose hunks are wanted


def patches(repository: Repository, asked: Sequence[Asked]) -> Iterator[Patch | None]:
    """One patch for each commit, renames found by git; None where something that it needs is missing or corrupt.

    Raises GitFailed where that is so for more than BROKEN_LIMIT commits that are not simply lacking a blob.
    """
    done = broken = 0
    is_alone = False
    torn: frozenset[str] | None = None
    while done < len(asked):
        if torn and asked[done].pair.commit in torn:
            yield None
            done += 1
            continue
        batch = asked[done : done + 1] if is_alone else _until(asked, done, torn or ())
        start = done
        try:
            for patch in diffs(repository, batch, "--find-renames"):
                yield patch
                done += 1
            is_alone = False
        except GitFailed:
            broken += torn is not None and done == start
            if broken > BROKEN_LIMIT:
                raise
            if is_alone:
                yield None
                done += 1
                is_alone = False
            elif torn is None:
                torn = _torn(repository, [one.pair for one in asked[done:]])
            else:  # git had not quite finished the commit before the one that it ended at
                is_alone = done == start


def _until(asked: Sequence[Asked], done: int, torn: Collection[str]) -> Sequence[Asked]:
    if not torn:
        return asked[done:]
    end = next((n for n in range(done, len(asked)) if asked[n].pair.commit in torn), len(asked))
    return asked[done:end]


def _torn(repository: Repository, pairs: Sequence[Pair]) -> frozenset[str]:
    """Those that change a blob which is not there."""
    oids_of: dict[str, set[str]] = {}
    for pair, rows in zip(pairs, raw(repository, pairs), strict=True):
        oids_of[pair.commit] = blobs_in(rows)
    sizes = object_sizes(repository, sorted(set().union(*oids_of.values())))
    return frozenset(commit for commit, oids in oids_of.items() if any(sizes[oid] is None for oid in oids))


def blobs_in(rows: Iterable[Row]) -> set[str]:
    """The blobs (hex) on both sides."""
    sides = ((side, oid) for row in rows for side, oid in ((row.old_mode, row.old_oid), (row.mode, row.oid)))
    return {oid.decode() for mode, oid in sides if mode not in (SUBMODULE, b"000000")}


def raw(repository: Repository, pairs: Iterable[Pair]) -> Iterator[Sequence[Row]]:
    """What each commit changes, without a look at any blob: a renamed file is deleted and added."""
    asked = [Asked(pair, ()) for pair in pairs]
    for patch in _read(repository, asked, (*RAW, "--no-renames"), ()):
        yield patch.rows


def diffs(
    repository: Repository,
    asked: Sequence[Asked],
    *options: str,
    only: Iterable[bytes] = (),
    but: Iterable[bytes] = (),
) -> Iterator[Patch]:
    """One patch for each commit. Raises GitFailed after what could be read.

    Of all paths, or of those in `only`, and of what lies in a folder of that name, save those in `but`.
    """
    paths = [f":(literal){os.fsdecode(path)}" for path in only]
    paths += [f":(exclude,literal){os.fsdecode(path)}" for path in but]
    return _read(repository, asked, (*PATCH, *options), paths)


def _read(
    repository: Repository, asked: Sequence[Asked], options: Sequence[str], paths: Sequence[str]
) -> Iterator[Patch]:
    mark = f"\x01{secrets.token_hex(8)}"  # who wrote a path cannot have known it
    form = f"--format={mark.replace(chr(1), '%x01')}%H"
    stdin = "".join(one.pair.line for one in asked).encode()
    command = ("diff-tree", "--stdin", "--root", "--always", *options, form, "--", *paths)
    separator = mark.encode()
    waiting = iter(asked)
    reading = None
    rest = b""
    with stream(repository, *command, stdin=stdin) as output:
        while block := output.read(BLOCK):
            first, *others = (rest + block).split(separator)
            rest = reading.take(first, is_whole=bool(others)) if reading else first
            for number, piece in enumerate(others, 1):
                if reading:
                    yield reading.patch
                reading = _Reading(next(waiting))
                rest = reading.take(piece, is_whole=number < len(others))
    if reading:  # known to be whole only now that git has ended well
        reading.take(rest, is_whole=True)
        yield reading.patch
    for one in waiting:
        raise GitFailed("diff-tree", 0, f"{one.pair.commit} was asked for, and not answered")


class _Reading:
    """The diff of one commit, taken in as it comes: its id, NUL, rows with NULs, one more NUL, the patch's text."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._rows: list[Row] | None = None
        self._sections: list[tuple[bytes, list[Hunk]] | None] = []  # one for each "diff --git", in order
        self._paths: list[tuple[bytes, bool]] = []  # for each section to come: its path, and whether it is wanted
        self._binary: set[bytes] = set()

    def take(self, text: bytes, *, is_whole: bool) -> bytes:
        """Take in what came; what is given back belongs before what comes next."""
        if self._rows is None:
            end = text.find(b"\0\0")
            if end < 0 and not is_whole:
                return text
            self._start(text if end < 0 else text[:end])
            text = b"\n" + text[end + 2 :] if end >= 0 else b""
        rest = b""
        if not is_whole:
            cut = text.rfind(b"\n")
            text, rest = text[:cut], text[cut:]
            if rest[1:2] in (b"+", b"-", b"\\"):
                rest = rest[:2]  # of a line of content its first sign is enough
        first, *others = text.split(b"\ndiff --git ")
        self._more(first)
        for section in others:
            path, is_wanted = self._paths[len(self._sections)]
            self._sections.append((path, []) if is_wanted else None)
            self._more(section)
        return rest

    @property
    def patch(self) -> Patch:
        rows = self._rows or []
        # A file that changes its type is deleted and then created: its last section counts.
        hunks: dict[bytes, list[Hunk] | None] = {section[0]: section[1] for section in self._sections if section}
        return Patch(rows, hunks | dict.fromkeys(self._binary))

    def _start(self, head: bytes) -> None:
        commit, *tokens = head.split(b"\0")
        if commit.strip().decode() != self._asked.pair.commit:
            raise GitFailed("diff-tree", 0, f"{self._asked.pair.commit} was asked for, and not answered")
        self._rows = rows_of(tokens)
        for row in self._rows:
            self._paths += [(row.path, row.path in self._asked.paths)] * (2 if row.status == b"T" else 1)

    def _more(self, text: bytes) -> None:
        """More of the section that was started last."""
        section = self._sections[-1] if self._sections else None
        if section is None:
            return
        path, hunks = section
        head, *found = text.split(b"\n@@ -")
        if found:
            for match in filter(None, map(_HUNK.match, found)):
                start, count, new_start, new_count = match.groups()
                hunks.append(Hunk(int(start), int(count or 1), int(new_start), int(new_count or 1)))
        elif not hunks and b"\nBinary files " in head:
            self._binary.add(path)


def rows_of(tokens: Iterable[bytes]) -> list[Row]:
    """Rows from what git prints with --raw -z --no-abbrev."""
    rows = []
    waiting = iter(tokens)
    for token in waiting:
        if not token.strip():
            continue
        old_mode, mode, old_oid, oid, status = token.lstrip(b"\n")[1:].split(b" ")
        letter, old_path = status[:1], next(waiting)
        path = next(waiting) if letter in b"RC" else old_path
        rows.append(Row(letter, path, old_path, old_mode, mode, old_oid, oid, int(status[1:] or 0)))
    return rows
