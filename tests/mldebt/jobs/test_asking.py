"""Asking for jobs: one of a key, when it may begin, and how one that runs makes room for the next."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from dbos import DBOS
from sqlalchemy import select, update

from mldebt.jobs.asking import LONGEST_APART, Asked, ask_anew, enqueue, let_go, rest
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


@pytest.mark.parametrize(("seconds_ago", "then"), [(1, "DELAYED"), (30, "DELAYED"), (61, "ENQUEUED")])
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


def test_those_of_the_last_minutes_make_the_pause_longer(asked_in: Database) -> None:
    for number, seconds_ago in enumerate((200, 120, 45, 400)):
        (job,) = enqueue(asked_in, [of(str(number))])
        ended = int((time.time() - seconds_ago) * 1_000)
        status(asked_in, job, status="SUCCESS", deduplication_id=None, updated_at=ended)
    (late,) = enqueue(asked_in, [of("late", apart=10)])
    assert status(asked_in, late) == "ENQUEUED", "40 seconds after three, and the last is 45 ago"
    status(asked_in, late, status="SUCCESS", deduplication_id=None, updated_at=int(time.time() * 1_000))
    (again,) = enqueue(asked_in, [of("again", apart=10)])
    assert status(asked_in, again) == "DELAYED"


@pytest.mark.parametrize(("minutes", "most"), [(1, 4), (10, 14)])
def test_pushes_that_do_not_stop_cost_few_and_none_waits_for_long(minutes: int, most: int) -> None:
    """One push each second, and an assessment that takes no time: each is of all pushes before it."""
    ends: list[float] = []
    for second in range(60 * minutes):
        wait = rest(10, [second - at for at in ends if at > second - 300])
        assert wait <= LONGEST_APART
        if not wait:
            ends.append(second)
    assert ends[:4] == [0, 10, 30, 70][: len(ends)]
    assert len(ends) + 1 <= most, "and one for the last push"


def test_no_pause_without_another_nor_by_a_clock_that_went_back() -> None:
    assert (rest(10, []), rest(0, [1]), rest(10, [30, 10])) == (0, 0, 10)
    assert rest(10, [-3_600]) == 10
    assert rest(10, [0] * 10_000) == rest(90, [0] * 3) - 30 == LONGEST_APART


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
