import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import collectors.git.survival
import mldebt.store.survival
from collectors.facts.ages import LineAges
from collectors.git.mainline import Mainline, turns_in
from collectors.git.repository import Repository, open_repository
from collectors.git.survival import SHALLOW, line_ages
from mldebt.store.survival import stored_ages
from tests.repos.histories import START, commit, empty_repository, git

BODY = b"".join(b"line %d\n" % number for number in range(20))


@pytest.fixture
def where(tmp_path: Path) -> Path:
    made = empty_repository(tmp_path / "repo", "--bare")
    commit(made, {"a": BODY, "b": b"\0\n", "c": BODY + BODY, b"caf\xe9": b"d\n"})
    commit(made, {"a": BODY + b"1\n", "b": b"\0\n\n"}, at=START + 9)
    return made


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "ages" / "repo.db"


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For each replay the number of commits that it took in."""
    found: list[int] = []

    def noted(repository: Repository, line: Mainline, start: int):
        found.append(len(line) - start)
        return turns_in(repository, line, start)

    monkeypatch.setattr(collectors.git.survival, "turns_in", noted)
    return found


def repository(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def ages(where: Path, kept: Path) -> LineAges:
    """As stored; the same as anew."""
    found = stored_ages(repository(where), kept)
    assert isinstance(found, LineAges)
    assert found == line_ages(repository(where))[0]
    return found


def test_a_second_look_takes_in_only_what_is_new(where: Path, kept: Path, replayed: list[int]) -> None:
    ages(where, kept)
    ages(where, kept)
    last = commit(where, {"a": None, "c": BODY + BODY + b"1\n", "b": b"text\n", "new/a": BODY + b"1\n2\n"})
    found = ages(where, kept)
    assert replayed == [2, 2, 0, 2, 1, 3]  # each second one is anew, without the file
    assert found.commit("c", 41) == last
    assert found.commit("b", 1) == last
    ages(where, kept)
    assert replayed[-2:] == [0, 3]


def test_a_long_history_is_kept_a_part_at_a_time(
    where: Path, kept: Path, replayed: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        commit(where, {"a": BODY + b"%d\n" % number}, at=START + 10 + number)
    line = git(where, "rev-list", "--reverse", "main").decode().split()
    monkeypatch.setattr(mldebt.store.survival, "PART", 3)

    def interrupted(done: int, total: int) -> None:
        if len(replayed) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stored_ages(repository(where), kept, None, line, interrupted)
    assert replayed == [3, 3]
    found = stored_ages(repository(where), kept, None, line)
    assert replayed == [3, 3, 3, 1]
    assert found == line_ages(repository(where))[0]


def test_a_rewritten_history_is_replayed_whole(where: Path, kept: Path, replayed: list[int]) -> None:
    ages(where, kept)
    commit(where, {"a": b"other\n"}, parents=["main~1"])
    ages(where, kept)
    ages(where, kept)
    assert replayed == [2, 2, 2, 2, 0, 2]


def scribble(path: Path) -> None:
    path.write_bytes(b"scribble" * 1_000)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3_000])


def altered(statement: str) -> Callable[[Path], None]:
    def alter(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return alter


@pytest.mark.parametrize(
    "harm",
    [
        scribble,
        cut,
        altered("DROP TABLE file"),
        altered("DELETE FROM line"),
        altered("UPDATE line SET oids = x'00'"),
        altered("UPDATE file SET numbers = zeroblob(8)"),
        altered("UPDATE file SET runs = runs + 1"),
        altered("UPDATE file SET steps = 'null'"),
        altered("UPDATE file SET path = 'z' WHERE path = (SELECT min(path) FROM file)"),
        altered("PRAGMA user_version = 7"),
    ],
)
def test_a_damaged_file_is_made_anew(
    where: Path, kept: Path, replayed: list[int], harm: Callable[[Path], None]
) -> None:
    ages(where, kept)
    with closing(sqlite3.connect(kept)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    harm(kept)
    ages(where, kept)
    ages(where, kept)
    assert replayed == [2, 2, 2, 2, 0, 2]


def test_where_nothing_can_be_kept_ages_are_known(where: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ages(where, tmp_path / "file" / "repo.db")
    ages(where, tmp_path)


def test_a_file_that_another_scan_has_written_meanwhile_is_written_whole(
    where: Path, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ages(where, kept)
    late = commit(where, {"a": b"late\n"})

    def overtaken(*args: Any, **named: Any):
        git(where, "update-ref", "refs/heads/main", commit(where, {"c": None}))
        with monkeypatch.context() as patched:
            patched.setattr(mldebt.store.survival, "line_ages", line_ages)
            stored_ages(repository(where), kept)
        git(where, "update-ref", "refs/heads/main", late)
        return line_ages(*args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(mldebt.store.survival, "line_ages", overtaken)
        stored_ages(repository(where), kept)
    assert ages(where, kept).commit("a", 1) == late


def test_what_cannot_be_seen_is_not_kept(where: Path, kept: Path, tmp_path: Path) -> None:
    git(where, "clone", "-q", "--bare", "--depth=1", f"file://{where}", tmp_path / "shallow")
    assert stored_ages(repository(tmp_path / "shallow"), kept) == SHALLOW
    assert not kept.exists()
