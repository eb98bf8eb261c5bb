"""What became of single places, and where that is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.debts import Debt
from scoring.review.sides import Side, flows, places
from tests.reviews_by_hand import BEFORE, NOW, VERSIONS, counted, rule, side, some
from tests.snapshots_by_hand import accepting, finding

OLD, NEW = some("a", "b"), some("b", "c")


def test_what_is_new_and_what_is_gone() -> None:
    seen = places(side(BEFORE, OLD), side(NOW, NEW))
    assert (counted(seen.added), counted(seen.paid)) == ({"c.py": 1}, {"a.py": 1})
    assert set(seen.compared) == {"glue", "thresholds"}
    assert not seen.unseen


def test_a_renamed_file_neither_adds_nor_pays() -> None:
    before = finding("a.py", id="aa")
    seen = places(side(BEFORE, [before]), side(NOW, [before._replace(path="moved/a.py", line=90, end_line=90)]))
    assert (seen.added, seen.paid) == ((), ())


def test_an_added_place_keeps_the_number_of_its_id() -> None:
    before = finding("a.py", id="aa")
    again = before._replace(id="aa-2", line=30, end_line=30)
    assert [row.id for row in places(side(BEFORE, [before]), side(NOW, [before, again])).added] == ["aa-2"]


def another_version(**changed: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({**dict(VERSIONS), **changed}.items()))


HISTORY = side(BEFORE, (), rule("glue", OLD), lists_places=False)


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        (side(BEFORE, OLD, identity={"collectors": another_version(glue="2")}), side(NOW, NEW), "“Glue” is measured"),
        (side(BEFORE, OLD, identity={"collectors": another_version(findings="2")}), side(NOW, NEW), "told apart"),
        (HISTORY, side(NOW, NEW), "of 2023-11-14 was made from history, which counts places and lists none"),
        (side(BEFORE, OLD, rule("glue", reason="no clone")), side(NOW, NEW), "unknown on 2023-11-14: no clone"),
        (side(BEFORE, OLD), side(NOW, NEW, rule("glue", is_on=False)), "on 2024-02-13: the rule was off"),
        (side(BEFORE, OLD), side(NOW, NEW[:1], rule("glue", NEW)), "had more places than are kept"),
    ],
)
def test_a_rule_that_cannot_be_compared_adds_nothing_and_says_why(before: Side, now: Side, why: str) -> None:
    seen = places(before, now)
    assert why in seen.unseen["glue"]
    assert (seen.added, seen.paid) == ((), ())
    flow = flows(before, now, seen)[0]
    assert (flow.debt, flow.taken_on, flow.paid) == (Debt.GLUE_CODE, None, None)
    assert why in flow.why


def test_no_place_in_history_is_a_place_fewer_than_one() -> None:
    """A count of none needs no list."""
    before = side(BEFORE, (), rule("glue"), lists_places=False)
    assert [row.path for row in places(before, side(NOW, OLD, rule("glue", OLD))).added] == ["a.py", "b.py"]


def test_what_is_measured_another_way_is_not_counted_against_then() -> None:
    before = side(BEFORE, OLD, identity={"collectors": another_version(glue="2")})
    assert flows(before, side(NOW, NEW), places(before, side(NOW, NEW)))[0].before is None


def test_each_kind_of_debt_has_its_balance() -> None:
    fixed = finding("t.py", rule="thresholds", debt=Debt.FIXED_THRESHOLDS, accepted=accepting())
    before, now = side(BEFORE, [*OLD, fixed]), side(NOW, [*NEW, fixed])
    glue, thresholds = flows(before, now, places(before, now))
    assert glue[:5] == (Debt.GLUE_CODE, 2, 1, 1, 2)
    assert thresholds[:6] == (Debt.FIXED_THRESHOLDS, 1, 0, 0, 1, 1)


def test_a_kind_without_places_then_and_now_is_left_out() -> None:
    assert flows(side(BEFORE), side(NOW), places(side(BEFORE), side(NOW))) == ()


def test_a_kind_with_one_comparable_rule_says_what_is_left_out() -> None:
    rules = [rule("glue", OLD), rule("wrap", OLD)]
    before = side(BEFORE, OLD, *rules)
    now = side(NOW, NEW, rule("glue", NEW), rule("wrap", is_on=False))
    assert flows(before, now, places(before, now)) == flows(before, now, places(before, now))
    (flow,) = flows(before, now, places(before, now))
    assert flow[:5] == (Debt.GLUE_CODE, 2, 1, 1, 2)
    assert flow.why == ""
    more = side(BEFORE, [*OLD, finding(rule="wrap")], rule("glue", OLD), rule("wrap", [finding(rule="wrap")]))
    assert "“Wrap”" in flows(more, now, places(more, now))[0].why


NAMES = st.lists(st.sampled_from("abcdefg"), unique=True)


@given(NAMES, NAMES)
def test_what_there_was_and_came_and_went_is_what_there_is(before: list[str], now: list[str]) -> None:
    then, here = side(BEFORE, some(*before)), side(NOW, some(*now))
    for flow in flows(then, here, places(then, here)):
        assert None not in (flow.before, flow.taken_on, flow.paid)
        assert (flow.before or 0) + (flow.taken_on or 0) - (flow.paid or 0) == flow.now
