"""A hosted repository scanned: by a token, known by its id, and in the lane of its installation."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOS

from github_app.scan_job import ask_to_scan, due, weekly, what_to_scan
from github_app.scan_reading import scan_hosted
from mldebt.jobs.database import Database, open_database
from mldebt.jobs.engine import LANES
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.listing import State, listing
from mldebt.jobs.scans import WEEK, retry, scan_the_due
from mldebt.scan.stored import Scan, stored_snapshot
from mldebt.settings import read_settings
from mldebt.store.doubts import doubt
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import at_work, remove_installation, tell_installation, tell_repository
from mldebt.store.hosted import hosted as hosted_row
from mldebt.store.reading import repositories
from tests.github.hosted import PATH, Hosted, hosted
from tests.github.installed import GRANTED, INSTALLATION, REPOSITORY
from tests.github.tracked import ROUTES, pull
from tests.repos.histories import commit


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with hosted(tmp_path_factory.mktemp("hosted"), routes=ROUTES) as made:
        with closing(open_store(made.settings.database_url)) as store, store.writing() as connection:
            tell_installation(connection, INSTALLATION, 1, account="owner")
            tell_repository(connection, REPOSITORY, INSTALLATION, 1, full_name="owner/name", private=True)
        yield made
        assert made.fake.violations == []


@pytest.fixture
def store(there: Hosted) -> Iterator[Store]:
    with closing(open_store(there.settings.database_url)) as opened:
        yield opened


@pytest.fixture
def database(there: Hosted) -> Iterator[Database]:
    DBOS.migrate(there.settings.engine_url)
    with closing(open_database(there.settings)) as opened:
        yield opened
        with opened.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM workflow_status")


def ask_for_all(store: Store, database: Database, installation: int | None = None) -> None:
    """Of one installation or of all, each time anew."""
    with store.reading() as connection:
        rows = at_work(connection, installation)
    ask_to_scan(database, rows, "all of the organization", f"all-{time.monotonic_ns()}")


def scanned(there: Hosted, store: Store) -> Scan:
    told = what_to_scan(there.place(), store, INSTALLATION, REPOSITORY)
    found = scan_hosted(json.loads(json.dumps(told)), there.settings)
    with store.reading() as connection:
        row = hosted_row(connection, REPOSITORY)
        assert row is not None
        assert row.repository_id is not None
        return stored_snapshot(connection, row.repository_id, found["snapshot"])


def reasons(found: Scan) -> str:
    return "; ".join(signal.measurement.reason for signal in found.card.signals)


def test_a_private_repository_is_scanned_with_its_tracker(there: Hosted, store: Store) -> None:
    pull(there.fake, 3, created=-3, merged=-1)
    found = scanned(there, store)
    assert (found.name, found.web) == ("owner/name", f"{there.host.address}/owner/name")
    assert found.card.identity.tracker != ""
    assert "no tracker was asked" not in reasons(found)
    paths = {row.name for row in found.card.signals if row.measurement.tally and row.measurement.tally.total}
    assert "local_paths" in paths
    assert "ghs_" not in json.dumps([found.name, found.web, reasons(found)])


def test_what_was_not_granted_is_not_visible_and_said_so(there: Hosted, store: Store) -> None:
    there.fake.rows["granted"] = {name: level for name, level in GRANTED.items() if name != "issues"}
    found = scanned(there, store)
    assert "not visible with this permission" in reasons(found)
    there.fake.rows["granted"] = {"metadata": "read", "contents": "read"}
    assert "not visible with this permission" in reasons(scanned(there, store))
    there.fake.rows["granted"] = dict(GRANTED)


def test_it_stays_the_same_repository_under_another_name(there: Hosted, store: Store) -> None:
    before = scanned(there, store)
    (there.bare.parent / "renamed.git").symlink_to(there.bare)
    there.fake.repository = "owner/renamed"
    commit(there.bare, {"new.py": PATH % b"new"})
    found = scanned(there, store)
    there.fake.repository = "owner/name"
    assert (found.repository_id, found.name) == (before.repository_id, "owner/renamed")
    with store.reading() as connection:
        assert len(repositories(connection)) == 1


def test_a_rule_that_was_called_wrong_thrice_lists_no_places(there: Hosted, store: Store) -> None:
    with store.writing() as connection:
        for number in range(3):
            doubt(connection, REPOSITORY, "local_paths", f"{number:012}", number, 5)
    muted = next(one for one in scanned(there, store).card.signals if one.name == "local_paths")
    assert "3 findings of this rule were called wrong here" in muted.measurement.note
    assert muted.measurement.tally is None
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM doubted_rule")
    heard = next(one for one in scanned(there, store).card.signals if one.name == "local_paths")
    assert heard.measurement.tally is not None
    assert heard.measurement.value == muted.measurement.value


def test_what_is_too_large_is_not_fetched(there: Hosted, store: Store) -> None:
    there.fake.rows["repository"] = {"size": 1 << 40}
    with pytest.raises(JobFailed, match="owner/name is larger than this server fetches"):
        what_to_scan(there.place(), store, INSTALLATION, REPOSITORY)
    there.fake.rows["repository"] = {}


def test_all_of_an_organization_are_asked_for_with_counts(there: Hosted, store: Store, database: Database) -> None:
    with store.writing() as connection:
        for id_ in range(100, 110):
            tell_repository(connection, id_, INSTALLATION, 2, full_name=f"owner/r{id_}", archived=id_ == 109)
        tell_installation(connection, 78, 2, account="other")
        tell_repository(connection, 200, 78, 2, full_name="other/r200")
    ask_for_all(store, database, INSTALLATION)
    ask_for_all(store, database, INSTALLATION)
    found = listing(database)
    assert found.counts[State.WAITING] == 10  # the scanned one and nine, not the archived one
    assert {job.kind for job in found.jobs} == {"hosted_scan"}
    assert all(set(job.inputs) == {"installation", "repository", "title", "reason"} for job in found.jobs)
    ask_for_all(store, database)
    assert listing(database).counts[State.WAITING] == 11


def test_each_week_what_nobody_looked_at_and_nothing_where_the_app_is_not_any_more(
    there: Hosted, store: Store, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    later = now + WEEK + 60
    assert [row.id for row in due(store, database, now)] == [*range(100, 109), 200]  # the scanned one is not
    assert [row.id for row in due(store, database, later)] == [REPOSITORY, *range(100, 109), 200]
    assert weekly(there.settings, database, now) == ()  # no App is configured here
    for name, value in there.environment.items():
        monkeypatch.setenv(name, value)
    weekly(there.settings, database, now)
    assert listing(database).counts[State.WAITING] == 10
    assert due(store, database, now) == []
    assert scan_the_due(store, database, later) == ()  # they have a schedule of their own
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM workflow_status")
    with store.writing() as connection:
        tell_installation(connection, INSTALLATION, 3, suspended_at=3)
        remove_installation(connection, 78, 3)
    assert due(store, database, later) == []
    with store.writing() as connection:
        tell_installation(connection, INSTALLATION, 4, suspended_at=None)


def test_what_failed_is_tried_again_in_its_lane(there: Hosted, store: Store, database: Database) -> None:
    ask_for_all(store, database, INSTALLATION)
    failed = listing(database).jobs
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM workflow_status")
    retry(database, failed)
    with database.engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT queue_name, queue_partition_key FROM workflow_status").all()
    assert set(map(tuple, rows)) == {(LANES, str(INSTALLATION))}


def test_inputs_hold_nothing_but_names_and_numbers(there: Hosted, store: Store, database: Database) -> None:
    ask_for_all(store, database, INSTALLATION)
    told: list[Any] = [value for job in listing(database).jobs for value in job.inputs.values()]
    assert not any("ghs_" in str(value) or "://" in str(value) for value in told)


@pytest.mark.soak
def test_ten_thousand_repositories_are_asked_for_in_half_a_minute(tmp_path: Path) -> None:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path)})
    DBOS.migrate(settings.engine_url)
    with closing(open_store(settings.database_url)) as store, closing(open_database(settings)) as database:
        with store.writing() as connection:
            for number in range(20):
                tell_installation(connection, number + 1, 1, account=f"a{number}")
            for number in range(10_000):
                tell_repository(connection, number + 1, number % 20 + 1, 1, full_name=f"a{number % 20}/r{number}")
        begun = time.monotonic()
        assert len(due(store, database, time.time())) == 10_000
        told = time.monotonic()
        ask_for_all(store, database)
        asked = time.monotonic()
        assert listing(database).counts[State.WAITING] == 10_000
        assert due(store, database, time.time()) == []
    print(f"what is due told in {told - begun:.1f} s, 10,000 asked for in {asked - told:.1f} s")  # noqa: T201
    assert asked - told < 30
