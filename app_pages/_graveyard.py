"""Branches that are drawn, and how many were silent for how long. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from app_pages._charts import PADDING, Spec, iso

DAY = 86_400
WEEK = 7 * DAY
WEEKS = 104
DRAWN = 60
"""At most so many bars, so that each has room for its name; all stand in the list below."""

FATE_WORDS = {"active": "Active", "merged": "Merged", "abandoned": "Abandoned"}
SILENCES = ((30, "1 to 3 months"), (90, "3 to 12 months"), (365, "over a year"))
SILENCE_DOMAIN = [" ", "  ", *(words for _, words in SILENCES)]


class BranchLine(NamedTuple):
    """A branch as stored with a snapshot."""

    name: str
    kind: str
    fate: str
    tip: str  # hex
    first_at: int | None
    last_at: int
    merged_at: int | None
    ahead: int
    behind: int
    is_release: bool = False

    @property
    def is_topic(self) -> bool:
        """Somebody meant to bring it in or throw it away: no release line, no open pull request."""
        return not self.is_release and self.kind != "pull"

    @property
    def began(self) -> int:
        return self.last_at if self.first_at is None else min(self.first_at, self.last_at)


def drawn(lines: Iterable[BranchLine]) -> list[BranchLine]:
    """DRAWN topic branches, oldest first: those that nobody merged, the longest silent, then those that began last."""
    topics = [line for line in lines if line.is_topic]
    waiting = sorted((line for line in topics if line.fate != "merged"), key=lambda line: (line.last_at, line.name))
    merged = sorted((line for line in topics if line.fate == "merged"), key=lambda line: (-line.began, line.name))
    return sorted([*waiting, *merged][:DRAWN], key=lambda line: (line.began, line.name))


class Silent(NamedTuple):
    """Unmerged branches of one class of silence in one week."""

    at: int
    silence: str
    branches: int


def silent_by_age(lines: Iterable[BranchLine], as_of: int) -> list[Silent]:
    """For each of the last 104 weeks, how many of today's topic branches were unmerged and silent, by how long.

    Branches that were deleted since are missing: git does not remember them.
    """
    start = as_of - (WEEKS - 1) * WEEK
    steps = {words: [0] * (WEEKS + 1) for _, words in SILENCES}
    ends = [days for days, _ in SILENCES[1:]]

    def week(time: int) -> int:
        """The first week whose end is not before `time`."""
        return min(WEEKS, max(0, -((start - time) // WEEK)))

    for line in lines:
        is_lost = line.fate == "merged" and line.merged_at is None  # nobody can tell when its silence ended
        if not line.is_topic or is_lost:
            continue
        over = line.merged_at if line.fate == "merged" and line.merged_at is not None else as_of + WEEK
        for (days, words), end in zip(SILENCES, [*ends, None], strict=True):
            begins = line.last_at + days * DAY
            until = over if end is None else min(over, line.last_at + end * DAY)
            if begins < until:
                steps[words][week(begins)] += 1
                steps[words][week(until)] -= 1
    return [
        Silent(start + number * WEEK, words, branches)
        for _, words in SILENCES
        for number, branches in enumerate(accumulate(steps[words][:WEEKS]))
    ]


def silence_chart(rows: Sequence[Silent]) -> Spec:
    return {
        "data": {"values": [{"at": iso(r.at), "silence": r.silence, "branches": r.branches} for r in rows]},
        "height": 240,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": PADDING,
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.9},
        "encoding": {
            "x": {
                "field": "at",
                "type": "temporal",
                "title": None,
                "axis": {"format": "%b %Y", "labelOverlap": True, "labelFlush": False},
            },
            "y": {"field": "branches", "type": "quantitative", "stack": True, "title": "silent branches"},
            "order": {"field": "silence", "type": "nominal"},
            "color": {
                "field": "silence",
                "type": "nominal",
                "scale": {"domain": SILENCE_DOMAIN},
                "legend": {
                    "title": None,
                    "orient": "top",
                    "values": [words for _, words in SILENCES],
                    "symbolType": "square",
                    "labelFontSize": 10.5,  # three beside each other on a telephone
                    "columnPadding": 4,
                    "symbolSize": 60,
                },
            },
            "tooltip": [
                {"field": "at", "type": "temporal", "title": "week", "format": "%Y-%m-%d"},
                {"field": "silence", "title": "silent for"},
                {"field": "branches", "type": "quantitative", "title": "branches", "format": ","},
            ],
        },
    }
