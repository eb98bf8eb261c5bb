"""What DVC recorded."""

from __future__ import annotations

from collectors.facts.lineage import Access
from collectors.lineage.declared.everything import DeclaredPipelines, declared
from collectors.lineage.declared.rows import DoubtKind

IMPORTED = """
outs: [{path: d.xml, md5: aa}]
deps:
- path: get-started/data.xml
  repo: {url: https://github.com/o/registry, rev_lock: f59}
"""
STAGES = "stages: {fit: {cmd: python fit.py, deps: [a.csv, fit.py], outs: [m.pkl]}}"
LOCK = """
schema: '2.0'
stages:
  fit:
    cmd: python fit.py
    deps: [{path: a.csv, md5: '01'}, {path: fit.py, md5: '02'}]
    outs: [{path: m.pkl, hash: md5, md5: '03'}]
"""


def read(**files: str) -> DeclaredPipelines:
    tree = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()} | {"fit.py": ""}
    return declared(tree, tree.get)


def test_what_was_added_is_pinned() -> None:
    found = read(data__raw_dot_csv_dot_dvc="outs:\n- md5: 0f\n  path: raw.csv\n")
    assert (found.pins, found.accesses) == ({"data/raw.csv": "md5:0f"}, ())


def test_what_was_imported_is_read_from_where_it_lies() -> None:
    found = read(data__d_dot_dvc=IMPORTED)
    source = "https://github.com/o/registry:get-started/data.xml"
    assert found.pins == {"data/d.xml": "md5:aa", source: "rev_lock:f59"}
    assert [(row.access, row.name, row.version, row.job) for row in found.accesses] == [
        (Access.READ, source, "rev_lock:f59", "data/d.dvc"),
        (Access.WRITE, "data/d.xml", "md5:aa", "data/d.dvc"),
    ]


def test_what_came_from_an_address_is_pinned_by_its_tag() -> None:
    found = read(x_dot_dvc="deps: [{etag: '\"1\"', path: 'https://h/x.csv'}]\nouts: [{path: x.csv, md5: bb}]")
    assert found.pins == {"https://h/x.csv": 'etag:"1"', "x.csv": "md5:bb"}
    assert found.accesses[0].call == "import-url"


def test_versions_come_from_the_lock() -> None:
    found = read(dvc_dot_yaml=STAGES, dvc_dot_lock=LOCK)
    assert {row.name: row.version for row in found.accesses} == {"a.csv": "md5:01", "m.pkl": "md5:03"}
    assert found.doubts == ()


def test_a_lock_that_disagrees_is_told() -> None:
    lock = LOCK.replace("python fit.py", "python old.py").replace("m.pkl", "n.pkl")
    found = read(dvc_dot_yaml=STAGES, dvc_dot_lock=lock)
    assert {row.kind for row in found.doubts} == {DoubtKind.STALE}
    assert [row.why for row in found.doubts] == [
        "dvc.lock does not record m.pkl",
        "dvc.lock records another command",
        "dvc.lock records n.pkl, which the stage no longer names",
    ]


def test_old_stages_in_a_dvc_file_run() -> None:
    found = read(train_dot_dvc="cmd: python fit.py a\ndeps: [{path: a.csv, md5: '1'}]\nouts: [{path: m.pkl, md5: '2'}]")
    assert (found.entries[0].script, found.entries[0].job) == ("fit.py", "train.dvc")
    assert [row.name for row in found.accesses] == ["a.csv", "m.pkl"]
