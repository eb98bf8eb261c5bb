"""What declared pipelines say, against what is known of them. `python -m benchmarks.declared GIT_DIR…`"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from collectors.facts.lineage import Access
from collectors.lineage.declared.dbt_manifest import address
from collectors.lineage.declared.everything import declared

_DOCS = re.compile(r"^([ \t]*)# (?=.*# @docs-include)", re.MULTILINE)
"""Variables that Fivetran's packages switch on when their manifest is made, and at no other time."""


class Source(NamedTuple):
    """A commit read through git, a file when it is asked for."""

    git_dir: Path
    paths: list[str]
    text: Callable[[str], str | None]


def source(git_dir: Path, commit: str = "HEAD") -> Source:
    listed = subprocess.run(
        ["git", "-C", git_dir, "ls-tree", "-r", "-z", "--name-only", commit], stdout=subprocess.PIPE, check=True
    ).stdout
    known: dict[str, str | None] = {}

    def text(path: str) -> str | None:
        if path not in known:
            found = subprocess.run(
                ["git", "-C", git_dir, "cat-file", "blob", f"{commit}:{path}"], capture_output=True, check=False
            )
            known[path] = _DOCS.sub(r"\1", found.stdout.decode(errors="replace")) if found.returncode == 0 else None
        return known[path]

    return Source(git_dir, [path.decode(errors="backslashreplace") for path in listed.split(b"\0")[:-1]], text)


def against_manifest(read: Source) -> str:
    """Edges of models, from the templates alone, against those that dbt wrote down."""
    is_manifest = re.compile(r"(?:^|/)manifest\.json$")
    wanted: set[tuple[str, str]] = set()
    for path in filter(is_manifest.search, read.paths):
        manifest = json.loads(read.text(path) or "{}")
        for node in manifest.get("nodes", {}).values():
            if node["resource_type"] in {"model", "snapshot"} and node["original_file_path"] in read.paths:
                names = map(address, node["depends_on"]["nodes"])
                wanted |= {(node["original_file_path"], name) for name in names}
    files = {path for path, _ in wanted}
    said = [f"{read.git_dir}: {len(wanted)} edges of its manifest"]
    for how, paths in (
        ("templates alone", [path for path in read.paths if not is_manifest.search(path)]),
        ("macros by it", read.paths),
    ):
        found = declared(paths, read.text)
        made = {
            (row.path, row.name)
            for row in found.accesses
            if row.access is Access.READ and row.call in {"ref", "source", "manifest"} and row.path in files
        }
        right, unsure = len(made & wanted), {doubt.path for doubt in found.doubts}
        silent = sum(path not in unsure for path, _ in wanted - made)
        shares = f"recall {right / max(len(wanted), 1):.3f}, precision {right / max(len(made), 1):.3f}"
        said.append(f"{how}: {shares}, {silent} missed without a word")
    for path, name in sorted(made ^ wanted):
        print("   ", "more" if (path, name) in made else "missed", path, name)
    return "; ".join(said)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("git_dirs", type=Path, nargs="+")
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--manifest", action="store_true", help="dbt's edges against a committed manifest")
    given = parser.parse_args()
    for git_dir in given.git_dirs:
        if given.manifest:
            print(against_manifest(source(git_dir)))
            continue
        started = perf_counter()
        read = source(git_dir)
        found = declared(read.paths, read.text)
        jobs = {row.job for row in found.accesses if row.job} | {row.job for row in found.entries}
        holes = sum("◌" in row.name or not row.name for row in found.accesses)
        counts = f"{len(found.entries)} entries, {len(found.pins)} pins, {len(found.doubts)} doubts"
        names = f"{len(found.accesses)} accesses ({holes} with holes)"
        print(f"{git_dir}: {len(jobs)} jobs, {names}, {counts}, {perf_counter() - started:.2f} s")
        if given.rows:
            for row in (*found.accesses, *found.entries, *found.pins.items(), *found.doubts):
                print("   ", row)


if __name__ == "__main__":
    main()
