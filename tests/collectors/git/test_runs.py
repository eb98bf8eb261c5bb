from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.git.hunks import Hunk
from collectors.git.runs import Damaged, Lines, Step, spliced


@st.composite
def changes(draw, lines: int) -> list[Hunk]:
    """Hunks of one change to a file of so many lines, with at least one line between them."""
    hunks, at, shift = [], 0, 0
    while at <= lines and draw(st.booleans()):
        start = draw(st.integers(at, lines))
        old = draw(st.integers(0, min(3, lines - start)))
        new = draw(st.integers(0 if old else 1, 3))
        hunks.append(Hunk(start + bool(old), old, start + shift + bool(new), new))
        at, shift = start + old + 1, shift + new - old
    return hunks


@given(st.data())
def test_runs_are_what_line_by_line_would_be(data: st.DataObject) -> None:
    lengths: list[int] = []
    owners: list[int] = []
    naive: list[int] = []
    for number in range(data.draw(st.integers(1, 8))):
        hunks = data.draw(changes(len(naive)))
        lengths, owners = spliced(lengths, owners, hunks, number)
        for start, old, _, new in reversed(hunks):
            naive[start - bool(old) : start - bool(old) + old] = [number] * new
        assert list(chain.from_iterable(map(repeat, owners, lengths))) == naive
        assert all(lengths)


@pytest.mark.parametrize("hunk", [Hunk(4, 1, 4, 1), Hunk(3, 2, 3, 0), Hunk(5, 0, 6, 1)])
def test_a_change_beyond_the_last_line_is_not_taken(hunk: Hunk) -> None:
    with pytest.raises(Damaged):
        spliced([3], [0], [hunk], 1)


def test_changes_wait_behind_one_that_was_not_compared() -> None:
    lines = Lines()
    waiting = [Step(0, b"a", b"a", None), Step(1, b"a", b"a", [Hunk(1, 1, 1, 2)])]
    for step in waiting:
        lines.change(step)
    assert lines.steps == waiting
    assert lines.lengths == []


def test_a_lost_file_stays_lost() -> None:
    lines = Lines([2], [0])
    lines.lose()
    lines.change(Step(1, b"a", b"a", [Hunk(1, 1, 1, 1)]))
    assert (lines.lengths, lines.steps, lines.is_unknown) == ([], [], True)


def test_a_copy_changes_alone() -> None:
    lines = Lines([2], [0])
    other = lines.copy()
    other.change(Step(1, b"a", b"a", [Hunk(1, 2, 0, 0)]))
    other.worked_on(1, [])
    assert lines == Lines([2], [0])


def test_a_change_is_noted_where_it_was_once_that_is_known() -> None:
    lines = Lines()
    for number in (3, 5):
        lines.worked_on(number, [])
    lines.found_out(5, [Hunk(1, 0, 2, 1), Hunk(7, 1, 9, 0)])
    assert lines.work == [3, 0, 0, 0, 0, 5, 1, 0, 2, 1, 5, 7, 1, 9, 0]
