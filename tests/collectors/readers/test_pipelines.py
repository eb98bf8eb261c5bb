"""DVC, MLflow projects, dbt: stages, what they read and write, what they start, which data is pinned."""

from __future__ import annotations

from collectors.facts.settings import PinnedData, Stage
from tests.collectors.readers.settings_by_hand import read, started

DVC = """\
stages:
  prepare:
    cmd: python src/prepare.py data/raw.csv
    deps:
    - data/raw.csv
    - src/prepare.py
    params:
    - prepare.seed
    - conf.yaml:
        - split
        - size
    - other.yaml:
    outs:
    - data/prepared:
        cache: false
    metrics: [metrics.json]
  each:
    foreach: [a, b]
    do:
      wdir: models
      cmd:
      - python train.py ${item}
      - python -m pkg.eval
      deps: ["../data/${item}"]
      outs: [model.pkl]
  broken:
"""


def test_stages_of_dvc_declare_what_they_read_and_write() -> None:
    found = read("dvc.yaml", DVC)
    assert found.stages == (
        Stage(
            "prepare",
            2,
            deps=("data/raw.csv", "src/prepare.py"),
            outs=("data/prepared",),
            params=("prepare.seed", "conf.yaml:split", "conf.yaml:size", "other.yaml"),
            metrics=("metrics.json",),
        ),
        Stage("each@*", 17, deps=("data/*",), outs=("models/model.pkl",)),
        Stage("broken", 26),
    )


def test_stages_of_dvc_start_their_commands() -> None:
    found = read("dvc.yaml", DVC).started
    assert [(row.kind.value, row.target, row.line, row.by) for row in found if row.kind.value != "argument"] == [
        ("file", "src/prepare.py", 3, "prepare"),
        ("file", "models/train.py", 22, "each@*"),
        ("module", "pkg.eval", 23, "each@*"),
    ]


def test_commands_told_twice_over_an_anchor_are_told_at_each_stage() -> None:
    text = "x: &c python a.py\nstages:\n  one: {cmd: *c}\n  two: {cmd: *c}\n"
    assert [row.by for row in read("dvc.yaml", text).started if row.by in {"one", "two"}] == ["one", "two"]


def test_a_dvc_file_pins_data_by_its_hash() -> None:
    text = "outs:\n- md5: 22a1a2931c8370d3aeedd7183606fd7f\n  size: 5\n  path: data.xml\n"
    assert read("data/data.xml.dvc", text).data == (
        PinnedData("data.xml", "md5", "22a1a2931c8370d3aeedd7183606fd7f", 2),
    )


def test_imports_are_pinned_by_a_revision_and_addresses_by_an_etag_or_not_at_all() -> None:
    text = (
        "frozen: true\ndeps:\n- path: data/x\n  repo:\n    url: https://u:hunter22@host/a.git\n    rev_lock: abc123\n"
        "- path: https://host/y.csv\n  etag: '\"1\"'\n- path: https://host/z.csv\nouts:\n- path: x\n"
    )
    assert [tuple(row) for row in read("x.dvc", text).data] == [
        ("https://***@host/a.git:data/x", "rev_lock", "abc123", 3),
        ("https://host/y.csv", "etag", '"1"', 7),
        ("https://host/z.csv", "", "", 9),
        ("x", "", "", 11),
    ]


def test_a_lock_tells_what_was_read_and_written() -> None:
    text = "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    deps:\n    - path: a.py\n      hash: md5\n      md5: abc\n"
    found = read("dvc.lock", text)
    assert found.data == (PinnedData("a.py", "md5", "abc", 6),)
    assert found.keys == ()


def test_an_mlflow_project_starts_its_entry_points() -> None:
    text = (
        "name: x\npython_env: python_env.yaml\nentry_points:\n  main:\n    parameters:\n      lr: {type: float}\n"
        "      data: path\n    command: python train.py --lr {lr} {data}\n"
    )
    found = read("MLproject", text)
    assert found.stages == (Stage("main", 4, params=("lr", "data")),)
    assert [(row.target, row.line, row.by) for row in found.started] == [("train.py", 8, "main")]
    assert [tuple(row) for row in found.inherits] == [("python_env.yaml", "requirement", 2)]


def test_dbt_runs_whatever_lies_in_its_folders() -> None:
    text = 'name: shop\nmodel-paths: ["marts", "staging"]\nseed-paths: []\n'
    assert started("dbt_project.yml", text) == [
        "fo macros",
        "fo seeds",
        "fo snapshots",
        "fo analyses",
        "fo tests",
        "fo marts",
        "fo staging",
    ]


def test_packages_of_dbt_are_requirements() -> None:
    text = "packages:\n- package: dbt-labs/dbt_utils\n  version: 1.1.1\n- package: a/b\n  version: ['>=1', '<2']\n"
    found = read("packages.yml", text).requirements
    assert [(row.name, row.specifier, row.is_pinned, row.group) for row in found] == [
        ("dbt-labs/dbt_utils", "1.1.1", True, "dbt"),
        ("a/b", "", False, "dbt"),
    ]


def test_odd_shapes_are_survived() -> None:
    shapes = ["a", "[]", "1", "stages: 1", "stages: [a]", "outs: [1]"]
    shapes += ["stages: {a: {cmd: {b: c}, deps: 1, outs: {a: b}}}"]
    shapes += ["entry_points: {a: b}", "packages: {a: b}", "deps: [[], {path: []}]", "stages: {a: {do: 1, foreach: 1}}"]
    for path in ("dvc.yaml", "dvc.lock", "x.dvc", "MLproject", "dbt_project.yml", "packages.yml"):
        for shape in shapes:
            assert read(path, shape).unread is None
