"""What reading the files of a tree costs. `python -m benchmarks.readers GIT_DIR…`"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.harness import ROUNDS, Figure, report, side_by_side
from collectors.facts.codec import from_json, to_json
from collectors.facts.files import Summary
from collectors.readers.reading import file_of, reader_key, summarise, wanted


class Entry(NamedTuple):
    mode: str
    oid: str
    size: int
    path: str


def entries(git_dir: Path) -> list[Entry]:
    listed = subprocess.run(
        ["git", "-C", git_dir, "ls-tree", "-r", "-z", "-l", "HEAD"], stdout=subprocess.PIPE, check=True
    ).stdout
    rows = []
    for row in listed.split(b"\0")[:-1]:
        head, _, path = row.partition(b"\t")
        mode, kind, oid, size = head.decode().split()
        if kind == "blob" and size.isdigit():
            rows.append(Entry(mode, oid, int(size), path.decode(errors="backslashreplace")))
    return rows


def bodies(git_dir: Path, found: list[Entry]) -> Iterator[bytes]:
    """Through one `cat-file --batch`, as anything that reads blobs has to."""
    oids = "\n".join(entry.oid for entry in found).encode() + b"\n"
    command = ["git", "-C", str(git_dir), "cat-file", "--batch", "--buffer"]
    out = subprocess.run(command, input=oids, stdout=subprocess.PIPE, check=True).stdout
    place = 0
    for entry in found:
        start = out.index(b"\n", place) + 1
        yield out[start : start + entry.size]
        place = start + entry.size + 1


def read_and_parse(git_dir: Path) -> None:
    """The yardstick: every Python blob read, parsed, and walked once."""
    python = [entry for entry in entries(git_dir) if entry.path.endswith(".py")]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for body in bodies(git_dir, python):
            try:
                tree = ast.parse(body)
            except (SyntaxError, ValueError):
                continue
            for _ in ast.walk(tree):
                pass


def read_all(git_dir: Path) -> dict[tuple[str, str], str]:
    """Every file of the tree summarised and placed; what a cache would keep."""
    listed = entries(git_dir)
    chosen = [entry for entry in listed if wanted(entry.path, entry.mode, entry.size)]
    kept = {}
    for entry, body in zip(chosen, bodies(git_dir, chosen), strict=True):
        summary = summarise(entry.path, body)
        file_of(entry.path, entry.oid, entry.size, entry.mode, summary)
        kept[entry.oid, reader_key(entry.path)] = to_json(summary)
    return kept


def read_again(git_dir: Path, kept: dict[tuple[str, str], str]) -> None:
    """The same tree, with every summary known."""
    for entry in entries(git_dir):
        if wanted(entry.path, entry.mode, entry.size):
            summary = from_json(Summary, kept[entry.oid, reader_key(entry.path)])
            file_of(entry.path, entry.oid, entry.size, entry.mode, summary)


def figures(git_dir: Path, rounds: int) -> Iterator[Figure]:
    kept = read_all(git_dir)  # enry is loaded, and expressions are compiled, once in a process
    spent = side_by_side(
        {
            "parse": lambda: read_and_parse(git_dir),
            "cold": lambda: read_all(git_dir),
            "warm": lambda: read_again(git_dir, kept),
        },
        rounds,
    )
    note = f"{git_dir.parent.name}: {len(kept)} blobs, {spent['cold']:.2f} s / {spent['parse']:.2f} s"
    yield Figure(
        "every file read and placed, cold / Python read, parsed and walked once",
        spent["cold"] / spent["parse"],
        "x",
        "≤ 1.7",
        f"{note}, median of {rounds}",
    )
    yield Figure("the same tree with every summary known", spent["warm"], "s", "≤ 0.2", note)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("git_dirs", nargs="+", type=Path, metavar="GIT_DIR")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = (figure for git_dir in args.git_dirs for figure in figures(git_dir, args.rounds))
    return 0 if report(found, args.json) else 1


if __name__ == "__main__":
    sys.exit(main())
