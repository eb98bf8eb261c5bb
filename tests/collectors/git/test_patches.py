"""Diffs of many commits at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git import patches
from collectors.git.patches import Changed, Pair, changed, patch_ids, touched
from collectors.git.repository import Repository, open_repository
from tests.repos.histories import Content, commit, empty_repository, git

TEXT = b"".join(b"line %d\n" % n for n in range(30))


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "made", "--bare")


def opened(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def two(where: Path, before: dict[str | bytes, Content], after: dict[str | bytes, Content]) -> Pair:
    first = commit(where, before)
    return Pair(commit(where, after), first)


def test_paths_that_look_like_descriptions_are_paths(where: Path) -> None:
    odd = b":100644 100644 " + b"0" * 40 + b" " + b"1" * 40 + b" M"
    pair = two(where, {odd: TEXT}, {odd: TEXT + b"more\n", b"R100": b"new\n"})
    ((found, changes),) = changed(opened(where), [pair])
    assert found == pair.commit
    assert [(change.status, change.path) for change in changes] == [("M", odd.decode()), ("A", "R100")]


def test_a_rename_names_both_ends_and_a_deletion_what_was_there(where: Path) -> None:
    pair = two(where, {"old": TEXT, "gone": b"gone\n"}, {"new": TEXT + b"more\n", "old": None, "gone": None})
    ((_, changes),) = changed(opened(where), [pair])
    new, gone = (git(where, "rev-parse", name).decode().strip() for name in ("main:new", "main~1:gone"))
    assert changes == [Changed("D", "gone", "100644", gone, "gone"), Changed("R", "new", "100644", new, "old")]


def test_every_commit_answers_in_order_the_first_and_those_that_change_nothing_too(where: Path) -> None:
    first = commit(where, {"a": TEXT})
    second = commit(where, {})
    pairs = [Pair(second, first), Pair(first, None), Pair(first, first)]
    assert [(oid, diff.files) for oid, diff in touched(opened(where), pairs)] == [(second, 0), (first, 1), (first, 0)]


def test_equal_paths_and_equal_blobs_have_equal_digests(where: Path) -> None:
    first = commit(where, {"a": TEXT})
    one, same, other = (
        commit(where, {"a": TEXT + text}, parents=[first], ref=f"refs/heads/{n}")
        for n, text in enumerate((b"x\n", b"x\n", b"y\n"))
    )
    added = commit(where, {"a": None}, parents=[first], ref="refs/heads/deleted")
    found = dict(touched(opened(where), [Pair(oid, first) for oid in {one, same, other, added}]))
    assert found[one].blobs == found[same].blobs != found[other].blobs
    assert found[one].paths == found[other].paths != found[added].paths


def test_patch_ids_are_gits_whatever_else_is_asked(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [two(where, {f"{n}": TEXT}, {f"{n}": TEXT + b"%d\n" % n}) for n in range(5)]
    wanted = {}
    for pair in pairs:
        text = git(where, "diff-tree", "-p", "--full-index", pair.before or "", pair.commit)
        wanted[pair.commit] = git(where, "patch-id", "--stable", stdin=text).decode().split()[0]
    assert patch_ids(opened(where), pairs) == wanted
    monkeypatch.setattr(patches, "BATCH", 2)
    assert patch_ids(opened(where), pairs) == wanted


def test_a_patch_too_long_or_without_its_blob_has_no_id_and_spoils_no_other(
    where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = two(where, {"long": b"short\n"}, {"long": TEXT * 100})
    short = [two(where, {f"{n}": TEXT}, {f"{n}": TEXT + b"%d\n" % n}) for n in range(5)]
    monkeypatch.setattr(patches, "TEXT_LIMIT", 3_000)
    assert patch_ids(opened(where), [*short[:2], long, *short[2:]]).keys() == {pair.commit for pair in short}


def test_nothing_asked_for_is_nothing(where: Path) -> None:
    commit(where, {"a": TEXT})
    assert not list(touched(opened(where), []))
    assert not list(changed(opened(where), []))
    assert patch_ids(opened(where), []) == {}
