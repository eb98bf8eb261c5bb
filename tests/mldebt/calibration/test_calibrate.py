"""Small repositories measured into a table: the numbers of a scan, whoever is killed and however many work."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from mldebt.calibration.table import STRATA, stratum_of
from tests.command import Command, Done, finished
from tests.repos.histories import START, commit, empty_repository, git

DAY = 86_400
TRAIN = "import sklearn.linear_model\n\nmodel = sklearn.linear_model.LogisticRegression()\n"
NAMES = ("ada/one", "bob/two", "cyd/three")


def made(mirrors: Path, name: str, commits: int, people: int = 1) -> Path:
    where = empty_repository(mirrors / name.replace("/", "+") / "repo")
    for number in range(commits):
        files = {
            f"train_{number % 3}.py": f"{TRAIN}limit = {number}  # TODO: tell why\n".encode(),
            "README.md": b"# A\n",
        }
        author = b"P%d <p%d@example.org>" % (number % people, number % people)
        commit(where, files, f"change {number}", at=START + number * DAY, author=author)
    return where


@pytest.fixture
def mirrors(tmp_path: Path) -> Path:
    folder = tmp_path / "mirrors"
    for name, commits, people in zip(NAMES, (4, 12, 7), (1, 6, 2), strict=True):
        made(folder, name, commits, people)
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return listed(tmp_path, *NAMES)


def listed(folder: Path, *names: str) -> Path:
    path = folder / "list.csv"
    rows = "".join(f"{name},NICHE,{'YN'[number % 2]},library,\n" for number, name in enumerate(names))
    path.write_text(f"repository,population,label,kind,outcome\n{rows}")
    return path


def calibrated(command: Command, corpus: Path, mirrors: Path, out: Path, *options: str) -> Done:
    return command("calibrate", corpus, "--mirrors", mirrors, "--out", out, *options)


def rows_of(table: Path) -> dict[str, dict[str, str]]:
    with table.open(newline="") as file:
        return {row["repository"]: row for row in csv.DictReader(file)}


def lines(out: Path) -> int:
    return out.with_suffix(".jsonl").read_bytes().count(b"\n") if out.with_suffix(".jsonl").exists() else 0


def test_a_row_says_what_a_scan_says(command: Command, corpus: Path, mirrors: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    done = calibrated(command, corpus, mirrors, out)
    assert done.status == 0, done.err
    assert "3 of 3 repositories measured" in done.out
    rows = rows_of(out)
    assert [*rows] == sorted(NAMES)
    for name in NAMES:
        where = mirrors / name.replace("/", "+") / "repo"
        scanned = command.scan(where, "--since", "2100-01-01").signals
        for signal_name, found in scanned.items():
            if found["status"] == "ask":
                assert signal_name not in rows[name]
                continue
            cell = rows[name][signal_name]
            assert (float(cell) if cell else None) == (
                None if found["value"] is None else pytest.approx(found["value"], rel=1e-8)
            )
            assert bool(rows[name][f"{signal_name}:coverage"]) == bool(cell)
        assert rows[name]["commit"] == git(where, "rev-parse", "HEAD").decode().strip()
    two = rows["bob/two"]
    assert [two[name] for name in ("population", "label", "kind", "outcome")] == ["NICHE", "N", "library", "measured"]
    assert [two[name] for name in ("commits", "authors", "files", "ml_files")] == ["12", "6", "3", "3"]
    assert (two["as_of"], two["stratum"]) == ("2023-11-25", "small")


def test_groups_under_five_are_not_shown(command: Command, corpus: Path, mirrors: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    calibrated(command, corpus, mirrors, out)
    rows = rows_of(out)
    assert [rows[name]["authors"] for name in NAMES] == ["under 5", "6", "under 5"]
    assert rows["ada/one"]["truck_factor"] == ""
    assert "P0" not in out.read_text() + out.with_suffix(".jsonl").read_text()


def test_the_same_bytes_by_one_or_two_from_another_home(
    command: Command, corpus: Path, mirrors: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    assert calibrated(command, corpus, mirrors, first, "--jobs", "1").status == 0
    other = listed(tmp_path, *reversed(NAMES))
    text = other.read_text().replace("ada/one,NICHE,Y", "ada/one,NICHE,Y")
    other.write_text(text)
    assert calibrated(Command(tmp_path / "elsewhere"), other, mirrors, second, "--jobs", "2").status == 0
    assert first.read_bytes() == second.read_bytes()


def test_what_is_measured_is_not_measured_again(command: Command, corpus: Path, mirrors: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    calibrated(command, corpus, mirrors, out)
    before = out.read_bytes()
    out.unlink()
    assert lines(out) == 3
    calibrated(command, corpus, mirrors, out)
    assert (lines(out), out.read_bytes()) == (3, before)
    commit(mirrors / "bob+two" / "repo", {"serve.py": b"import flask\n"}, at=START + 50 * DAY)
    calibrated(command, corpus, mirrors, out)
    assert lines(out) == 4
    assert rows_of(out)["bob/two"]["commits"] == "13"


def test_rows_of_other_collectors_are_made_again(command: Command, corpus: Path, mirrors: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    calibrated(command, corpus, mirrors, out)
    before, journal = out.read_bytes(), out.with_suffix(".jsonl")
    rows = [json.loads(line) for line in journal.read_text().splitlines()]
    journal.write_text("".join(json.dumps({**row, "versions": "others"}) + "\n" for row in rows))
    calibrated(command, corpus, mirrors, out)
    assert (lines(out), out.read_bytes()) == (6, before)


def test_a_line_that_was_cut_short_is_passed_over(
    command: Command, corpus: Path, mirrors: Path, tmp_path: Path
) -> None:
    out = tmp_path / "table.csv"
    calibrated(command, corpus, mirrors, out)
    before, journal = out.read_bytes(), out.with_suffix(".jsonl")
    journal.write_bytes(journal.read_bytes()[:-40])
    calibrated(command, corpus, mirrors, out)
    assert out.read_bytes() == before
    assert all(json.loads(line) for line in journal.read_bytes().splitlines()[-1:])


def test_failures_are_recorded_with_their_reason(command: Command, mirrors: Path, tmp_path: Path) -> None:
    corpus = listed(tmp_path, *NAMES, "dan/four", "eve/five", "fay/six")
    corpus.write_text(
        corpus.read_text().replace("dan/four,NICHE,N,library,", "dan/four,NICHE,N,,not fetched: too large")
    )
    empty_repository(mirrors / "eve+five" / "repo")
    objects = mirrors / "cyd+three" / "repo" / ".git" / "objects"
    shutil.rmtree(objects)
    objects.mkdir()
    out = tmp_path / "table.csv"
    done = calibrated(command, corpus, mirrors, out)
    assert done.status == 0
    found = {name: row["outcome"] for name, row in rows_of(out).items()}
    assert [found["ada/one"], found["bob/two"]] == ["measured", "measured"]
    assert found["dan/four"] == "failed: not fetched: too large"
    assert found["eve/five"] == "failed: it has no commits"
    assert found["fay/six"] == "failed: no mirror of it is there"
    assert found["cyd/three"].startswith("failed: the repository cannot be read")
    assert "2 of 6 repositories measured" in done.out
    assert "fay/six: failed: no mirror of it is there" in done.err
    assert rows_of(out)["dan/four"]["stratum"] == ""
    assert str(tmp_path) not in out.read_text()


def test_files_that_are_missing_are_unknown_and_the_rest_is_measured(
    command: Command, corpus: Path, mirrors: Path, tmp_path: Path
) -> None:
    where = mirrors / "bob+two" / "repo"
    git(where, "repack", "-adq")
    git(where, "unpack-objects", "-q", stdin=b"") if False else None
    for pack in (where / ".git" / "objects" / "pack").glob("*.pack"):
        moved = tmp_path / pack.name
        shutil.move(pack, moved)
        pack.with_suffix(".idx").unlink()
        git(where, "unpack-objects", "-q", stdin=moved.read_bytes())
    oid = git(where, "rev-parse", "HEAD:train_2.py").decode().strip()
    (where / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    out = tmp_path / "table.csv"
    assert calibrated(command, corpus, mirrors, out).status == 0
    assert rows_of(out)["bob/two"]["outcome"] == "measured"


def test_what_is_too_large_or_too_slow_is_left_out_until_the_bound_is_moved(
    command: Command, corpus: Path, mirrors: Path, tmp_path: Path
) -> None:
    (mirrors / "ada+one" / "repo" / ".git" / "large.pack").write_bytes(bytes(3 << 20))
    out = tmp_path / "table.csv"
    calibrated(command, corpus, mirrors, out, "--limit-mb", "2")
    assert rows_of(out)["ada/one"]["outcome"] == "failed: it is larger than 2 MB"
    calibrated(command, corpus, mirrors, out, "--limit-mb", "2")
    assert lines(out) == 3
    calibrated(command, corpus, mirrors, out)
    assert rows_of(out)["ada/one"]["outcome"] == "measured"


def test_without_mirrors_each_is_fetched_by_its_address(command: Command, mirrors: Path, tmp_path: Path) -> None:
    address = f"file://{mirrors}/ada+one/repo"
    corpus, out = listed(tmp_path, address), tmp_path / "table.csv"
    done = command("calibrate", corpus, "--out", out)
    assert done.status == 0, done.err
    assert rows_of(out)[address]["commits"] == "4"


def test_a_list_of_failures_alone_fails(command: Command, tmp_path: Path) -> None:
    done = calibrated(command, listed(tmp_path, "a/b"), tmp_path, tmp_path / "table.csv")
    assert done.status == 2
    assert "no repository of the list was measured" in done.err
    assert calibrated(command, tmp_path / "none.csv", tmp_path, tmp_path / "table.csv").status == 2
    done = calibrated(command, listed(tmp_path, "a/b"), tmp_path, tmp_path / "no" / "table.csv")
    assert (done.status, "give another --out" in done.err) == (2, True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_cut_short_goes_on_where_it_was(
    command: Command, corpus: Path, mirrors: Path, tmp_path: Path, how: signal.Signals
) -> None:
    undisturbed, out = tmp_path / "undisturbed.csv", tmp_path / "table.csv"
    calibrated(Command(tmp_path / "elsewhere"), corpus, mirrors, undisturbed)
    process = command.started("calibrate", corpus, "--mirrors", mirrors, "--out", out, "--jobs", "1")
    end = time.monotonic() + 60
    while lines(out) < 1 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    os.killpg(process.pid, how)
    done = finished(process)
    assert done.status == (130 if how is signal.SIGINT else -signal.SIGKILL), done.err
    assert 1 <= lines(out) < 3
    if how is signal.SIGINT:
        assert len(rows_of(out)) == lines(out)
    assert calibrated(command, corpus, mirrors, out).status == 0
    assert (lines(out), out.read_bytes()) == (3, undisturbed.read_bytes())


def test_beside_the_table_stands_what_made_it(command: Command, corpus: Path, mirrors: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.csv"
    calibrated(command, corpus, mirrors, out, "--limit-seconds", "77")
    about = json.loads((tmp_path / "table.about.json").read_text())
    assert (about["repositories"], about["measured"], about["bounds"]["seconds"]) == (3, 3, 77)
    assert about["strata"] == {one.name: one.words for one in STRATA}
    assert "truck_factor" in about["collectors"]


@pytest.mark.parametrize(
    ("commits", "name"), [(0, ""), (1, "small"), (199, "small"), (200, "medium"), (1_000, "medium"), (1_001, "large")]
)
def test_strata_meet_without_a_gap(commits: int, name: str) -> None:
    assert stratum_of(commits) == name
