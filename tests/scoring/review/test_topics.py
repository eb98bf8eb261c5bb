"""What is said on a topic of the agenda."""

from __future__ import annotations

from dataclasses import replace

from scoring.review.agenda import Topic
from scoring.review.goals import Checked, Outcome
from scoring.review.preparing import Earlier, Typed, prepared
from scoring.review.record import Flow
from scoring.review.topics import topics
from tests.reviews_by_hand import DAY, OLD, compared, decision


def said(*flows: Flow) -> str | None:
    found = compared(OLD, OLD)
    return topics(replace(prepared("r", None, found, Typed(DAY)), flows=flows), found)[0].get(Topic.FLOWS)


def flow(taken_on: int | None, paid: int | None) -> Flow:
    return Flow("glue_code", "Glue code", 1, taken_on, paid, 2, 0, "")


def test_what_is_known_of_some_kinds_is_not_said_of_all() -> None:
    assert said(flow(1, 0), flow(None, None), flow(None, None)) == "1 place taken on, 0 paid; known of 1 of 3 kinds"
    assert said(flow(1, 0), flow(2, 1)) == "3 places taken on, 1 paid"


def test_goals_that_cannot_be_measured_are_not_said_to_hold() -> None:
    def of_goals(*outcomes: Outcome) -> str:
        earlier = [Earlier(decision("supervise", number=n), Checked(one, "")) for n, one in enumerate(outcomes)]
        found = compared(OLD, OLD)
        return topics(prepared("r", None, found, Typed(DAY, earlier=earlier)), found)[1][Topic.GOALS]

    assert of_goals(Outcome.HELD, Outcome.HELD) == "2 set, all of them hold"
    assert of_goals(Outcome.HELD, Outcome.UNKNOWN) == "2 set, 1 holds, of 1 it is not known"
