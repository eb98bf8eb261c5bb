"""What events did not tell: deliveries that failed, installations and pull requests that nobody heard of.

Jobs of the App itself, `redeliver` each hour and `census` each day, and `reconcile` for each repository after that.
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

from github_app.pull_job import asked_for, place_here
from github_app.scan_job import has_app
from mldebt.jobs.asking import ROUTINE, URGENT, Asked, enqueue
from mldebt.jobs.database import Database
from mldebt.jobs.duties import duty
from mldebt.jobs.engine import step, workflow
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.here import HERE
from mldebt.jobs.scans import HOUR
from mldebt.settings import Settings
from mldebt.store.deliveries import verdict_of
from mldebt.store.engine import open_store
from mldebt.store.hosted import at_work
from scoring.report.text import visible

if TYPE_CHECKING:
    from github_app.assessing import Place
    from github_app.client import Door

REDELIVER, CENSUS, RECONCILE = "redeliver", "census", "reconcile"
RECONCILING = {"metadata": "read", "pull_requests": "read", "checks": "read"}
MOST_ASKED = 100
"""Pull requests of one repository that are asked for in one day."""
DAY = 86_400


@duty(HOUR)
def hourly(settings: Settings, database: Database, now: float) -> None:
    """Whatever the hour, each of these is asked for once in its time, by whichever server comes first."""
    if has_app(settings):
        once = Asked(f"{REDELIVER}:app", f"hour-{int(now // HOUR)}", REDELIVER, _titled("deliveries that failed"))
        daily = Asked(f"{CENSUS}:app", f"day-{int(now // DAY)}", CENSUS, _titled("where the App is installed"))
        enqueue(database, [once, daily])


def _titled(title: str) -> dict[str, Any]:
    return {"title": title, "reason": "on schedule"}


@workflow(name=REDELIVER)
def redeliver(title: str, reason: str) -> dict[str, Any]:  # noqa: ARG001  they are listed
    return send_what_failed()


@step(name="redeliver")
def send_what_failed() -> dict[str, Any]:
    from github_app.itself import as_itself
    from github_app.port import GitHubFailed

    assert HERE.settings is not None  # noqa: S101  a job runs in an engine
    place = place_here()
    try:
        return {"again": sent_again(as_itself(place.access, pause=place.pause), HERE.settings, time.time())}
    except GitHubFailed as error:
        raise JobFailed(f"{error}; it is tried again within the hour") from None


def sent_again(door: Door, settings: Settings, now: float) -> int:
    """How many deliveries GitHub was asked to send again. Raises GitHubFailed."""
    from github_app.redelivery import lost
    from github_app.sent import KEPT_SECONDS, attempts, send_again

    rows = list(attempts(door, now - KEPT_SECONDS, "failure"))
    with closing(open_store(settings.deliveries_url, is_durable=True)) as store, store.reading() as connection:
        wanted = lost(rows, lambda guid: verdict_of(connection, guid) is not None)
    for id_ in wanted:
        send_again(door, id_)
    return len(wanted)


@workflow(name=CENSUS)
def census(title: str, reason: str) -> dict[str, Any]:  # noqa: ARG001  they are listed
    return counted()


@step(name="census")
def counted() -> dict[str, Any]:
    from github_app.census import take
    from github_app.port import GitHubFailed

    assert HERE.settings is not None  # noqa: S101
    assert HERE.database is not None  # noqa: S101
    place = place_here()
    try:
        with closing(open_store(HERE.settings.database_url)) as store:
            found = take(place, store, time.time_ns() // 1_000)
    except GitHubFailed as error:
        raise JobFailed(f"{error}; it is tried again tomorrow") from None
    reconcile_all(HERE.settings, HERE.database, time.time())
    return {"repositories": found}


def reconcile_all(settings: Settings, database: Database, now: float) -> None:
    """Ask for a look at the open pull requests of each repository. Raises StoreError."""
    with closing(open_store(settings.database_url)) as store, store.reading() as connection:
        rows = at_work(connection)
    when = f"day-{int(now // DAY)}"
    wanted = [
        Asked(
            f"{RECONCILE}:{row.id}",
            when,
            RECONCILE,
            {"installation": row.installation, "repository": row.id, **_titled(visible(row.full_name, 200))},
            ROUTINE,
            lane=str(row.installation),
        )
        for row in rows
    ]
    enqueue(database, wanted)


@workflow(name=RECONCILE)
def reconcile(installation: int, repository: int, title: str, reason: str) -> dict[str, Any]:  # noqa: ARG001
    return reconciled(installation, repository)


@step(name="reconcile")
def reconciled(installation: int, repository: int) -> dict[str, Any]:
    from github_app.port import GitHubFailed, Gone, NotAllowed

    assert HERE.database is not None  # noqa: S101
    try:
        wanted = unheard_of(place_here(), installation, repository)
    except (Gone, NotAllowed) as error:
        return {"said": f"Nothing was done: {error}."}
    except GitHubFailed as error:
        raise JobFailed(f"{error}; it is tried again tomorrow") from None
    when = f"missed-{int(time.time() // DAY)}"
    enqueue(HERE.database, [one._replace(when=when) for one in wanted])
    return {"asked": len(wanted)}


def unheard_of(place: Place, installation: int, repository: int) -> list[Asked]:
    """Open pull requests whose head has no check of ours, or one that stands pending. Raises GitHubFailed."""
    from github_app.checks import is_told
    from github_app.installation import as_installation
    from github_app.verdicts import NAME

    github = as_installation(place.access, installation, repository, RECONCILING, pause=place.pause)
    if github.hosted.is_archived:
        return []
    missed = [pull for pull in github.pulls() if not is_told(github.checks(pull.head, NAME))]
    name = visible(github.hosted.full_name, 150)
    return [
        asked_for(installation, repository, pull.number, f"{name}#{pull.number}", "")._replace(priority=URGENT + 1)
        for pull in missed[:MOST_ASKED]
    ]
