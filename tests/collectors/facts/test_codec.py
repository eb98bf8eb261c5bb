"""Summaries as JSON and back."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import NotASummaryError, fingerprint, from_json, to_json


class Sort(StrEnum):
    ONE = "one"
    TWO = "two"


class Row(NamedTuple):
    sort: Sort
    line: int
    parts: tuple[str, ...] = ()


class Seen(NamedTuple):
    name: str
    rows: tuple[Row, ...] = ()
    words: tuple[str, ...] = ()
    lines: int | None = None


rows = st.builds(Row, st.sampled_from(Sort), st.integers(), st.lists(st.text(), max_size=3).map(tuple))


@given(st.builds(Seen, st.text(), st.lists(rows, max_size=4).map(tuple), st.lists(st.text(), max_size=3).map(tuple)))
def test_what_was_written_is_read_back(seen: Seen) -> None:
    again = from_json(Seen, to_json(seen))
    assert again == seen
    assert all(type(row) is Row and type(row.sort) is Sort for row in again.rows)
    assert to_json(again) == to_json(seen)


def test_defaults_are_left_out() -> None:
    assert to_json(Seen("a", lines=2)) == '{"name":"a","lines":2}'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"other":1}',
        '{"lines":1}',
        '{"name":"a","rows":[["three",1,[]]]}',
        '{"name":"a","rows":[["one"]]}',
        '{"name":"a","rows":[1]}',
        b"\xff",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotASummaryError):
        from_json(Seen, text)


def test_the_fingerprint_tells_fields_of_rows_apart() -> None:
    class Longer(NamedTuple):
        name: str
        rows: tuple[Row, ...] = ()

    assert fingerprint(Seen) == fingerprint(Seen)
    assert len({fingerprint(Seen), fingerprint(Longer), fingerprint(Seen, Longer)}) == 3
    assert 0 <= fingerprint(Seen) < 2**31
