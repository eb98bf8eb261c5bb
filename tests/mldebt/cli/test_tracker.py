"""`mldebt scan --tracker`, before a GitHub that is held to its own description."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.builders import at
from tests.command import Command, finished
from tests.github.fake import FakeGitHub, Fault, forbidden, serving
from tests.github.tracked import ROUTES, comment, issue, pull, review
from tests.repos.histories import commit, empty_repository, git

TOKEN = "ghp_never_told"  # noqa: S105


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with serving(FakeGitHub(ROUTES, TOKEN)) as served:
        for number in range(1, 7):
            pull(served, number, -20 - number, by=f"user{number}", merged=-2 if number % 2 else None)
            comment(served, number, -18, by="maintainer")
            review(served, number, -17, by="maintainer")
        issue(served, 9, -30, None, "tech-debt")
        yield served
    assert served.violations == []
    assert served.written == []


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    path = empty_repository(tmp_path / "work")
    commit(path, {"train.py": b"import sklearn\n"}, at=at(0))
    git(path, "remote", "add", "origin", "https://github.com/owner/name")
    return path


@pytest.fixture
def asking(command: Command, fake: FakeGitHub) -> Command:
    command.settings.update(
        GITHUB_API_URL=fake.address, GITHUB_SERVER_URL="", GITHUB_TOKEN=TOKEN, MLDEBT_GITHUB_TOKEN=""
    )
    return command


def numbers(card) -> dict[str, float | None]:
    return {row["name"]: row["value"] for row in card["signals"]}


def test_what_the_tracker_knows_is_measured_and_shown_again(asking: Command, clone: Path, fake: FakeGitHub):
    done = asking.scan(clone, "--tracker")
    seen = numbers(done.card)
    assert seen["open_change_requests"] == 3
    assert seen["debt_issues_flow"] == 1
    assert seen["time_to_first_response"] == pytest.approx(5.5)
    assert seen["change_request_review_duration"] == pytest.approx(6.5)
    assert "partial" not in done.err
    fake.exchanges.clear()
    shown = asking("show", "--repo", clone, "--format", "json")
    assert (numbers(shown.card), fake.exchanges) == (seen, [])


def test_the_same_tracker_is_the_same_scorecard(asking: Command, clone: Path, fake: FakeGitHub):
    first = asking.scan(clone, "--tracker").card
    assert asking.scan(clone, "--tracker").card == first
    pull(fake, 10, -1)
    assert asking.scan(clone, "--tracker").card["identity"] != first["identity"]


def test_without_the_option_nobody_is_asked(asking: Command, clone: Path, fake: FakeGitHub):
    done = asking.scan(clone)
    assert fake.exchanges == []
    row = next(row for row in done.card["signals"] if row["name"] == "time_to_first_response")
    assert row["value"] is None
    assert "--tracker" in row["reason"]
    assert "partial" not in done.err


def test_without_a_token_the_rest_is_measured_and_it_is_said(asking: Command, clone: Path, fake: FakeGitHub):
    asking.settings["GITHUB_TOKEN"] = ""
    done = asking("scan", clone, "--tracker")
    assert done.status == 0
    assert "partial: no tracker was asked: give a token with GITHUB_TOKEN" in done.err
    assert fake.exchanges == []


def test_the_token_goes_to_its_own_host_alone(asking: Command, clone: Path, fake: FakeGitHub):
    git(clone, "remote", "set-url", "origin", "https://github.evil.example/owner/name")
    done = asking("scan", clone, "--tracker")
    assert "the token is for github.com" in done.err
    assert fake.exchanges == []
    asking.settings["GITHUB_SERVER_URL"] = "https://github.evil.example"
    assert asking("scan", clone, "--tracker").err == ""
    assert fake.exchanges


def test_what_the_token_may_not_see_is_partial_and_said(asking: Command, clone: Path, fake: FakeGitHub):
    fake.faults.append(Fault("GET", "/pulls", forbidden()))
    done = asking("scan", clone, "--tracker")
    assert done.status == 0
    assert "partial: the tracker was read in part, because change requests are not visible with" in done.err


def test_the_token_is_nowhere(asking: Command, clone: Path, fake: FakeGitHub):
    fake.token = "another"  # noqa: S105
    done = asking("scan", clone, "--tracker")
    fake.token = TOKEN
    assert "the token was refused" in done.err
    again = asking("scan", clone, "--tracker")
    assert TOKEN not in done.out + done.err + again.out + again.err
    kept = [path for path in asking.home.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if TOKEN.encode() in path.read_bytes()]


def test_an_address_that_no_token_may_go_to_is_refused(asking: Command, clone: Path):
    asking.settings["GITHUB_API_URL"] = "http://api.example.org"
    done = asking("scan", clone, "--tracker")
    assert (done.status, "GITHUB_API_URL" in done.err) == (2, True)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("questions", [3, 12])
def test_a_scan_that_is_ended_while_it_asks_loses_nothing(
    asking: Command, clone: Path, fake: FakeGitHub, how: signal.Signals, questions: int
):
    process = asking.started("scan", clone, "--tracker")
    end = time.monotonic() + 60
    while process.poll() is None and len(fake.exchanges) < questions and time.monotonic() < end:
        time.sleep(0.002)
    with suppress(ProcessLookupError):
        os.kill(process.pid, how)
    cut = finished(process)
    assert len(fake.exchanges) >= questions
    if how is signal.SIGINT and cut.status:
        assert (cut.status, "Traceback" in cut.err) == (130, False)
    looked = [one.target for one in fake.exchanges if "/reviews" in one.target]
    fake.exchanges.clear()
    card = asking.scan(clone, "--tracker").card
    again = [one.target for one in fake.exchanges if "/reviews" in one.target]
    assert len({*looked[:-1]} & {*again}) <= 1  # at most what was under way is asked for twice
    fresh = Command(asking.home.with_name("fresh"), asking.settings)
    assert fresh.scan(clone, "--tracker").card == card
