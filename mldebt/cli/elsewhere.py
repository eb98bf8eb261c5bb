"""`mldebt closure`: which other repositories of the store meet this one in data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.text import Text

from collectors.facts.closure import closure
from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_sharing import Shared, Sharing
from collectors.facts.lineage import DataAccess
from scoring.report.text import visible

MOST = 50


def around(seen: Sharing, lineage: Lineage, node: Node | None, *, downstream: bool) -> Sharing:
    """What of it belongs to a closure: readers of the node or of what rests on it, writers of what it rests on."""
    if node is None:
        return seen
    names = {node.name, *(row.name for row in closure(lineage, node, downstream=downstream).data)}
    consumed = names if downstream else {node.name}
    rested_on = {node.name} if downstream else names
    return seen._replace(
        consumers=tuple(one for one in seen.consumers if one.written.name in consumed),
        sources=tuple(one for one in seen.sources if one.read.name in rested_on),
    )


def lines(seen: Sharing | None) -> Iterator[Text]:
    yield Text(f"\n{(seen or Sharing()).sentence}", "bold")
    if seen is not None:
        yield from _rows(seen.consumers, "read by", consumers=True)
        if seen.sources:
            yield Text("Read here, written by another repository:")
            yield from _rows(seen.sources, "written by", consumers=False)


def _rows(rows: tuple[Shared, ...], verb: str, *, consumers: bool) -> Iterator[Text]:
    for one in rows[:MOST]:
        other, place = (one.reader, one.read) if consumers else (one.writer, one.written)
        said = "" if one.is_declared else "; no pipeline there says so" if consumers else ""
        text = f"· {visible(one.name, 120)}  {verb} {visible(other)}  {visible(place.path)}:{place.line}{said}"
        yield Text(text, no_wrap=True, overflow="ignore")
    if len(rows) > MOST:
        yield Text(f"· and {len(rows) - MOST:,} more: --format json lists them", "dim")


def elsewhere_object(seen: Sharing | None) -> dict[str, Any] | None:
    if seen is None:
        return None
    return {
        "repositories": seen.others,
        "addresses": seen.addresses,
        "consumers": _objects(seen.consumers),
        "sources": _objects(seen.sources),
    }


def _objects(rows: Iterable[Shared]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "writer": one.writer,
            "reader": one.reader,
            "written": _place(one.written),
            "read": _place(one.read),
            "declared": one.is_declared,
        }
        for one in rows
    ]


def _place(row: DataAccess) -> dict[str, Any]:
    return {"file": row.path, "line": row.line or None, "call": row.call or None, "stage": row.job or None}
