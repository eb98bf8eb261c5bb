"""What the actions and workflows say of themselves, parsed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = sorted((ROOT / ".github" / "actions").glob("*/*.sh"))
EVERY = [pytest.param(path, id=path.relative_to(ROOT / ".github").as_posix()) for path in (*ACTIONS, *WORKFLOWS)]


def parsed(path: Path) -> dict[Any, Any]:
    value = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(value, dict)
    return value


def steps(path: Path) -> Iterator[dict[str, Any]]:
    value = parsed(path)
    if "runs" in value:
        yield from value["runs"]["steps"]
    for job in value.get("jobs", {}).values():
        yield from job["steps"]


@pytest.mark.parametrize("path", EVERY)
def test_what_is_used_is_pinned_to_a_commit_or_is_our_own(path: Path) -> None:
    used = re.findall(r"uses: *(.+)", path.read_text("utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"\./\.github/actions/[\w-]+|[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)
    assert len(used) == sum("uses" in step for step in steps(path))


def test_one_version_of_each_is_used() -> None:
    used = {found for path in (*ACTIONS, *WORKFLOWS) for found in re.findall(r"uses: *(\S+@.+)", path.read_text())}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("path", EVERY)
def test_no_expression_stands_in_a_script(path: Path) -> None:
    """A title or branch would become part of the script."""
    for step in steps(path):
        assert "${{" not in step.get("run", "")
        assert "script" not in step.get("with", {})


@pytest.mark.parametrize("path", EVERY)
def test_no_checkout_keeps_a_token_or_takes_a_head(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert "ref" not in step["with"]
            assert "repository" not in step["with"]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in WORKFLOWS])
def test_a_workflow_may_do_no_more_than_it_needs(path: Path) -> None:
    value = parsed(path)
    assert value["permissions"] == {"contents": "read"}
    granted = {name: job.get("permissions") for name, job in value["jobs"].items()}
    assert granted == {
        "ci.yml": {"check": None},
        "mldebt.yml": {"mldebt": {"contents": "read", "pull-requests": "write"}},
        "mldebt-comment.yml": {"comment": {"actions": "read", "contents": "read", "pull-requests": "write"}},
    }.get(path.name, dict.fromkeys(granted))
    assert "pull_request_target" not in value[True]  # `on` is a boolean to YAML 1.1


def test_only_the_step_that_comments_has_the_token() -> None:
    for path in ACTIONS:
        for step in steps(path):
            has_token = any(
                "token" in str(one) for one in (*step.get("env", {}).values(), *step.get("with", {}).values())
            )
            assert has_token is (step["id"] == "tell" or (path.parent.name, step["id"]) == ("mldebt-comment", "fetch"))


def test_the_run_after_a_fork_s_is_for_what_could_not_comment_itself() -> None:
    job = parsed(ROOT / ".github" / "workflows" / "mldebt-comment.yml")
    assert job[True]["workflow_run"] == {
        "workflows": [parsed(ROOT / ".github/workflows/mldebt.yml")["name"]],
        "types": ["completed"],
    }
    assert "head_repository.id != github.event.repository.id" in job["jobs"]["comment"]["if"]


def test_all_history_is_there_to_compare() -> None:
    (checkout, _) = steps(ROOT / ".github" / "workflows" / "mldebt.yml")
    assert checkout["with"]["fetch-depth"] == 0


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SCRIPTS])
def test_scripts_can_be_started_and_stop_at_the_first_error(path: Path) -> None:
    text = path.read_text("utf-8")
    assert path.stat().st_mode & 0o111
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in text
    subprocess.run(["bash", "-n", path], check=True)
    for line in text.splitlines():
        if not line.startswith("#"):
            assert not re.search(r"\b(eval|curl|wget|sudo)\b", line)
