"""`mldebt receive`: an event from a file, as if GitHub delivered it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from dbos import DBOS

from github_app.door import LARGEST
from mldebt.jobs.database import open_database
from mldebt.jobs.listing import State, listing
from mldebt.settings import Settings
from tests.command import Command
from tests.github_app.webhooks_by_hand import APP, pull_request


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(pull_request()))
    return path


@pytest.mark.parametrize("app", [{}, APP])
def test_an_event_waits_until_the_server_ran_once_and_then_is_a_job(
    tmp_path: Path, file: Path, app: dict[str, str]
) -> None:
    command = Command(tmp_path / "home", app)
    first = command("receive", "pull_request", file)
    assert first.is_clean
    assert first.out.splitlines() == [
        "pull_request: asked for an assessment of pull request 5.",
        "It waits: what it asks for is seen to by `mldebt serve`, once that runs.",
    ]
    settings = Settings(command.home, f"sqlite:///{command.home / 'mldebt.db'}")
    DBOS.migrate(settings.engine_url)
    second = command("receive", "pull_request", file)
    assert second.out.splitlines() == [
        "pull_request: asked for an assessment of pull request 5.",
        "Waits to be run: pull_request shop/forecast#5.",
    ]
    with closing(open_database(settings)) as database:
        assert [job.key for job in listing(database).of(State.WAITING)] == ["pull:8:5"]
    assert "asked for" in command("receive", "pull_request", file).out, "each is a delivery of its own"


def test_an_event_that_asks_for_nothing_says_why(command: Command, file: Path) -> None:
    assert command("receive", "star", file).out == "star: ignored because mldebt does not act on star.\n"


@pytest.mark.parametrize(
    ("event", "body", "says"),
    [
        ("pull_request", b"[]", "the body is not a JSON object that can be read"),
        ("PING", b"{}", "it has no name of an event"),
        ("ping", b" " * (LARGEST + 1), "is larger than GitHub delivers: 25 MiB at most"),
        ("ping", None, "cannot be read: No such file or directory"),
    ],
)
def test_what_is_no_event_is_refused_in_a_sentence(
    command: Command, tmp_path: Path, event: str, body: bytes | None, says: str
) -> None:
    path = tmp_path / "event.json"
    if body is not None:
        path.write_bytes(body)
    done = command("receive", event, path)
    assert (done.status, done.out) == (2, "")
    assert says in done.err
    assert done.err.count("\n") == 1


def test_only_the_webhooks_may_be_served_to_others(command: Command) -> None:
    done = command("serve", "--host", "192.0.2.1")
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "--host goes with --webhooks-only" in done.err
