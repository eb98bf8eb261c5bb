"""A finding: one place where debt shows, under an id that outlives renames, line shifts and reformatting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum, StrEnum
from typing import NamedTuple

from scoring.debts import Debt
from scoring.finding.acceptance import Acceptance, matching
from scoring.finding.ids import told_apart
from scoring.finding.masking import masked
from scoring.wording import ENGLISH, Numbers

LONGEST = 200
"""Characters of a snippet or note that are kept."""


class Severity(IntEnum):
    """How much a place weighs while people work on it."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Effort(StrEnum):
    """What paying it off takes, as a size: never hours."""

    S = "S"  # one sitting, one file
    M = "M"  # several files, or a decision
    L = "L"  # a project of its own


class Rule(NamedTuple):
    """What of a signal each of its findings repeats."""

    name: str  # the signal's
    debt: Debt | None
    severity: Severity
    effort: Effort


class Spot(NamedTuple):
    """A place as a signal hands it over. Texts are as they stand in the repository: not yet masked, nor cut."""

    path: str  # POSIX, relative to the root; bytes that are not UTF-8 as \\xNN
    line: int  # from 1; in a notebook, within its code cells joined
    snippet: str  # the code or comment that is meant
    symbol: str = ""  # dotted name of the function or class that holds it; "" at top level
    end_line: int | None = None  # the last line; None: the first
    note: str = ""  # plain words: what was seen here
    key: str = ""  # what tells the place, where the snippet does not: a threshold's name, so that its value may change
    severity: Severity | None = None  # None: the rule's
    effort: Effort | None = None


class Finding(NamedTuple):
    """One place where debt shows."""

    id: str  # 12 hex digits, then "-2", "-3" where several places are alike
    rule: str  # the signal's name
    debt: Debt | None
    path: str
    line: int
    end_line: int
    symbol: str
    snippet: str  # one line, masked, at most LONGEST characters
    note: str
    severity: Severity
    effort: Effort
    interest: int | None = None  # changes that touched the file in the last 365 days; None: not known
    last_changed: str | None = None  # YYYY-MM-DD, on the default branch; None: not known
    component: str = ""  # of a repository that names its components
    accepted: Acceptance | None = None
    lapsed: Acceptance | None = None  # it would be accepted, had this one not run out

    @property
    def weight(self) -> int:
        """Severity x interest. A file that nobody touched, or of which it is not known, still has its severity."""
        return self.severity * (1 + (self.interest or 0))


class Tally(NamedTuple):
    """How many findings a signal has. Accepted ones stay counted."""

    total: int
    accepted: int = 0
    lapsed: int = 0  # whose acceptance ran out: not accepted any more

    def __str__(self) -> str:
        return self.said()

    def said(self, numbers: Numbers = ENGLISH) -> str:
        total, taken, lapsed = map(numbers.whole, self)
        accepted = f", of which {taken} accepted" if self.accepted else ""
        places = f"{total} {'place' if self.total == 1 else 'places'}{accepted}"
        ran_out = "the acceptance of 1 ran out" if self.lapsed == 1 else f"the acceptances of {lapsed} ran out"
        return f"{places}; {ran_out}" if self.lapsed else places


def findings(rule: Rule, spots: Iterable[Spot]) -> list[Finding]:
    """The findings of one rule, by path and line. The order of the spots does not matter.

    An id is a digest of rule, symbol and what stands there, apart from its formatting; the path is no part of it, so
    that a renamed file keeps its findings. Places that are alike are numbered by path and line: where one goes, the
    last number goes.
    """
    by_place = sorted(spots, key=lambda spot: (spot.path, spot.line, spot.end_line or spot.line, *map(str, spot)))
    clean = [masked(spot.snippet) for spot in by_place]
    keys = ((rule.name, spot.symbol, spot.key or text) for spot, text in zip(by_place, clean, strict=True))
    return [
        Finding(
            id=one,
            rule=rule.name,
            debt=rule.debt,
            path=spot.path,
            line=spot.line,
            end_line=max(spot.line, spot.end_line or spot.line),
            symbol=spot.symbol,
            snippet=_line(text),
            note=_line(masked(spot.note)),
            severity=spot.severity or rule.severity,
            effort=spot.effort or rule.effort,
        )
        for spot, text, one in zip(by_place, clean, told_apart(keys), strict=True)
    ]


def judged(
    found: Iterable[Finding],
    acceptances: Iterable[Acceptance],
    day: str,
    interest: Callable[[str], int | None],
    component: Callable[[str], str],
    last_changed: Callable[[str, int, int], str | None] = lambda _path, _first, _last: None,
) -> list[Finding]:
    """Findings with what is known about their files and lines, and whether they are accepted on `day` (YYYY-MM-DD).

    The heaviest first, then by path and line.
    """
    rows = list(found)
    answers = matching(acceptances, [(row.rule, row.path, row.line, row.end_line) for row in rows], day)
    return in_order(
        row._replace(
            interest=interest(row.path),
            last_changed=last_changed(row.path, row.line, row.end_line),
            component=component(row.path),
            accepted=accepted,
            lapsed=lapsed,
        )
        for row, (accepted, lapsed) in zip(rows, answers, strict=True)
    )


def in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda row: (-row.weight, row.path, row.line, row.rule, row.id))


def tally(found: Iterable[Finding]) -> Tally:
    rows = list(found)
    return Tally(len(rows), sum(row.accepted is not None for row in rows), sum(row.lapsed is not None for row in rows))


def _line(text: str) -> str:
    """On one line, cut at its end."""
    folded = " ".join(text.split())
    return folded if len(folded) <= LONGEST else f"{folded[: LONGEST - 1]}…"
