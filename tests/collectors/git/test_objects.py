"""Blobs in one go, whole and damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git import objects as module
from collectors.git.objects import GONE, TOO_LARGE, Blob, blobs, object_sizes, objects
from collectors.git.repository import Repository, open_repository
from tests.repos.histories import commit, damage, empty_repository, garble, git

ABSENT = "1" * 40


def opened(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


@pytest.fixture
def where(tmp_path: Path) -> Path:
    where = empty_repository(tmp_path / "made", "--bare")
    commit(where, {"a": b"first\n", "b": b"\0\xff\n\n", "c": b"", "d": b"last\n", "large": b"x" * 5000})
    return where


def oid(where: Path, path: str) -> str:
    return git(where, "rev-parse", f"main:{path}").decode().strip()


def test_blobs_come_in_the_order_asked_for_and_once_each(where: Path) -> None:
    a, b, c = (oid(where, path) for path in "abc")
    found = list(blobs(opened(where), [b, c, a, b]))
    assert found == [Blob(b, b"\0\xff\n\n"), Blob(c, b""), Blob(a, b"first\n")]


def test_nothing_asked_for_is_nothing(where: Path) -> None:
    assert list(blobs(opened(where), [])) == []


def test_a_large_blob_is_not_loaded(where: Path) -> None:
    large, a = oid(where, "large"), oid(where, "a")
    found = list(blobs(opened(where), [large, a], limit=4999))
    assert found == [Blob(large, None, TOO_LARGE), Blob(a, b"first\n")]
    assert [blob.body for blob in blobs(opened(where), [large], limit=5000)] == [b"x" * 5000]


def test_sizes_that_the_caller_knows_decide(where: Path) -> None:
    a = oid(where, "a")
    assert list(blobs(opened(where), [a], limit=10, sizes={a: 11})) == [Blob(a, None, TOO_LARGE)]


def test_missing_and_corrupt_blobs_do_not_end_the_rest(where: Path) -> None:
    a, b, c, d = (oid(where, path) for path in "abcd")
    garble(where, b)
    (where / "objects" / c[:2] / c[2:]).unlink()
    found = list(blobs(opened(where), [a, b, c, ABSENT, d]))
    assert found == [
        Blob(a, b"first\n"),
        Blob(b, None, GONE),
        Blob(c, None, GONE),
        Blob(ABSENT, None, GONE),
        Blob(d, b"last\n"),
    ]


def test_what_is_no_blob_is_not_given_as_one(where: Path) -> None:
    head = git(where, "rev-parse", "main").decode().strip()
    assert list(blobs(opened(where), [head])) == [Blob(head, None, GONE)]
    assert [read.kind for read in objects(opened(where), [head])] == ["commit"]


def test_sizes_of_what_is_there_and_what_is_not(where: Path) -> None:
    a = oid(where, "a")
    assert object_sizes(opened(where), [a, ABSENT]) == {a: 6, ABSENT: None}


def test_many_large_answers_and_a_reader_who_leaves_early(where: Path) -> None:
    commit(where, {f"n{number}": b"%d\n" % number * 20_000 for number in range(200)})
    listed = [line.split()[2] for line in git(where, "ls-tree", "-r", "main").decode().splitlines()]
    reading = blobs(opened(where), listed)
    assert next(reading).oid == listed[0]
    reading.close()
    assert sum(len(blob.body or b"") for blob in blobs(opened(where), listed)) > 10_000_000


def test_a_partial_clone_gives_what_it_has_and_fetches_nothing(
    where: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BROKEN_LIMIT", 0)  # git is never asked for what is not there
    git(where, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:limit=1k", f"file://{where}", clone)
    large, a = oid(where, "large"), oid(where, "a")
    assert opened(clone).partial
    before = sorted(clone.rglob("*.pack"))
    assert list(blobs(opened(clone), [large, a])) == [Blob(large, None, GONE), Blob(a, b"first\n")]
    assert object_sizes(opened(clone), [large, a]) == {large: None, a: 6}
    assert sorted(clone.rglob("*.pack")) == before


def test_damage_takes_objects_away(where: Path) -> None:
    a = oid(where, "a")
    damage(where, a)
    assert list(blobs(opened(where), [a])) == [Blob(a, None, GONE)]
