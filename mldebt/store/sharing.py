"""Which repositories of one store meet in data: worked out when it is shown, so that no snapshot depends on another."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from collectors.facts.data_graph import Lineage
from collectors.facts.data_sharing import Sharing, sharing
from mldebt.store.lineage import load_lineage
from mldebt.store.names import titles
from mldebt.store.reading import latest_snapshots, repositories


def sharing_of(connection: Connection, repository_id: int, visible: Collection[int] | None = None) -> Sharing | None:
    """How a repository's newest graph meets those of the others; None where it has no graph.

    Of the others only those that are `visible`, by id, are looked at: whoever may not see a repository is not told
    that it reads something. None means all.
    """
    rows = [row for row in repositories(connection) if visible is None or row.id in {*visible, repository_id}]
    newest, names = latest_snapshots(connection), titles(rows)
    graphs: dict[str, Lineage] = {}
    webs: dict[str, str] = {}
    for row in rows:
        snapshot = newest.get(row.id)
        graph = load_lineage(connection, snapshot.id) if snapshot else None
        if graph is not None:
            graphs[names[row.id]] = graph
            if row.web:
                webs[names[row.id]] = row.web
    mine = names.get(repository_id, "")
    return sharing(mine, graphs, webs) if mine in graphs else None
