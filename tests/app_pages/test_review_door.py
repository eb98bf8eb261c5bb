"""Every way to reviews asks who looks, and every way of writing who decides."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest

from app_pages import _door, _review_door
from app_pages._repo import Repo
from mldebt.access import NotDecided, NotSeen, NotSignedIn
from mldebt.store import reviews
from mldebt.store.engine import Store
from mldebt.store.errors import GoneError
from mldebt.store.reviews import ReviewRow
from mldebt.store.snapshots import ensure_repository
from tests.dashboard_by_hand import NOW, add_repository
from tests.reviews_by_hand import decision
from tests.viewers_by_hand import person, seated

SAYS_NOTHING = {"today", "now"}
WRITES = ("open_review", "save_field", "decide", "take_back", "close", "discard")
FUNCTIONS = {
    name: found
    for name, found in inspect.getmembers(_review_door, inspect.isfunction)
    if found.__module__ == _review_door.__name__ and not name.startswith("_") and name not in SAYS_NOTHING
}


def arguments(function: Callable[..., Any], repo: Repo, review: ReviewRow) -> dict[str, Any]:
    """By the names of the parameters: a function with another one is not tested yet, which fails here."""
    snapshot = _door.latest(repo.id)
    known = {
        "repo": repo,
        "review": review,
        "snapshot": snapshot,
        "snapshot_id": review.now_id,
        "before_id": review.before_id,
        "now_id": review.now_id,
        "name": "closed_by",
        "value": "@ml",
        "known": None,
        "decision": decision(),
        "clear": (),
        "number": 1,
        "by": "@lead",
        "shown": frozenset(),
        "most": 3,
    }
    return {name: known[name] for name in signature(function).parameters}


def hidden_review(store: Store, repository_id: int, ids: list[int]) -> ReviewRow:
    with store.writing() as connection:
        number = reviews.open_review(connection, repository_id, ids[-2], ids[-1], "2026-11-24", NOW)
        found = reviews.review(connection, repository_id, number)
    assert found is not None
    return found


def test_all_that_writes_is_known() -> None:
    assert set(WRITES) <= set(FUNCTIONS)
    assert len(FUNCTIONS) > len(WRITES)


@pytest.mark.parametrize("name", sorted(FUNCTIONS, key=lambda name: (*WRITES, name).index(name)))
def test_each_way_asks_who_looks(dashboard_store: Store, name: str) -> None:
    mine, _ = add_repository(dashboard_store, "northwind/ranking", quarters=2)
    hidden, ids = add_repository(dashboard_store, "eastwind/secret", seed=2, quarters=3)
    review = hidden_review(dashboard_store, hidden, ids)
    with seated(person(1, mine, hidden, decides=(mine, hidden))) as seat:
        repo = next(repo for repo in _door.repositories() if repo.id == hidden)
        given = arguments(FUNCTIONS[name], repo, review)
        FUNCTIONS[name](**given)  # what is cached for one is not for another
        seat.now = person(2, mine, decides=(mine,))
        with pytest.raises(NotSeen):
            FUNCTIONS[name](**given)
        seat.now = NotSignedIn("your session ended: sign in again")
        with pytest.raises(NotSignedIn):
            FUNCTIONS[name](**given)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, one in FUNCTIONS.items()
        if {"review", "before_id", "snapshot_id"} & set(signature(one).parameters)
    ],
)
def test_through_an_own_repository_no_review_of_another_is_read_or_written(dashboard_store: Store, name: str) -> None:
    mine, _ = add_repository(dashboard_store, "northwind/ranking", quarters=2)
    hidden, ids = add_repository(dashboard_store, "eastwind/secret", seed=2, quarters=3)
    review = hidden_review(dashboard_store, hidden, ids)
    with seated(person(2, mine, decides=(mine,))):
        (own,) = _door.repositories()
        with pytest.raises((NotSeen, ValueError) if name == "open_review" else NotSeen):
            FUNCTIONS[name](**arguments(FUNCTIONS[name], own, review))
    with dashboard_store.reading() as connection:
        assert reviews.reviews(connection, hidden) == (review,)
        assert reviews.reviews(connection, mine) == ()


@pytest.mark.parametrize("name", WRITES)
def test_who_may_look_may_not_write(dashboard_store: Store, name: str) -> None:
    mine, ids = add_repository(dashboard_store, "northwind/ranking", quarters=3)
    review = hidden_review(dashboard_store, mine, ids)
    with seated(person(1, mine)):
        repo = _door.repositories()[0]
        with pytest.raises(NotDecided):
            FUNCTIONS[name](**arguments(FUNCTIONS[name], repo, review))
    with dashboard_store.reading() as connection:
        assert reviews.reviews(connection, mine) == (review,)
        assert reviews.fields(connection, review.id) == {}


def test_the_name_in_a_review_does_not_tell_that_another_repository_has_it_too(dashboard_store: Store) -> None:
    mine, ids = add_repository(dashboard_store, "ranking", quarters=3)
    with dashboard_store.writing() as connection:
        ensure_repository(connection, "/elsewhere/secret/ranking", "ranking")
    review = hidden_review(dashboard_store, mine, ids)
    with seated(person(1, mine, decides=(mine,))):
        (repo,) = _door.repositories()
        told = [_review_door.proposed(repo, ids[-2], ids[-1]), _review_door.record(repo, review)]
        _review_door.close(repo, review, "@lead")
        told.append(_review_door.record(repo, _review_door.reviews(repo)[0]))
    assert {one.repository for one in told} == {"ranking"}


def test_closing_what_is_gone_is_refused_in_a_sentence(dashboard_store: Store) -> None:
    mine, ids = add_repository(dashboard_store, "northwind/ranking", quarters=3)
    review = hidden_review(dashboard_store, mine, ids)
    with seated(person(1, mine, decides=(mine,))):
        (repo,) = _door.repositories()
        with dashboard_store.writing() as connection:
            reviews.discard(connection, review.id)
        with pytest.raises(NotSeen):
            _review_door.close(repo, review, "@lead")


def test_a_snapshot_that_goes_between_the_check_and_the_look_is_refused_in_a_sentence(
    dashboard_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, ids = add_repository(dashboard_store, "northwind/ranking", quarters=3)
    with seated(person(1, mine)):
        (repo,) = _door.repositories()
        monkeypatch.setattr(_door, "seen_snapshot", lambda snapshot_id: snapshot_id)  # it was there a moment ago
        with pytest.raises(NotSeen):
            _review_door.side(repo, max(ids) + 1)


@pytest.mark.parametrize(("raised", "told"), [(GoneError, NotSeen), (KeyError, KeyError), (IndexError, IndexError)])
def test_what_is_gone_is_not_seen_and_a_bug_stays_one(raised: type[Exception], told: type[Exception]) -> None:
    with pytest.raises(told), _review_door._gone_is_not_seen():
        raise raised
