"""What the server sees to now and then, told by those whose work it is: they ask for jobs, and do none at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mldebt.jobs.database import Database
from mldebt.jobs.engine import Chore
from mldebt.settings import Settings

Do = Callable[[Settings, Database, float], object]
"""Settings, where jobs are asked for, and the moment in seconds since 1970."""


class Duty(NamedTuple):
    every: float  # seconds
    do: Do


_DUTIES: list[Duty] = []


def duty(every: float) -> Callable[[Do], Do]:
    """Raises nothing but StoreError, and calls nobody."""

    def noted(do: Do) -> Do:
        _DUTIES.append(Duty(every, do))
        return do

    return noted


def chores(settings: Settings, database: Database, clock: Callable[[], float]) -> list[Chore]:
    def chore(one: Duty) -> Chore:
        return Chore(one.every, lambda: one.do(settings, database, clock()), is_long=True)

    return list(map(chore, _DUTIES))
