"""Files through time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import frozensets, sampled_from

from mldebt.example.content import woven_files
from mldebt.example.story import story
from mldebt.example.weave import weave

WOVEN = weave(
    "new.py",
    """@@ was old.py until move
first
@@ from a until b
between
@@ from b
x = ⟦1¦c: 2¦d: 3⟧
⟦¦c: only from c⟧
""",
)
EVENTS = sorted({event for woven in woven_files() for event in woven.events})


@pytest.mark.parametrize(
    ("events", "text"),
    [
        (set(), "first\n"),
        ({"a"}, "first\nbetween\n"),
        ({"a", "b"}, "first\nx = 1\n"),
        ({"b", "c"}, "first\nx = 2\nonly from c\n"),
        ({"b", "d", "c"}, "first\nx = 3\nonly from c\n"),
    ],
)
def test_lines_stand_between_events(events: set[str], text: str) -> None:
    assert WOVEN.text_at(events) == text


def test_a_file_has_another_name_until_it_is_moved() -> None:
    assert (WOVEN.path_at(set()), WOVEN.path_at({"move"})) == ("old.py", "new.py")


def test_every_event_of_a_file_is_known() -> None:
    assert WOVEN.events == {"a", "b", "c", "d", "move"}


def test_a_file_without_lines_does_not_exist() -> None:
    assert weave("f", "@@ from a\nline\n").text_at(set()) is None


def test_the_last_alternative_that_has_happened_is_chosen_even_if_it_is_empty() -> None:
    assert weave("f", "a⟦b¦gone:⟧\n").text_at({"gone"}) == "a\n"


@pytest.mark.parametrize("text", ["@@ since a\n", "⟦b¦no colon⟧\n"])
def test_what_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a guard|begins with an event"):
        weave("f", text).text_at({"a"})


@given(frozensets(sampled_from(EVENTS)))
def test_only_a_file_s_own_events_change_it(events: frozenset[str]) -> None:
    for woven in woven_files():
        assert woven.text_at(events) == woven.text_at(events & woven.events)


def test_the_files_and_the_story_know_the_same_events() -> None:
    told = {event for step in story() for event in step.events if not event.startswith("run-")}
    assert told - {"start"} == set(EVENTS)
