"""`mldebt diff`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.command import ROOT, Command
from tests.repos.histories import commit, empty_repository, git

SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "diff-1.json").read_text()))
PATH = b"import os\n\n\ndef load():\n    return open('/home/ada/%s.csv')\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = empty_repository(tmp_path / "shop")
    commit(made, {"old.py": PATH % b"old"})
    git(made, "update-ref", "refs/heads/topic", "main")
    git(made, "update-ref", "refs/heads/tidy", "main")
    commit(made, {"new.py": PATH % b"new"}, ref="refs/heads/topic")
    commit(made, {"old.py": b"x = 1\n"}, ref="refs/heads/tidy")
    git(made, "remote", "add", "origin", "https://github.com/owner/shop.git")
    return made


def test_text(command: Command, repository: Path) -> None:
    done = command("diff", "main..topic", "--repo", repository)
    base = git(repository, "rev-parse", "--short=10", "main").decode().strip()
    assert done.is_clean
    assert done.out.startswith(f"This change adds 1 local path. (Against {base}, the merge base of main and topic.)")
    assert "· new.py:5  " in done.out
    assert "old.py" not in done.out


def test_one_line_and_no_comment_where_nothing_is_new(command: Command, repository: Path) -> None:
    done = command("diff", "main..tidy", "--repo", repository)
    assert done.is_clean
    first, _, rest = done.out.partition("\n")
    assert first.startswith("This change adds no finding and pays 1 local path.")
    assert rest.splitlines()[1:] == [
        "Data: 1 fewer read.",
        "- ~/old.csv  read by old.py  old.py:5  (observed; nothing starts it)",
    ]
    assert command("diff", "main..main", "--repo", repository).out.count("\n") == 1
    assert command("diff", "main..tidy", "--repo", repository, "--format", "comment").out == ""


def test_a_comment(command: Command, repository: Path) -> None:
    done = command("diff", "main..topic", "--repo", repository, "--format", "comment")
    head = git(repository, "rev-parse", "topic").decode().strip()
    assert done.is_clean
    assert done.out.startswith(f"<!-- mldebt:v1 head={head} body=sha256:")
    assert f"- [`new.py:5`](https://github.com/owner/shop/blob/{head}/new.py#L5) " in done.out


def test_json(command: Command, repository: Path) -> None:
    done = command("diff", "main..topic", "--repo", repository, "--format", "json")
    card = json.loads(done.out)
    SCHEMA.validate(card)
    assert [row["path"] for row in card["added"]] == ["new.py"]
    assert command("diff", "main..topic", "--repo", repository, "--format", "json").out == done.out


def test_a_gate(command: Command, repository: Path) -> None:
    for rule, commits, status in (
        ("local_paths", "main..topic", 1),
        ("*", "main..topic", 1),
        ("fixed_thresholds", "main..topic", 0),
        ("local_paths", "main..tidy", 0),
    ):
        done = command("diff", commits, "--repo", repository, "--fail-on", rule)
        assert done.status == status, (rule, commits)
        assert ("--fail-on local_paths: this change adds 1 local path" in done.err) is (status == 1)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("local_path", "did you mean local_paths?"),
        ("unseeded_randomness", "its findings cannot be told from the changed files alone"),
        ("zzz", "a change tells "),
    ],
)
def test_a_gate_that_cannot_be_checked(command: Command, repository: Path, rule: str, why: str) -> None:
    done = command("diff", "main..topic", "--repo", repository, "--fail-on", rule)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"mldebt: --fail-on '{rule}' cannot be checked: {why}")


def test_what_cannot_be_compared_is_one_sentence(command: Command, repository: Path) -> None:
    done = command("diff", "main..nothing", "--repo", repository)
    assert (done.status, done.out) == (2, "")
    assert done.err == "mldebt: owner/shop has no commit 'nothing': check the name, or fetch it\n"


def test_a_part_is_said_loudly(command: Command, repository: Path) -> None:
    commit(repository, {"broken.py": b"def (:\n"}, ref="refs/heads/topic")
    for shape in ("text", "comment", "json"):
        done = command("diff", "main..topic", "--repo", repository, "--format", shape)
        assert done.status == 0
        assert done.err.startswith("partial: broken.py is not compared: ")
    assert json.loads(done.out)["partial"]


def test_a_url_is_mirrored(command: Command, repository: Path) -> None:
    done = command("diff", "main..topic", "--repo", f"file://{repository}")
    assert done.status == 0
    assert done.out.startswith("This change adds 1 local path.")


def test_nothing_is_stored(command: Command, repository: Path) -> None:
    command("diff", "main..topic", "--repo", repository)
    assert not (command.home / "mldebt.db").exists()
