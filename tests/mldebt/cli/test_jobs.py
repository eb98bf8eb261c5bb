"""`mldebt jobs` and `mldebt worker`, as a person runs them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mldebt.store.engine import open_store
from mldebt.store.snapshots import ensure_repository
from tests.command import ROOT, Command, finished
from tests.repos.hostile import ordinary

SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "jobs-1.json").read_text()))


@pytest.fixture
def stored(command: Command, tmp_path: Path) -> Command:
    """Three repositories are stored: one is there, one is gone, and the third is the example."""
    command.home.mkdir()
    there = ordinary(tmp_path / "there")
    with closing(open_store(f"sqlite:///{command.home / 'mldebt.db'}")) as store, store.writing() as connection:
        ensure_repository(connection, str(there), "there")
        ensure_repository(connection, str(tmp_path / "gone"), "gone")
        ensure_repository(connection, str(tmp_path / "shop"), "example-shop", is_example=True)
    return command


def test_without_jobs_it_says_how_to_ask_for_some(command: Command) -> None:
    done = command("jobs")
    assert (done.status, done.err) == (0, "")
    assert "No jobs." in done.out
    assert "mldebt jobs scan --all" in done.out
    listed = json.loads(command("jobs", "--format", "json").out)
    SCHEMA.validate(listed)
    assert listed["counts"] == {"running": 0, "waiting": 0, "failed": 0, "done": 0}


def test_all_that_is_stored_is_scanned_and_what_fails_is_told_listed_and_retried(
    stored: Command, tmp_path: Path
) -> None:
    done = stored.spawned("jobs", "scan", "--all")
    assert done.status == 0
    assert done.out == "1 of 2 repositories scanned.\n"
    why = f"{tmp_path}/gone does not exist: give the folder of a clone, or a URL"
    assert f"gone: {why}" in done.err
    assert "Traceback" not in done.err
    assert stored("show", "--repo", "there").status == 0
    listed = json.loads(stored("jobs", "--format", "json").out)
    SCHEMA.validate(listed)
    assert listed["counts"] == {"running": 0, "waiting": 0, "failed": 1, "done": 1}
    failed = listed["jobs"][0]
    assert (failed["title"], failed["state"], failed["why"], failed["reason"]) == ("gone", "failed", why, "by hand")
    shown = stored("jobs").out
    assert "0 running, 0 waiting, 1 failed, 1 done." in shown
    assert re.search(r"scan gone  \(ended \d{4}-\d\d-\d\d \d\d:\d\d UTC, by hand\)", shown)
    assert failed["id"] in shown

    shutil.copytree(tmp_path / "there", tmp_path / "gone")
    again = stored.spawned("jobs", "retry", failed["id"])
    assert (again.status, again.out) == (0, "1 of 1 repository scanned.\n")
    assert "0 running, 0 waiting, 0 failed, 2 done." in stored("jobs").out
    refused = stored("jobs", "retry", "--all")
    assert (refused.status, refused.err) == (2, "mldebt: no job failed\n")


@pytest.mark.parametrize("args", [("scan",), ("scan", "there", "--all"), ("retry",), ("retry", "x", "--all")])
def test_one_or_all_must_be_said(command: Command, args: tuple[str, ...]) -> None:
    done = command("jobs", *args)
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(
        r"mldebt: name a (stored repository|failed job), or say --all(, or --org and the name of an account)?\n",
        done.err,
    )


def test_what_is_not_stored_is_told(stored: Command) -> None:
    done = stored("jobs", "scan", "nowhere")
    assert (done.status, done.err) == (2, "mldebt: nowhere was not scanned yet: run `mldebt scan nowhere`\n")
    done = stored("jobs", "retry", "scan:1:x")
    assert (done.status, done.err) == (2, "mldebt: no failed job is called 'scan:1:x': `mldebt jobs` lists them\n")


def test_while_one_process_runs_jobs_no_second_one_does_and_what_is_asked_for_runs_there(
    stored: Command, tmp_path: Path
) -> None:
    first = stored.started("worker")
    assert first.stdout is not None
    try:
        said = first.stdout.readline().decode()
        assert said == f"Running jobs of {stored.home}/engine.db, 2 at a time (Ctrl-C stops it)\n"
        refusal = rf"mldebt: the jobs of .* are run by mldebt worker \(process {first.pid}\).*\n"
        for second in (stored("worker"), stored("serve", "--port", "8599")):
            assert (second.status, second.out) == (2, "")
            assert re.fullmatch(refusal, second.err)
        done = stored.spawned("jobs", "scan", "gone")
        assert (done.status, done.out) == (2, "")  # none came to an end
        assert f"gone: {tmp_path}/gone does not exist" in done.err
        assert "`mldebt jobs retry --all` tries again" in done.err
    finally:
        first.send_signal(signal.SIGINT)
        ended = finished(first)
    assert (ended.status, ended.err.startswith("mldebt: interrupted")) == (130, True)


def test_a_worker_with_an_app_told_in_part_says_so(stored: Command) -> None:
    done = Command(stored.home, {**stored.settings, "MLDEBT_APP_ID": "7"})("worker")
    assert (done.status, done.out) == (2, "")
    assert re.fullmatch(r"mldebt: .*MLDEBT_APP_KEY.*\n", done.err)


def test_a_scan_pays_for_no_engine(command: Command, tmp_path: Path) -> None:
    """Nor does listing jobs."""
    heavy = "print(sorted({name.partition('.')[0] for name in sys.modules} & {'dbos', 'streamlit', 'pandas'}))"
    begin = "import atexit, sys; atexit.register(lambda: {}); from mldebt.cli import main; main()"
    for args in (["scan", str(ordinary(tmp_path / "there"))], ["jobs"]):
        done = subprocess.run(
            [sys.executable, "-c", begin.format(heavy), *args],
            cwd=ROOT,
            env={**os.environ, **command.environment},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_an_account_without_the_app_is_told(command: Command) -> None:
    done = command("jobs", "scan", "--org", "acme")
    assert (done.status, done.err) == (
        2,
        "mldebt: the App is installed on no repository of 'acme': GitHub tells when it is\n",
    )
