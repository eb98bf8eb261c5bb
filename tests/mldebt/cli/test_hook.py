"""The hook for pre-commit, as that would start it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml

from tests.command import ROOT, Command
from tests.repos.histories import commit, empty_repository, git

(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PATH = b"import os\n\n\ndef load():\n    return open('/home/ada/%s.csv')\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """With one commit that is not pushed yet."""
    origin = empty_repository(tmp_path / "origin")
    commit(origin, {"old.py": PATH % b"old"})
    made = tmp_path / "clone"
    git(origin, "clone", "-q", f"file://{origin}", made)
    commit(made, {"new.py": PATH % b"new"})
    return made


def run(command: Command, clone: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> tuple[int, str, str]:
    program, *words = shlex.split(HOOK["entry"])
    assert program == "mldebt"
    monkeypatch.chdir(clone)
    done = command(*words, *HOOK["args"], *more)
    return done.status, done.out, done.err


def test_it_tells_and_fails_only_where_it_was_asked_to(
    command: Command, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, _ = run(command, clone, monkeypatch)
    assert (status, out.partition(". ")[0]) == (0, "This change adds 1 local path")
    assert "· new.py:5  " in out
    assert run(command, clone, monkeypatch, "--fail-on", "fixed_thresholds")[0] == 0
    assert run(command, clone, monkeypatch, "--fail-on", "local_paths")[0] == 1


def test_without_a_default_branch_it_says_so(command: Command, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(clone, "remote", "set-head", "origin", "--delete")
    status, out, err = run(command, clone, monkeypatch)
    assert (status, out) == (2, "")
    assert "has no commit 'origin/HEAD'" in err


def test_it_runs_before_a_push_and_takes_no_files() -> None:
    assert (HOOK["stages"], HOOK["pass_filenames"], HOOK["always_run"], HOOK["verbose"]) == (
        ["pre-push"],
        False,
        True,
        True,
    )
