"""The commit graph of a repository, read in one pass; past holes, where it has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from collectors.git.errors import GitFailed
from collectors.git.graph import Graph, Row, graph_of, in_order
from collectors.git.objects import objects
from collectors.git.process import run
from collectors.git.repository import Repository


def read_graph(repository: Repository, tips: Collection[str]) -> Graph:
    """Everything that the tips (hex) reach. A tip that is missing or no commit is not in it.

    Where commits are missing or corrupt, their children are in the graph's `torn`.
    """
    asked = "".join(f"{tip}\n" for tip in sorted(set(tips))).encode()
    options = ("--parents", "--timestamp", "--topo-order", "--ignore-missing", "--stdin")
    try:
        return graph_of(_rows(run(repository, "rev-list", *options, stdin=asked)))
    except GitFailed:
        return _salvaged(repository, tips)


def _rows(listed: bytes) -> Iterator[Row]:
    lines = listed.decode().split("\n")
    lines.pop()
    while lines:  # newest first, and given back as they are read
        at, oid, *parents = lines.pop().split(" ")
        yield Row(oid, tuple(parents), int(at))


def _salvaged(repository: Repository, tips: Collection[str]) -> Graph:
    """The same from every commit object that can still be read. git itself gives up at the first hole."""
    listed = run(repository, "cat-file", "--batch-all-objects", "--buffer", "--batch-check=%(objectname) %(objecttype)")
    commits = [line.split(" ")[0] for line in listed.decode().splitlines() if line.endswith(" commit")]
    found = {read.oid: _row(read.oid, read.body) for read in objects(repository, commits) if read.body is not None}
    reached: dict[str, Row] = {}
    waiting = [tip for tip in tips if tip in found]
    while waiting:
        oid = waiting.pop()
        if oid in found and oid not in reached:
            reached[oid] = found[oid]
            waiting += found[oid].parents
    return graph_of(in_order(reached.values()))


def _row(oid: str, body: bytes) -> Row:
    head = body.partition(b"\n\n")[0].split(b"\n")
    date = next((line for line in head if line.startswith(b"committer ")), b"").rpartition(b"> ")[2].split(b" ")[0]
    parents = tuple(line[7:].decode("ascii", "replace") for line in head if line.startswith(b"parent "))
    return Row(oid, parents, int(date) if date.isdigit() else 0)
