"""What the pictures of a snapshot are drawn from: written whole, read whole."""

from __future__ import annotations

import zlib

from sqlalchemy import Connection, select
from sqlmodel import col

from collectors.facts.codec import NotASummaryError, from_json, to_json
from collectors.facts.pictures import Pictures
from mldebt.store.tables import SnapshotPictures

MOST_BYTES = 1 << 20
"""Unpacked. What is larger was not written by a scan."""


def pictures_row(snapshot_id: int, pictures: Pictures) -> tuple[int, bytes]:
    return snapshot_id, zlib.compress(to_json(pictures).encode("ascii"))


def load_pictures(connection: Connection, snapshot_id: int) -> Pictures | None:
    """None where none were kept with the snapshot, or by a program that drew others."""
    row = select(col(SnapshotPictures.body)).where(col(SnapshotPictures.snapshot_id) == snapshot_id)
    body = connection.execute(row).scalar()
    if body is None:
        return None
    try:
        return from_json(Pictures, zlib.decompressobj().decompress(bytes(body), MOST_BYTES))
    except (zlib.error, NotASummaryError):
        return None
