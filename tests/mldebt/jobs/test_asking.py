"""Asking for jobs: one of a key, when it may begin, and how one that runs makes room for the next."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from dbos import DBOS
from sqlalchemy import select, update

from mldebt.jobs.asking import Asked, ask_anew, enqueue, let_go
from mldebt.jobs.database import STATUS, Database, open_database
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


def status(database: Database, id_: str, **changed: object) -> str:
    """Of a job, after it is changed as an engine would."""
    where = STATUS.c.workflow_uuid == id_
    with database.engine.begin() as begun:
        connection = begun.execution_options(schema_translate_map={None: database.schema})
        if changed:
            connection.execute(update(STATUS).where(where).values(**changed))
        return str(connection.execute(select(STATUS.c.status).where(where)).scalar_one())


@pytest.mark.parametrize(("seconds_ago", "then"), [(1, "DELAYED"), (59, "DELAYED"), (61, "ENQUEUED")])
def test_one_that_ended_a_moment_ago_keeps_the_next_one_waiting(
    asked_in: Database, seconds_ago: int, then: str
) -> None:
    (first,) = enqueue(asked_in, [of("first", apart=60)])
    assert status(asked_in, first) == "ENQUEUED", "the first waits for none"
    ended = int((time.time() - seconds_ago) * 1_000)
    status(asked_in, first, status="SUCCESS", deduplication_id=None, updated_at=ended)
    others = Asked("pull:1:8", "x", "pull_request", {"number": 8}, apart=60)
    (second, other) = enqueue(asked_in, [of("second", apart=60), others])
    assert (status(asked_in, second), status(asked_in, other)) == (then, "ENQUEUED")
    let_go(asked_in, second)
    (third,) = enqueue(asked_in, [of("third")])
    assert status(asked_in, third) == "ENQUEUED", "who does not ask for a pause has none"


def test_what_is_to_begin_later_waits_and_holds_its_key(asked_in: Database) -> None:
    (later,) = enqueue(asked_in, [of("later", delay=3_600)])
    assert states(asked_in, [later])[later].state is State.WAITING
    assert enqueue(asked_in, [of("now")]) == (later,)


def test_a_job_that_runs_asks_for_its_next_turn_and_gives_up_its_key(asked_in: Database) -> None:
    (first,) = enqueue(asked_in, [of("first")])
    ask_anew(asked_in, first, of(""), 60)
    (waiting,) = enqueue(asked_in, [of("second")])
    assert waiting.startswith("pull:1:7:again-")
    assert status(asked_in, waiting) == "DELAYED"
    ask_anew(asked_in, first, of(""), 60)
    assert enqueue(asked_in, [of("third")]) == (waiting,), "one waits already"
