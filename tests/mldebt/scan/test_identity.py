"""The same identity gives the same bytes, wherever and whenever; what differs has another identity."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from mldebt.example import build_example
from scoring.signal import LEVEL, format_value
from tests.command import ROOT, Command, Done
from tests.repos import hostile
from tests.repos.histories import commit, git

DAY = 86_400
AGELESS = {"config_to_code_ratio", "languages", "ml_code_share", "notebook_share", "setup_steps"}
"""Signals of a tree alone: no moment can move them."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(tmp_path_factory.mktemp("example") / "shop")


@pytest.fixture(scope="module")
def scanned(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A home in which the example was scanned."""
    command = Command(tmp_path_factory.mktemp("home"))
    command.scan(example)
    return command


@pytest.fixture
def first(scanned: Command, example: Path) -> Done:
    return scanned("show", "--repo", example, "--format", "json")


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """The example, to be changed."""
    return Path(shutil.copytree(example, tmp_path / "shop"))


def rows(command: Command) -> dict[str, int]:
    """How many each table holds."""
    with closing(sqlite3.connect(command.home / "mldebt.db")) as store:
        tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counted = 'SELECT count(*) FROM "{}"'.format
        return {table: store.execute(counted(table)).fetchone()[0] for table in tables}


def but(card: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in card.items() if name not in names}


# -- the same ---------------------------------------------------------------------------------------------------------


def test_a_rescan_says_the_same_and_writes_nothing(scanned: Command, example: Path, first: Done) -> None:
    before = rows(scanned)
    assert scanned.scan(example) == first
    assert rows(scanned) == before
    assert before["snapshot"] == 9  # now, and eight quarters


def test_another_store_says_the_same(command: Command, example: Path, first: Done) -> None:
    assert command.scan(example) == first


@pytest.mark.postgres
def test_postgresql_says_the_same(command: Command, example: Path, first: Done, empty_postgresql: str) -> None:
    other = Command(command.home, {"DATABASE_URL": empty_postgresql})
    assert other.scan(example) == first
    assert other.scan(example) == first
    assert not (command.home / "mldebt.db").exists()
    assert other("show", "--repo", example).out == other("scan", example).out


def test_clones_and_urls_say_the_same_but_for_the_name(
    command: Command, example: Path, first: Done, tmp_path: Path
) -> None:
    clone = hostile.cloned(tmp_path / "elsewhere", example, "--mirror")
    for source in (clone, f"file://{clone}"):
        assert but(command.scan(source).card, "repository") == but(first.card, "repository")


def test_packing_refs_and_objects_changes_nothing(command: Command, copy: Path, first: Done) -> None:
    git(copy, "pack-refs", "--all")
    git(copy, "repack", "-adq")
    git(copy, "commit-graph", "write", "--reachable")
    assert command.scan(copy).out == first.out


@pytest.mark.parametrize("form", [(), ("--format", "json")])
def test_show_prints_what_the_scan_printed(scanned: Command, example: Path, form: tuple[str, ...]) -> None:
    assert scanned("show", "--repo", example, *form) == scanned("scan", example, *form)


def test_what_is_printed_does_not_depend_on_the_cache(scanned: Command, example: Path, first: Done) -> None:
    (scanned.home / "cache.db").unlink()
    assert scanned.scan(example) == first


def test_a_snapshot_is_found_by_its_commit(scanned: Command, example: Path, first: Done) -> None:
    then = git(example, "rev-list", "-1", "--first-parent", "--before=2026-07-01T00:00:00Z", "HEAD").decode().strip()
    shown = scanned("show", "--repo", example, "--at", then[:8], "--format", "json").card
    assert (shown["commit"], shown["as_of"]) == (then, 1_782_864_000)
    assert scanned("show", "--repo", example, "--at", first.card["commit"], "--format", "json") == first


# -- another ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return hostile.ordinary(tmp_path / "small", commits=2)


def _one_commit_more(repository: Path) -> None:
    commit(repository, {"more.py": b"x = 1\n"}, at=1_800_000_000)


def _a_new_branch(repository: Path) -> None:
    git(repository, "branch", "exp/new", "main")


def _a_branch_moved_on(repository: Path) -> None:
    commit(repository, {"other.py": b"x = 1\n"}, ref="refs/heads/topic", parents=["main"])


def _an_experiment(repository: Path) -> None:
    git(repository, "update-ref", "refs/exps/00/00000000000000000000000000000000000000/mossy", "main")


@pytest.mark.parametrize("change", [_one_commit_more, _a_new_branch, _a_branch_moved_on, _an_experiment])
def test_a_change_gives_one_new_snapshot_of_another_identity(
    command: Command, small: Path, change: Callable[[Path], None]
) -> None:
    git(small, "branch", "topic", "main~1")
    before = command.scan(small).card
    count = rows(command)["snapshot"]
    change(small)
    after = command.scan(small).card
    assert after["identity"] != before["identity"]
    added = 1 if after["as_of"] == before["as_of"] else rows(command)["snapshot"] - count
    assert rows(command)["snapshot"] == count + added
    assert command.scan(small).card == after
    assert rows(command)["snapshot"] == count + added


def test_a_branch_that_comes_and_goes_leads_back_to_the_first_snapshot(command: Command, small: Path) -> None:
    first = command.scan(small)
    git(small, "branch", "exp/new", "main")
    second = command.scan(small)
    git(small, "branch", "-D", "exp/new")
    assert command.scan(small) == first
    assert command("show", "--repo", small, "--format", "json") == first
    git(small, "branch", "exp/new", "main")
    assert command.scan(small) == second == command("show", "--repo", small, "--format", "json")


def test_show_prints_what_the_last_scan_printed_whatever_its_moment(command: Command, small: Path) -> None:
    first = command.scan(small)
    later = command.scan(small, "--as-of", "2030-01-01")
    assert command("show", "--repo", small, "--format", "json") == later
    assert command.scan(small) == first == command("show", "--repo", small, "--format", "json")
    commit(small, {"more.py": b"x = 1\n"}, at=1_800_000_000)
    command.scan(small)
    git(small, "update-ref", "refs/heads/main", "main~1")  # pushed by mistake, and taken back
    assert command.scan(small) == first == command("show", "--repo", small, "--format", "json")


def test_as_of_moves_ages_and_nothing_else(command: Command, example: Path, first: Done) -> None:
    later = command.scan(example, "--as-of", "2027-06-30")
    assert (later.card["commit"], later.card["as_of"]) == (first.card["commit"], 1_814_399_999)
    changed = {name for name in first.signals if later.signals[name] != first.signals[name]}
    assert not changed & AGELESS
    assert later.values["truck_factor"] == first.values["truck_factor"]
    assert (first.values["abandoned_branches"], later.values["abandoned_branches"]) == (8, 12)
    same = command.scan(example, "--as-of", "2026-11-01")
    assert but(same.card, "as_of", "identity", "signals", "answers") == but(
        first.card, "as_of", "identity", "signals", "answers"
    )


def test_a_past_that_never_was_is_not_measured(command: Command, example: Path) -> None:
    """The tree of a day is not that of an earlier one, and later scans would be compared with it."""
    refused = command("scan", example, "--as-of", "2026-01-31")
    assert refused.status == 2
    assert refused.err.count("\n") == 1
    assert "the commit at HEAD is of 2026-11-01, after --as-of" in refused.err


def test_where_no_commit_is_as_old_what_came_later_is_not_seen(command: Command, example: Path) -> None:
    early = command.scan(example, "--as-of", "2001-01-31")
    ages = [
        row["number"] for name in ("abandoned_branches", "branch_lifecycle") for row in early.signals[name]["evidence"]
    ]
    assert ages == []
    assert any("it is measured, not what stood there on that day" in said for said in early.card["missing"])


# -- one number, three surfaces ---------------------------------------------------------------------------------------


def test_the_dashboard_shows_the_numbers_of_the_command(
    scanned: Command, example: Path, first: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in scanned.environment.items():
        monkeypatch.setenv(name, value)
    text = " ".join(scanned("show", "--repo", example).out.split())  # however it is wrapped
    page = AppTest.from_file(str(ROOT / "app_pages" / "_main.py"), default_timeout=60)
    for answer in first.card["answers"]:
        page.query_params["q"] = answer["question"]
        page.run()
        assert not page.exception
        html = "\n".join(element.value for element in page.html)
        assert f"{answer['seen']} of {answer['total']}" in text
        assert f"{answer['seen']} of {answer['total']}" in html
        for name in {name for part in answer["parts"] for name in part["signals"]}:
            signal = first.signals[name]
            if signal["state"] == "measured":
                shown = format_value(signal["value"], signal["unit"])
                assert shown in html, name
                told_together = signal["unit"] == LEVEL or signal["value"] == 0
                assert (signal["title"] if told_together else f"{signal['title']}: {shown}") in text


def test_the_answers_of_lists_are_those_of_the_card(scanned: Command, first: Done) -> None:
    with closing(sqlite3.connect(scanned.home / "mldebt.db")) as store:
        stored = store.execute(
            "SELECT question, letter, seen, total, lead, value FROM snapshot_answer JOIN snapshot ON id = snapshot_id "
            "WHERE identity = ?",
            (first.card["identity"],),
        ).fetchall()
    card = {a["question"]: (a["letter"], a["seen"], a["total"], a["lead"]) for a in first.card["answers"]}
    assert {row[0]: row[1:5] for row in stored} == card
    assert all(value == first.values[lead] for *_, lead, value in stored if lead)
