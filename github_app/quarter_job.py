"""The job that writes the issue of a quarter: `quarter`, after a scan of a repository whose team wants it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from github_app.pull_job import place_here
from mldebt.jobs.asking import ROUTINE, Asked
from mldebt.jobs.engine import step, workflow
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.here import HERE
from mldebt.store.engine import Store, open_store
from mldebt.store.findings import findings_of
from mldebt.store.hosted import hosted, why_not
from mldebt.store.quarterly import Quarterly, keep_quarterly, quarterly
from mldebt.store.reading import latest_snapshot, snapshots
from scoring.report.quarter_issue import Review, Then, words

if TYPE_CHECKING:
    from github_app.assessing import Place

QUARTER = "quarter"


def quarter_for(installation: int, repository: int, quarter: str, snapshot: int, title: str) -> Asked:
    """Of one scan at most one."""
    inputs: dict[str, Any] = {"installation": installation, "repository": repository, "quarter": quarter}
    inputs |= {"title": title, "reason": quarter}
    when = f"{quarter.replace(' ', '-')}-{snapshot}"
    return Asked(f"{QUARTER}:{repository}", when, QUARTER, inputs, ROUTINE, lane=str(installation))


@workflow(name=QUARTER)
def quarter(installation: int, repository: int, quarter: str, title: str, reason: str) -> dict[str, Any]:  # noqa: ARG001
    return told(installation, repository, quarter)


@step(name="tell")
def told(installation: int, repository: int, quarter: str) -> dict[str, Any]:
    from github_app.port import GitHubFailed

    assert HERE.settings is not None  # noqa: S101  a job runs in an engine
    with closing(open_store(HERE.settings.database_url)) as store:
        try:
            return {"said": tell_quarter(place_here(), store, installation, repository, quarter)}
        except GitHubFailed as error:
            raise JobFailed(f"{error}; the next scan asks for it again") from None


def tell_quarter(place: Place, store: Store, installation: int, repository: int, quarter: str) -> str:
    """One sentence. While the quarter lasts its issue tells of one and the same scan. Raises GitHubFailed."""
    from github_app.installation import as_installation
    from github_app.port import Gone, Invalid, NotAllowed
    from github_app.quarter import ISSUES, tell

    chosen = _chosen(store, installation, repository, quarter)
    if isinstance(chosen, str):
        return chosen
    before, review, name = chosen
    try:
        github = as_installation(place.access, installation, repository, ISSUES, pause=place.pause)
        done = tell(github, words(review._replace(page=page_of(place.access.public_url, name))), quarter)
    except (NotAllowed, Gone, Invalid) as error:  # GitHub calls a token invalid for permissions that were not granted
        return _refused(store, before, str(error))
    with store.writing() as connection:
        keep_quarterly(connection, before._replace(number=done.number))
    return {
        "opened": f"The issue of {quarter} was opened.",
        "edited": f"The issue of {quarter} was brought up to date.",
        "left": f"The issue of {quarter} says it already.",
    }[done.what]


def _refused(store: Store, before: Quarterly, why: str) -> str:
    with store.writing() as connection:
        keep_quarterly(connection, before._replace(refused=True))
    return f"No issue: {why}. It is tried again in the next quarter."


def _chosen(store: Store, installation: int, repository: int, quarter: str) -> tuple[Quarterly, Review, str] | str:
    """What the issue is about; or a sentence where there is nothing to do."""
    with store.reading() as connection:
        why = why_not(connection, installation, repository)
        if why is not None:
            return f"Nothing was done: {why}."
        row, before = hosted(connection, repository), quarterly(connection, repository, quarter)
        if row is None or row.repository_id is None:
            return "Nothing was done: the repository was not scanned yet."
        known = {one.id for one in snapshots(connection, row.repository_id)}
        if before is not None and before.snapshot_id in known and (before.number is not None or before.refused):
            return f"The issue of {quarter} was seen to."
        newest = latest_snapshot(connection, row.repository_id)
    if newest is None:
        return "Nothing was done: the repository was not scanned yet."
    snapshot_id = before.snapshot_id if before is not None and before.snapshot_id in known else newest.id
    now = Quarterly(repository, quarter, snapshot_id, before.number if before else None)
    with store.writing() as connection:
        keep_quarterly(connection, now)
    return now, review_of(store, row.repository_id, snapshot_id, quarter), row.full_name


def page_of(public_url: str, name: str) -> str | None:
    """Where the team holds its review. None where the server has no https address."""
    return f"{public_url.rstrip('/')}/review?repo={quote(name, safe='')}" if public_url.startswith("https://") else None


def review_of(store: Store, repository_id: int, snapshot_id: int, quarter: str) -> Review:
    from mldebt.scan.stored import stored_snapshot

    with store.reading() as connection:
        found = stored_snapshot(connection, repository_id, snapshot_id)
        rows = tuple(one.finding for one in findings_of(connection, snapshot_id, limit=None))
        then = None
        if found.earlier is not None and found.earlier_id is not None:
            earlier = next(one for one in snapshots(connection, repository_id) if one.id == found.earlier_id)
            listed = findings_of(connection, earlier.id, limit=None)
            then = Then(found.earlier, None if earlier.is_backfill else tuple(one.finding for one in listed))
    return Review(quarter, found.web, found.card, rows, then, found.attestations)
