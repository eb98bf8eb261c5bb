"""Scans that are cut short, and scans that meet: the store stays whole, and the end is the same."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from mldebt.example import build_example
from tests.command import Command, Done, finished
from tests.repos import hostile

PATIENCE = 60  # seconds until a test gives up waiting for a moment


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(tmp_path_factory.mktemp("example") / "shop")


class Undisturbed(NamedTuple):
    """What a scan leaves that nothing disturbed."""

    card: Done
    text: str
    rows: dict[str, int]


@pytest.fixture(scope="module")
def undisturbed(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    command = Command(tmp_path_factory.mktemp("undisturbed"))
    return Undisturbed(command.scan(example), command("show", "--repo", example).out, held(command))


def held(command: Command) -> dict[str, int]:
    """How many rows each table of the store holds; empty before there is one."""
    with suppress(sqlite3.OperationalError):
        address = f"file:{command.home / 'mldebt.db'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as store:
            tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            counted = 'SELECT count(*) FROM "{}"'.format
            return {table: store.execute(counted(table)).fetchone()[0] for table in tables}
    return {}


def _starting(command: Command) -> bool:
    return command.home.exists()


def _empty_store(command: Command) -> bool:
    return "snapshot" in held(command)


def _history(command: Command) -> bool:
    return held(command).get("commit", 0) > 0


def _one_snapshot(command: Command) -> bool:
    return held(command).get("snapshot", 0) >= 1


def _half_of_the_past(command: Command) -> bool:
    return held(command).get("snapshot", 0) >= 4


MOMENTS = [_starting, _empty_store, _history, _one_snapshot, _half_of_the_past]


def cut_short(command: Command, repository: Path, moment: Callable[[Command], bool], how: signal.Signals) -> Done:
    """A scan that gets a signal at a moment. Its process is stopped while the moment is looked at, not to miss it."""
    process = command.started("scan", repository)
    end = time.monotonic() + PATIENCE
    while process.poll() is None and not moment(command) and time.monotonic() < end:
        time.sleep(0.002)
    with suppress(ProcessLookupError):
        os.kill(process.pid, how)
    return finished(process)


CUTS = [(moment, how) for how in (signal.SIGKILL, signal.SIGINT) for moment in MOMENTS]


@pytest.mark.parametrize(("moment", "how"), [*CUTS, (_one_snapshot, signal.SIGTERM)])
def test_a_scan_that_was_cut_short_leaves_a_whole_store_and_the_next_one_goes_on(
    command: Command, example: Path, undisturbed: Undisturbed, moment: Callable[[Command], bool], how: signal.Signals
) -> None:
    cut = cut_short(command, example, moment, how)
    left = held(command)
    assert left.get("snapshot", 0) < undisturbed.rows["snapshot"], "it was not cut short: the moment came too late"
    if how is signal.SIGINT and moment is not _starting:
        assert cut.status == 130
        assert cut.err.endswith("mldebt: interrupted; what was stored is whole, and the next run goes on from there\n")
        assert "Traceback" not in cut.err
    for table, one in (("snapshot_answer", 5), ("snapshot_signal", len(undisturbed.card.signals))):
        assert left.get(table, 0) == one * left.get("snapshot", 0)
    shown = command("show", "--repo", example)
    assert shown.status == 2
    assert "run `mldebt scan" in shown.err
    assert command.scan(example) == undisturbed.card
    assert held(command) == undisturbed.rows
    assert command("show", "--repo", example).out == undisturbed.text


def test_what_was_read_before_ctrl_c_is_not_read_again(command: Command, example: Path) -> None:
    cut_short(command, example, _one_snapshot, signal.SIGINT)
    before = held(command)
    with closing(sqlite3.connect(command.home / "mldebt.db")) as store:
        first = store.execute('SELECT max(id) FROM "commit"').fetchone()
        command.scan(example)
        assert store.execute('SELECT max(id) FROM "commit"').fetchone() == first
    assert before["commit"] == held(command)["commit"]


def test_scans_of_one_repository_at_once_end_alike(command: Command, example: Path, undisturbed: Undisturbed) -> None:
    both = [command.started("scan", example, "--format", "json") for _ in range(3)]
    ended = [finished(process) for process in both]
    assert all(done.is_clean for done in ended), ended
    assert {done.out for done in ended} == {undisturbed.card.out}
    assert held(command) == undisturbed.rows


@pytest.mark.postgres
def test_two_scans_at_once_on_postgresql_end_alike(
    command: Command, example: Path, undisturbed: Undisturbed, empty_postgresql: str
) -> None:
    homes = [command.home, command.home.with_name("another")]  # two machines: no lock on files holds one of them back
    both = [Command(home, {"DATABASE_URL": empty_postgresql}).started("scan", example) for home in homes]
    ended = [finished(process) for process in both]
    assert all(done.is_clean for done in ended), ended
    other = Command(command.home, {"DATABASE_URL": empty_postgresql})
    assert other("show", "--repo", example, "--format", "json") == undisturbed.card
    assert {done.out for done in ended} == {undisturbed.text}


def test_scans_of_several_repositories_at_once_do_not_hinder_each_other(command: Command, tmp_path: Path) -> None:
    repositories = [hostile.ordinary(tmp_path / name) for name in ("one", "two", "three")]
    ended = [finished(process) for process in [command.started("scan", each) for each in repositories]]
    assert all(done.is_clean for done in ended), ended
    assert held(command)["repository"] == 3


def test_a_scan_of_a_clone_url_waits_for_the_fetch_of_another(command: Command, tmp_path: Path) -> None:
    url = f"file://{hostile.ordinary(tmp_path / 'one')}"
    ended = [finished(process) for process in [command.started("scan", url) for _ in range(3)]]
    assert all(done.is_clean for done in ended), ended
    assert len({done.out for done in ended}) == 1
