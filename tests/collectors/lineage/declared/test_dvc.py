"""Stages of dvc.yaml: templates, repeated stages, what is data, what runs."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import Access, NodeKind, Resolution
from collectors.lineage.declared.everything import DeclaredPipelines, declared
from collectors.lineage.declared.rows import DoubtKind, Entry


def read(yaml: str, path: str = "dvc.yaml", **files: str) -> DeclaredPipelines:
    """`files`: others of the tree, `__` for a stroke and `_dot_` for a dot in their names."""
    tree = {name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}
    tree[path] = dedent(yaml)
    return declared(tree, tree.get)


def edges(found: DeclaredPipelines) -> set[str]:
    return {f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses}


STAGE = """
    stages:
      fit:
        cmd: python src/fit.py data/train.csv --out model.pkl
        deps:
        - src/fit.py
        - data/train.csv
        - src
        params: [lr]
        outs:
        - model.pkl
        metrics:
        - scores.json: {cache: false}
    """


def test_what_a_stage_reads_and_writes_without_its_code() -> None:
    found = read(STAGE, src__fit_dot_py="")
    assert edges(found) == {"fit < data/train.csv", "fit > model.pkl", "fit > scores.json"}
    assert {row.name: row.kind for row in found.accesses} == {
        "data/train.csv": NodeKind.DATASET,
        "model.pkl": NodeKind.MODEL,
        "scores.json": NodeKind.METRICS,
    }
    assert found.entries == (Entry("src/fit.py", ("data/train.csv", "--out", "model.pkl"), "", "fit", "dvc.yaml", 4),)
    assert [row.line for row in found.accesses] == [7, 11, 13]


def test_a_script_that_is_not_there_is_a_doubt() -> None:
    doubt = read(STAGE).doubts[0]
    assert (doubt.kind, doubt.line, doubt.job) == (DoubtKind.MISSING, 4, "fit")
    assert doubt.why == "it runs src/fit.py, which is not in the tree"


def test_what_a_stage_runs_that_is_not_followed_may_read_what_nobody_names() -> None:
    found = read("stages: {a: {cmd: [mkdir -p x, julia fit.jl, python -m spacy train], outs: [m.pkl]}}")
    nameless = [(row.why, row.resolution, row.job) for row in found.accesses if not row.name]
    assert nameless == [
        (f"it runs {name}, which is not followed", Resolution.UNRESOLVED, "a") for name in ("julia", "spacy")
    ]


def test_a_stage_elsewhere_bears_its_address_and_its_folder() -> None:
    found = read(STAGE, "sub/dvc.yaml", sub__src__fit_dot_py="")
    assert "sub/dvc.yaml:fit < sub/data/train.csv" in edges(found)
    assert (found.entries[0].script, found.entries[0].folder) == ("sub/src/fit.py", "sub")


def test_wdir_is_where_paths_begin_and_cd_moves_the_command_alone() -> None:
    yaml = "stages: {a: {wdir: x, cmd: cd y && python z.py, deps: [../in.csv], outs: [out.csv]}}"
    found = read(yaml, x__y__z_dot_py="")
    assert edges(found) == {"a < in.csv", "a > x/out.csv"}
    assert (found.entries[0].script, found.entries[0].folder) == ("x/y/z.py", "x/y")


def test_templates_are_filled_from_params_and_listed_files() -> None:
    yaml = """
        vars:
        - conf/more.yaml:paths
        - here: {name: c.csv}
        stages:
          a:
            vars: [own.json]
            cmd: python go.py ${train} ${flags}
            deps: ["${data.dirs[1]}/a.csv", "${paths.out}/b.csv", "${here.name}", "${ own.x }"]
            outs: ["${nobody}/d.csv", "${list}"]
        """
    found = read(
        yaml,
        params_dot_yaml="data: {dirs: [zero, one]}\nlist: [e.csv, f.csv]\n"
        "train: {lr: 1e-3, fast: true, slow: false}\nflags: [x, y]",
        conf__more_dot_yaml="paths: {out: two}\nother: 1",
        own_dot_json='{"own": {"x": "g.csv"}}',
        go_dot_py="",
    )
    reads = {"a < one/a.csv", "a < two/b.csv", "a < c.csv", "a < g.csv"}
    assert edges(found) == reads | {"a > ◌/d.csv", "a > e.csv", "a > f.csv"}
    assert next(row for row in found.accesses if "◌" in row.name).resolution is Resolution.TEMPLATE
    assert found.entries[0].argv == ("--lr", "1e-3", "--fast", "x", "y")


@pytest.mark.parametrize(
    ("each", "names"),
    [
        ("foreach: [us, eu]\n    do: {cmd: echo, outs: ['${item}.csv']}", {"a@us > us.csv", "a@eu > eu.csv"}),
        ("foreach: ${places}\n    do: {cmd: echo, outs: ['${item}.csv']}", {"a@se > se.csv", "a@no > no.csv"}),
        ("foreach: {us: {n: 1}}\n    do: {cmd: echo, outs: ['${key}/${item.n}.csv']}", {"a@us > us/1.csv"}),
        ("foreach: [{n: 1}]\n    do: {cmd: echo, outs: ['${item.n}.csv']}", {"a@0 > 1.csv"}),
        ("matrix: {m: [x, y], f: [{n: 1}]}\n    cmd: echo\n    outs: ['${item.m}${item.f.n}_${key}']",
         {"a@x-f0 > x1_x-f0", "a@y-f0 > y1_y-f0"}),
        ("foreach: ${nobody}\n    do: {cmd: echo, outs: ['${item}/o.csv']}", {"a@◌ > ◌/o.csv"}),
    ],
)  # fmt: skip
def test_a_repeated_stage_is_several(each: str, names: set[str]) -> None:
    assert edges(read(f"stages:\n  a:\n    {each}\n", params_dot_yaml="places: [se, no]")) == names


def test_settings_that_steer_are_no_data_but_settings_that_are_read_are_told() -> None:
    found = read("stages: {a: {cmd: echo, deps: [params.yaml, conf.yaml, own.yaml], params: [own.yaml: [x]]}}")
    assert [(row.name, row.kind) for row in found.accesses] == [("conf.yaml", NodeKind.SETTINGS)]


def test_plots_metrics_and_artifacts_of_the_file_are_looked_at() -> None:
    yaml = """
        artifacts: {best: {path: m.onnx, type: model}}
        metrics: [m.json]
        plots:
        - loss.csv
        - roc: {y: {a.json: tpr, b.json: tpr}}
        - cm.csv: {x: actual}
        """
    assert edges(read(yaml)) == {
        f" < {name}" for name in ["m.onnx", "m.json", "loss.csv", "a.json", "b.json", "cm.csv"]
    }


def test_absolute_paths_of_a_machine_are_found_in_the_tree() -> None:
    found = read("stages: {a: {cmd: echo, deps: [/home/me/proj/data/in.csv, 's3://k:p@b/x.csv']}}", data__in_dot_csv="")
    assert [(row.name, row.resolution) for row in found.accesses] == [
        ("data/in.csv", Resolution.RELOCATED),
        ("s3://***@b/x.csv", Resolution.RESOLVED),
    ]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "yaml",
    [
        BOMB + "stages: {s: {foreach: *i, do: {cmd: '${item}', deps: *i, outs: '${item}'}}}",
        "stages: {s: {matrix: {" + ", ".join(f"k{n}: [{', '.join('ab' * 20)}]" for n in range(10)) + "}, cmd: echo}}",
        "stages: {s: {foreach: [" + "x, " * 5_000 + "x], do: {cmd: echo}}}",
        "vars: [{a: '${b}', b: '${a}'}]\nstages: {s: {cmd: '${a}', deps: ['${a}']}}",
        "stages: &s {s: *s}",
        "stages: [1, 2]",
        "stages: {s: {cmd: {a: b}, deps: {c: d}, outs: 3}}",
        "stages: {s: [cmd]}",
        "\tx: [",
        "vars: [dvc.yaml, missing.yaml, params.py]\nstages: {s: {cmd: '" + "${" * 5_000 + "'}}",
    ],
)
def test_odd_files_end_soon_and_never_raise(yaml: str) -> None:
    found = declared(["dvc.yaml", "params.py"], {"dvc.yaml": yaml, "params.py": "x = ("}.get)
    assert len(found.accesses) < 1_000


def test_what_stands_for_too_many_stages_is_said() -> None:
    found = read(
        "stages: {s: {foreach: [" + ", ".join(map(str, range(400))) + "], do: {cmd: echo, outs: ['${item}']}}}"
    )
    assert sum(row.name != "" for row in found.accesses) == 300
    assert found.doubts[0].why == "it stands for more than 300 stages"


@given(st.text("stages:{}[]&*$ \n-acmdepsout'\"#|>", max_size=300))
def test_any_text_is_read(text: str) -> None:
    declared(["dvc.yaml", "x.dvc"], lambda _: text)
