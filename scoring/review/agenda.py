"""An agenda that prepares itself: what a team has to talk about, in its order, with minutes that add up to 45."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

MINUTES = 45
LEAST = 2
"""Minutes of whatever is talked about at all."""


class Topic(StrEnum):
    """In the order in which they are talked about: decisions while there is time, questions with what is left."""

    ANSWERS = "answers"
    FLOWS = "flows"
    CARRIED = "carried"
    GOALS = "goals"
    LAPSES = "lapses"
    PLACES = "places"
    DECIDE = "decide"
    QUESTIONS = "questions"


TITLES: Mapping[Topic, str] = {
    Topic.CARRIED: "Actions carried over from earlier reviews",
    Topic.ANSWERS: "What moved in the five answers, and by what",
    Topic.FLOWS: "Debt taken on and paid, by kind",
    Topic.PLACES: "The heaviest places, by severity and by how often they change",
    Topic.GOALS: "Goals that are due or broken",
    Topic.LAPSES: "Answers and acceptances that ran out",
    Topic.QUESTIONS: "Questions that only people can answer",
    Topic.DECIDE: "Three decisions, each with an owner and a day",
}
_WEIGHTS: Mapping[Topic, int] = {
    Topic.CARRIED: 6,
    Topic.ANSWERS: 8,
    Topic.FLOWS: 4,
    Topic.PLACES: 8,
    Topic.GOALS: 4,
    Topic.LAPSES: 3,
    Topic.QUESTIONS: 8,
    Topic.DECIDE: 10,
}
"""How they share the time where there is something of each."""


class Item(NamedTuple):
    topic: Topic
    title: str
    minutes: int  # 0: nothing of it to talk about
    says: str  # what there is, in a clause


def agenda(says: Mapping[Topic, str], empty: Mapping[Topic, str]) -> tuple[Item, ...]:
    """All topics in their order. `says` tells what there is of those that need talk, `empty` why others do not.

    The time of a topic without anything goes to the others, in proportion; a decision is always taken.
    """
    live = [topic for topic in Topic if topic in says or topic is Topic.DECIDE]
    minutes = _shared(live)
    return tuple(
        Item(topic, TITLES[topic], minutes.get(topic, 0), says.get(topic) or empty.get(topic, "")) for topic in Topic
    )


def _shared(live: list[Topic]) -> dict[Topic, int]:
    """By the method of largest remainders: whole minutes that add up."""
    left = MINUTES - LEAST * len(live)
    whole = sum(_WEIGHTS[topic] for topic in live)
    parts = {topic: divmod(left * _WEIGHTS[topic], whole) for topic in live}
    missing = left - sum(minutes for minutes, _ in parts.values())
    first = sorted(live, key=lambda topic: -parts[topic][1])[:missing]
    return {topic: LEAST + parts[topic][0] + (topic in first) for topic in live}
