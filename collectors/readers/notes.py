"""Comments in which somebody admits debt, or accepts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from collectors.facts.files import ACCEPT, DebtNote
from collectors.readers.lines import Comment
from scoring.finding.acceptance import INLINE

TAGS = re.compile(r"\b(todo|fixme|(?<!x-)(?<!\w\.)xxx(?!-x)|hack)\b", re.IGNORECASE | re.ASCII)
"""XXX beside another after a hyphen stands for digits or letters, as in XXX-XX-XXXX; after a dot, for a name."""

PHRASES = re.compile(
    r"\b(work-?arounds?|kludg(?:e[ds]?|y)|ugly|yuck|hack(?:y|ish)|quick (?:fix|hack)|quick (?:and|&) dirty"
    r"|(?:find|is there|need|no) (?:a )?better way|temporary (?:code|fix|hack|measure|solution)|needs? more work"
    r"|needs? to be (?:cleaned up|fixed|improved|refactored|reworked|rewritten)|need(?:ed)?\b[^.?]{0,15}\?)",
    re.IGNORECASE | re.ASCII,
)
"""Wordings beside the tags. Each is right in at least 5 of 6 comments without a tag, in seven Java projects; longer
lists find more and are right less often: docs/self_admitted.md has the figures and their source."""

_STEMS = (b"todo", b"fixme", b"xxx", b"hack", b"mldebt:", b"workaround", b"work-around", b"kludg", b"ugly", b"yuck",
          b"better way", b"temporary ", b"more work")  # fmt: skip
_QUICK = (b"quick fix", b"quick and d", b"quick & d")
_NEED = re.compile(rb"needs? to be|need[^.?\n]{0,60}\?")  # 15 characters, as UTF-8
_BEHIND_HASH = re.compile(rb"#[^\n]*+")
_MARKERS = re.compile(r"\A[\s#/*;%!<>(){}|\"'=\-]+|[\s*/#<>(){}|\"'=\-]+\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # terminals obey these, and PostgreSQL refuses null
_MOST = 1_000
_LONGEST = 500  # characters of a note that are kept


def may_hold_notes(content: bytes, *, behind_hash: bool = False) -> bool:
    """A cheap first look, right wherever it says no: finding comments costs more than parsing.

    `behind_hash`: whether comments are nothing but what follows a "#" in its line.
    """
    lowered = (b"\n".join(_BEHIND_HASH.findall(content)) if behind_hash else content).lower()
    return (
        any(stem in lowered for stem in _STEMS)
        or (b"quick " in lowered and any(stem in lowered for stem in _QUICK))
        or (b"need" in lowered and _NEED.search(lowered) is not None)
    )


def notes_in(found: Iterable[Comment]) -> tuple[DebtNote, ...]:
    """One note per line of a comment that holds a tag, and one per acceptance; at most 1,000 of one text."""
    lines = ((comment.line + offset, line) for comment in found for offset, line in enumerate(comment.text.split("\n")))
    return tuple(islice((note for number, line in lines for note in _notes(line, number)), _MOST))


def _notes(line: str, number: int) -> Iterator[DebtNote]:
    accepted = INLINE.search(line)
    admitted = line[: accepted.start()] if accepted else line
    if tag := TAGS.search(admitted) or PHRASES.search(admitted):
        yield DebtNote(" ".join(tag[1].upper().split()), _folded(admitted), number)
    if accepted:
        yield DebtNote(ACCEPT, _folded(accepted[0]), number)


def _folded(line: str) -> str:
    return " ".join(_MARKERS.sub("", _CONTROL.sub(" ", line)).split())[:_LONGEST]
