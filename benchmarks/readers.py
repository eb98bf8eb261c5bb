"""What reading the files of a tree costs. `python -m benchmarks.readers GIT_DIR…`"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
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


def read_and_parse(git_dir: Path, *, with_notebooks: bool = False) -> None:
    """The yardstick: every Python blob read, parsed, and walked once; of notebooks, if asked, the code cells too."""
    endings = (".py", ".ipynb") if with_notebooks else (".py",)
    python = [entry for entry in entries(git_dir) if entry.path.endswith(endings)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for entry, body in zip(python, bodies(git_dir, python), strict=True):
            try:
                tree = ast.parse(_cells(body) if entry.path.endswith(".ipynb") else body)
            except (SyntaxError, ValueError):
                continue
            for _ in ast.walk(tree):
                pass


def _cells(notebook: bytes) -> str:
    """Code cells joined, lines that are the kernel's commands left empty: the least that lets them be parsed."""
    cells = json.loads(notebook).get("cells", ())
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return "\n".join("" if line.startswith(("%", "!")) else line for line in code.split("\n"))


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
    count = sum(entry.path.endswith(".ipynb") for entry in entries(git_dir))
    works: dict[str, Callable[[], object]] = {
        "parse": lambda: read_and_parse(git_dir),
        "cold": lambda: read_all(git_dir),
        "warm": lambda: read_again(git_dir, kept),
    }
    if count:
        works["cells"] = lambda: read_and_parse(git_dir, with_notebooks=True)
    spent = side_by_side(works, rounds)
    for yardstick, more in (("parse", ""), ("cells", ", code cells of notebooks too")):
        if yardstick in spent:
            note = f"{git_dir.parent.name}: {len(kept):,} blobs, {spent['cold']:.2f} s / {spent[yardstick]:.2f} s"
            what = f"cold reading of a tree / (`cat-file --batch` + `ast.parse` + one walk{more})"
            note = f"{note}, {rounds} rounds" + (f"; {count:,} notebooks" if count else "")
            yield Figure(what, spent["cold"] / spent[yardstick], "x", "≤ 1.7", note)
    note = f"{git_dir.parent.name}: {len(kept):,} blobs"
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
