"""Deliveries carried out: what they tell is remembered, and the jobs that they ask for are asked for.

Apart from receiving them, since it may have to wait: for a scan that holds the store's lock, or for the engine. What
was begun and not ended is done again, which changes nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from collectors.facts.codec import NotASummaryError, from_json
from github_app.command_job import Said, command_for
from github_app.pull_job import SETTLES, asked_for
from github_app.scan_job import scan_asked
from github_app.todo import HERE, REMOVED, SUSPENDED, Todo
from mldebt.jobs.asking import Asked, enqueue
from mldebt.jobs.database import Database, open_database
from mldebt.jobs.engine import TROUBLE
from mldebt.jobs.listing import State, has_tables, states
from mldebt.settings import Settings
from mldebt.store.deliveries import Waiting, seen_to, waiting
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import (
    Head,
    add_repositories,
    heads_at,
    hosted,
    hosted_repositories,
    installed,
    meet_repository,
    remove_installation,
    remove_repositories,
    tell_head,
    tell_installation,
    tell_repository,
    why_not,
)
from mldebt.store.sessions import ask_again, end_sessions_of
from scoring.report.text import visible

AT_ONCE = 200
LOOK_SECONDS = 2.0
LOCK_SECONDS = 5.0
CLOSE_SECONDS = 10.0
BUNCH_SECONDS = 600.0
"""From a push to the scan, which then sees those that came meanwhile too."""

ODD = (DataError, IntegrityError, ArithmeticError, LookupError, TypeError, ValueError)
"""What is wrong with one delivery, and will be. Nothing else has to wait for it."""

log = logging.getLogger("mldebt.webhooks")


class Places(NamedTuple):
    deliveries: Store
    store: Store
    jobs: Database

    def look(self) -> None:
        """Raises StoreError where the store does not answer."""
        with self.deliveries.reading() as connection:
            waiting(connection, 1)
        with self.store.reading() as connection:
            installed(connection, 0)

    def close(self) -> None:
        for place in self:
            place.close()


def open_places(settings: Settings) -> Places:
    """Raises StoreError."""
    deliveries = open_store(settings.deliveries_url, wait_seconds=LOCK_SECONDS, is_durable=True)
    return Places(deliveries, open_store(settings.database_url), open_database(settings))


class _Done(NamedTuple):
    one: Waiting
    jobs: tuple[Asked, ...] = ()
    verdict: str | None = None  # another than it was received with
    waits: bool = True  # for the end of a job that runs already
    is_later: bool = False


def carry_out(places: Places) -> None:
    """See to all that waits, but for what has to wait longer. Raises StoreError."""
    while True:
        with places.deliveries.reading() as connection:
            some = waiting(connection, AT_ONCE)
        if not some or _seen_to(places, some) == 0 or len(some) < AT_ONCE:
            return


def _seen_to(places: Places, some: Sequence[Waiting]) -> int:
    """How many need not wait any more."""
    done = [_remembered(places.store, one) for one in some]
    held = _ask(places.jobs, done) | {each.one.id for each in done if each.is_later}
    ended = [each for each in done if each.one.id not in held]
    if ended:
        with places.deliveries.writing() as connection:
            seen_to(connection, [each.one.id for each in ended if each.verdict is None])
            for each in ended:
                if each.verdict is not None:
                    seen_to(connection, [each.one.id], each.verdict)
    return len(ended)


def _remembered(store: Store, one: Waiting) -> _Done:
    try:
        todo = from_json(Todo, one.todo)
        with store.writing() as connection:
            _remember(connection, todo, one.received_us)
            return _wanted(connection, todo, one)
    except NotASummaryError:
        return _Done(one, verdict="not done: another version of mldebt received it")
    except ODD:
        log.exception("delivery %s cannot be carried out", one.guid)
        return _Done(one, verdict="not done: the store does not take it, and the log says more")
    except SQLAlchemyError as error:  # a deadlock, a connection that broke: the next try may do
        log.warning("delivery %s waits: %s", one.guid, _first_line(error))
        return _Done(one, is_later=True)


def _remember(connection: Connection, todo: Todo, told_us: int) -> None:
    if todo.state:
        _remember_installation(connection, todo, told_us)
    for row in todo.met:
        meet_repository(connection, row.id, todo.installation, **row.said)
    for row in todo.told:
        tell_repository(connection, row.id, todo.installation, told_us, **row.said)
        if row.private:
            ask_again(connection, repository=row.id)
    for person in todo.withdrawn:
        end_sessions_of(connection, person)
    add_repositories(connection, todo.installation, {row.id: row.said for row in todo.added}, told_us)
    if todo.removed:
        remove_repositories(connection, todo.installation, todo.removed, told_us)
    for pull in todo.pulls if todo.repository is not None else ():
        tell_head(connection, Head(todo.repository or 0, pull.number, pull.head, pull.updated_at), pull.before)


def _remember_installation(connection: Connection, todo: Todo, told_us: int) -> None:
    if todo.state == REMOVED:
        remove_installation(connection, todo.installation, told_us)
        return
    said = {"account": todo.account, "account_id": todo.account_id}
    known: dict[str, str | int | None] = {name: value for name, value in said.items() if value is not None}
    if todo.state == SUSPENDED and todo.since is not None:  # it may have been delivered again, long after
        told_us = min(told_us, todo.since * 1_000_000 + 999_999)
    if todo.state != HERE:
        known["suspended_at"] = told_us // 1_000_000 if todo.state == SUSPENDED else None
    tell_installation(connection, todo.installation, told_us, **known)


def _wanted(connection: Connection, todo: Todo, one: Waiting) -> _Done:
    if todo.added:
        added = {row.id for row in todo.added}
        of = installed(connection, todo.installation)
        seen = () if of and of.suspended_at else hosted_repositories(connection, todo.installation)
        there = [row for row in seen if row.id in added and not row.archived]
        return _Done(one, tuple(scan_asked(row, "the App came to it", one.guid) for row in there), waits=False)
    if not todo.asks:
        return _Done(one)
    if todo.repository is None:
        why: str | None = "it names no repository"
    else:
        why = why_not(connection, todo.installation, todo.repository)
    if why is not None:
        return _Done(one, verdict=f"ignored because {why}")
    return _about_one(connection, todo, one, todo.repository or 0)


def _about_one(connection: Connection, todo: Todo, one: Waiting, repository: int) -> _Done:
    known = hosted(connection, repository)
    if todo.pushed:
        return _Done(one, (scan_asked(known, "pushed to", one.guid, BUNCH_SECONDS),) if known else ())
    numbers = [pull.number for pull in todo.pulls] + list(todo.numbers)
    if todo.head is not None:
        numbers = [head.number for head in heads_at(connection, repository, todo.head)]
        if not numbers:
            return _Done(one, verdict="ignored because no pull request is known to have this commit as its head")
    name = known.full_name if known and known.full_name else todo.title
    return _Done(one, tuple(_job(todo, number, name, one.guid) for number in numbers))


def _job(todo: Todo, number: int, name: str, guid: str) -> Asked:
    repository, title = todo.repository or 0, f"{visible(name, 150)}#{number}"
    if todo.comment is None:
        asked = asked_for(todo.installation, repository, number, title, guid)
        return asked._replace(apart=SETTLES) if todo.pulls else asked
    return command_for(Said(todo.installation, repository, number, todo.comment, title), guid)


def _ask(jobs: Database, done: Sequence[_Done]) -> set[int]:
    """Ask for the jobs; the deliveries that have to wait.

    One that was given a job which runs already waits for its end: that job may have read the head before it moved.
    Where the next one then finds nothing new, it says nothing. Of several about one pull request the last waits.
    """
    wanted = [(each.one.id, job) for each in done for job in each.jobs]
    if not wanted:
        return set()
    with jobs.reading() as connection:
        if not has_tables(jobs, connection):  # the engine never ran here yet
            return {id_ for id_, _ in wanted}
    last = {job.key: (id_, job) for id_, job in wanted}
    given = enqueue(jobs, [job for _, job in last.values()])
    others = {job.key: id_ for (_, job), id_ in zip(last.values(), given, strict=True) if id_ != job.id}
    running = {id_ for id_, job in states(jobs, list(others.values())).items() if job.state is State.RUNNING}
    waits = {each.one.id for each in done if each.waits}
    return {last[key][0] for key, id_ in others.items() if id_ in running} & waits


class Carrier:
    """Carries out in a thread of its own: at once when something comes, and now and then what had to wait."""

    def __init__(self, places: Places, look_seconds: float = LOOK_SECONDS) -> None:
        self._places, self._look = places, look_seconds
        self._came, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="mldebt-webhooks", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        self._came.set()

    def end(self) -> None:
        """What waits is carried out when this begins again, here or elsewhere."""
        self._ends.set()
        self._came.set()
        self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        self._came.set()  # what waits from before
        while not self._ends.is_set():
            self._came.wait(self._look)
            self._came.clear()
            if not self._ends.is_set():
                self._carry()

    def _carry(self) -> None:
        try:
            carry_out(self._places)
        except TROUBLE as error:
            log.warning("deliveries wait: %s", _first_line(error))
        except (*ODD, AttributeError, RuntimeError):  # a fault of ours: what comes must not wait for a restart
            log.exception("deliveries wait")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
