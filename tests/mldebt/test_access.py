"""Who may see and decide what, as values."""

from __future__ import annotations

import pytest

from mldebt.access import EVERYONE, LocalAccess, Viewer, bind, bound


def test_without_sign_in_whoever_is_at_this_machine_may_do_everything() -> None:
    assert LocalAccess().viewer({}) == EVERYONE
    assert EVERYONE.visible is None
    assert EVERYONE.may_see(7)
    assert EVERYONE.may_decide(7)


@pytest.mark.parametrize(
    ("repository", "sees", "decides"), [(1, True, True), (2, True, False), (3, False, False), (4, False, False)]
)
def test_who_may_decide_may_see(repository: int, sees: bool, decides: bool) -> None:
    viewer = Viewer(7, "ada", frozenset({1, 2}), frozenset({1, 4}))
    assert (viewer.may_see(repository), viewer.may_decide(repository)) == (sees, decides)


def test_two_people_share_a_key_only_where_they_see_the_same() -> None:
    ada, bo = Viewer(7, "ada", frozenset({2, 1})), Viewer(8, "bo", frozenset({1, 2}))
    assert ada.visible == bo.visible == (1, 2)
    assert Viewer(9, "cy", frozenset()).visible == ()
    assert Viewer(9, "cy", frozenset()).visible != EVERYONE.visible


def test_whoever_answers_is_bound_once_for_the_process() -> None:
    before = bound()
    try:
        bind(other := LocalAccess())
        assert bound() is other
    finally:
        bind(before)
