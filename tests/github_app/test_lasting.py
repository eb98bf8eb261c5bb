"""Moments of a session, seconds apart."""

from __future__ import annotations

import pytest

from github_app.lasting import ASKED_AFTER, HOLDS, IDLE, LIVES, SKEW, holds, is_due, is_open
from mldebt.store.sessions import Begun

NOW = 1_795_500_000
BEGUN = Begun(b"x", 7, "ada", NOW, NOW, NOW + LIVES, NOW + HOLDS)


@pytest.mark.parametrize(
    ("later", "is_held", "is_asked", "lasts"),
    [
        (0, True, False, True),
        (ASKED_AFTER - 1, True, False, True),
        (ASKED_AFTER, True, True, True),
        (HOLDS - 1, True, True, True),
        (HOLDS, False, True, True),
        (IDLE - 1, False, True, True),
        (IDLE, False, True, False),
        (-SKEW, True, False, True),
        (-SKEW - 1, False, True, False),
        (-86_400, False, True, False),
    ],
)
def test_what_holds_and_what_lasts(later: int, is_held: bool, is_asked: bool, lasts: bool) -> None:
    now = NOW + later
    assert (holds(BEGUN, now), is_due(BEGUN, now), is_open(BEGUN, now)) == (is_held, is_asked, lasts)


def test_what_was_taken_back_is_asked_for_at_once() -> None:
    begun = BEGUN._replace(granted_until=0)
    assert (holds(begun, NOW), is_due(begun, NOW), is_open(begun, NOW)) == (False, True, True)


def test_a_session_that_is_used_lasts_until_its_end() -> None:
    begun = BEGUN._replace(seen_at=NOW + LIVES - 1)
    assert is_open(begun, NOW + LIVES - 1)
    assert not is_open(begun, NOW + LIVES)
