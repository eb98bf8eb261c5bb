"""The graph of data, kept with the newest snapshot, on both databases."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select, update
from sqlmodel import col

from collectors.facts.data_graph import Lineage, lineage
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin, Resolution
from mldebt.store.engine import Store
from mldebt.store.lineage import load_lineage, save_lineage
from mldebt.store.snapshots import forget_repository
from mldebt.store.tables import SnapshotLineage
from tests.collectors.signals.accesses import SHOP, pipeline
from tests.snapshots_by_hand import snapshot, stored

FULL = DataAccess(
    Access.WRITE,
    "data/◌ \udcff\0.csv",
    NodeKind.METRICS,
    Origin.DECLARED,
    "dvc.yaml",
    7,
    Resolution.TEMPLATE,
    "outs",
    "train@a",
    "main",
    "md5:0",
    "it is an argument",
    ("a.csv", "b.csv"),
)


def kept(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(SnapshotLineage)).scalar_one())


def test_it_comes_back_as_it_was(store: Store) -> None:
    whole = Lineage(
        lineage([*pipeline(*SHOP), FULL]).accesses, "a" * 40, 1_700_000_000, ("src/long.py",), (("a", "md5:1"),)
    )
    with store.writing() as connection:
        mine, [first] = stored(connection, "credit", snapshot())
        save_lineage(connection, mine, first, whole)
        assert load_lineage(connection, first) == whole


def test_none_is_kept_for_other_snapshots(store: Store) -> None:
    with store.writing() as connection:
        mine, [first] = stored(connection, "credit", snapshot())
        _, [later] = stored(connection, "credit", snapshot(day=1))
        other, [theirs] = stored(connection, "other", snapshot())
        save_lineage(connection, mine, first, pipeline(*SHOP))
        save_lineage(connection, other, theirs, pipeline(*SHOP))
        save_lineage(connection, mine, later, pipeline("a < x.csv"))
        assert load_lineage(connection, first) is None
        assert load_lineage(connection, later) == pipeline("a < x.csv")
        assert load_lineage(connection, theirs) == pipeline(*SHOP)
        save_lineage(connection, mine, first, pipeline(*SHOP))  # A, B, A
        assert load_lineage(connection, first) == pipeline(*SHOP)
    assert kept(store) == 2


def test_it_goes_with_its_repository(store: Store) -> None:
    with store.writing() as connection:
        mine, [first] = stored(connection, "credit", snapshot())
        save_lineage(connection, mine, first, pipeline(*SHOP))
        forget_repository(connection, mine)
    assert kept(store) == 0


def test_what_another_program_wrote_is_as_good_as_none(store: Store) -> None:
    with store.writing() as connection:
        mine, [first] = stored(connection, "credit", snapshot())
        save_lineage(connection, mine, first, pipeline(*SHOP))
        connection.execute(update(SnapshotLineage).values(body=b"not packed"))
        assert load_lineage(connection, first) is None
        assert load_lineage(connection, first + 1) is None


def test_many_accesses_take_little_room(store: Store) -> None:
    rows = [row._replace(line=line) for line in range(1, 2_001) for row in pipeline(*SHOP)]
    with store.writing() as connection:
        mine, [first] = stored(connection, "credit", snapshot())
        save_lineage(connection, mine, first, replace(lineage(rows)))
        body = connection.execute(select(func.length(col(SnapshotLineage.body)))).scalar_one()
    assert body < 20 * len(rows)
