"""Issues of a tracker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_WORD = re.compile(r"[a-z]+")
_DEBT = re.compile(
    r"\b(?:tech(?:nical)? ?debt|debt|refactor(?:s|ing)?|clean ?ups?|cleaning|code (?:smells?|health|quality))\b"
)


def names_debt(label: str) -> bool:
    """Whether a label says that its issues are debt: "tech-debt", "kind/cleanup", "Refactoring", "code quality"."""
    return bool(_DEBT.search(" ".join(_WORD.findall(label[:200].lower()))))


class Issue(NamedTuple):
    """One issue. Of its labels only those that say debt are kept: the others are nobody's business here."""

    number: int
    created: int  # seconds since 1970 UTC
    closed: int | None = None
    is_bot: bool = False  # a program opened it
    labels: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """As evidence names it."""
        return f"issues/{self.number}"

    def seen_at(self, as_of: int) -> Issue:
        """As it stood then, but for its labels, whose past is not remembered."""
        return self if self.closed is None or self.closed <= as_of else self._replace(closed=None)


@dataclass(frozen=True)
class Issues:
    """Those that were opened up to `as_of`, by their numbers. No change requests."""

    rows: tuple[Issue, ...] = ()
    as_of: int = 0

    def __iter__(self) -> Iterator[Issue]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def of_debt(self) -> tuple[Issue, ...]:
        """That people opened, with a label that says debt today."""
        return tuple(row for row in self.rows if row.labels and not row.is_bot)
