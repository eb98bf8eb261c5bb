"""`make bench`: every benchmark in turn, and docs/performance.md from what they print.

    python -m benchmarks [--repo GIT_DIR …] [--peers] [--write]

Without --repo only what the benchmarks build themselves is measured. --write puts the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
START, END = "<!-- tables -->\n", "<!-- /tables -->\n"


class Section(NamedTuple):
    title: str
    module: str
    takes: frozenset[str]  # of the options below


SECTIONS = (
    Section("From installation to the first scorecard", "running", frozenset()),
    Section("History", "history", frozenset({"--repo", "--peers", "--keep"})),
    Section("Branches", "branches", frozenset({"--repo", "--keep"})),
    Section("Line ages", "survival", frozenset({"--repo", "--peers"})),
    Section("Files", "readers", frozenset({"GIT_DIR"})),
    Section("Changes", "changes", frozenset({"GIT_DIR"})),
    Section("Pull requests", "pulls", frozenset()),
    Section("Store", "store", frozenset({"FOLDER"})),
    Section("Pages", "pages", frozenset({"FOLDER"})),
    Section("Pages in a browser", "browsing", frozenset({"FOLDER"})),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Every benchmark in turn.")
    parser.add_argument("--repo", action="append", type=Path, default=[], help="a git directory; may be repeated")
    parser.add_argument("--peers", action="store_true", help="compare with other libraries too, where installed")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    options = parser.parse_args()
    printed = []
    with tempfile.TemporaryDirectory() as folder:
        for section in SECTIONS:
            if "GIT_DIR" in section.takes and not options.repo:
                continue
            command = [sys.executable, "-m", f"benchmarks.{section.module}", *_arguments(section, options, folder)]
            print(f"\n## {section.title}\n", flush=True)
            table = "".join(_echoed(command))
            printed.append(f"## {section.title}\n\n{table}\n")
    if options.write:
        before, _, rest = PAGE.read_text("utf-8").partition(START)
        PAGE.write_text(f"{before}{START}\n{''.join(printed)}{END}{rest.partition(END)[2]}", "utf-8")
    return 0


def _arguments(section: Section, options: argparse.Namespace, folder: str) -> Iterator[str]:
    if "--repo" in section.takes:
        yield from (part for repo in options.repo for part in ("--repo", str(repo)))
    if "--peers" in section.takes and options.peers:
        yield "--peers"
    if "--keep" in section.takes:
        yield from ("--keep", folder)
    if "GIT_DIR" in section.takes:
        yield from map(str, options.repo)
    if "FOLDER" in section.takes:
        yield folder


def _echoed(command: Sequence[str]) -> Iterator[str]:
    """What the command prints, printed here too."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            yield line


if __name__ == "__main__":
    sys.exit(main())
