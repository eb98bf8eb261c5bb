"""Asking for jobs: one of a key, when it may begin, and how one that runs makes room for the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dbos import DBOS

from mldebt.jobs.asking import Asked, enqueue, let_go
from mldebt.jobs.database import Database, open_database
from mldebt.jobs.listing import State, states
from mldebt.settings import Settings


@pytest.fixture
def asked_in(settings: Settings) -> Iterator[Database]:
    """With the engine's tables, and nobody who runs jobs."""
    DBOS.migrate(settings.engine_url)
    opened = open_database(settings)
    yield opened
    opened.close()


def of(when: str, **more: float) -> Asked:
    return Asked("pull:1:7", when, "pull_request", {"number": 7}, **more)  # type: ignore[arg-type]


def test_who_asks_for_what_waits_is_given_that_one_until_it_lets_go(asked_in: Database) -> None:
    assert enqueue(asked_in, [of("first")]) == ("pull:1:7:first",)
    assert enqueue(asked_in, [of("second")]) == ("pull:1:7:first",)
    let_go(asked_in, "pull:1:7:first")
    assert enqueue(asked_in, [of("third")]) == ("pull:1:7:third",)
    assert enqueue(asked_in, [of("fourth")]) == ("pull:1:7:third",)
    let_go(asked_in, "pull:1:8:nothing")
    assert enqueue(asked_in, [of("fifth")]) == ("pull:1:7:third",)


def test_what_is_to_begin_later_waits_and_holds_its_key(asked_in: Database) -> None:
    (later,) = enqueue(asked_in, [of("later", delay=3_600)])
    assert states(asked_in, [later])[later].state is State.WAITING
    assert enqueue(asked_in, [of("now")]) == (later,)
