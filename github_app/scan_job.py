"""The job that scans a hosted repository: `hosted_scan`, one for each, in the lane of its installation."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from github_app.pull_job import MOST_BEGINNINGS, MOST_TURNS, SECRETS, place_here, seconds_to_wait
from github_app.quarter_job import quarter_for
from mldebt.app_access import read_app_access
from mldebt.jobs.asking import ROUTINE, Asked, ask_anew, enqueue
from mldebt.jobs.database import Database
from mldebt.jobs.duties import duty
from mldebt.jobs.engine import job_here, step, workflow
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.here import HERE
from mldebt.jobs.listing import last_asked
from mldebt.jobs.scans import HOUR, MOST_SECONDS, WEEK
from mldebt.settings import Settings, SettingsError
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import Hosted, at_work, register_hosted, why_not
from mldebt.store.reading import latest_snapshots
from scoring.report.quarter_issue import quarter_of
from scoring.report.text import visible

if TYPE_CHECKING:
    from github_app.assessing import Place
    from github_app.installation import AppOnRepository

HOSTED_SCAN = "hosted_scan"
_READ = {"metadata": "read", "contents": "read"}
SCANNING = (
    {**_READ, "pull_requests": "read", "issues": "read"},
    {**_READ, "pull_requests": "read"},
    _READ,
)
"""Permissions of the job, the most first: what was not granted is not visible, and said so."""


def ask_to_scan(
    database: Database, rows: Iterable[Hosted], reason: str, when: str, priority: int = ROUTINE
) -> tuple[str, ...]:
    """Ask for a scan of each; the ids under which they run. Raises StoreError."""
    return enqueue(database, [_asked(row.installation, row.id, row.full_name, reason, when, priority) for row in rows])


def _asked(
    installation: int, repository: int, title: str, reason: str, when: str, priority: int = ROUTINE, **more: int
) -> Asked:
    inputs: dict[str, Any] = {"installation": installation, "repository": repository, "title": visible(title, 200)}
    key = f"{HOSTED_SCAN}:{repository}"
    return Asked(key, when, HOSTED_SCAN, {**inputs, "reason": reason, **more}, priority, lane=str(installation))


def scan_asked(row: Hosted, reason: str, when: str, delay: float = 0) -> Asked:
    """`delay`: seconds in which others may ask for the same."""
    return _asked(row.installation, row.id, row.full_name, reason, when)._replace(delay=delay)


@duty(HOUR)
def weekly(settings: Settings, database: Database, now: float) -> tuple[str, ...]:
    """Ask for a scan of each hosted repository that nobody looked at for a week."""
    if not settings.weekly or not has_app(settings):
        return ()
    with closing(open_store(settings.database_url)) as store:
        rows = due(store, database, now)
    return ask_to_scan(database, rows, "weekly", f"weekly-{int(now // WEEK)}")


def due(store: Store, database: Database, now: float) -> list[Hosted]:
    with store.reading() as connection:
        may = at_work(connection)
        scanned = {id_: row.scanned_at for id_, row in latest_snapshots(connection).items()}
    asked = last_asked(database, HOSTED_SCAN)

    def looked_at(row: Hosted) -> int:
        return max(scanned.get(row.repository_id or 0, 0), asked.get(f"{HOSTED_SCAN}:{row.id}", 0))

    return [row for row in may if looked_at(row) <= now - WEEK]


def has_app(settings: Settings) -> bool:
    try:
        return read_app_access(os.environ, settings.home) is not None
    except SettingsError:
        return False


@workflow(name=HOSTED_SCAN, max_recovery_attempts=MOST_BEGINNINGS)
def hosted_scan(installation: int, repository: int, title: str, reason: str, turn: int = 0) -> dict[str, Any]:
    """Scan it as it is now. What GitHub does not do now is asked for anew, and no worker waits for it."""
    return scanned(installation, repository, title, reason, turn)


@step(name="scan")
def scanned(installation: int, repository: int, title: str, reason: str, turn: int) -> dict[str, Any]:
    from github_app.assessing import later
    from github_app.port import GitHubFailed, Gone, NotAllowed

    assert HERE.settings is not None  # noqa: S101  a job runs in an engine
    assert HERE.database is not None  # noqa: S101
    place = place_here()
    with closing(open_store(HERE.settings.database_url)) as store:
        with store.reading() as connection:
            why = why_not(connection, installation, repository)
        if why is not None:
            return {"said": f"Nothing was done: {why}."}
        try:
            told = what_to_scan(place, store, installation, repository)
        except (Gone, NotAllowed) as error:
            return {"said": f"Nothing was done: {error}."}
        except GitHubFailed as error:
            if turn >= MOST_TURNS - 1:
                raise JobFailed(f"{error}; it was tried {MOST_TURNS} times") from None
            again = _asked(installation, repository, title, reason, "", turn=turn + 1)
            ask_anew(HERE.database, job_here(), again, seconds_to_wait(later(error), turn))
            return {"said": f"{error}.", "again": turn + 1}
    found = HERE.heavy.run(
        "github_app.scan_reading",
        environment=HERE.stores,
        seconds=MOST_SECONDS,
        told=json.dumps(told).encode(),
        without=SECRETS,
    )
    if found.get("quarterly"):
        now = quarter_of(int(time.time()))
        enqueue(HERE.database, [quarter_for(installation, repository, now, int(found["snapshot"]), title)])
    return found


def what_to_scan(place: Place, store: Store, installation: int, repository: int) -> Mapping[str, Any]:
    """What `scan_reading` is told. Raises GitHubFailed, or JobFailed."""
    github = _minted(place, installation, repository)
    hosted = github.hosted
    if hosted.size * 1_024 > place.largest:
        raise JobFailed(f"{hosted.full_name} is larger than this server fetches")
    if not hosted.default_branch:
        raise JobFailed(f"GitHub does not tell the default branch of {hosted.full_name}")
    with store.writing() as connection:
        register_hosted(connection, place.access.server, hosted.id, hosted.full_name, hosted.default_branch)
    return {
        "hosted": [place.access.server, hosted.id, hosted.full_name, hosted.default_branch],
        "token": github.token,
        "api": place.access.api,
        "largest": place.largest,
    }


def _minted(place: Place, installation: int, repository: int) -> AppOnRepository:
    """With the most permissions that were granted there: GitHub answers 422 where one of them was not."""
    from github_app.installation import as_installation
    from github_app.port import Invalid

    *more, least = SCANNING
    for permissions in more:
        try:
            return as_installation(place.access, installation, repository, permissions, pause=place.pause)
        except Invalid:
            continue
    return as_installation(place.access, installation, repository, least, pause=place.pause)
