"""Acceptance: a team says that it will live with a debt, why, who decided, and until when.

One grammar for all rules, in `.github/mldebt.yml` or beside the code. What is accepted stays counted, in a second
number; what ran out is not accepted, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from scoring.finding.globs import LONGEST, any_path, matches


class Reason(StrEnum):
    """Why a finding stays. The first four are those of OpenSSF Scorecard's annotations, with the same meaning.

    Source: https://github.com/ossf/scorecard/blob/main/config/README.md
    """

    TEST_DATA = "test-data"  # the place is there for tests
    REMEDIATED = "remediated"  # it was dealt with in a way that cannot be seen
    NOT_APPLICABLE = "not-applicable"  # the rule is wrong here
    NOT_SUPPORTED = "not-supported"  # what would pay it off is not to be had
    INTENDED = "intended"  # it is taken on knowingly


class Acceptance(NamedTuple):
    """Which findings, why, who answers for it, until when."""

    rule: str  # a glob over names of signals
    path: str  # a glob over paths; of an inline one the path itself
    reason: Reason
    owner: str  # as the team typed it
    until: str  # YYYY-MM-DD: the last day on which it holds
    note: str = ""
    source: str = ""  # where it is written: ".github/mldebt.yml:12"
    line: int | None = None  # an inline one accepts what stands on its line, or begins on the next


class NotAcceptedError(ValueError):
    """An acceptance that is not one; the message says why, as a clause."""


Subject = tuple[str, str, int, int]
"""Rule, path, first and last line of a finding."""


def matching(
    acceptances: Iterable[Acceptance], subjects: Sequence[Subject], day: str
) -> list[tuple[Acceptance | None, Acceptance | None]]:
    """For each subject what accepts it on `day` (YYYY-MM-DD), else what did before it ran out.

    Of several the one that holds longest, then the first in their order.
    """
    ordered = sorted(acceptances, key=lambda one: one.until, reverse=True)
    by_rule = {rule: [(one, _meant(one)) for one in ordered if matches(one.rule, rule)] for rule, *_ in subjects}
    answers: list[tuple[Acceptance | None, Acceptance | None]] = []
    for subject in subjects:
        one = next((one for one, is_meant in by_rule[subject[0]] if is_meant(subject)), None)
        answers.append((None, None) if one is None else (one, None) if one.until >= day else (None, one))
    return answers


def idle(acceptances: Iterable[Acceptance], subjects: Iterable[Subject]) -> list[Acceptance]:
    """Those that mean none of the subjects, whether they hold or ran out, in their order."""
    by_rule: dict[str, list[Subject]] = {}
    for subject in subjects:
        by_rule.setdefault(subject[0], []).append(subject)

    def is_idle(one: Acceptance) -> bool:
        is_meant = _meant(one)
        meant = (some for rule, some in by_rule.items() if matches(one.rule, rule))
        return not any(is_meant(subject) for some in meant for subject in some)

    return [one for one in acceptances if is_idle(one)]


def _meant(one: Acceptance) -> Callable[[Subject], bool]:
    line = one.line
    if line is None:
        is_meant = cache(any_path([one.path]))  # a file has many findings
        return lambda subject: is_meant(subject[1])
    return lambda subject: subject[1] == one.path and subject[2] - 1 <= line <= subject[3]


INLINE = re.compile(r"\bmldebt:\s*accept\b(?P<rest>.*)", re.ASCII)
_FORM = "write: mldebt: accept RULE REASON OWNER until YYYY-MM-DD"


def inline(text: str, path: str, line: int) -> Acceptance | None:
    """The acceptance in a comment: `mldebt: accept RULE REASON OWNER until YYYY-MM-DD`, then, if wanted, a note.

    None where the comment has none. Raises NotAcceptedError where it means to have one.
    """
    found = INLINE.search(text)
    if found is None:
        return None
    words = found["rest"].split()
    if len(words) < 5 or words[3] != "until":
        raise NotAcceptedError(_FORM)
    rule, reason, owner, _, until, *note = words
    return Acceptance(
        checked_glob(rule), path, reason_of(reason), owner, day_of(until), " ".join(note), f"{path}:{line}", line
    )


def reason_of(word: str) -> Reason:
    try:
        return Reason(word)
    except ValueError:
        raise NotAcceptedError(f"{_quoted(word)} is no reason: {near(word, list(Reason))}") from None


def day_of(word: str) -> str:
    """A day as written, if it is one."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII):
            return date.fromisoformat(word).isoformat()
    except ValueError:
        pass
    raise NotAcceptedError(f"{_quoted(word)} is no day: write YYYY-MM-DD")


def checked_glob(glob: str) -> str:
    if not glob or len(glob) > LONGEST:
        raise NotAcceptedError(f"a pattern has 1 to {LONGEST} characters")
    return glob


def near(word: str, known: Sequence[str]) -> str:
    """A question after the nearest known word, or the list of all."""
    close = get_close_matches(word[:50], known, n=1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"


def _quoted(word: str) -> str:
    return f"'{word if len(word) <= 50 else word[:49] + '…'}'"
