"""Lines of a year on their way into one column and back; how they come about is in test_reading.py."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mldebt.store.trends import packed, unpacked

moments = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(st.tuples(moments, st.floats(allow_nan=False))))
def test_any_line_is_read_back_as_it_was(line: list[tuple[int, float]]) -> None:
    assert unpacked(packed(line)) == tuple(line)


def test_no_line_is_no_bytes() -> None:
    assert packed([]) == b""
    assert unpacked(b"") == ()
