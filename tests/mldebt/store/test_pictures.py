"""What pictures are drawn from, with the snapshot."""

from __future__ import annotations

from collectors.facts.model_changes import WEEK, Week
from collectors.facts.pictures import Pictures
from collectors.facts.ramp import Point
from mldebt.store.engine import Store
from mldebt.store.pictures import load_pictures
from mldebt.store.snapshots import NewSnapshot, ensure_repository, forget_repository, save_snapshot
from scoring.answers import Identity

KEPT = Pictures((Week(0, 1, 2, 3), Week(WEEK)), True, (Point("began 13 to 24 months ago", 3, 7, 5, 0.4),))


def saved(store: Store, pictures: Pictures | None) -> tuple[int, int]:
    with store.writing() as connection:
        repository = ensure_repository(connection, "/src/x", "x")
        snapshot = NewSnapshot(Identity("a" * 40, 7), 7, pictures=pictures)
        return repository, save_snapshot(connection, repository, snapshot)


def test_they_come_back_as_they_were_and_go_with_the_repository(store: Store) -> None:
    repository, snapshot = saved(store, KEPT)
    with store.reading() as connection:
        assert load_pictures(connection, snapshot) == KEPT
    with store.writing() as connection:
        forget_repository(connection, repository)
    with store.reading() as connection:
        assert load_pictures(connection, snapshot) is None


def test_a_snapshot_of_before_has_none(store: Store) -> None:
    _, snapshot = saved(store, None)
    with store.reading() as connection:
        assert load_pictures(connection, snapshot) is None
