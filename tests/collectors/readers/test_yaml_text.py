"""YAML: values, lines, documents, aliases, tags; and texts that are none."""

from __future__ import annotations

import math
import string
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from collectors.facts.settings import Value, ValueKind
from collectors.readers.nodes import UnreadError
from collectors.readers.settings_files import LONG_LIST
from collectors.readers.yaml_text import read_yaml, resolved
from tests.collectors.readers.settings_by_hand import lines, read, values

TEXT = """\
# comment
model:
  name: resnet   # trailing
  layers: [64, 64,
    {drop: 0.5}]
  "quoted key": 'x'
note: |
  one
  two
empty:
none: {}
nothing: []
"""


def test_every_leaf_has_its_keys_its_value_and_its_line() -> None:
    assert values("a.yaml", TEXT) == {
        "model.name": "resnet",
        "model.layers[0]": 64,
        "model.layers[1]": 64,
        "model.layers[2].drop": 0.5,
        "model.quoted key": "x",
        "note": "one\ntwo\n",
        "empty": None,
        "none": 0,
        "nothing": 0,
    }
    assert lines("a.yaml", TEXT) == {
        "model.name": 3,
        "model.layers[0]": 4,
        "model.layers[1]": 4,
        "model.layers[2].drop": 5,
        "model.quoted key": 6,
        "note": 7,
        "empty": 10,
        "none": 11,
        "nothing": 12,
    }


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("1", 1, ValueKind.INTEGER),
        ("-1_000", -1000, ValueKind.INTEGER),
        ("0x1F", 31, ValueKind.INTEGER),
        ("010", 8, ValueKind.INTEGER),
        ("0o10", 8, ValueKind.INTEGER),
        ("-0b11", -3, ValueKind.INTEGER),
        ("08", "08", ValueKind.TEXT),
        ("0x_", "0x_", ValueKind.TEXT),
        ("1.5", 1.5, ValueKind.NUMBER),
        ("1e-3", 0.001, ValueKind.NUMBER),
        ("1.", 1.0, ValueKind.NUMBER),
        (".5", 0.5, ValueKind.NUMBER),
        ("1e999", "inf", ValueKind.NUMBER),
        (".nan", "nan", ValueKind.NUMBER),
        ("-.inf", "-inf", ValueKind.NUMBER),
        ("yes", True, ValueKind.BOOLEAN),
        ("Off", False, ValueKind.BOOLEAN),
        ("~", None, ValueKind.NULL),
        ("", None, ValueKind.NULL),
        ("2026-11-24", "2026-11-24", ValueKind.DATE),
        ("22:22", "22:22", ValueKind.TEXT),
        ("1.2.3", "1.2.3", ValueKind.TEXT),
        ("9" * 65, "9" * 65, ValueKind.TEXT),
    ],
)
def test_plain_values_are_what_yaml_makes_of_them(text: str, value: Value, kind: ValueKind) -> None:
    found = resolved(text, 1)
    assert (found.value, found.kind) == (value, kind)
    assert type(found.value) is type(value)


def test_quotes_make_text() -> None:
    assert values("a.yaml", "a: '1'\nb: \"yes\"\nc: !!str 1.5\n") == {"a": "1", "b": "yes", "c": "1.5"}


def test_an_alias_is_counted_and_not_expanded() -> None:
    summary = read("a.yaml", "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n")
    assert {row.name: (row.value, row.kind) for row in summary.keys} == {
        "a.b": (1, ValueKind.INTEGER),
        "c": ("x", ValueKind.ALIAS),
        "d.<<": ("x", ValueKind.ALIAS),
        "d.e": (2, ValueKind.INTEGER),
    }
    assert (summary.anchors, summary.aliases) == (1, 2)
    assert [tuple(row) for row in summary.inherits] == [("x", "merge", 4)]


def test_a_bomb_costs_no_more_than_its_text() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    summary = read("a.yaml", "\n".join(rows))
    assert len(summary.keys) == 9 * 40
    assert summary.aliases == 9 * 39


def test_a_list_that_holds_itself_ends() -> None:
    text = "x: &a [" + ", ".join(["*a"] * 2_000) + "]\nrun: *a\ndefaults: *a\ninclude: *a\nextends: *a\ndeps: *a\n"
    for path in ("a.yaml", "dvc.yaml", ".github/workflows/a.yml", "environment.yml"):
        assert read(path, text).unread is None


def test_documents_are_told_apart() -> None:
    keys = read("a.yaml", "a: 1\n---\na: 2\n---\n- 3\n").keys
    assert [(row.name, row.value, row.document) for row in keys] == [("a", 1, 0), ("a", 2, 1), ("[0]", 3, 2)]


def test_keys_that_stand_twice_are_reported_and_both_kept() -> None:
    summary = read("a.yaml", "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\n")
    assert [tuple(row) for row in summary.repeated] == [(("b", "c"), 5, 3), (("a",), 6, 1)]
    assert [row.value for row in summary.keys if row.name == "a"] == [1, 4]


def test_tags_of_programs_are_kept_and_nothing_is_made() -> None:
    text = (
        "a: !Ref Bucket\nb: !!python/object/apply:os.system ['touch x']\nc: !custom {d: 1}\ne: !!python/name:pkg.fn\n"
    )
    summary = read("a.yaml", text)
    assert {row.name: row.value for row in summary.keys} == {
        "a": "!Ref Bucket",
        "b": "!!python/object/apply:os.system",
        "b[0]": "touch x",
        "c": "!custom",
        "c.d": 1,
        "e": "!!python/name:pkg.fn",
    }
    assert [row.kind for row in summary.keys][:2] == [ValueKind.OPAQUE] * 2
    assert [row.target for row in summary.started] == ["pkg.fn"]


def test_a_long_list_of_plain_values_is_one_setting() -> None:
    assert values("a.yaml", f"a: {list(range(LONG_LIST + 1))}\n") == {"a": LONG_LIST + 1}
    assert len(values("a.yaml", f"a: {list(range(LONG_LIST))}\n")) == LONG_LIST


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a:\n\tb: 1\n", "a tab stands where only spaces may \\(line 2\\)"),
        ("a: [1\n", "it is not valid YAML \\(line 2\\)"),
        ("a: b: c\n", "it is not valid YAML \\(line 1\\)"),
        ("{% if x %}\na: 1\n{% endif %}\n", "it is a template"),
        ("a: {{ x }}\n", "it is a template"),
        ("a:\n{{- range .x }}\n  - b\n{{- end }}\n", "it is a template"),
        ("[" * 100_000, "nested deeper than 60"),
        ("{a: " * 100_000, "nested deeper than 60"),
        ("- " * 100_000, "nested deeper than 60"),
        ("- a\n" * 100_001, "more than 100,000 values"),
        ("a: \x07\n", "not valid YAML"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadError, match=reason):
        read_yaml(text)


def test_an_alias_without_an_anchor_stands_for_nothing() -> None:
    assert values("a.yaml", "a: *x\n") == {"a": "x"}


def test_templates_that_are_yaml_all_the_same_are_read() -> None:
    assert values("a.yaml", "a: \"{{ ref('x') }}\"\nb: ${{ env.X }}\nc: ${oc.env:HOME}\n") == {
        "a": "{{ ref('x') }}",
        "b": "${{ env.X }}",
        "c": "${oc.env:HOME}",
    }


WORDS = st.text("abcdxyzé _.:#-", min_size=1, max_size=12)
KEYS = st.text("bcdxyz_é-", min_size=1, max_size=8)
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | WORDS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
NESTED = st.dictionaries(KEYS, VALUES, max_size=5)


def leaves(value: Any, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Value]:
    """What a program would find in the nested value, in the words of the reader."""
    if isinstance(value, dict | list):
        if not value:
            return {above: 0} if above else {}
        inner = value.items() if isinstance(value, dict) else [(f"[{n}]", item) for n, item in enumerate(value)]
        return {key: leaf for name, item in inner for key, leaf in leaves(item, (*above, name)).items()}
    return {above: value}


@given(NESTED)
@example({"b": 1e-7})
@example({"b": "yes", "c": "1", "d": ""})
def test_a_dumped_value_gives_back_its_keys_and_values(value: dict[str, Any]) -> None:
    summary = read("a.yaml", yaml.safe_dump(value, allow_unicode=True))
    assert {row.key: row.value for row in summary.keys} == leaves(value)


@given(NESTED)
def test_lines_grow_with_the_text(value: dict[str, Any]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    found = [row.line for row in read("a.yaml", text).keys]
    assert found == sorted(found)
    assert all(1 <= line <= text.count("\n") + 1 for line in found)


@given(st.text(string.printable + "é\0\ud800", max_size=200) | st.text(" -:[]{},&*!|>'\"%@`#?ab\n\t", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    try:
        read_yaml(text)
    except UnreadError as error:
        assert str(error)  # noqa: PT017


def test_no_value_is_a_number_that_json_has_not() -> None:
    found = read("a.yaml", "a: .inf\nb: .nan\nc: 1e400\nd: 1\n").keys
    assert all(not isinstance(row.value, float) or math.isfinite(row.value) for row in found)
