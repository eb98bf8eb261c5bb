"""Goals, and what a later snapshot says of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scoring.debts import DEBTS, Debt
from scoring.finding import Finding
from scoring.review.goals import KINDS, About, Checked, Goal, Kind, Outcome, check, title
from scoring.review.sides import Side, places
from tests.reviews_by_hand import BEFORE, DAY, NOW, glue, rule, side, some
from tests.snapshots_by_hand import finding

LATER, PAST = "2024-06-30", "2024-01-31"
OLD = some("a", "b")


def checked(goal: Goal, before: Side, now: Side, day: str = DAY) -> Checked:
    return check(goal, before, now, places(before, now), day)


def outcome(kind: Kind, before: Sequence[Finding], now: Sequence[Finding], due: str = LATER) -> Outcome:
    goal = Goal(kind, About.DEBT, "glue_code", due)
    return checked(goal, side(BEFORE, before), side(NOW, now)).outcome


@pytest.mark.parametrize(
    ("kind", "now", "due", "expected"),
    [
        (Kind.REFACTOR, some("a"), LATER, Outcome.HELD),
        (Kind.REFACTOR, OLD, LATER, Outcome.OPEN),
        (Kind.REFACTOR, OLD, PAST, Outcome.BROKEN),
        (Kind.REFACTOR, some("a", "c"), PAST, Outcome.BROKEN),  # one paid, one new: nothing is won
        (Kind.SUPERVISE, some("a", "c"), LATER, Outcome.HELD),
        (Kind.SUPERVISE, some("a", "b", "c"), LATER, Outcome.BROKEN),
        (Kind.CRITICAL, some("a"), LATER, Outcome.HELD),
        (Kind.CRITICAL, some("a", "c"), LATER, Outcome.BROKEN),
        (Kind.ACCEPT, some("a", "b", "c"), LATER, Outcome.HELD),
        (Kind.ACCEPT, OLD, PAST, Outcome.RAN_OUT),
    ],
)
def test_each_kind_of_goal(kind: Kind, now: list[Finding], due: str, expected: Outcome) -> None:
    assert outcome(kind, OLD, now, due) is expected


def test_a_goal_for_one_place() -> None:
    before = side(BEFORE, OLD)
    goal = Goal(Kind.REFACTOR, About.FINDING, OLD[0].id, LATER)
    assert checked(goal, before, side(NOW, some("b"))) == (Outcome.HELD, "1 paid, 0 new")
    assert checked(goal, before, side(NOW, some("a"))).outcome is Outcome.OPEN
    assert checked(goal._replace(subject="f" * 12), before, side(NOW, OLD)).outcome is Outcome.UNKNOWN


def test_a_goal_for_a_file_is_not_reached_by_renaming_it() -> None:
    goal = Goal(Kind.REFACTOR, About.FILE, "a.py", LATER)
    moved = finding("b.py", id="aa"), finding("a.py", id="aa")
    assert checked(goal, side(BEFORE, [moved[1]]), side(NOW, [moved[0]])).outcome is Outcome.OPEN
    assert checked(goal, side(BEFORE, [moved[1]]), side(NOW, ())).outcome is Outcome.HELD


def test_a_file_without_a_place_can_be_kept_clean() -> None:
    goal = Goal(Kind.CRITICAL, About.FILE, "new.py", LATER)
    assert checked(goal, side(BEFORE, OLD), side(NOW, OLD)).outcome is Outcome.HELD
    assert checked(goal, side(BEFORE, OLD), side(NOW, [*OLD, *some("new")])).outcome is Outcome.BROKEN


def test_what_was_not_looked_at_decides_nothing() -> None:
    goal = Goal(Kind.REFACTOR, About.DEBT, "glue_code", LATER)
    found = checked(goal, side(BEFORE, OLD), side(NOW, (), rule("glue", reason="no clone")))
    assert found == (Outcome.UNKNOWN, "because “Glue” was unknown on 2024-02-13: no clone")
    of_history = side(BEFORE, (), rule("glue", OLD), lists_places=False)
    assert "made from history" in checked(goal, of_history, side(NOW, OLD)).why


def test_what_is_looked_at_no_more_is_told_beside_what_seems_paid() -> None:
    goal = Goal(Kind.REFACTOR, About.DEBT, "glue_code", LATER)
    found = checked(goal, side(BEFORE, OLD), side(NOW, some("a"), left_out=3))
    assert found == (Outcome.HELD, "1 paid, 0 new; 3 things less could be looked at than then")


@pytest.mark.parametrize("kind", [Kind.REFACTOR, Kind.SUPERVISE, Kind.CRITICAL])
def test_without_a_newer_snapshot_nothing_is_known(kind: Kind) -> None:
    same = side(BEFORE, OLD)
    goal = Goal(kind, About.DEBT, "glue_code", PAST)
    assert checked(goal, same, same) == (Outcome.UNKNOWN, "because nothing newer was scanned since")
    assert checked(goal._replace(kind=Kind.REFACTOR), same, same, "2023-12-01").outcome is Outcome.OPEN
    assert checked(goal._replace(kind=Kind.ACCEPT), same, same, "2023-12-01").outcome is Outcome.HELD


@pytest.mark.parametrize(
    ("kind", "now", "expected"),
    [
        (Kind.REFACTOR, 0.2, Outcome.HELD),
        (Kind.REFACTOR, 0.5, Outcome.OPEN),
        (Kind.SUPERVISE, 0.9, Outcome.BROKEN),
        (Kind.CRITICAL, 0.5, Outcome.HELD),
        (Kind.ACCEPT, 0.9, Outcome.HELD),
    ],
)
def test_a_debt_without_places_is_checked_by_its_numbers(kind: Kind, now: float, expected: Outcome) -> None:
    goal = Goal(kind, About.DEBT, "glue_code", LATER)
    found = checked(goal, side(BEFORE, (), glue(0.5)), side(NOW, (), glue(now)))
    assert found.outcome is expected
    assert "of 1 number" in found.why


def test_a_debt_that_nothing_measures_is_not_measurable() -> None:
    goal = Goal(Kind.SUPERVISE, About.DEBT, "hidden_feedback_loops", LATER)
    found = checked(goal, side(BEFORE, OLD), side(NOW, OLD))
    assert found == (Outcome.UNKNOWN, "because no number of “Hidden feedback loops” was measured on both days")


def test_words() -> None:
    assert set(KINDS) == set(Kind)
    assert title("glue_code") == DEBTS[Debt.GLUE_CODE].title.en
    assert title("no_debt") == "no_debt"
