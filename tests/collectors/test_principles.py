"""The paper's six principles of good configuration: each has its signal, or a question that a person answers."""

import re

import pytest

from collectors.registry import discover
from docs.generate_signals import PAGE
from scoring.debts import Debt
from scoring.signal import Status

PRINCIPLES = ("first", "second", "third", "fourth", "fifth", "sixth")
SIGNALS = [one.definition for one in discover() if one.definition.debt is Debt.CONFIGURATION_DEBT]


def speaking_of(principle: str) -> list[str]:
    return [one.name for one in SIGNALS if re.search(rf"\b{principle}\b.*\bprinciple", f"{one.text} {one.source}")]


@pytest.mark.parametrize("principle", PRINCIPLES)
def test_each_principle_has_a_signal_that_the_page_shows(principle: str) -> None:
    names = speaking_of(principle)
    assert names
    page = PAGE.read_text("utf-8")
    assert all(f"## {name}\n" in page for name in names)


def test_what_git_does_not_hold_is_asked() -> None:
    asked = {one.name for one in SIGNALS if one.status is Status.ASK}
    assert asked & set(speaking_of("sixth"))
