"""Two years in the life of a small team: who did what, when, on which branch.

`story/*.txt` reads as a log, one line per commit:

    date  who[+coauthor]  branch  what  | subject

`what` is one of
    slug[,slug]           what happened to the files: events that the woven files know; `run` re-runs the pipeline
    slug from v1.0.0      … on a new branch that starts at a tag (elsewhere it starts where main stands)
    merge BRANCH #n       a merge commit; squash: one commit for all; rebase: its commits once more, on top of main
      … keep              without it the branch is deleted once it is in, as most are
    open #n               a change request that nobody has answered yet
    try NAME slug[,slug]  an experiment of DVC on top of the branch, in refs/exps
    tag NAME              an annotated tag
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files
from typing import NamedTuple


class Kind(StrEnum):
    COMMIT = "commit"
    MERGE = "merge"
    SQUASH = "squash"
    REBASE = "rebase"
    OPEN = "open"
    TRY = "try"
    TAG = "tag"


class Step(NamedTuple):
    """One line of the story."""

    date: str  # ISO
    people: tuple[str, ...]  # the author first
    branch: str
    kind: Kind
    subject: str
    events: tuple[str, ...] = ()  # COMMIT, TRY: what happened; a run carries its number
    other: str = ""  # the branch that comes in; TAG and TRY: a name; COMMIT: the tag its branch starts from
    number: int | None = None  # of the change request
    keep: bool = False  # the branch is left where it is


_LINE = re.compile(r"(?P<date>\S+) +(?P<who>\S+) +(?P<branch>\S+) +(?P<what>[^|]+?) *\| (?P<subject>.+)")
_COMING_IN = re.compile(r"(?P<kind>merge|squash|rebase) (?P<other>\S+) #(?P<number>\d+)(?P<keep> keep)?")
_OPEN = re.compile(r"open #(?P<number>\d+)")
_TRY = re.compile(r"try (?P<name>\S+) (?P<events>\S+)")
_TAG = re.compile(r"tag (?P<name>\S+)")
_COMMIT = re.compile(r"(?P<events>\S+)(?: from (?P<tag>\S+))?")


def story() -> tuple[Step, ...]:
    """Every step, in order."""
    texts = sorted(files(__package__).joinpath("story").iterdir(), key=lambda text: text.name)
    return tuple(steps(line for text in texts for line in text.read_text(encoding="utf-8").splitlines()))


def steps(lines: Iterator[str]) -> Iterator[Step]:
    """Lines into steps. Raises ValueError at a line that reads otherwise, or goes back in time."""
    runs = 0
    before = ""
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found or found["date"] < before:
            raise ValueError(f"not a step, or out of order: {line}")
        before = found["date"]
        step = _step(found, runs + 1)
        runs += any(event.startswith("run-") for event in step.events)
        yield step


def _step(line: re.Match[str], run: int) -> Step:
    common = line["date"], tuple(line["who"].split("+")), line["branch"]
    what, subject = line["what"], line["subject"]
    if coming := _COMING_IN.fullmatch(what):
        kind, number = Kind(coming["kind"]), int(coming["number"])
        return Step(*common, kind, subject, other=coming["other"], number=number, keep=bool(coming["keep"]))
    if opened := _OPEN.fullmatch(what):
        return Step(*common, Kind.OPEN, subject, number=int(opened["number"]))
    if tag := _TAG.fullmatch(what):
        return Step(*common, Kind.TAG, subject, other=tag["name"])
    if tried := _TRY.fullmatch(what):
        events = tuple(f"{tried['events']},run-{run}".split(","))
        return Step(*common, Kind.TRY, subject, events, other=tried["name"])
    commit = _COMMIT.fullmatch(what)
    if not commit:
        raise ValueError(f"not something that happens: {what}")
    events = tuple(f"run-{run}" if event == "run" else event for event in commit["events"].split(","))
    return Step(*common, Kind.COMMIT, subject, events=events, other=commit["tag"] or "")
