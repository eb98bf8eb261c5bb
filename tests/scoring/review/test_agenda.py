"""The agenda: its topics, and minutes that add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scoring.review.agenda import LEAST, MINUTES, TITLES, Topic, agenda


@given(st.sets(st.sampled_from(Topic)))
def test_the_minutes_add_up_whatever_there_is_to_talk_about(live: set[Topic]) -> None:
    items = agenda(dict.fromkeys(live, "much"), {})
    assert [item.topic for item in items] == list(Topic)
    assert sum(item.minutes for item in items) == MINUTES
    talked = live | {Topic.DECIDE}
    assert all(item.minutes >= LEAST if item.topic in talked else item.minutes == 0 for item in items)


def test_it_looks_back_first_and_decides_before_it_asks() -> None:
    items = agenda({Topic.CARRIED: "2 actions"}, {Topic.LAPSES: "nothing ran out"})
    carried = next(item for item in items if item.topic is Topic.CARRIED)
    assert (carried.title, carried.says) == (TITLES[Topic.CARRIED], "2 actions")
    assert [item.topic for item in items[-3:]] == [Topic.PLACES, Topic.DECIDE, Topic.QUESTIONS]
    assert [item.says for item in items if item.topic is Topic.LAPSES] == ["nothing ran out"]


def test_a_quarter_with_everything_leaves_time_for_each() -> None:
    minutes = {item.topic: item.minutes for item in agenda(dict.fromkeys(Topic, "much"), {})}
    assert minutes[Topic.DECIDE] == max(minutes.values())
    assert min(minutes.values()) >= 3
