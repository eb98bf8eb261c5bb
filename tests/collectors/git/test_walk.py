"""The commit graph, read by git and salvaged past holes."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.git.graph import Graph, Row, graph_of, in_order
from collectors.git.repository import Repository, open_repository
from collectors.git.walk import _salvaged, read_graph
from tests.repos.histories import START, busy, commit, damage, empty_repository, git, raw_commit, tree_of


def opened(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def commits(graph: Graph) -> dict[str, tuple[list[str], int]]:
    return {oid: ([graph.oids[parent] for parent in graph.parents[n]], graph.at[n]) for n, oid in enumerate(graph.oids)}


def parents_first(graph: Graph) -> bool:
    return all(parent < n for n, parents in enumerate(graph.parents) for parent in parents)


def test_salvage_reads_what_git_walks(tmp_path: Path) -> None:
    where = busy(tmp_path / "busy", seed=5)
    tips = git(where, "for-each-ref", "--format=%(objectname)").decode().split()
    walked, salvaged = read_graph(opened(where), tips), _salvaged(opened(where), tips)
    assert commits(walked) == commits(salvaged)
    assert len(walked) > 10
    assert parents_first(walked)
    assert parents_first(salvaged)


def test_only_what_the_tips_reach_is_read(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "made", "--bare")
    first = commit(where, {"a": b"1"})
    commit(where, {"a": b"2"})
    assert list(read_graph(opened(where), [first]).oids) == [first]
    assert list(_salvaged(opened(where), [first]).oids) == [first]


def test_a_hole_leaves_its_children_torn(tmp_path: Path) -> None:
    where = empty_repository(tmp_path / "made", "--bare")
    oldest, hole, newest = (commit(where, {"a": b"%d" % n}, at=START + n) for n in range(3))
    other = commit(where, {"b": b"1"}, parents=[oldest], ref="refs/heads/other")
    damage(where, hole)
    graph = read_graph(opened(where), [newest, other, "1" * 40])
    assert commits(graph) == {oldest: ([], START), other: ([oldest], START), newest: ([], START + 2)}
    assert graph.torn == {graph.numbers[newest]}


@pytest.mark.parametrize("committer", [b"", b"committer Nobody\n", b"committer A <a> never +0000\n"])
def test_a_commit_without_a_date_is_of_1970(tmp_path: Path, committer: bytes) -> None:
    where = empty_repository(tmp_path / "made", "--bare")
    tree = tree_of(where, commit(where, {"a": b"1"}))
    odd = raw_commit(where, b"tree %s\nauthor A <a> 5 +0000\n%s\nodd\n" % (tree.encode(), committer))
    assert list(read_graph(opened(where), [odd]).at) == list(_salvaged(opened(where), [odd]).at) == [0]


def test_rows_that_stand_in_a_circle_are_left_out_and_any_other_order_is_mended() -> None:
    rows = [Row("c", ("b",), 3), Row("b", ("a",), 2), Row("a", (), 1), Row("x", ("y",), 4), Row("y", ("x",), 4)]
    assert [row.oid for row in in_order(rows)] == ["a", "b", "c"]


def test_a_child_before_its_parent_is_refused() -> None:
    with pytest.raises(ValueError, match="comes after its child"):
        graph_of([Row("b", ("a",), 2), Row("a", (), 1)])
