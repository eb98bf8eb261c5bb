from pathlib import Path

import pytest

from collectors.git.errors import GitFailed
from collectors.git.mainline import Mainline, Side, Stretch, commits_after, identical, turns_in
from collectors.git.repository import Repository, open_repository
from tests.repos.histories import START, Content, Submodule, commit, damage, empty_repository, git, raw_commit, tree_of


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "repo", "--bare")


def repository(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def line_of(source: Repository) -> Mainline:
    line = Mainline()
    for oid, at in reversed(commits_after(source, source.head or "", None) or []):
        line.append(oid, at)
    return line


def stretch(where: Path, start: int = 0) -> Stretch:
    source = repository(where)
    return turns_in(source, line_of(source), start)


def paths(where: Path, start: int = 0) -> list[tuple[int, list[bytes]]]:
    return [(turn.number, list(turn.asked.paths)) for turn in stretch(where, start).turns]


def test_the_line_is_what_first_parents_make(where: Path) -> None:
    first = commit(where, {"a": b"a\n"})
    side = commit(where, {"b": b"b\n"}, parents=[first], ref="refs/heads/side")
    merge = commit(where, {"b": b"b\n"}, parents=[first, side], at=START + 9)
    line = line_of(repository(where))
    assert [(line.commit(n), line.dates[n]) for n in range(len(line))] == [(first, START), (merge, START + 9)]
    assert line.pair(0) == (first, None)
    assert line.pair(1) == (merge, first)


def test_what_came_after_a_commit_of_the_line_can_be_had_alone(where: Path) -> None:
    first = commit(where, {"a": b"a\n"})
    side = commit(where, {"b": b"b\n"}, parents=[first], ref="refs/heads/side")
    head = commit(where, {"b": b"b\n"}, parents=[first, side])
    source = repository(where)
    assert commits_after(source, head, first) == [(head, START)]
    assert commits_after(source, head, head) == []
    assert commits_after(source, head, side) is None
    assert commits_after(source, head, "1" * 40) is None
    assert commits_after(source, first, head) is None


def test_a_date_that_git_cannot_read_is_the_author_s(where: Path) -> None:
    first = commit(where, {"a": b"a\n"})
    raw_commit(
        where, b"tree %s\nauthor A <a> 7 +0000\ncommitter A <a> never +0000\n\nx\n" % tree_of(where, first).encode()
    )
    assert list(line_of(repository(where)).dates) == [7]


def test_files_that_are_gone_do_not_matter(where: Path) -> None:
    commit(where, {"old": b"a\n", "new": b"b\n"})
    commit(where, {"old": b"aa\n"})
    commit(where, {"old": None})
    commit(where, {"new": b"c\n"})
    assert paths(where) == [(0, [b"new"]), (3, [b"new"])]
    assert stretch(where).gone == {b"old"}


def test_a_file_that_was_made_anew_matters_from_then_on(where: Path) -> None:
    for content in (b"a\n", b"b\n", None, b"c\n", b"d\n"):
        commit(where, {"a": content})
    assert paths(where) == [(3, [b"a"]), (4, [b"a"])]
    assert stretch(where).gone == set()


def test_a_deleted_file_matters_where_it_may_have_been_renamed(where: Path) -> None:
    commit(where, {"old": b"a\n", "other": b"b\n"})
    commit(where, {"old": None, "other": None, "new": b"a\nb\n"})
    assert paths(where) == [(0, [b"old", b"other"]), (1, [b"new"])]


def test_only_the_very_same_file_matters_where_there_is_one(where: Path) -> None:
    commit(where, {"old": b"a\n", "other": b"b\n"})
    commit(where, {"old": None, "other": None, "new": b"a\n"})
    assert paths(where) == [(0, [b"old"]), (1, [b"new"])]


@pytest.mark.parametrize("last", [Submodule("1" * 40), None])
def test_submodules_do_not_matter(where: Path, last: Content) -> None:
    commit(where, {"a": b"a\n", "lib": Submodule("2" * 40)})
    commit(where, {"a": last})
    assert paths(where) == []
    assert b"a" in stretch(where).gone


def test_another_mode_is_no_change(where: Path) -> None:
    first = commit(where, {"a": b"a\n"})
    blob = git(where, "rev-parse", "main:a").decode().strip()
    tree = git(where, "mktree", stdin=f"100755 blob {blob}\ta\n".encode()).decode().strip()
    git(
        where, "update-ref", "refs/heads/main", git(where, "commit-tree", "-p", first, "-m", "x", tree).decode().strip()
    )
    assert paths(where) == [(0, [b"a"])]


def test_of_many_equal_files_one_of_the_same_name_or_the_first_is_the_origin() -> None:
    deleted = [Side(path, b"100644", b"1") for path in (b"a/x", b"b/y", b"c/y")]
    assert identical(Side(b"z/y", b"100755", b"1"), deleted) == deleted[1]
    assert identical(Side(b"z/z", b"100644", b"1"), deleted) == deleted[0]
    assert identical(Side(b"z/y", b"120000", b"1"), deleted) is None
    assert identical(Side(b"z/y", b"100644", b"2"), deleted) is None


def test_a_missing_folder_is_an_error(where: Path) -> None:
    commit(where, {"a/b": b"a\n"})
    commit(where, {"a/b": b"b\n"})
    damage(where, git(where, "rev-parse", "main~1:a").decode().strip())
    with pytest.raises(GitFailed):
        stretch(where)
