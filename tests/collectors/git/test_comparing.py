"""Two commits compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git.comparing import Changed, changed, commit_named, committed_at, merge_bases
from collectors.git.errors import GitFailed
from collectors.git.repository import Repository, open_repository
from collectors.git.tree import entries_at
from tests.repos.histories import START, Content, Link, Submodule, commit, damage, empty_repository, git, tree_of

LONG = b"".join(b"line %d\n" % n for n in range(40))


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "shop")


def opened(where: Path) -> Repository:
    return open_repository(str(where), where.parent / "mirrors", lambda _: None)


def paths(rows: list[Changed]) -> set[tuple[str | None, str | None]]:
    return {(row.before and row.before.path, row.after and row.after.path) for row in rows}


def test_files_that_are_new_gone_changed_or_renamed(where: Path) -> None:
    files: dict[str | bytes, Content] = {"a.py": b"1\n", "b.py": LONG, "c.py": b"3\n", "same.py": b"4\n"}
    before = commit(where, files)
    after = commit(where, {"a.py": b"2\n", "b.py": None, "deep/z.py": LONG + b"more\n", "c.py": None, "d.py": b"5\n"})
    rows = changed(opened(where), before, after)
    assert paths(rows) == {("a.py", "a.py"), ("b.py", "deep/z.py"), ("c.py", None), (None, "d.py")}


def test_odd_names_links_and_submodules(where: Path) -> None:
    before = commit(where, {b"not-utf8-\xff.py": b"1\n", "was.py": b"2\n"})
    odd: dict[str | bytes, Content] = {b"new\nline\t.py": b"1\n", "was.py": Link(b"x"), "sub": Submodule("1" * 40)}
    rows = changed(opened(where), before, commit(where, {b"not-utf8-\xff.py": None, **odd}))
    assert paths(rows) == {("not-utf8-\\xff.py", "new\nline\t.py"), ("was.py", "was.py"), (None, "sub")}
    assert {row.after.mode for row in rows if row.after} == {"100644", "120000", "160000"}


def test_a_missing_blob_leaves_renames_of_the_same_content(where: Path) -> None:
    before = commit(where, {"a.py": LONG, "b.py": LONG + b"b\n"})
    after = commit(where, {"a.py": None, "z.py": LONG, "b.py": None, "y.py": LONG + b"y\n"})
    damage(where, git(where, "rev-parse", f"{after}:y.py").decode().strip())
    assert paths(changed(opened(where), before, after)) == {("a.py", "z.py"), ("b.py", None), (None, "y.py")}


def test_a_missing_folder_is_an_error(where: Path) -> None:
    before, after = commit(where, {"a/b.py": b"1\n"}), commit(where, {"a/b.py": b"2\n"})
    damage(where, git(where, "rev-parse", f"{after}:a").decode().strip())
    with pytest.raises(GitFailed):
        changed(opened(where), before, after)


def test_names_of_commits(where: Path) -> None:
    first, second = commit(where, {"a.py": b"1\n"}), commit(where, {"a.py": b"2\n"})
    git(where, "tag", "-a", "-m", "one", "v1", first)
    git(where, "update-ref", "refs/pull/7/head", first)
    here = opened(where)
    for name, oid in {"main": second, "v1": first, "main~1": first, first[:9]: first, "pull/7/head": first}.items():
        assert commit_named(here, name) == oid
    for name in ("nothing", "", "--all", "-h", "main:a.py", "a\0b", "0" * 40, "main^9", "--end-of-options"):
        assert commit_named(here, name) is None
    assert commit_named(here, tree_of(where, "main")) is None


def test_where_two_commits_parted(where: Path) -> None:
    root = commit(where, {"a.py": b"1\n"}, at=START + 7)
    one, other = (commit(where, {f"{n}.py": b"1\n"}, parents=[root], ref=f"refs/heads/{n}") for n in "bc")
    here = opened(where)
    assert merge_bases(here, one, other) == [root]
    assert committed_at(here, root) == START + 7
    crossed = [
        commit(where, {}, parents=pair, ref=f"refs/heads/{name}")
        for name, pair in (("x", [one, other]), ("y", [other, one]))
    ]
    assert set(merge_bases(here, *crossed)) == {one, other}
    alone = commit(where, {"z.py": b"1\n"}, parents=[], ref="refs/heads/alone")
    assert merge_bases(here, one, alone) == []


def test_files_at_a_commit_by_their_names(where: Path) -> None:
    oid = commit(where, {".github/mldebt.yml": b"x\n", "mldebt.yml/in": b"1\n", "a.py": b"2\n"})
    found = entries_at(opened(where), oid, (".github/mldebt.yml", "mldebt.yml", "none.yml"))
    assert [(entry.path, entry.size) for entry in found] == [(".github/mldebt.yml", 2)]
