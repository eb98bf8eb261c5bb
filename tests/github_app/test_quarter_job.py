"""A team that wants an issue a quarter gets one after a scan: the same all quarter long, where it may be written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from github_app.quarter_job import page_of, quarter_for, tell_quarter
from github_app.scan_job import what_to_scan
from github_app.scan_reading import scan_hosted
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import tell_installation, tell_repository
from mldebt.store.quarterly import quarterly
from tests.github.hosted import PATH, Hosted, hosted
from tests.github.installed import GRANTED, INSTALLATION, REPOSITORY
from tests.github.tracked import ROUTES
from tests.repos.histories import commit

Q4, Q1 = "2026 Q4", "2027 Q1"


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    pulls = {route: ROUTES[route] for route in ROUTES if "/pulls" in route}
    with hosted(tmp_path_factory.mktemp("hosted"), routes=pulls) as made:
        made.fake.rows["granted"] = {"metadata": "read", "contents": "read"}
        yield made
        assert made.fake.violations == []


@pytest.fixture
def store(there: Hosted) -> Iterator[Store]:
    with closing(open_store(there.settings.database_url)) as opened:
        with opened.writing() as connection:
            tell_installation(connection, INSTALLATION, 1, account="owner")
            tell_repository(connection, REPOSITORY, INSTALLATION, 1, full_name="owner/name")
        yield opened


def scanned(there: Hosted, store: Store) -> dict[str, Any]:
    told = what_to_scan(there.place(), store, INSTALLATION, REPOSITORY)
    return scan_hosted(json.loads(json.dumps(told)), there.settings)


def told(there: Hosted, store: Store, quarter: str = Q4) -> str:
    return tell_quarter(there.place(), store, INSTALLATION, REPOSITORY, quarter)


def bodies(there: Hosted) -> list[str]:
    return [row["body"] for row in there.fake.rows.get("issues", [])]


def test_only_a_team_that_says_so_gets_one(there: Hosted, store: Store) -> None:
    assert scanned(there, store)["quarterly"] is False
    commit(there.bare, {".github/mldebt.yml": b"quarterly_issue: on\n"})
    assert scanned(there, store)["quarterly"] is True


def test_it_tells_the_same_all_quarter_long(there: Hosted, store: Store) -> None:
    there.fake.rows["granted"] = dict(GRANTED)
    assert told(there, store) == "The issue of 2026 Q4 was opened."
    (body,) = bodies(there)
    assert body.startswith("<!-- mldebt:quarter 2026 Q4 about=sha256:")
    assert "`old.py:5`" in body
    commit(there.bare, {"new.py": PATH % b"new"})
    scanned(there, store)
    before = len(there.fake.exchanges)
    assert told(there, store) == "The issue of 2026 Q4 was seen to."
    assert len(there.fake.exchanges) == before
    assert told(there, store, Q1) == "The issue of 2027 Q1 was opened."
    assert "`new.py:5`" in bodies(there)[1]


def test_where_the_app_may_not_write_issues_it_says_so_once(there: Hosted, store: Store) -> None:
    there.fake.rows["granted"] = {name: level for name, level in GRANTED.items() if name != "issues"}
    number = len(bodies(there))
    said = told(there, store, "2027 Q2")
    assert said.startswith("No issue: GitHub did not give a token for the repository (422:")
    assert told(there, store, "2027 Q2") == "The issue of 2027 Q2 was seen to."
    assert len(bodies(there)) == number
    with store.reading() as connection:
        kept = quarterly(connection, REPOSITORY, "2027 Q2")
    assert kept is not None
    assert (kept.refused, kept.number) == (True, None)
    there.fake.rows["granted"] = dict(GRANTED)


def test_one_job_for_each_scan() -> None:
    one = quarter_for(1, 2, Q4, 3, "owner/name")
    assert (one.id, one.lane) == ("quarter:2:2026-Q4-3", "1")
    assert one.inputs == {"installation": 1, "repository": 2, "quarter": Q4, "title": "owner/name", "reason": Q4}


def test_it_names_a_page_only_of_a_server_that_has_an_address() -> None:
    assert page_of("https://mldebt.example/", "owner/name") == "https://mldebt.example/review?repo=owner%2Fname"
    assert page_of("http://127.0.0.1:8501", "owner/name") is None
    assert page_of("", "owner/name") is None
