"""Snakemake's rules."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.lineage import Access
from collectors.lineage.declared.everything import DeclaredPipelines, declared


def read(text: str, path: str = "Snakefile", **files: str) -> DeclaredPipelines:
    tree = {name.replace("__", "/").replace("_dot_", "."): inner for name, inner in files.items()} | {
        path: dedent(text)
    }
    return declared(tree, tree.get)


def edges(found: DeclaredPipelines) -> set[str]:
    return {f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses if row.name}


@pytest.mark.parametrize(
    ("given_", "names"),
    [
        ('"a.csv"', {"a.csv"}),
        ('"a.csv", x="b.csv"', {"a.csv", "b.csv"}),
        ('"{s}/a.csv"', {"◌/a.csv"}),
        ('["a", "b"], *["c"]', {"a", "b", "c"}),
        ('expand("{d}/{s}.csv", d="x", s=["p", "q"])', {"x/p.csv", "x/q.csv"}),
        ('expand("{s}.csv", s=SAMPLES)', {"one.csv", "two.csv"}),
        ('expand("{s}.{{t}}.csv", s=unknown())', {"◌.◌.csv"}),
        ('temp("a.csv"), directory("d"), ancient("e.csv")', {"a.csv", "d", "e.csv"}),
        ('multiext("g/a", ".x", ".y")', {"g/a.x", "g/a.y"}),
        ("rules.make.output", {"made.csv", "more.csv"}),
        ("rules.make.output.two", {"more.csv"}),
        ("rules.make.output[0]", {"made.csv", "more.csv"}),
        ('config["in"]["raw"], config.get("no", "d.csv")', {"raw.csv", "d.csv"}),
        ('f"{config[\'in\'][\'raw\']}.gz", "a" + "/b"', {"raw.csv.gz", "a/b"}),
        ('storage.http("https://h/x.csv")', {"https://h/x.csv"}),
        ("lambda wildcards: table[wildcards.s]", set()),
    ],
)  # fmt: skip
def test_what_a_rule_is_given(given_: str, names: set[str]) -> None:
    text = f"""
configfile: "config.yaml"
SAMPLES = ["one", "two"]
rule make:
    output: "made.csv", two="more.csv"
rule use:
    input:
        {given_}
    output:
        touch("out.txt")
"""
    found = read(text, config_dot_yaml="in: {raw: raw.csv}")
    made = {"make > made.csv", "make > more.csv", "use > out.txt"}
    assert edges(found) == made | {f"use < {name}" for name in names}
    assert [row.why for row in found.doubts] == ([] if names else ["its input is put together while it runs"])


def test_what_a_rule_runs() -> None:
    text = """
        rule fit:
            input: d="data/a.csv"
            output: "m.pkl"
            params: lr=config["lr"]
            shell:
                "python src/fit.py {input.d} {output[0]} "
                "--lr {params.lr} {wildcards.x}"
        rule plot:
            output: "p.png"
            script: "scripts/plot.py"
        """
    found = read(text, "workflow/Snakefile", config__config_dot_yaml="lr: '0.1'", src__fit_dot_py="",
                 workflow__scripts__plot_dot_py="")  # fmt: skip
    assert edges(found) == {"fit < data/a.csv", "fit > m.pkl", "plot > p.png"}
    assert [(row.script, row.argv, row.job, row.line) for row in found.entries] == [
        ("src/fit.py", ("data/a.csv", "m.pkl", "--lr", "0.1", "◌"), "fit", 6),
        ("workflow/scripts/plot.py", (), "plot", 11),
    ]


@given(st.text("rule a:\n    input\"'{}(),*=lambdxpn[]", max_size=200))
def test_any_text_is_read(text: str) -> None:
    read(text)
    read(f"rule a:\n    input:\n        {text}\n")
