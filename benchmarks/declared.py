"""What declared pipelines say, against what is known of them. `python -m benchmarks.declared GIT_DIR…`"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from collectors.facts.lineage import HOLE, Access
from collectors.lineage.declared.dbt_manifest import address
from collectors.lineage.declared.everything import declared
from collectors.lineage.declared.kedro_catalog import catalogs
from collectors.lineage.declared.kedro_nodes import pipelines
from collectors.lineage.declared.rows import DoubtKind, Tree

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


def against_literals(read: Source) -> str:
    """Edges of Kedro's nodes against those of all calls of node() whose data is written out, before any namespace."""
    tree = Tree(frozenset(read.paths), read.text)
    wanted: set[tuple[str, int, str, str]] = set()
    made: set[tuple[str, int, str, str]] = set()
    calls = 0
    for catalog in catalogs(tree):
        for path in tree.below(catalog.root):
            if path.endswith(".py") and "/tests/" not in path and "create_pipeline" in (read.text(path) or ""):
                for node in ast.walk(ast.parse(read.text(path) or "")):
                    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"node", "Node"}:
                        calls += 1
                        wanted |= {(path, node.lineno, *edge) for edge in literals(node)}
        for found in pipelines(tree, catalog.root).nodes:
            made |= {(found.path, found.line, "<", name) for name in found.inputs}
            made |= {(found.path, found.line, ">", name) for name in found.outputs}
    bare = {(path, line, way, name.rpartition(".")[2].removeprefix("params:")) for path, line, way, name in made}
    plain = {(path, line, way, name.rpartition(".")[2].removeprefix("params:")) for path, line, way, name in wanted}
    for edge in sorted(plain ^ bare):
        print("   ", "more" if edge in bare else "missed", *edge)
    right = len(bare & plain)
    shares = f"recall {right / max(len(plain), 1):.3f}, precision {right / max(len(bare), 1):.3f}"
    return f"{read.git_dir}: {calls} calls of node(), {len(plain)} edges written out, namespaces aside; {shares}"


def literals(call: ast.Call) -> Iterator[tuple[str, str]]:
    given = dict(zip(("func", "inputs", "outputs"), call.args, strict=False))
    given |= {word.arg: word.value for word in call.keywords if word.arg}
    for way, word in (("<", "inputs"), (">", "outputs")):
        value = given.get(word)
        if isinstance(value, ast.Call):  # dict(x="…")
            values = [inner.value for inner in value.keywords]
        else:
            values = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
        yield from (
            (way, item.value) for item in values if isinstance(item, ast.Constant) and isinstance(item.value, str)
        )


def of_dvc(reads: Iterable[Source]) -> str:
    """Stages of dvc.yaml, and how much of what they name is left open."""
    stages: set[tuple[Path, str]] = set()
    names = holes = entries = missing = 0
    for read in reads:
        found = declared(read.paths, read.text, ())
        rows = [row for row in found.accesses if row.path.endswith("dvc.yaml") and row.name]
        stages |= {(read.git_dir, row.job) for row in rows if row.job}
        stages |= {(read.git_dir, row.job) for row in found.entries if row.path.endswith("dvc.yaml")}
        names, holes = names + len(rows), holes + sum(HOLE in row.name for row in rows)
        entries += sum(row.path.endswith("dvc.yaml") for row in found.entries)
        missing += sum(doubt.kind is DoubtKind.MISSING for doubt in found.doubts)
    told = f"{names} names, {holes} of them with holes; {entries} commands run Python"
    return f"{len(stages)} stages: {told}, {missing} a script that is not there"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("git_dirs", type=Path, nargs="+")
    parser.add_argument("--rows", action="store_true")
    parser.add_argument("--manifest", action="store_true", help="dbt's edges against a committed manifest")
    parser.add_argument("--dvc", action="store_true", help="stages of dvc.yaml of all, in one line")
    parser.add_argument("--kedro", action="store_true", help="Kedro's edges against nodes that are written out")
    given = parser.parse_args()
    if given.dvc:
        print(of_dvc(map(source, given.git_dirs)))
        return
    for git_dir in given.git_dirs:
        if given.manifest:
            print(against_manifest(source(git_dir)))
            continue
        if given.kedro:
            print(against_literals(source(git_dir)))
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
