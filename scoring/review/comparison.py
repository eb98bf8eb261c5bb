"""Two snapshots compared: the five answers, and what of a difference comes from the code, what from the judging.

The earlier snapshot is judged twice: as it was printed then, and by today's scales and rules. What differs between
these two is the judging; only what differs between the second and now is the repository.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from scoring.answers import SCORING_VERSION, Answer, Scorecard, score
from scoring.profile import Profile
from scoring.report.moves import Move, moves
from scoring.review.sides import IDS, Flow, Places, Side, flows, places
from scoring.signal import Trend, trend
from scoring.wording import worded

SEEING = ("git", "readers", "lineage")
"""Collectors under many signals: another version may see more, or less, of the same code."""
MOST_TITLES = 5


class AnswerChange(NamedTuple):
    """One answer, then and now."""

    told: str  # its letter as printed then: "C (C to E)"; a dash where there was none
    then: Answer  # by today's scales and rules
    now: Answer
    lead: Trend | None  # of the number that heads it now
    moves: tuple[Move, ...]  # of the signals that it consults

    @property
    def is_judged_anew(self) -> bool:
        """The same evidence has another letter today."""
        return self.told != self.then.grade

    @property
    def word(self) -> str:
        """better, worse, same, moved, or unknown: by its letter where that changed, else by its first number."""
        then, now = self.then.letter, self.now.letter
        if then is not None and now is not None and then != now:
            return "worse" if now > then else "better"
        return "unknown" if self.lead is None else self.lead.word

    def count(self, word: str) -> int:
        return sum(move.trend.word == word for move in self.moves)


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Side
    now: Side
    card: Scorecard  # of now
    earlier: Scorecard  # by today's scales and rules
    answers: tuple[AnswerChange, ...]  # in the order of the questions
    moves: tuple[Move, ...]  # each signal once: worse, then better, then moved
    places: Places
    flows: tuple[Flow, ...]
    judging: tuple[str, ...]  # sentences: how the way of measuring and judging changed
    is_same_commit: bool


def compare(before: Side, now: Side, profile: Profile) -> Comparison:
    """`profile` are the scales that `now` names. Raises ValueError where `before` is not before `now`."""
    if before.identity.as_of >= now.identity.as_of:
        raise ValueError("the first snapshot of a comparison is before the second")
    card = score(now.signals, now.identity, profile)
    by_today = replace(before.identity, profile=now.identity.profile, scoring_version=SCORING_VERSION)
    earlier = score(before.signals, by_today, profile)
    found = moves(card, earlier)
    seen = places(before, now)
    answers = tuple(
        _answer(then, after, before, now, found) for then, after in zip(earlier.answers, card.answers, strict=True)
    )
    return Comparison(
        before,
        now,
        card,
        earlier,
        answers,
        found,
        seen,
        flows(before, now, seen),
        tuple(judging(before, now)),
        is_same_commit=before.identity.commit == now.identity.commit,
    )


def _answer(then: Answer, now: Answer, before: Side, after: Side, found: Iterable[Move]) -> AnswerChange:
    consulted = {signal.name for signal in now.signals}
    lead = now.lead
    was = next((signal for signal in then.signals if lead and signal.name == lead.name), None)
    same = lead is not None and before.versions.get(lead.name) == after.versions.get(lead.name)
    return AnswerChange(
        before.told.get(now.question.id, then.grade),
        then,
        now,
        trend(lead, was) if lead and same else None,
        tuple(move for move in found if move.signal.name in consulted),
    )


def judging(before: Side, now: Side) -> Iterator[str]:
    """What changed in the way of measuring and judging, and not in the repository."""
    then, here = before.identity, now.identity
    if then.profile != here.profile:
        yield f"The scales changed from {then.profile} to {here.profile}: letters of then are made anew by today’s."
    if then.scoring_version != here.scoring_version:
        yield (
            f"The rules of scoring changed (version {then.scoring_version} to {here.scoring_version}): "
            "answers of then are made anew by today’s."
        )
    yield from _measured_anew(before, now)
    yield from _seeing(before, now)
    if bool(then.tracker) != bool(here.tracker):
        which = before.day if then.tracker else now.day
        yield f"The tracker was asked on {which} alone: what only it tells is not compared."
    if then.acceptances != here.acceptances:
        yield "What the team accepts, ignores or switches on or off changed: a place may be gone without being paid."


def _measured_anew(before: Side, now: Side) -> Iterator[str]:
    versions = before.versions
    anew = [s.definition.title for s in now.signals if s.name in versions and versions[s.name] != now.versions[s.name]]
    if anew:
        yield f"{_some(anew)} {worded(len(anew), 'is', 'are')} measured another way since, and not compared."
    new = [s.definition.title for s in now.signals if versions and s.name in now.versions and s.name not in versions]
    if new:
        yield f"{_some(new)} {worded(len(new), 'was', 'were')} not measured on {before.day} yet, and not compared."


def _some(titles: list[str]) -> str:
    more = f" and {len(titles) - MOST_TITLES} more" if len(titles) > MOST_TITLES else ""
    return "; ".join(f"“{title}”" for title in titles[:MOST_TITLES]) + more


def _seeing(before: Side, now: Side) -> Iterator[str]:
    for name in (*SEEING, IDS):
        then, here = before.versions.get(name), now.versions.get(name)
        if then != here and then and here:
            yield (
                f"mldebt itself looks in another way since ({name}, version {then} to {here}): "
                "a number may have moved by that alone."
            )
