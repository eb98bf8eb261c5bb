"""What a team states in its repository, from the commit to the scorecard: shown beside it, and moving nothing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from mldebt.store.attestations import give
from mldebt.store.engine import open_store
from mldebt.store.reading import repositories
from scoring.attestation import Attestation
from tests.command import Command, Done
from tests.repos.histories import START, commit, empty_repository, git

SAID = """\
attestations:
  - about: hidden_feedback_loops
    answer: >-
      none that we know of:
      prices are set by hand
    by: "@ml-team"
    on: 2023-11-14
"""
EXPIRED = SAID + "    until: 2023-11-20\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = empty_repository(tmp_path / "shop")
    commit(made, {"train.py": b"import torch\n"})
    git(made, "tag", "first")
    return made


def scanned(command: Command, repository: Path, said: str) -> Done:
    """With one commit after the first, however often it is called."""
    commit(repository, {".github/mldebt.yml": said.encode()}, at=START + 30 * 86_400, parents=["refs/tags/first"])
    return command.scan(repository)


def test_it_stands_in_json_as_stated(command: Command, repository: Path) -> None:
    before = command.scan(repository).card
    card = scanned(command, repository, SAID).card
    assert before["stated"] == []
    assert card["stated"] == [
        {
            "debt": "hidden_feedback_loops",
            "about": "hidden_feedback_loops",
            "answer": "none that we know of: prices are set by hand",
            "by": "@ml-team",
            "on": "2023-11-14",
            "until": "2024-02-14",
            "source": ".github/mldebt.yml:2",
            "expired": False,
        }
    ]


def test_it_moves_no_answer_and_is_part_of_the_identity(command: Command, repository: Path) -> None:
    one = scanned(command, repository, SAID).card
    other = scanned(command, repository, SAID.replace("by hand", "by nobody")).card
    same = scanned(command, repository, SAID + "# a word\n").card
    assert one["identity"] != other["identity"]
    for name in ("headline", "answers", "signals", "findings"):
        assert one[name] == other[name] == same[name]
    assert {
        part["state"]
        for answer in one["answers"]
        for part in answer["parts"]
        if part["debt"] == "hidden_feedback_loops"
    } == {"ask"}


def test_it_is_said_in_the_terminal_and_kept(command: Command, repository: Path) -> None:
    scanned(command, repository, SAID)
    for words in (("show", "--repo", repository), ("explain", "hidden_feedback_loops", "--repo", repository)):
        shown = " ".join(command(*words).out.split())
        assert "Stated by people, not measured" in shown
        assert "prices are set by hand (stated by @ml-team on 2023-11-14, holds until 2024-02-14)" in shown
    assert "Stated by people" not in command("explain", "entanglement", "--repo", repository).out


def test_what_has_expired_is_told(command: Command, repository: Path) -> None:
    assert scanned(command, repository, EXPIRED).card["stated"][0]["expired"] is True
    shown = " ".join(command("show", "--repo", repository).out.split())
    assert "expired after 2023-11-20: ask again" in shown


def test_nobody_is_named_for_machines_that_publish(command: Command, repository: Path) -> None:
    """Code scanning and comments are read by more people than the repository."""
    scanned(command, repository, SAID)
    assert "ml-team" not in command("show", "--repo", repository, "--format", "sarif").out
    assert "ml-team" not in command("diff", "HEAD~1..HEAD", "--repo", repository, "--format", "json").out


def test_a_secret_in_an_answer_is_masked(command: Command, repository: Path) -> None:
    said = SAID.replace("none that", "password=hunter2hunter2 and none that")
    assert "hunter2" not in str(scanned(command, repository, said).card)


def test_what_was_answered_in_the_dashboard_is_in_the_next_scan(command: Command, repository: Path) -> None:
    before = command.scan(repository).card
    answer = Attestation("cultural_debt", "we reward clean-ups", "leads", "2026-11-03", "2027-02-01")
    with closing(open_store(f"sqlite:///{command.home / 'mldebt.db'}")) as store, store.writing() as connection:
        [row] = repositories(connection)
        give(connection, row.id, answer, 1)
    after = command.scan(repository).card
    assert [(one["answer"], one["source"]) for one in after["stated"]] == [("we reward clean-ups", "dashboard")]
    assert after["identity"] != before["identity"]
    assert after["answers"] == before["answers"]
