from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.ages import KEPT_DAYS, FileAges, LineAges
from collectors.facts.changes import DAY

OIDS = bytes(range(20)) + bytes(range(20, 40)) + bytes(range(40, 60))
NOW = 2_000 * DAY


def ages(work: list[int], *, ends=(10,), owners=(0,), days=(900, 300, 10), is_unknown=False) -> LineAges:
    """One file of ten lines; the commits 0, 1 and 2 were made so many days ago."""
    file = FileAges(array("I", ends), array("I", owners), array("I", work), is_unknown)
    return LineAges("", NOW, {"a.py": file}, OIDS, array("q", [NOW - ago * DAY for ago in days]))


def test_a_line_is_as_old_as_the_run_it_is_in() -> None:
    found = ages([], ends=(3, 4, 10), owners=(0, 2, 1))
    assert [found.at("a.py", line) for line in (1, 3, 4, 5, 10)] == [NOW - n * DAY for n in (900, 900, 10, 300, 300)]
    assert found.commit("a.py", 4) == OIDS[40:].hex()
    assert found.commit("a.py", 5) == OIDS[20:40].hex()


@pytest.mark.parametrize(("path", "line"), [("a.py", 0), ("a.py", 11), ("b.py", 1)])
def test_no_line_has_no_age(path: str, line: int) -> None:
    assert ages([]).at(path, line) is None
    assert ages([]).commit(path, line) is None


def test_a_lost_file_has_no_ages_and_still_an_interest() -> None:
    lost = ages([2, 0, 0, 0, 0], is_unknown=True)
    assert lost.at("a.py", 1) is None
    assert lost.unknown == ["a.py"]
    assert lost.interest("a.py") == 1
    assert lost.interest("a.py", 1, 5) is None


def test_interest_counts_changes_not_hunks_and_only_those_of_the_last_year() -> None:
    found = ages([0, 0, 0, 1, 10, 1, 1, 1, 1, 1, 2, 2, 1, 2, 1, 2, 8, 1, 8, 1])
    assert found.interest("a.py") == 2
    assert found.interest("a.py", days=100) == 1
    assert found.interest("b.py") is None


def test_interest_in_what_is_no_longer_kept_is_unknown() -> None:
    assert ages([]).interest("a.py", days=KEPT_DAYS - 10) == 0
    assert ages([]).interest("a.py", days=KEPT_DAYS + 20) is None


@pytest.mark.parametrize(
    ("first", "last", "interest"),
    [
        (1, 2, 0),
        (3, 3, 1),  # written by commit 2
        (5, 6, 0),
        (6, 8, 1),  # commit 1 took lines out between the two that are now 7 and 8
        (8, 10, 0),
        (1, 7, 1),
        (1, 10, 2),
        (5, 4, 0),
    ],
)
def test_lines_are_followed_back_through_changes_above_them(first: int, last: int, interest: int) -> None:
    taken_out_after_5 = [1, 6, 3, 5, 0]
    two_put_in_as_3_and_4 = [2, 2, 0, 3, 2]
    found = ages([*taken_out_after_5, *two_put_in_as_3_and_4])
    assert found.interest("a.py", first, last) == interest


def test_a_rewritten_place_is_followed_to_what_stood_there() -> None:
    line_5 = [1, 5, 1, 5, 1]
    lines_4_to_6_by_one = [2, 4, 3, 4, 1]
    assert ages([*line_5, *lines_4_to_6_by_one]).interest("a.py", 4, 4) == 2
    assert ages([*line_5, *lines_4_to_6_by_one]).interest("a.py", 5, 10) == 0


def test_lines_that_one_change_put_in_were_touched_by_no_earlier_one() -> None:
    line_5 = [1, 5, 1, 5, 1]
    put_in_after_5 = [2, 5, 0, 6, 2]
    assert ages([*line_5, *put_in_after_5]).interest("a.py", 6, 7) == 1


@given(st.lists(st.tuples(st.sampled_from(["above", "inside", "below"]), st.booleans()), max_size=20))
def test_only_changes_between_two_lasting_lines_touch_their_place(edits: list[tuple[str, bool]]) -> None:
    """A file of three parts of which each edit lengthens or shortens one; the middle one lies between two lines."""
    sizes = {"above": 3, "inside": 3, "below": 3}
    work, touching = [], set()
    for number, (part, adds) in enumerate(edits):
        start = {"above": 0, "inside": sizes["above"] + 1, "below": sizes["above"] + sizes["inside"] + 2}[part]
        is_longer = adds or sizes[part] == 0
        work += [number, start, 0, start + 1, 1] if is_longer else [number, start + 1, 1, start, 0]
        sizes[part] += 1 if is_longer else -1
        if part == "inside":
            touching.add(number)
    file = FileAges(array("I", [sum(sizes.values()) + 2]), array("I", [0]), array("I", work))
    first = sizes["above"] + 1
    assert set(file.workers(first, first + sizes["inside"] + 1)) == touching
    assert sorted(file.workers(1, None), reverse=True) == file.workers(1, None) == list(range(len(edits)))[::-1]
