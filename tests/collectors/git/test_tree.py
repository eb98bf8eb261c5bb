"""Trees, listed by git and walked past damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git import tree as module
from collectors.git.errors import CollectError, GitFailed
from collectors.git.repository import Repository, open_repository
from collectors.git.tree import Entry, Tree, tree
from tests.repos.histories import Link, Submodule, busy, commit, damage, empty_repository, git

ODD = b'odd/"quoted"\n\tname \xff\xc3\xa9.py'


def opened(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def head(where: Path, name: str = "main") -> str:
    return git(where, "rev-parse", name).decode().strip()


@pytest.fixture
def where(tmp_path: Path) -> Path:
    where = empty_repository(tmp_path / "made", "--bare")
    commit(where, {"b.py": b"b\n", "a/deep/c.py": b"see\n"})
    commit(where, {ODD: b"odd\n"})
    commit(where, {"link": Link(b"b.py"), "other": Submodule("2" * 40)})
    return where


def test_files_links_and_submodules_are_told_apart_and_sorted_by_path(where: Path) -> None:
    found = tree(opened(where), head(where))
    assert found.lost == ()
    assert [(entry.path, entry.size, entry.mode) for entry in found] == [
        ("a/deep/c.py", 4, "100644"),
        ("b.py", 2, "100644"),
        ("link", 4, "120000"),
        ('odd/"quoted"\n\tname \\xffé.py', 4, "100644"),
        ("other", None, "160000"),
    ]
    assert [entry.path for entry in found if entry.is_submodule] == ["other"]
    assert sum(entry.is_file for entry in found) == 3


def test_a_commit_without_files_has_none(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "made", "--bare")
    assert tree(opened(where), commit(where, {})) == Tree()


def test_a_walk_sees_what_git_lists(tmp_path: Path) -> None:
    where = busy(tmp_path / "busy", seed=3)
    for ref in git(where, "for-each-ref", "--format=%(objectname)").decode().split():
        assert module._walked(opened(where), ref) == tree(opened(where), ref)


def test_a_missing_blob_is_listed_without_a_size(where: Path) -> None:
    damage(where, head(where, "main:b.py"))
    assert {entry.path: entry.size for entry in tree(opened(where), head(where))}["b.py"] is None


def test_a_missing_folder_loses_its_files_only_and_is_named(where: Path) -> None:
    damage(where, head(where, "main:a/deep"))
    found = tree(opened(where), head(where))
    assert found.lost == ("a/deep",)
    assert [entry.path for entry in found] == ["b.py", "link", 'odd/"quoted"\n\tname \\xffé.py', "other"]
    assert {entry.path: entry.size for entry in found}["b.py"] == 2


def test_a_missing_commit_is_an_error(where: Path) -> None:
    with pytest.raises(GitFailed, match="missing or corrupt"):
        tree(opened(where), "1" * 40)


def test_a_partial_clone_lists_all_files_and_fetches_nothing(where: Path, tmp_path: Path) -> None:
    git(where, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{where}", clone)
    before = sorted(clone.rglob("*.pack"))
    found = tree(opened(clone), head(where))
    assert [entry.path for entry in found] == [entry.path for entry in tree(opened(where), head(where))]
    assert {entry.size for entry in found} == {None}
    assert sorted(clone.rglob("*.pack")) == before


def test_a_tree_that_unfolds_into_billions_of_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILES_LIMIT", 1_000)
    where = empty_repository(tmp_path / "bomb", "--bare")
    blob = git(where, "hash-object", "-w", "--stdin", stdin=b"boo\n").decode().strip()
    inner = git(where, "mktree", stdin="".join(f"100644 blob {blob}\tf{n}\n" for n in range(10)).encode())
    for _ in range(9):
        name = inner.decode().strip()
        inner = git(where, "mktree", stdin="".join(f"040000 tree {name}\td{n}\n" for n in range(10)).encode())
    made = git(where, "commit-tree", "-m", "bomb", inner.decode().strip()).decode().strip()
    for read in (tree, module._walked):
        with pytest.raises(CollectError, match="more than 1,000 files"):
            read(opened(where), made)


def test_entries_are_values() -> None:
    assert Entry("a", "1" * 40, 3, "100755").is_file
