"""JSON: values with their lines; comments and stray commas forgiven."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import ValueKind
from collectors.readers.json_text import read_json
from collectors.readers.nodes import UnreadError
from tests.collectors.readers.settings_by_hand import lines, read, values
from tests.collectors.readers.test_toml_text import leaves


def test_every_leaf_has_its_keys_its_value_and_its_line() -> None:
    text = '{"a": [1, 2.5e0, {"b": null,\n "c": "x\\n\\"y"}],\n "d": true, "e": {}, "": -0}'
    assert values("a.json", text) == {
        "a[0]": 1,
        "a[1]": 2.5,
        "a[2].b": None,
        "a[2].c": 'x\n"y',
        "d": True,
        "e": 0,
        "": 0,
    }
    assert list(lines("a.json", text).values()) == [1, 1, 1, 2, 3, 3, 3]


def test_comments_and_stray_commas_are_forgiven_and_lines_stay() -> None:
    text = '// a\n{\n  "a": 1, /* b\n  c */\n  "url": "http://x", // d\n  "b": [1, 2,],\n}\n'
    assert values("a.json", text) == {"a": 1, "url": "http://x", "b[0]": 1, "b[1]": 2}
    assert lines("a.json", text) == {"a": 3, "url": 5, "b[0]": 6, "b[1]": 6}


def test_what_python_writes_though_it_is_no_json_is_read() -> None:
    summary = read("a.json", '{"a": NaN, "b": -Infinity, "c": 1e999}')
    assert [(row.value, row.kind) for row in summary.keys] == [
        ("nan", ValueKind.NUMBER),
        ("-inf", ValueKind.NUMBER),
        ("inf", ValueKind.NUMBER),
    ]


def test_a_number_of_many_digits_is_kept_as_text() -> None:
    assert values("a.json", '{"a": ' + "9" * 100 + "}") == {"a": "9" * 100}
    assert read("a.json", '{"a": ' + "9" * 5_000 + "}").unread is None


def test_keys_that_stand_twice_are_reported() -> None:
    summary = read("a.json", '{"a": 1,\n "a": 2}')
    assert [tuple(row) for row in summary.repeated] == [(("a",), 2, 1)]
    assert [row.value for row in summary.keys] == [1, 2]


def test_what_no_table_can_hold_is_replaced() -> None:
    assert values("a.json", '{"a": "x\\u0000\\ud800y"}') == {"a": "x\ufffd\ufffdy"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is not valid JSON"),
        ("{\n", "it is not valid JSON \\(line 2"),
        ("{'a': 1}", "it is not valid JSON"),
        ('{"a": 1} {"b": 2}', "it is not valid JSON"),
        ('{"a": {{ x }}}', "it is a template"),
        ("[" * 100_000, "nested deeper"),
        ('{"a":' * 100_000, "nested deeper"),
        ("[" * 80 + "]" * 80, "nested deeper"),
        ("[" + "1," * 200_001 + "1]", "more than 100,000 values"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadError, match=reason):
        read_json(text)


KEYS = st.text('bcdxyz_é -."\\\n{}[]:,', max_size=8).filter(lambda key: not key.startswith("["))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text('ab "\\/\n{}[],:é', max_size=12)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.sampled_from([None, 0, 2]))
def test_a_dumped_value_gives_back_its_keys_and_values(value: dict[str, Any], indent: int | None) -> None:
    summary = read("a.json", json.dumps(value, indent=indent))
    assert {row.key: row.value for row in summary.keys} == leaves(value)
    found = [row.line for row in summary.keys]
    assert found == sorted(found)


@given(st.text('ab{}[]",:\\/*\n 1-.e', max_size=60))
def test_any_text_is_survived(text: str) -> None:
    try:
        read_json(text)
    except UnreadError as error:
        assert str(error)  # noqa: PT017
