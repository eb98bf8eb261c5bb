"""MLproject and spaCy's project.yml."""

from __future__ import annotations

from collectors.facts.lineage import Access
from collectors.lineage.declared.everything import DeclaredPipelines, declared
from collectors.lineage.declared.rows import Entry

PROJECT = """
name: x
entry_points:
  main:
    parameters:
      data: {type: path, default: data/in.csv}
      lr: {type: float, default: 0.1}
      other: string
    command: "python train.py {data} --lr {lr} --other {other}"
"""
SPACY = """
vars: {name: news, gpu: -1}
assets:
- {dest: assets/raw.json, url: "https://host/raw.json", checksum: 63373dd6}
- {dest: assets/repo, git: {repo: "https://github.com/o/r", path: data}}
commands:
- name: convert
  script: ["python scripts/convert.py assets/raw.json ${vars.name} ${vars.gpu}"]
  deps: [assets/raw.json, scripts/convert.py]
  outputs: ["corpus/${vars.name}.spacy"]
"""


def read(path: str, text: str, *others: str) -> DeclaredPipelines:
    tree = dict.fromkeys(others, "") | {path: text}
    return declared(tree, tree.get)


def edges(found: DeclaredPipelines) -> list[str]:
    return [f"{row.job} {'<' if row.access is Access.READ else '>'} {row.name}" for row in found.accesses]


def test_entry_points_with_their_defaults() -> None:
    found = read("MLproject", PROJECT, "train.py")
    assert edges(found) == ["main < data/in.csv"]
    argv = ("data/in.csv", "--lr", "0.1", "--other", "◌")
    assert found.entries == (Entry("train.py", argv, "", "main", "MLproject", 9),)
    below = read("sub/MLproject", PROJECT, "sub/train.py")
    assert edges(below) == ["sub/MLproject:main < sub/data/in.csv"]


def test_commands_and_assets_of_spacy() -> None:
    found = read("project.yml", SPACY, "scripts/convert.py")
    assert sorted(edges(found)) == [
        "assets < https://github.com/o/r:data",
        "assets < https://host/raw.json",
        "assets > assets/raw.json",
        "assets > assets/repo",
        "convert < assets/raw.json",
        "convert > corpus/news.spacy",
    ]
    assert found.pins == {"assets/raw.json": "md5:63373dd6"}
    assert found.entries[0].argv == ("assets/raw.json", "news", "-1")


def test_another_programs_project_is_none() -> None:
    assert read("project.yml", "name: x\ncommands: {a: b}\n") == DeclaredPipelines()
    assert read("MLproject", "entry_points: [1]").accesses == ()
