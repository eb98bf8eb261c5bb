"""What is said on a topic of the agenda."""

from __future__ import annotations

from dataclasses import replace

from scoring.review.agenda import Topic
from scoring.review.preparing import Typed, prepared
from scoring.review.record import Flow
from scoring.review.topics import topics
from tests.reviews_by_hand import DAY, OLD, compared


def said(*flows: Flow) -> str | None:
    found = compared(OLD, OLD)
    return topics(replace(prepared("r", None, found, Typed(DAY)), flows=flows), found)[0].get(Topic.FLOWS)


def flow(taken_on: int | None, paid: int | None) -> Flow:
    return Flow("glue_code", "Glue code", 1, taken_on, paid, 2, 0, "")


def test_what_is_known_of_some_kinds_is_not_said_of_all() -> None:
    assert said(flow(1, 0), flow(None, None), flow(None, None)) == "1 place taken on, 0 paid; known of 1 of 3 kinds"
    assert said(flow(1, 0), flow(2, 1)) == "3 places taken on, 1 paid"
