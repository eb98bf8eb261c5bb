"""Reads and writes that one graph has and another has not."""

from __future__ import annotations

from collectors.facts.closure import Edge
from collectors.facts.data_difference import data_difference, unnamed_places
from collectors.facts.data_graph import lineage
from tests.collectors.signals.accesses import SHOP, access, pipeline


def told(edges: tuple[Edge, ...]) -> list[tuple[str, str, str]]:
    return [(edge.access, edge.data, edge.by) for edge in edges]


def test_what_is_read_and_written_more_and_less() -> None:
    found = data_difference(pipeline("train < a.csv", "train > m.pkl"), pipeline("train < b.csv", "train > m.pkl"), {})
    assert told(found.added) == [("read", "b.csv", "train")]
    assert told(found.lost) == [("read", "a.csv", "train")]
    assert found.blind == ()


def test_a_graph_differs_in_nothing_from_itself_nor_where_lines_or_declarations_alone_do() -> None:
    assert data_difference(pipeline(*SHOP), pipeline(*SHOP), {}) == ((), (), ())
    shifted = lineage(row._replace(line=row.line + 9) for row in pipeline(*SHOP))
    assert data_difference(pipeline(*SHOP), shifted, {}) == ((), (), ())
    said = pipeline("train < a.csv", "train <= a.csv")
    assert data_difference(pipeline("train < a.csv"), said, {}) == ((), (), ())


def test_a_script_that_is_only_moved_reads_what_it_read() -> None:
    old, new = (lineage([access("train < a.csv")._replace(job="", path=path)]) for path in ("train.py", "src/train.py"))
    assert data_difference(old, new, {"train.py": "src/train.py"}) == ((), (), ())
    assert len(data_difference(old, new, {}).added) == 1


def test_stages_of_a_moved_pipeline_are_the_same() -> None:
    old, new = (lineage([access("x < a.csv")._replace(job=f"{at}/dvc.yaml:train")]) for at in ("a", "b"))
    assert data_difference(old, new, {"a/dvc.yaml": "b/dvc.yaml"}) == ((), (), ())


def test_code_settings_and_names_that_are_not_known_are_no_difference() -> None:
    more = pipeline("train <= src/train.py", "train < params.yaml", "train < ?", "train < a/◌.csv")
    found = data_difference(pipeline(), more, {})
    assert told(found.added) == [("read", "a/◌.csv", "train")]
    assert (unnamed_places(pipeline()), unnamed_places(more)) == (0, 2)


def test_of_what_was_not_followed_nothing_is_said() -> None:
    row = access("train < a.csv")
    blind = lineage([], exhausted=[row.path])
    assert data_difference(lineage([row]), blind, {}) == ((), (), (row.path,))
    assert data_difference(lineage([row]), lineage([]), {}, {row.path}).lost == ()
    assert told(data_difference(lineage([row]), lineage([]), {}).lost) == [("read", "a.csv", "train")]
