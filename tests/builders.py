"""Facts by hand, so that a test reads as values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from zlib import crc32

from collectors.facts.branches import Branch, Branches, BranchKind, Merge, Merged, Merges
from collectors.facts.changes import DAY, Change, Changes, FileChange
from collectors.facts.files import DebtNote, EarlierFiles, File, FileKind, Files, Place, RunBack, Summary

START = 1_700_000_000  # 14 November 2023


def at(day: float) -> int:
    """A moment, `day` days after START."""
    return int(START + day * DAY)


def change(
    author: int = 1,
    *paths: str,
    day: float = 0,
    lines: int = 1,
    commit: str | None = None,
    coauthors: Sequence[int] = (),
    parents: Sequence[str] = (),
    is_bot: bool = False,
    status: str = "M",
    renames: Mapping[str, str] | None = None,
) -> Change:
    """A commit by `author`, `day` days after START, that changes each of `paths` by `lines` added lines.

    `renames` maps a path before to the path after.
    """
    changed = [FileChange(path, status, lines, 0) for path in paths]
    changed += [FileChange(new, "R", 0, 0, old_path=old) for old, new in (renames or {}).items()]
    return Change(
        commit=commit or f"{author:08x}{at(day):032x}",
        at=at(day),
        authored=at(day),
        author=author,
        coauthors=tuple(coauthors),
        parents=tuple(parents),
        files=tuple(changed),
        is_bot=is_bot,
    )


def history(*rows: Change, day: float | None = None) -> Changes:
    """Changes in the order given, seen on `day`, or at the last of them."""
    return Changes(rows, at(day) if day is not None else max((row.at for row in rows), default=START))


def file(
    path: str = "train.py",
    lines: int = 10,
    *,
    kind: FileKind = FileKind.CODE,
    place: Place | None = None,
    language: str | None = "Python",
    notes: Sequence[str] = (),
    setup_steps: int | None = None,
    runs: Sequence[int] = (),
    unread: str | None = None,
) -> File:
    """A file with `lines` lines of code. Each of `notes` is a comment that admits debt, its tag in front.

    `runs`: execution counts of a notebook's cells, of one line each, in their order.
    """
    admitted = tuple(DebtNote(note.split(" ")[0].strip(":"), note, line) for line, note in enumerate(notes, 1))
    back = tuple(
        RunBack(line, f"cell_{line}()", count, above)
        for line, (above, count) in enumerate(pairwise(runs), 2)
        if count < above
    )
    summary = Summary(
        code=lines,
        language=language,
        notes=admitted,
        run_cells=len(runs),
        run_back=back,
        setup_steps=setup_steps,
        unread=unread,
    )
    return File(path, f"{crc32(f'{path} {lines}'.encode()):040x}", 40 * lines, kind, place, summary)


def tree(*rows: File, day: float = 0) -> Files:
    return Files(tuple(sorted(rows)), "a" * 40, at(day))


def earlier(*rows: File, day: float = -90) -> EarlierFiles:
    return EarlierFiles(tuple(sorted(rows)), "b" * 40, at(day))


def branch(
    name: str = "exp/focal-loss",
    *,
    last: float = 0,
    first: float | None = None,
    ahead: int = 1,
    kind: BranchKind = BranchKind.BRANCH,
    squashed: float | None = None,
    is_release: bool = False,
) -> Branch:
    """A branch whose own commits run from day `first` to day `last`; `squashed` is the day it came in by squash."""
    return Branch(
        name=name,
        tip="c" * 40,
        last_at=at(last),
        ahead=ahead,
        behind=3,
        kind=kind,
        first_at=at(last if first is None else first) if ahead else None,
        merged=Merged.NO if squashed is None else Merged.SQUASH,
        merged_at=None if squashed is None else at(squashed),
        is_release=is_release,
    )


def branches(*rows: Branch, day: float = 0) -> Branches:
    return Branches(tuple(sorted(rows)), at(day))


def merge(day: float = 0, *, took: float = 1, commits: int = 2, name: str | None = None) -> Merge:
    """A merge on `day` of a branch begun `took` days before."""
    return Merge(f"d{at(day):039x}", at(day), at(day - took), commits, name)


def merges(*rows: Merge, day: float = 0) -> Merges:
    return Merges(rows, at(day))
