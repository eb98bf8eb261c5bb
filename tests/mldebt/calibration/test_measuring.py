"""One repository measured, whole or broken."""

from __future__ import annotations

from pathlib import Path

from mldebt.calibration.measuring import UNCHANGED, Limits, Order, measured
from tests.repos.histories import START, commit, empty_repository, git


def order(where: Path, known: str = "", **limits: int) -> Order:
    return Order("a/b", str(where / ".git"), str(where.parent / "home"), known, Limits(**limits))


def test_what_is_known_of_the_same_commit_stays(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "repo")
    first = commit(where, {"a.py": b"x = 1\n"})
    assert measured(order(where, first)) == UNCHANGED
    second = commit(where, {"a.py": b"x = 2\n"}, at=START + 1)
    assert measured(order(where, first))["commit"] == second


def test_nothing_to_measure_is_told(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "repo")
    assert measured(order(where)) == {"outcome": "failed: it has no commits"}
    (where / ".git" / "HEAD").write_text("no reference\n")
    assert measured(order(where))["outcome"].startswith("failed: the repository ")


def test_no_store_is_left_and_what_was_read_is_kept(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "repo")
    commit(where, {"a.py": b"x = 1\n"})
    found = measured(order(where))
    home = tmp_path / "home"
    assert [path.name for path in home.glob("store.db*")] == []
    assert (home / "cache.db").exists()
    assert measured(order(where)) == found


def test_a_file_that_is_missing_is_unknown_and_the_rest_is_measured(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "repo")
    commit(where, {"a.py": b"import torch\n" * 3, "b.py": b"import sklearn\n"})
    objects = where / ".git" / "objects"
    for pack in (objects / "pack").glob("*.pack"):
        content = pack.read_bytes()
        pack.unlink()
        pack.with_suffix(".idx").unlink()
        git(where, "unpack-objects", "-q", stdin=content)
    oid = git(where, "rev-parse", "HEAD:a.py").decode().strip()
    (objects / oid[:2] / oid[2:]).unlink()
    found = measured(order(where))
    assert (found["outcome"], found["commits"], found["ml_files"]) == ("measured", 1, 1)


def test_a_shallow_clone_cannot_be_compared(tmp_path: Path) -> None:
    whole = empty_repository(tmp_path / "whole")
    for number in range(3):
        commit(whole, {"a.py": b"x = %d\n" % number}, at=START + number)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{whole}", tmp_path / "repo")
    assert measured(order(tmp_path / "repo")) == {
        "outcome": "failed: its files or its history cannot be seen as a whole"
    }
