"""TOML: values as tomllib reads them, each with its line."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import ValueKind
from collectors.readers.nodes import UnreadError
from collectors.readers.toml_text import read_toml
from tests.collectors.readers.settings_by_hand import lines, read, values

TEXT = '''\
title = "a # b"  # c
[x."q.r".s]
b = [1,
  2, {c = 3, d.e = [
    4]},
]
text = """
y = 5
[z]
"""
f = { g = "a", h = [1, 2] }

[[t]]
a = 1
[[t]]
b = 1979-05-27
[t.u]
z.y = nan
big = 123456789012345678901234567890
'''


def test_every_leaf_has_its_keys_its_value_and_its_line() -> None:
    assert values("a.toml", TEXT) == {
        "title": "a # b",
        "x.q.r.s.b[0]": 1,
        "x.q.r.s.b[1]": 2,
        "x.q.r.s.b[2].c": 3,
        "x.q.r.s.b[2].d.e[0]": 4,
        "x.q.r.s.text": "y = 5\n[z]\n",
        "x.q.r.s.f.g": "a",
        "x.q.r.s.f.h[0]": 1,
        "x.q.r.s.f.h[1]": 2,
        "t[0].a": 1,
        "t[1].b": "1979-05-27",
        "t[1].u.z.y": "nan",
        "t[1].u.big": 123456789012345678901234567890,
    }
    assert list(lines("a.toml", TEXT).values()) == [1, 3, 4, 4, 5, 7, 11, 11, 11, 14, 16, 18, 19]


def test_dates_are_dates_and_what_is_no_number_says_so() -> None:
    kinds = {row.name: row.kind for row in read("a.toml", TEXT).keys}
    assert kinds["t[1].b"] is ValueKind.DATE
    assert kinds["t[1].u.z.y"] is ValueKind.NUMBER


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = 1\na = 2\n", "it is not valid TOML"),
        ("a = 1\nb\n", "it is not valid TOML \\(line 2"),
        ("a = " + "[" * 100_000, "nested deeper"),
        ("a." * 100_000 + "b = 1", "nested deeper"),
        ('"a b"."c d".' * 10_000 + "b = 1", "nested deeper"),
        ("a = [" + "1," * 100_001 + "]", "more than 100,000 values"),
        ("a = 1\0", "it is not valid TOML"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadError, match=reason):
        read_toml(text)


def test_sixty_levels_are_too_many_and_thirty_are_not() -> None:
    inline = "{a = " * 30 + "1" + "}" * 30
    assert read("a.toml", f"x = {inline}\n").keys[0].key == ("x", *["a"] * 30)
    dotted = ".".join("a" * 59)
    assert len(read("a.toml", f"{dotted} = 1\n").keys) == 1


KEYS = st.text("bcdxyz_é -.", min_size=1, max_size=8)
SCALARS = st.booleans() | st.integers(-(2**60), 2**60) | st.text("abxyz é\n#=[\"'\\", max_size=12)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=10
)


def leaves(value: Any, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    if isinstance(value, dict | list):
        if not value:
            return {above: 0} if above else {}
        inner = value.items() if isinstance(value, dict) else [(f"[{n}]", item) for n, item in enumerate(value)]
        return {key: leaf for name, item in inner for key, leaf in leaves(item, (*above, name)).items()}
    return {above: value}


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_a_dumped_value_gives_back_its_keys_and_values(value: dict[str, Any]) -> None:
    text = tomlkit.dumps(value)
    summary = read("a.toml", text)
    assert summary.unread is None
    assert {row.key: row.value for row in summary.keys} == leaves(value)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_a_key_stands_where_its_line_says(value: dict[str, Any]) -> None:
    rows = tomlkit.dumps(value).split("\n")
    for found in read("a.toml", "\n".join(rows)).keys:
        named = [part for part in found.key if not part.startswith("[")]
        above = "\n".join(rows[: found.line])
        assert all(part in above.replace("\\", "") for part in named)


@given(st.text("ab.=[]{},\"'#\n\\ 1-:", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    try:
        read_toml(text)
    except UnreadError as error:
        assert str(error)  # noqa: PT017
