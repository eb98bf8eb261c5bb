"""Attestation: what only a person can say about a debt, in their words, dated and owned, until it expires.

It is *stated*, never measured: it makes no number and no letter, and stands beside both.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from scoring.debts import Debt

DAYS = 92
"""How long an answer holds that names no end: a quarter."""
LONGEST = 500
"""Characters of an answer."""


class Attestation(NamedTuple):
    about: str  # a kind of debt, or a signal's name
    answer: str  # one line
    by: str  # as the team typed it
    on: str  # YYYY-MM-DD
    until: str  # YYYY-MM-DD: the last day on which it holds
    source: str = ""  # where it is written: ".github/mldebt.yml:12"

    def has_expired(self, day: str) -> bool:
        return self.until < day


def last_day(on: str) -> str:
    """Until when an answer of the day `on` holds if it does not say."""
    try:
        return (date.fromisoformat(on) + timedelta(DAYS)).isoformat()
    except OverflowError:
        return date.max.isoformat()


def digest(attestations: Iterable[Attestation]) -> str:
    """Of what is stated, wherever that is written; empty where nothing is."""
    said = sorted([*one[:5]] for one in attestations)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest() if said else ""


class Stated(NamedTuple):
    """An attestation as it is shown."""

    attestation: Attestation
    debt: Debt | None  # that it speaks of; None: a signal that names none, or is not known any more
    has_expired: bool

    @property
    def when(self) -> str:
        """ "by @ml on 2026-11-01, holds until 2027-02-01" """
        one = self.attestation
        end = f"expired after {one.until}: ask again" if self.has_expired else f"holds until {one.until}"
        return f"stated by {one.by} on {one.on}, {end}"


def stated(
    attestations: Iterable[Attestation], debts_of_signals: Mapping[str, Debt | None], day: str
) -> tuple[Stated, ...]:
    """By debt in the paper's order; of one debt those that hold first, the newest first."""
    kinds = list(Debt)
    rows = [
        Stated(one, Debt(one.about) if one.about in kinds else debts_of_signals.get(one.about), one.has_expired(day))
        for one in attestations
    ]
    newest = sorted(rows, key=lambda row: row.attestation.on, reverse=True)
    return tuple(sorted(newest, key=lambda row: (kinds.index(row.debt) if row.debt else len(kinds), row.has_expired)))
