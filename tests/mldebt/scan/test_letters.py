"""Letters from a shipped profile: one repository, every surface, and what happens when the profile changes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app_pages._portfolio import as_judged
from mldebt import profiles
from mldebt.settings import read_settings
from mldebt.store import reading
from mldebt.store.engine import open_store
from scoring.answers import SCORING_VERSION
from tests.command import ROOT, Command, Done
from tests.profiles_by_hand import made, scale
from tests.repos.histories import commit, empty_repository
from tests.repos.lived_in import lived_in

MOMENT = ("--since", "2029-06-01", "--as-of", "2029-12-31")
SPREAD = scale("package_spread", bounds=[0.1, 0.3, 0.5, 0.95], spread=[[0.1, 0.2], [0.2, 0.4], [0.4, 0.6], [0.9, 1.0]])
OTHERS = [
    scale(name, version=version, bounds=[10, 20, 30, 40], spread=[[9, 11], [19, 21], [29, 31], [39, 41]])
    for name, version in (("notebook_share", 3), ("clones", 1), ("setup_steps", 1))
]
"""Generous ones, so that half of the first question's parts have a letter."""
SCALES = [{**one, "stratum": stratum} for one in (SPREAD, *OTHERS) for stratum in ("small", "medium")]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_in(tmp_path_factory.mktemp("repository") / "lived-in")


def shipping(patch: pytest.MonkeyPatch, where: Path, *files: dict[str, Any]) -> None:
    """As if the product came with these profiles, the first in force."""
    where.mkdir()
    for number, content in enumerate(files):
        (where / f"profile{f'-{number}' if number else ''}.json").write_text(json.dumps(content))
    patch.setattr(profiles, "CALIBRATION", where)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    shipping(monkeypatch, tmp_path / "first", made(*SCALES))
    return monkeypatch


@pytest.fixture
def scanned(command: Command, lived: Path, shipped: pytest.MonkeyPatch) -> Done:
    return command.scan(lived, *MOMENT)


def grades(done: Done) -> dict[str, tuple[str | None, list[str] | None]]:
    return {answer["question"]: (answer["letter"], answer["interval"]) for answer in done.card["answers"]}


def test_the_same_letter_everywhere(
    command: Command, lived: Path, scanned: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    spread = scanned.signals["package_spread"]
    assert spread["value"] == 12 / 13
    assert (spread["letter"], spread["interval"], spread["status"]) == ("D", ["D", "E"], "score")
    assert spread["scale"]["bounds"] == [0.1, 0.3, 0.5, 0.95]
    assert grades(scanned)["new_algorithm"] == ("D", ["D", "E"])
    assert grades(scanned)["data_dependencies"] == (None, None)
    assert scanned.card["why_no_letters"] is None
    assert command("show", "--repo", lived, "--format", "json") == scanned
    assert scanned.card["answers"][0]["graded"] == 4
    rests = scanned.card["answers"][0]["rests_on"]
    assert rests.startswith("The letter rests on 4 of 8 parts, by 4 signals: How far one ML package spreads; ")
    assert rests in " ".join(command("show", "--repo", lived).out.split())
    assert "D (D to E)  How easily can" in command("show", "--repo", lived).out
    told = " ".join(command("explain", "package_spread", "--repo", lived).out.split())
    assert "Letter D (D to E), among the worst quarter" in told
    assert "Bounds A up to 10 % (0.1 to 0.2), B up to 30 % (0.2 to 0.4)" in told
    assert "with 80 repositories of 100 to 199 commits" in told
    asked = " ".join(command("explain", "new_algorithm", "--repo", lived).out.split())
    assert "Decided by the weakest part: glue code, by package_spread" in asked
    with closing(sqlite3.connect(command.home / "mldebt.db")) as store:
        stored = store.execute(
            "SELECT letter, best, worst FROM snapshot_answer JOIN snapshot ON id = snapshot_id "
            "WHERE question = 'new_algorithm' AND identity = ?",
            (scanned.card["identity"],),
        ).fetchall()
    assert stored == [("D", "D", "E")]
    for name, value in command.environment.items():
        monkeypatch.setenv(name, value)
    page = AppTest.from_file(str(ROOT / "app_pages" / "_main.py"), default_timeout=60)
    page.query_params["q"] = "new_algorithm"
    page.run()
    assert not page.exception
    html = "\n".join(element.value for element in page.html)
    assert 'aria-label="letter D">D</span>' in html
    assert "D (D to E)" in html
    assert rests in html
    assert "with 80 repositories of 100 to 199 commits" in html


def test_without_the_profile_that_it_was_judged_by_a_snapshot_has_no_letter(
    command: Command, lived: Path, scanned: Done, shipped: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipping(shipped, tmp_path / "none")
    shown = command("show", "--repo", lived, "--format", "json")
    assert shown.card["why_no_letters"].startswith("it was judged by the profile corpus-1@")
    assert set(grades(shown).values()) == {(None, None)}
    assert shown.values == scanned.values
    with closing(open_store(read_settings(command.environment).database_url)) as store, store.reading() as connection:
        rows = reading.portfolio(connection)
    letters = [
        {one.answer.letter for row in some for one in row.answers}
        for some in (rows, as_judged(rows, lambda _: True), as_judged(rows, profiles.is_at_hand))
    ]
    assert letters == [{"D", None}, {"D", None}, {None}]


def test_an_earlier_profile_is_kept_for_what_was_judged_by_it_and_a_new_one_breaks_trends(
    command: Command, lived: Path, scanned: Done, shipped: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    harder = [{**one, "bounds": [0.1, 0.3, 0.5, 0.91]} for one in SCALES if one["signal"] == "package_spread"]
    later = made(*harder, name="corpus-2")
    shipping(shipped, tmp_path / "second", later, made(*SCALES))
    assert command("show", "--repo", lived, "--format", "json") == scanned
    again = command.scan(lived, *MOMENT)
    assert again.card["identity"] != scanned.card["identity"]
    assert again.card["profile"] != scanned.card["profile"]
    assert again.signals["package_spread"]["letter"] == "E"
    assert again.values == scanned.values
    with closing(sqlite3.connect(command.home / "mldebt.db")) as store:
        versions = {version for (version,) in store.execute("SELECT version FROM snapshot")}
    assert versions == {f"{done.card['profile']} {SCORING_VERSION}" for done in (scanned, again)}


def test_a_toy_an_empty_one_and_what_is_no_ml_get_no_letter(
    command: Command, tmp_path: Path, shipped: pytest.MonkeyPatch
) -> None:
    code = b"import torch\n\n\ndef train(x):\n    return torch.relu(x)\n"
    kinds: dict[str, tuple[int, dict[str | bytes, Any], str]] = {
        "empty": (0, {}, "size is not known"),
        "toy": (3, {f"part{n}.py": code for n in range(5)}, "fewer than 100 commits"),
        "web": (120, {f"part{n}.py": b"import flask\n" for n in range(5)}, "fewer than 3 files of ML code"),
        "data": (120, {"rows.csv": b"a,b\n1,2\n"}, "fewer than 3 files of ML code"),
    }
    for name, (commits, files, why) in kinds.items():
        where = empty_repository(tmp_path / name)
        for number in range(commits):
            commit(where, files if number == 0 else {"README.md": b"%d\n" % number}, at=1_700_000_000 + number)
        card = command("scan", where, "--format", "json").card
        assert why in card["why_no_letters"], name
        assert {answer["letter"] for answer in card["answers"]} == {None}
