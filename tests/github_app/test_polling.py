"""Deliveries that are asked for go the way of those that come: proved, kept once, carried out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOS

from github_app.carrying import Places, open_places
from github_app.itself import as_itself
from github_app.polling import Polled, go_on, look
from github_app.port import GitHubFailed
from github_app.sent import KEPT_SECONDS
from mldebt.jobs.claim import claim
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import State, listing
from mldebt.settings import read_settings
from mldebt.store.deliveries import verdict_of
from tests.command import Command
from tests.github.describing import access_to
from tests.github.fake import FakeGitHub, serving
from tests.github.installed import install
from tests.github.sending import NOW, SENDING, sent
from tests.github_app.webhooks_by_hand import APP, pull_request

SECRET = "hook-secret"  # noqa: S105


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(install(FakeGitHub(SENDING))) as there:
        yield there
        assert there.violations == []


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path)})
    DBOS.migrate(settings.engine_url)
    with closing(open_places(settings)) as opened:
        yield opened


def polled(fake: FakeGitHub, places: Places, since: float = NOW - KEPT_SECONDS) -> Polled:
    access = access_to(fake)
    return look(as_itself(access, pause=0.0005), access, places, since)


def jobs(places: Places) -> list[str]:
    return sorted(job.key for job in listing(places.jobs).of(State.WAITING))


def test_each_is_taken_once_whatever_became_of_it_at_github(fake: FakeGitHub, places: Places) -> None:
    sent(fake, "guid-1", "pull_request", pull_request(number=5), secret=SECRET)
    sent(fake, "guid-1", "pull_request", pull_request(number=5), secret=SECRET, ago=30)
    sent(fake, "guid-2", "pull_request", pull_request(number=6), code=202)
    sent(fake, "guid-3", "ping", {"zen": "yes"}, secret=SECRET)
    assert polled(fake, places) == Polled(taken=3)
    assert jobs(places) == ["pull:8:5", "pull:8:6"]
    assert polled(fake, places) == Polled()
    with places.deliveries.reading() as connection:
        assert verdict_of(connection, "guid-3") == "ignored because a ping asks for nothing"


def test_what_is_signed_by_another_secret_is_not_taken(fake: FakeGitHub, places: Places) -> None:
    sent(fake, "guid-1", "pull_request", pull_request(number=5), secret="another")  # noqa: S106
    assert polled(fake, places) == Polled(refused=1)
    assert jobs(places) == []


def test_what_is_older_than_was_asked_for_is_not_looked_at(fake: FakeGitHub, places: Places) -> None:
    sent(fake, "guid-1", "pull_request", pull_request(number=5), ago=500)
    assert polled(fake, places, NOW - 400) == Polled()
    assert [one.target for one in fake.exchanges if "/deliveries/" in one.target] == []


def test_it_looks_back_three_days_and_then_an_hour_and_goes_on_after_a_failure() -> None:
    now = [1_000_000.0]
    asked: list[float] = []
    said: list[str] = []
    answers: list[Any] = [Polled(2), GitHubFailed("away"), GitHubFailed("away"), Polled(0, 1), Polled(0, 1), Polled()]

    def turn(since: float) -> Polled:
        asked.append(now[0] - since)
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, Polled)
        return found

    def wait() -> bool:
        now[0] += 30
        return not answers

    go_on(turn, said.append, wait, lambda: now[0])
    assert asked == [KEPT_SECONDS, 3_630, 3_660, 3_690, 3_630, 3_630]
    refused = "1 not taken: not signed by this App's webhook secret, or not readable"
    assert said == ["2 deliveries taken", "away", refused]


def test_without_an_app_there_is_nothing_to_ask_for(tmp_path: Path) -> None:
    done = Command(tmp_path)("poll")
    assert done.status == 2
    assert "no GitHub App is configured: run `mldebt setup`" in done.err


def test_one_process_runs_the_jobs_and_the_other_says_so(tmp_path: Path) -> None:
    with closing(open_database(read_settings({"MLDEBT_HOME": str(tmp_path)}))) as database:
        held = claim(database, "serve")
        done = Command(tmp_path, APP)("poll")
        held.close()
    assert done.status == 2
    assert "are run by mldebt serve (process " in done.err
    assert done.err.count("mldebt: ") == 1
