"""Repositories of one store that meet in data, on both databases."""

from __future__ import annotations

from sqlalchemy import Connection

from collectors.facts.data_graph import Lineage
from mldebt.store.engine import Store
from mldebt.store.lineage import save_lineage
from mldebt.store.sharing import sharing_of
from tests.collectors.signals.accesses import pipeline
from tests.snapshots_by_hand import snapshot, stored

WRITER = pipeline("score > s3://shop/scores.parquet")
READER = pipeline("send < s3://shop/scores.parquet")


def kept(connection: Connection, name: str, graph: Lineage | None) -> int:
    mine, [first] = stored(connection, name, snapshot())
    if graph is not None:
        save_lineage(connection, mine, first, graph)
    return mine


def test_who_reads_what_another_repository_writes(store: Store) -> None:
    with store.writing() as connection:
        writer = kept(connection, "forecast", WRITER)
        reader = kept(connection, "mails", READER)
        kept(connection, "other", None)
        seen = sharing_of(connection, writer)
        assert seen is not None
        assert (seen.others, [one.reader for one in seen.consumers]) == (1, ["mails"])
        theirs = sharing_of(connection, reader)
        assert theirs is not None
        assert [one.writer for one in theirs.sources] == ["forecast"]


def test_what_may_not_be_seen_is_not_told(store: Store) -> None:
    with store.writing() as connection:
        writer, hidden = kept(connection, "forecast", WRITER), kept(connection, "secret", READER)
        open_one = kept(connection, "mails", READER)
        seen = sharing_of(connection, writer, visible=[open_one])
        assert seen is not None
        assert (seen.others, [one.reader for one in seen.consumers]) == (1, ["mails"])
        alone = sharing_of(connection, writer, visible=[])
        assert alone is not None
        assert (alone.others, alone.consumers) == (0, ())
        assert hidden not in (writer, open_one)


def test_without_a_graph_of_its_own_nothing_is_told(store: Store) -> None:
    with store.writing() as connection:
        kept(connection, "mails", READER)
        assert sharing_of(connection, kept(connection, "bare", None)) is None
        assert sharing_of(connection, 999) is None
