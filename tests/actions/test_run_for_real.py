"""The actions, step by step, in a fresh clone before a GitHub of ours. Only the installation is already there."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.actions.runner import Machine
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.github_app.events_by_hand import pull_request, workflow_run
from tests.repos.histories import Content, commit, empty_repository, git

ROOT = Path(__file__).parent.parent.parent
PATH = b"import os\n\n\ndef load():\n    return open('/home/ada/%s.csv')\n"
HOSTILE = b"import os, pathlib\npathlib.Path(os.environ['RUNNER_TEMP'], 'was-run').touch()\n"


class World:
    """A repository at GitHub with one pull request, and machines that run its workflows."""

    def __init__(self, folder: Path, fake: FakeGitHub) -> None:
        self.folder = folder
        self.fake = fake
        self.origin = empty_repository(folder / "origin")
        self.artefacts = folder / "artefacts"
        self.fork = False
        commit(self.origin, {"old.py": PATH % b"old"})
        git(self.origin, "update-ref", "refs/heads/topic", "main")
        self.push({"new.py": PATH % b"new"})

    def sha(self, name: str) -> str:
        return git(self.origin, "rev-parse", name).decode().strip()

    def push(self, files: Mapping[str | bytes, Content]) -> None:
        commit(self.origin, files, ref="refs/heads/topic")
        self.fake.pulls.pop(7, None)
        self.fake.open_pull(7, self.sha("topic"), self.sha("main"), fork="ada/name" if self.fork else "")

    def machine(self, name: str, event: Mapping[str, Any], *, depth: str = "") -> Machine:
        folder = self.folder / f"machine{len(list(self.folder.glob('machine*')))}"
        workspace = folder / "work"
        (folder / "temp").mkdir(parents=True)
        git(self.origin, "clone", "-q", *([depth] if depth else []), "-b", "topic", f"file://{self.origin}", workspace)
        (folder / "event.json").write_text(json.dumps(event))
        venv = folder / "temp" / "mldebt-venv" / "bin"
        venv.mkdir(parents=True)
        for program in ("mldebt", "python"):
            (venv / program).symlink_to(Path(sys.executable).parent / program)
        machine = Machine(
            folder,
            workspace,
            {"github": {"token": "ghs_ours", "event": event}, "runner": {"temp": str(folder / "temp")}},
            environment={
                "GITHUB_EVENT_NAME": name,
                "GITHUB_EVENT_PATH": str(folder / "event.json"),
                "GITHUB_REPOSITORY": "owner/name",
                "GITHUB_API_URL": self.fake.address,
                "PYTHONPATH": str(ROOT),
            },
        )
        machine.others = {"actions/upload-artifact": self._upload, "actions/download-artifact": self._download}
        return machine

    def _upload(self, given: Mapping[str, str]) -> Mapping[str, str]:
        target = self.artefacts / given["name"]
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(given["path"], target)
        return {}

    def _download(self, given: Mapping[str, str]) -> Mapping[str, str]:
        shutil.copytree(self.artefacts / given["name"], given["path"])
        return {}

    def compare(self, depth: str = "", **inputs: str) -> tuple[Machine, int, dict[str, str]]:
        event = pull_request(head=self.sha("topic"), base=self.sha("main"), fork=self.fork)
        machine = self.machine("pull_request", event, depth=depth)
        return machine, *machine.use(installed(machine, "mldebt"), {"python-version": "", **inputs})

    def say_later(self) -> tuple[Machine, int, dict[str, str]]:
        machine = self.machine("workflow_run", workflow_run(self.sha("topic")))
        return machine, *machine.use(installed(machine, "mldebt-comment"), {"python-version": ""})

    @property
    def bodies(self) -> list[str]:
        return [row["body"] for row in self.fake.comments[7]]


def installed(machine: Machine, name: str) -> Path:
    """Our actions, with an installation that is there already."""
    actions = machine.folder / "actions"
    shutil.copytree(ROOT / ".github" / "actions", actions)
    (actions / "mldebt" / "install.sh").write_text("#!/usr/bin/env bash\n")
    return actions / name


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with serving(FakeGitHub()) as fake:
        yield World(tmp_path, fake)
        assert fake.violations == []


def test_a_pull_request_s_life(world: World) -> None:
    machine, status, told = world.compare()
    assert (status, told["comment"]) == (0, "posted"), machine.log
    assert machine.summary.startswith(
        "This change adds 1 local path.\n\n- [`new.py:5`](https://github.com/owner/name/blob/"
    )
    assert world.bodies[0].startswith(f"<!-- mldebt:v1 pr=7 head={world.sha('topic')} body=sha256:")
    assert json.loads(Path(told["change"]).read_text())["added"][0]["path"] == "new.py"

    world.push({"new.py": b"x = 1\n"})
    machine, status, told = world.compare()
    assert (status, told["comment"], told["sarif"]) == (0, "edited", ""), machine.log
    assert machine.summary.startswith("This change adds no finding.")
    (body,) = world.bodies
    assert body.splitlines()[1] == "Of what this comment listed nothing is left. This change adds no finding."

    world.push({"README.md": b"More.\n"})
    assert world.compare()[2]["comment"] == "left"
    assert [one.partition(" ")[0] for one in world.fake.written] == ["POST", "PATCH"]
    assert not world.artefacts.exists()


@pytest.mark.parametrize(
    ("rules", "expected"),
    [("fixed_thresholds, local_paths", 1), ("fixed_thresholds\nscale_toggles", 0)],
)
def test_a_gate_fails_after_all_was_said(world: World, rules: str, expected: int) -> None:
    machine, status, told = world.compare(**{"fail-on": rules})
    assert (status, told["comment"]) == (expected, "posted"), machine.log
    assert len(world.bodies) == 1


def test_a_gate_that_is_misspelt_is_a_failure_of_its_own(world: World) -> None:
    machine, status, _ = world.compare(**{"fail-on": "--help local_path"})
    assert status == 2
    assert "'--help' cannot be checked: a change tells " in machine.summary.replace("\\", "")
    assert machine.summary.endswith("(exit status 2)\n")
    assert world.bodies == []


def test_a_shallow_clone_is_told_what_to_do(world: World) -> None:
    machine, status, _ = world.compare(depth="--depth=1")
    assert status == 2
    assert machine.summary.startswith("mldebt could not compare this change: ")
    assert "give actions/checkout fetch-depth: 0 (exit status 2)" in machine.summary
    assert machine.summary.count("\n") == 1


def test_a_fork_is_commented_by_a_later_run(world: World) -> None:
    world.fork = True
    world.push({"new.py": PATH % b"new"})
    machine, status, told = world.compare()
    assert (status, told["comment"], world.fake.exchanges) == (0, "refused", []), machine.log
    assert "it may only read" in machine.summary
    later, status, told = world.say_later()
    assert (status, told["comment"]) == (0, "posted"), later.log
    assert "Worked out by the fork's own run." in world.bodies[0]
    assert world.say_later()[2]["comment"] == "left"


def test_a_later_run_finds_nothing_or_what_is_not_a_change(world: World) -> None:
    world.fork = True
    world.push({"new.py": PATH % b"new"})
    machine, status, told = world.say_later()
    assert (status, told["comment"]) == (0, "left"), machine.log
    left = world.artefacts / "mldebt-change"
    left.mkdir(parents=True)
    (left / "change.json").write_text('{"$schema": "urn:mldebt:diff:1", "body": "<b>Approved</b>"}')
    machine, status, _ = world.say_later()
    assert status == 2
    assert "the comparison that was handed over cannot be used" in machine.summary
    assert world.fake.exchanges == []


def test_a_token_that_may_not_write(world: World) -> None:
    world.fake.may_write = False
    machine, status, told = world.compare()
    assert (status, told["comment"]) == (0, "refused"), machine.log
    assert (world.artefacts / "mldebt-change" / "change.json").exists()


def test_github_fails(world: World) -> None:
    world.fake.faults = [Fault("POST", "/comments", Answer(500))]
    machine, status, _ = world.compare()
    assert status == 2
    assert machine.summary.startswith("This change adds 1 local path.")
    assert "GitHub did not write the comment (500" in machine.summary


def test_sarif_where_it_is_asked_for(world: World) -> None:
    machine, status, told = world.compare(sarif="true")
    assert status == 0, machine.log
    found = json.loads(Path(told["sarif"]).read_text())["runs"][0]["results"]
    assert {row["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for row in found} >= {"new.py", "old.py"}


def test_nothing_of_the_repository_is_run(world: World) -> None:
    modules = ("venv", "pip", "json", "logging", "sitecustomize", "usercustomize", "mldebt", "collectors", "typer")
    world.push({f"{name}.py": HOSTILE for name in modules})
    world.push({"setup.py": HOSTILE, "conftest.py": HOSTILE, "::set-output name=x::y.py": b"def (:\n"})
    machine, status, _ = world.compare(sarif="true")
    assert status == 0, machine.log
    assert not (machine.folder / "temp" / "was-run").exists()
    for line in machine.log.splitlines():
        assert not line.lstrip().startswith("::set-output")


def test_a_name_is_no_command_to_the_runner(world: World) -> None:
    world.push({"##[set-output name=status]0.py": b"def (:\n"})
    machine, _, _ = world.compare()
    before, _, after = machine.log.partition("##[set-output")
    assert after
    stop = before.rpartition("::stop-commands::")[2].splitlines()[0]
    assert len(stop) == 32
    assert f"\n::{stop}::\n" in after


def test_the_token_is_nowhere(world: World) -> None:
    machine, _, _ = world.compare()
    kept = [path for path in machine.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(kept) > 5
    assert [path for path in kept if b"ghs_ours" in path.read_bytes()] == []
    assert "ghs_ours" not in machine.log


def test_an_installation_that_fails_is_one_sentence_in_the_summary(world: World) -> None:
    """And Python was started neither in the checkout nor so that it would import from there."""
    machine = world.machine("pull_request", pull_request(head=world.sha("topic"), base=world.sha("main")))
    python = machine.folder / "python"
    python.write_text('#!/bin/sh\necho "$PWD $*"\nexit 3\n')
    python.chmod(0o755)
    machine.others["actions/setup-python"] = lambda _: {"python-path": str(python)}
    status, told = machine.use(ROOT / ".github" / "actions" / "mldebt", {})
    assert (status, told) == (3, {"comment": "", "change": "", "sarif": ""})
    assert machine.summary == "mldebt could not be installed (exit status 3): the log of this step says why.\n"
    assert machine.log.startswith(f"{machine.folder / 'temp'} -I -m venv --clear mldebt-venv\n")
    assert world.fake.exchanges == []


@pytest.mark.soak
def test_the_installation_takes_the_locks_alone(world: World) -> None:
    """With a hostile workspace: what Python would import from it is not."""
    world.push({f"{name}.py": HOSTILE for name in ("venv", "pip", "json", "logging", "sitecustomize")})
    machine = world.machine("pull_request", pull_request(head=world.sha("topic"), base=world.sha("main")))
    shutil.rmtree(machine.folder / "temp" / "mldebt-venv")
    del machine.environment["PYTHONPATH"]
    keep = {name: value for name, value in os.environ.items() if "CERT" in name or "PIP" in name or "CA_BUNDLE" in name}
    machine.environment |= keep
    clone = machine.folder / "mldebt"
    shutil.copytree(ROOT, clone, ignore=shutil.ignore_patterns(".git", ".venv", ".mypy_cache", ".ruff_cache"))
    status, told = machine.use(clone / ".github" / "actions" / "mldebt", {"python-version": ""})
    assert (status, told["comment"]) == (0, "posted"), machine.log
    assert not (machine.folder / "temp" / "was-run").exists()
