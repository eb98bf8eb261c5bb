"""The graph of data of a repository's newest snapshot: written whole, read whole.

What is drawn and asked of it needs all of it, so it is one value: packed JSON of its accesses.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple

from sqlalchemy import Connection, delete, select
from sqlmodel import col

from collectors.facts.codec import NotASummaryError, from_json, to_json
from collectors.facts.data_graph import Lineage
from collectors.facts.lineage import DataAccess
from mldebt.store.bulk import insert_rows
from mldebt.store.tables import Snapshot, SnapshotLineage

MOST_BYTES = 256 << 20
"""Unpacked. What is larger was not written by a scan."""


class _Pin(NamedTuple):
    name: str
    version: str


class _Kept(NamedTuple):
    accesses: tuple[DataAccess, ...] = ()
    exhausted: tuple[str, ...] = ()
    commit: str = ""
    as_of: int = 0
    pins: tuple[_Pin, ...] = ()


def save_lineage(connection: Connection, repository_id: int, snapshot_id: int, lineage: Lineage) -> None:
    """Keep the graph with a snapshot; those of the repository's other snapshots go, so that one alone is kept."""
    mine = select(col(Snapshot.id)).where(col(Snapshot.repository_id) == repository_id)
    connection.execute(delete(SnapshotLineage).where(col(SnapshotLineage.snapshot_id).in_(mine)))
    kept = _Kept(
        lineage.accesses,
        lineage.exhausted,
        lineage.commit,
        lineage.as_of,
        tuple(_Pin(*pin) for pin in lineage.pins),
    )
    body = zlib.compress(to_json(kept).encode("ascii"))
    insert_rows(connection, SnapshotLineage, [(snapshot_id, body)])


def load_lineage(connection: Connection, snapshot_id: int) -> Lineage | None:
    """None where no graph was kept with the snapshot, or by a program that saw other things in an access."""
    row = select(col(SnapshotLineage.body)).where(col(SnapshotLineage.snapshot_id) == snapshot_id)
    body = connection.execute(row).scalar()
    if body is None:
        return None
    try:
        unpacking = zlib.decompressobj()
        kept = from_json(_Kept, unpacking.decompress(bytes(body), MOST_BYTES))
    except (zlib.error, NotASummaryError):
        return None
    pins = tuple((pin.name, pin.version) for pin in kept.pins)
    return Lineage(kept.accesses, kept.commit, kept.as_of, kept.exhausted, pins)
