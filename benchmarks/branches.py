"""What the distance of every ref costs, against git only listing the commits. See `--help` for what it takes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.harness import Figure, command, report, side_by_side
from benchmarks.synthetic import synthetic
from collectors.git.branches import branches
from collectors.git.distance import distances
from collectors.git.process import run
from collectors.git.repository import Repository, open_repository
from collectors.git.walk import read_graph

REFS = 20_000
COMMITS = 50_000


def every_distance(source: Repository) -> list[tuple[str, int, int]]:
    """Name, ahead and behind of every ref that leads to a commit."""
    listed = run(source, "for-each-ref", "--format=%(objectname) %(refname)").decode("utf-8", "backslashreplace")
    refs = [line.split(" ") for line in listed.splitlines()]
    graph = read_graph(source, {source.head or "", *(oid for oid, _ in refs)})
    away = distances(graph, graph.numbers[source.head or ""])
    tips = ((name, graph.numbers[oid]) for oid, name in refs if oid in graph.numbers)
    return [(name, away.ahead[tip], away.behind(tip)) for name, tip in tips]


def figures(source: Repository, name: str, many: bool) -> Iterator[Figure]:
    git = ("git", f"--git-dir={source.git_dir}")
    seconds = side_by_side(
        {
            "rev-list": command(*git, "rev-list", "--all", "--parents"),
            "distances": partial(every_distance, source),
            "branches": partial(branches, source, 0),
        }
    )
    count = len(every_distance(source))
    note = f"{name}, {count:,} refs: {seconds['distances']:.3f} s / {seconds['rev-list']:.3f} s"
    ratio = seconds["distances"] / seconds["rev-list"]
    yield Figure("ahead/behind of every ref / `rev-list --all --parents`", ratio, "x", "≤ 5", note)
    if many:
        whole = f"{name}, {count:,} refs; with merged branches found, as a scan does: {seconds['branches']:.1f} s"
        yield Figure(f"ahead/behind of {REFS:,} refs", seconds["distances"], "s", "≤ 2", whole)


def _figures(repos: Iterable[Path], folder: Path | None) -> Iterator[Figure]:
    for repo in repos:
        source = open_repository(str(repo), Path(), lambda _: None)
        name = source.git_dir.parent.name if source.name == "repo" else source.name
        yield from figures(source, name, many=len(every_distance(source)) >= REFS)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        source = open_repository(str(synthetic(folder, COMMITS, REFS)), folder, lambda _: None)
        yield from figures(source, f"synthetic, {COMMITS:,} commits", many=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repo", action="append", type=Path, default=[], help="a git directory; may be repeated")
    parser.add_argument("--no-synthetic", action="store_true", help="only what --repo names")
    parser.add_argument("--keep", type=Path, help="folder that keeps the synthetic repository for the next time")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = None if options.no_synthetic else options.keep or Path(temporary)
        return 0 if report(_figures(options.repo, folder), options.json) else 1


if __name__ == "__main__":
    sys.exit(main())
