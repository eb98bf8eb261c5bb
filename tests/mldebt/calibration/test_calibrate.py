"""Small repositories measured into a table: the numbers of a scan, whoever is killed and however many work."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from mldebt.calibration.table import STRATA, stratum_of
from tests.command import Command, Done, finished
from tests.repos.histories import START, Content, commit, empty_repository, git

DAY = 86_400
TRAIN = b"import sklearn.linear_model\n\nmodel = sklearn.linear_model.LogisticRegression()\nlimit = %d  # TODO why\n"
NAMES = ("ada/one", "bob/two", "cyd/three")


class Place(NamedTuple):
    """A folder with a list, its mirrors, and a table."""

    root: Path
    command: Command

    @property
    def mirrors(self) -> Path:
        return self.root / "mirrors"

    @property
    def out(self) -> Path:
        return self.root / "table.csv"

    @property
    def journal(self) -> Path:
        return self.out.with_suffix(".jsonl")

    @property
    def lines(self) -> int:
        return self.journal.read_bytes().count(b"\n") if self.journal.exists() else 0

    @property
    def rows(self) -> dict[str, dict[str, str]]:
        with self.out.open(newline="") as file:
            return {row["repository"]: row for row in csv.DictReader(file)}

    def listed(self, *names: str, why: str = "") -> Path:
        path = self.root / "list.csv"
        rows = "".join(f"{name},NICHE,{name[0]},library,{why}\n" for name in names)
        path.write_text(f"repository,population,label,kind,outcome\n{rows}")
        return path

    def calibrated(self, *options: str) -> Done:
        corpus = self.root / "list.csv"
        return self.command("calibrate", corpus, "--mirrors", self.mirrors, "--out", self.out, *options)


def made(where: Path, commits: int, people: int = 1) -> Path:
    empty_repository(where)
    for number in range(commits):
        author = b"P%d <p%d@example.org>" % (number % people, number % people)
        files: dict[str | bytes, Content] = {f"train_{number % 3}.py": TRAIN % number, "README.md": b"# A\n"}
        commit(where, files, f"change {number}", at=START + number * DAY, author=author)
    return where


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Three repositories, measured. Not to be changed."""
    root = tmp_path_factory.mktemp("whole")
    place = Place(root, Command(root / "home"))
    for name, commits, people in zip(NAMES, (4, 12, 7), (1, 6, 2), strict=True):
        made(place.mirrors / name.replace("/", "+") / "repo", commits, people)
    place.listed(*NAMES)
    done = place.calibrated()
    assert done.status == 0, done.err
    assert "3 of 3 repositories measured" in done.out
    return place


@pytest.fixture
def copy(whole: Place, tmp_path: Path) -> Place:
    """The same, to be changed."""
    shutil.copytree(whole.root, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path, Command(tmp_path / "home"))


def test_a_row_says_what_a_scan_says(whole: Place) -> None:
    rows = whole.rows
    assert [*rows] == sorted(NAMES)
    row, where = rows["bob/two"], whole.mirrors / "bob+two" / "repo"
    scanned = whole.command.scan(where, "--since", "2023-11-25")
    asked = [name for name, found in scanned.signals.items() if found["state"] == "ask"]
    assert asked
    assert not row.keys() & set(asked)
    measured = {name: value for name, value in scanned.values.items() if name not in asked}
    assert {name: row[name] for name in measured} == {
        name: "" if value is None else f"{value:.9g}" for name, value in measured.items()
    }
    assert all(bool(row[name]) is bool(row[f"{name}:coverage"]) for name in measured)
    assert row["commit"] == git(where, "rev-parse", "HEAD").decode().strip()
    assert [row[name] for name in ("population", "label", "kind", "outcome")] == ["NICHE", "b", "library", "measured"]
    assert [row[name] for name in ("commits", "authors", "files", "code_lines")] == ["12", "6", "3", "9"]
    assert [row[name] for name in ("ml_files", "ml_notebooks", "stratum", "as_of")] == ["3", "0", "small", "2023-11-25"]


def test_groups_under_five_are_not_shown(whole: Place) -> None:
    assert [whole.rows[name]["authors"] for name in NAMES] == ["under 5", "6", "under 5"]
    assert whole.rows["ada/one"]["truck_factor"] == ""
    assert "example.org" not in whole.out.read_text() + whole.journal.read_text()


def test_no_letter_is_in_the_table(whole: Place) -> None:
    header = whole.out.read_text().splitlines()[0].split(",")
    assert not [column for column in header if "letter" in column]
    numbers = [row[column] for row in whole.rows.values() for column in header[header.index("outcome") + 1 :]]
    assert all(not cell or float(cell) == float(cell) for cell in numbers)


def test_beside_the_table_stands_what_made_it(whole: Place) -> None:
    about = json.loads((whole.root / "table.about.json").read_text())
    assert (about["repositories"], about["measured"], about["bounds"]["seconds"]) == (3, 3, 600)
    assert about["strata"] == {one.name: one.words for one in STRATA}
    assert "truck_factor" in about["collectors"]


def test_the_same_bytes_by_one_from_another_home_in_another_order(whole: Place, tmp_path: Path) -> None:
    other = Place(tmp_path, Command(tmp_path / "home"))
    (tmp_path / "mirrors").symlink_to(whole.mirrors)
    other.listed(*reversed(NAMES))
    assert other.calibrated("--jobs", "1").status == 0
    assert other.out.read_bytes() == whole.out.read_bytes()


def test_what_is_measured_is_not_measured_again(whole: Place, copy: Place) -> None:
    copy.out.unlink()
    commit(copy.mirrors / "bob+two" / "repo", {"serve.py": b"import flask\n"}, at=START + 50 * DAY)
    assert copy.calibrated().status == 0
    assert copy.lines == 4
    rows, before = copy.rows, whole.rows
    assert [rows["ada/one"], rows["cyd/three"]] == [before["ada/one"], before["cyd/three"]]
    assert rows["bob/two"]["commits"] == "13"


def test_rows_of_other_collectors_and_torn_ones_are_made_again(whole: Place, copy: Place) -> None:
    rows = copy.journal.read_bytes().splitlines(keepends=True)
    others = json.dumps({**json.loads(rows[0]), "versions": "others"}).encode()
    copy.journal.write_bytes(others + b"\n" + rows[1] + rows[2][:-40])
    assert copy.calibrated().status == 0
    assert copy.out.read_bytes() == whole.out.read_bytes()
    assert copy.lines == 5  # two whole, a torn one, and the two that were made again


def test_failures_are_recorded_with_their_reason(copy: Place) -> None:
    corpus = copy.listed("ada/one", "cyd/three", "fay/six")
    with corpus.open("a") as file:
        file.write("dan/four,NICHE,N,,not fetched: too large\n")
    objects = copy.mirrors / "cyd+three" / "repo" / ".git" / "objects"
    shutil.rmtree(objects)
    objects.mkdir()
    copy.calibrated("--limit-mb", "900")
    lines = copy.lines
    done = copy.calibrated("--limit-mb", "900")
    assert (done.status, copy.lines) == (
        0,
        lines + 1,
    )  # what may be mended is looked at again: the one that cannot be read
    outcomes = {name: row["outcome"] for name, row in copy.rows.items()}
    assert outcomes["cyd/three"].startswith("failed: the repository cannot be read: git says")
    assert {name: outcomes[name] for name in ("ada/one", "dan/four", "fay/six")} == {
        "ada/one": "measured",
        "dan/four": "failed: not fetched: too large",
        "fay/six": "failed: no mirror of it is there",
    }
    assert "1 of 4 repositories measured" in done.out
    assert "fay/six: failed: no mirror of it is there" in done.err
    assert [copy.rows["dan/four"][name] for name in ("stratum", "commit", "truck_factor")] == ["", "", ""]
    assert str(copy.root) not in copy.out.read_text()
    made(copy.mirrors / "fay+six" / "repo", 2)
    copy.calibrated("--limit-mb", "900")
    assert copy.rows["fay/six"]["outcome"] == "measured"


def test_what_failed_is_tried_again_once_it_may_take_more(copy: Place) -> None:
    copy.listed("ada/one")
    copy.journal.unlink()
    (copy.mirrors / "ada+one" / "repo" / ".git" / "large.pack").write_bytes(bytes(3 << 20))
    assert copy.calibrated("--limit-mb", "2").status == 2
    assert copy.rows["ada/one"]["outcome"] == "failed: it is larger than 2 MB"
    copy.calibrated("--limit-mb", "2")
    assert copy.lines == 1
    assert copy.calibrated("--limit-mb", "20").status == 0
    assert copy.rows["ada/one"]["outcome"] == "measured"


def test_without_mirrors_each_is_fetched_by_its_address(whole: Place, tmp_path: Path) -> None:
    place = Place(tmp_path, Command(tmp_path / "home"))
    address = f"file://{whole.mirrors}/ada+one/repo"
    done = place.command("calibrate", place.listed(address), "--out", place.out)
    assert done.status == 0, done.err
    assert place.rows[address]["commits"] == "4"


def test_what_cannot_be_begun_is_told(tmp_path: Path) -> None:
    place = Place(tmp_path, Command(tmp_path / "home"))
    assert "cannot be read" in place.calibrated().err
    place.listed("a/b")
    done = place.calibrated()
    assert (done.status, "no repository of the list was measured" in done.err) == (2, True)
    done = place.command("calibrate", place.root / "list.csv", "--out", tmp_path / "no" / "table.csv")
    assert (done.status, "give another --out" in done.err) == (2, True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_cut_short_goes_on_where_it_was(whole: Place, tmp_path: Path, how: signal.Signals) -> None:
    place = Place(tmp_path, Command(tmp_path / "home"))
    corpus = place.listed(*NAMES)
    process = place.command.started("calibrate", corpus, "--mirrors", whole.mirrors, "--out", place.out, "--jobs", "1")
    end = time.monotonic() + 60
    while place.lines < 1 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(process.pid, how)
    done = finished(process)
    assert done.status == (130 if how is signal.SIGINT else -signal.SIGKILL), done.err
    assert 1 <= place.lines < 3
    if how is signal.SIGINT:
        assert len(place.rows) == place.lines
    (tmp_path / "mirrors").symlink_to(whole.mirrors)
    assert place.calibrated().status == 0
    assert (place.lines, place.out.read_bytes()) == (3, whole.out.read_bytes())


@pytest.mark.parametrize(
    ("commits", "name"), [(0, ""), (1, "small"), (199, "small"), (200, "medium"), (1_000, "medium"), (1_001, "large")]
)
def test_strata_meet_without_a_gap(commits: int, name: str) -> None:
    assert stratum_of(commits) == name
