"""What settings build on, names in .env files, gin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import ValueKind
from collectors.readers.rows import MOST
from collectors.readers.settings_files import LONGEST
from tests.collectors.readers.settings_by_hand import read, started, values


def test_hydras_defaults_are_what_the_file_builds_on() -> None:
    text = (
        "defaults:\n- _self_\n- base\n- model: resnet\n- override /trainer: gpu\n- optional local@x: default\n"
        "- logger: null\n- callbacks: [a, b]\nseed: 1\n"
    )
    assert [tuple(row) for row in read("configs/train.yaml", text).inherits] == [
        ("base", "defaults", 3),
        ("model/resnet", "defaults", 4),
        ("trainer/gpu", "defaults", 5),
        ("local/default", "defaults", 6),
        ("callbacks/a", "defaults", 8),
        ("callbacks/b", "defaults", 8),
    ]


def test_a_table_called_defaults_is_none() -> None:
    assert read("a.yaml", "defaults: {numbered: false}\n").inherits == ()


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.yaml", "_base_: [../b.yaml, c.yaml]\n", [("../b.yaml", "base"), ("c.yaml", "base")]),
        ("a.yaml", "_BASE_: b.yaml\n", [("b.yaml", "base")]),
        ("a.json", '{"extends": "./b.json", "include": ["src"]}', [("./b.json", "extends")]),
        ("a.toml", 'include = "b.toml"\n', [("b.toml", "include")]),
        ("a.yaml", "deep:\n  er:\n    extends: no.yaml\n", []),
    ],
)
def test_bases_have_many_names(path: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(row.target, row.how) for row in read(path, text).inherits] == expected


def test_only_names_of_an_env_file_are_read() -> None:
    text = '# A=1\nHOST=db\nexport TOKEN = \'x\nNOT=1\n\'\nKEY="a\\"\nNO=1"\n  LAST=2 # X=1\nbad-name=1\n'
    found = read(".env.example", text).keys
    assert [(row.name, row.line) for row in found] == [("HOST", 2), ("TOKEN", 3), ("KEY", 6), ("LAST", 8)]
    assert all(row.value is None and row.kind is ValueKind.HIDDEN for row in found)


GIN = """\
# comment
include 'base.gin'
import pkg.layers
LR = 0.1  # rate
train.rate = %LR
big/train.steps = 1_000
train.optimizer = @pkg.Adam()
train.sizes = [1,
    2]
train.name = 'a # b'
train.on = True
train.none = None
api.token = 'hunter2'
"""


def test_gin_binds_parameters_of_functions() -> None:
    found = read("a.gin", GIN)
    assert {row.key: row.value for row in found.keys} == {
        ("LR",): 0.1,
        ("train", "rate"): "%LR",
        ("big/train", "steps"): 1000,
        ("train", "optimizer"): "@pkg.Adam()",
        ("train", "sizes"): "[1, 2]",
        ("train", "name"): "a # b",
        ("train", "on"): True,
        ("train", "none"): None,
        ("api", "token"): None,
    }
    assert [row.line for row in found.keys] == [4, 5, 6, 7, 8, 10, 11, 12, 13]
    assert {row.target for row in found.started} == {"pkg.layers", "train", "pkg.Adam", "api"}
    assert [tuple(row) for row in found.inherits] == [("base.gin", "include", 2)]


def test_long_texts_are_cut_and_many_rows_counted() -> None:
    assert values("a.yaml", f"a: {'word ' * 100}\n")["a"] == ("word " * 100)[: LONGEST - 1] + "…"
    found = read("a.yaml", "".join(f"k{n}: 1\n" for n in range(MOST_KEYS + 7)))
    assert (len(found.keys), found.left_out) == (MOST_KEYS, 7)


def test_a_text_alone_sets_nothing() -> None:
    assert read("a.yaml", "just words\n").keys == ()
    assert started("a.yaml", "") == []


@given(st.text("AB=\"'\\\n #_1export", max_size=80))
def test_any_env_file_is_survived(text: str) -> None:
    assert all(row.value is None for row in read(".env", text).keys)


@given(st.text("ab./@%=[](){}'\"#\n\\ 1,", max_size=80))
def test_any_gin_file_is_survived(text: str) -> None:
    assert read("a.gin", text).unread is None


MOST_KEYS = next(most for sort, most in MOST.items() if sort.__name__ == "ConfigKey")
