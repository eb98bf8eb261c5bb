from collections.abc import Callable
from pathlib import Path

import pytest

import collectors.git.hunks
from collectors.git.hunks import Asked, Hunk, Patch, diffs, patches
from collectors.git.patches import Pair
from collectors.git.repository import Repository, open_repository
from tests.repos.histories import Content, Link, Submodule, commit, damage, empty_repository, garble, git

Opened = Callable[..., Repository]

TRAPS = b"@@ -1 +1 @@\ndiff --git a/x b/x\nBinary files a/x and b/x differ\n\\ No newline\n\x01mark\n\0\0\n"
"""Lines that look like git's own words about them."""


def repository(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def told(where: Path, *paths: bytes, head: str = "main") -> list[Patch | None]:
    lines = git(where, "rev-list", "--first-parent", "--parents", "--reverse", head).decode().splitlines()
    pairs = [Pair(first, next(iter(rest), None)) for first, *rest in (line.split() for line in lines)]
    return list(patches(repository(where), [Asked(pair, paths) for pair in pairs]))


def last(where: Path, *paths: bytes) -> Patch:
    patch = told(where, *paths)[-1]
    assert patch is not None
    return patch


def hunks(where: Path, path: bytes) -> list[tuple[int, ...]] | None:
    found = last(where, path).hunks[path]
    return None if found is None else [tuple(hunk) for hunk in found]


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "repo", "--bare")


@pytest.mark.parametrize("block", [3, 40, 500, 1 << 20])
def test_where_blocks_end_makes_no_difference(where: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [b"a.py", b"new\nline", b'quo"te', b"@@ -1 +1 @@", b"caf\xc3\xa9", b"not-utf8-\xff"]
    text = TRAPS.replace(b"\0", b"") + b"x\n" * 5
    commit(where, dict.fromkeys(names, text))
    commit(where, dict.fromkeys(names, b"first\n" + text[:-2] + b"last"))
    monkeypatch.setattr(collectors.git.hunks, "BLOCK", block)
    first, second = told(where, *names)
    assert first
    assert second
    assert first.hunks == {name: [Hunk(0, 0, 1, 11)] for name in names}
    assert second.hunks == {name: [Hunk(0, 0, 1, 1), Hunk(11, 1, 12, 1)] for name in names}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"a\nb\nc\n", b"a\nc\n", [(2, 1, 1, 0)]),
        (b"a\nb\n", b"a\r\nb\n", [(1, 1, 1, 1)]),
        (b"a\nb\n", b"a\nb", [(2, 1, 2, 1)]),
        (b"a\n", b"", [(1, 1, 0, 0)]),
        (b"", b"a\n", [(0, 0, 1, 1)]),
        (b"a\n", b"a\n\0", None),
        (b"\0", b"a\n", None),
        (Link(b"a"), b"a", [(0, 0, 1, 1)]),
        (b"a\nb\n", Link(b"a"), [(0, 0, 1, 1)]),
        (Submodule("1" * 40), b"a\nb\n", [(0, 0, 1, 2)]),
    ],
)
def test_each_kind_of_change_has_its_hunks(
    where: Path, before: Content, after: Content, expected: list[tuple[int, ...]] | None
) -> None:
    commit(where, {"f": before, "z": b"z\n"})
    commit(where, {"f": after, "z": b"zz\n"})
    assert hunks(where, b"f") == expected
    assert hunks(where, b"z") == [(1, 1, 1, 1)]


def test_only_the_paths_asked_for_have_hunks(where: Path) -> None:
    commit(where, {"a": b"a\n", "b": b"b\n"})
    assert last(where, b"b").hunks == {b"b": [Hunk(0, 0, 1, 1)]}
    assert [row.path for row in last(where, b"b").rows] == [b"a", b"b"]


def test_a_merge_is_compared_with_its_first_parent(where: Path) -> None:
    base = commit(where, {"a": b"a\n"})
    side = commit(where, {"b": b"b\n"}, parents=[base], ref="refs/heads/side")
    other = commit(where, {"c": b"c\n"}, parents=[base], ref="refs/heads/other")
    commit(where, {"b": b"b\n", "c": b"c\n"}, parents=[base, side, other])
    assert last(where, b"b", b"c").hunks == {b"b": [Hunk(0, 0, 1, 1)], b"c": [Hunk(0, 0, 1, 1)]}


def test_a_commit_that_changes_nothing_has_an_empty_patch(where: Path) -> None:
    commit(where, {"a": b"a\n"})
    commit(where, {})
    commit(where, {"a": b"b\n"})
    assert [patch and len(patch.rows) for patch in told(where)] == [1, 0, 1]


@pytest.mark.parametrize("harm", [damage, garble])
@pytest.mark.parametrize("lost", [{0}, {1, 2}, {1, 3}, {4}, {0, 1, 2, 3, 4}])
def test_a_commit_that_lacks_a_blob_costs_only_itself(where: Path, lost: set[int], harm: Callable[..., None]) -> None:
    for number in range(5):
        commit(where, {f"{number}": b"line %d\n" % number, "a": b"a\n" * number})
    blobs = [git(where, "rev-parse", f"main:{number}").decode().strip() for number in lost]
    damage(where)
    for blob in blobs:
        (damage if harm is damage else _garble)(where, blob)
    assert {number for number, patch in enumerate(told(where)) if patch is None} == lost


def _garble(where: Path, oid: str) -> None:
    file = where / "objects" / oid[:2] / oid[2:]
    file.chmod(0o644)
    file.write_bytes(b"nothing that git wrote")


def test_paths_can_be_left_out_by_their_very_names(where: Path) -> None:
    commit(where, {"*": b"a\n", "b": b"b\n", "c/d": b"c\n", "c/e": b"c\n"})
    head = git(where, "rev-parse", "main").decode().strip()
    asked = [Asked(Pair(head, None), ())]
    found = next(diffs(repository(where), asked, "--no-renames", only=[b"*", b"c"], but=[b"c/e"]))
    assert [row.path for row in found.rows] == [b"*", b"c/d"]
