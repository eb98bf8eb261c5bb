"""The job that assesses a pull request: `pull_request`, of which one waits or runs for each."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from mldebt.app_access import read_app_access
from mldebt.jobs.asking import URGENT, Asked, ask_anew, let_go
from mldebt.jobs.engine import job_here, step, workflow
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.here import HERE
from mldebt.jobs.processes import Processes
from mldebt.settings import SettingsError
from mldebt.store.doubts import doubts_of
from mldebt.store.engine import open_store
from mldebt.store.hosted import Head, head_of, heads_at, why_not
from scoring.finding.doubts import muted

if TYPE_CHECKING:  # PyGithub is for those who run it
    from github_app.assessing import Done, Later, Place, Wanted

PULL_REQUEST = "pull_request"
MOST_SECONDS = 1_200.0
MOST_BEGINNINGS = 20
MOST_TURNS = 8
"""Times that GitHub may fail, or the head may move, before it is given up."""
SETTLES = 10.0
"""Seconds from one assessment to the next after a push, and more after each; the first waits for none."""
FIRST_WAIT, LONGEST_WAIT = SETTLES, 3_900.0
"""Seconds; twice as long each time. A limit for the hour is over within the hour."""
SECRETS = frozenset(
    {
        *("MLDEBT_APP_KEY", "MLDEBT_APP_KEY_FILE", "MLDEBT_WEBHOOK_SECRET", "MLDEBT_CLIENT_SECRET"),
        *("MLDEBT_GITHUB_TOKEN", "GITHUB_TOKEN", "ENGINE_URL"),
    }
)


def asked_for(installation: int, repository: int, number: int, title: str, when: str, **more: Any) -> Asked:
    """`title` is what lists call it: owner/name#7. `when` tells this asking from others."""
    inputs: dict[str, Any] = {"installation": installation, "repository": repository, "number": number, **more}
    return Asked(f"pull:{repository}:{number}", when, PULL_REQUEST, {**inputs, "title": title[:200]}, URGENT)


@workflow(name=PULL_REQUEST, max_recovery_attempts=MOST_BEGINNINGS)
def pull_request(installation: int, repository: int, number: int, title: str, turn: int = 0) -> dict[str, Any]:
    """Assess it as it is now. What GitHub does not do now is asked for anew, and no worker waits for it."""
    return assessed(installation, repository, number, title, turn)


@step(name="assess")
def assessed(installation: int, repository: int, number: int, title: str, turn: int) -> dict[str, Any]:
    from github_app.assessing import Failed, Later, Wanted, assess

    wanted, is_last = Wanted(installation, repository, number), turn >= MOST_TURNS - 1
    before = _known(wanted)
    if isinstance(before, str):
        return {"said": f"Nothing was done: {before}."}
    place = place_here(muted=_muted(repository))._replace(at_head=partial(_at_head, repository))
    found = assess(place, wanted, is_last=is_last)
    if isinstance(found, Failed):
        raise JobFailed(found.sentence)
    if isinstance(found, Later):
        if is_last:
            raise JobFailed(f"{found.sentence.removesuffix('.')}; it was tried {MOST_TURNS} times")
        _ask_anew(wanted, title, turn + 1, seconds_to_wait(found, turn))
        return {"said": found.sentence, "again": turn + 1}
    _look_again(wanted, title, before, found)
    return {"said": found.sentence, "head": found.head, "comment": found.comment, "check": found.check}


def place_here(**more: Any) -> Place:
    """What `pull_reading` is told has `more`. Raises JobFailed."""
    from github_app.assessing import Place

    assert HERE.settings is not None  # noqa: S101  a job runs in an engine
    try:
        access = read_app_access(os.environ, HERE.settings.home)
    except SettingsError as error:
        raise JobFailed(str(error)) from None
    if access is None:
        raise JobFailed("no GitHub App is configured where jobs run: run `mldebt setup` there")

    def read(told: Mapping[str, Any]) -> Mapping[str, Any]:
        return read_in(HERE.heavy, HERE.stores, {**told, **more})

    return Place(access, HERE.settings.mirrors, HERE.settings.largest, read)


def _at_head(repository: int, head: str) -> list[int]:
    assert HERE.settings is not None  # noqa: S101
    with closing(open_store(HERE.settings.database_url)) as store, store.reading() as connection:
        return [one.number for one in heads_at(connection, repository, head)]


def read_in(heavy: Processes, stores: Mapping[str, str], told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A pull request as `pull_reading` sees it, in a process that knows one token and none of the App's secrets."""
    module, line = "github_app.pull_reading", json.dumps(told).encode()
    return heavy.run(module, environment=stores, seconds=MOST_SECONDS, told=line, without=SECRETS)


def _known(wanted: Wanted) -> Head | str | None:
    """The newest head that an event told of, or why nothing is to be done."""
    assert HERE.settings is not None  # noqa: S101
    with closing(open_store(HERE.settings.database_url)) as store, store.reading() as connection:
        why = why_not(connection, wanted.installation, wanted.repository)
        return why or head_of(connection, wanted.repository, wanted.number)


def _muted(repository: int) -> tuple[str, ...]:
    assert HERE.settings is not None  # noqa: S101
    with closing(open_store(HERE.settings.database_url)) as store, store.reading() as connection:
        return muted(doubts_of(connection, repository))


def _look_again(wanted: Wanted, title: str, before: Head | None, found: Done) -> None:
    """After its key is given up: an event from now on asks for a job of its own, and an earlier one is seen here."""
    assert HERE.database is not None  # noqa: S101
    let_go(HERE.database, job_here())
    now = _known(wanted)
    if isinstance(now, Head) and now != before and now.head != found.head:
        _ask_anew(wanted, title, 0, SETTLES, apart=SETTLES)


def _ask_anew(wanted: Wanted, title: str, turn: int, seconds: float, apart: float = 0) -> None:
    assert HERE.database is not None  # noqa: S101
    asked = asked_for(*wanted, title, "", turn=turn)._replace(apart=apart)
    ask_anew(HERE.database, job_here(), asked, seconds)


def seconds_to_wait(found: Later, turn: int) -> float:
    """As long as GitHub says; else longer each time. Not all at the same moment."""
    seconds = found.seconds if found.is_told else max(found.seconds, FIRST_WAIT) * 2**turn
    return min(LONGEST_WAIT, seconds) * random.uniform(1.0, 1.1)  # noqa: S311
