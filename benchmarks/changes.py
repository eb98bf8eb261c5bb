"""What telling a change costs: twenty changed files of a real repository. `python -m benchmarks.changes GIT_DIR…`

Warm: this machine has read the base before, and nothing of the change. The process itself has compared before, too.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.harness import ROUNDS, Figure, report, side_by_side
from collectors.git.repository import open_repository
from mldebt.scan.diff import diff
from mldebt.scan.trees import Trees
from mldebt.settings import Settings, make_home
from mldebt.store.cache import Cache
from scoring.report.change import Change

FILES = 20
BASE_SECONDS = 0.3
SECONDS_PER_KILOBYTE = 0.0006


class Range(NamedTuple):
    base: str
    files: int
    kilobytes: float  # of changed Python, as it is afterwards


def output(git_dir: Path, *args: str) -> list[str]:
    done = subprocess.run(
        ["git", "-C", git_dir, *args], stdout=subprocess.PIPE, check=True, text=True, errors="replace"
    )
    return done.stdout.splitlines()


def chosen(git_dir: Path) -> Range:
    """The shortest way back from HEAD on which FILES files of Python changed."""
    for base in output(git_dir, "rev-list", "--first-parent", "--max-count=2000", "--skip=1", "HEAD"):
        rows = [line.split() for line in output(git_dir, "diff-tree", "-r", "--raw", "--no-abbrev", base, "HEAD")]
        python = [row[3] for row in rows if row[-1].endswith(".py") and row[4] in "AM"]
        if len(python) >= FILES:
            sizes = subprocess.run(
                ["git", "-C", git_dir, "cat-file", "--batch-check=%(objectsize)"],
                input="\n".join(python),
                stdout=subprocess.PIPE,
                check=True,
                text=True,
            ).stdout.split()
            return Range(base, len(rows), sum(map(int, sizes)) / 1_000)
    raise SystemExit(f"{git_dir}: fewer than {FILES} files of Python ever changed")


def figures(git_dir: Path, rounds: int, folder: Path) -> Iterator[Figure]:
    there = chosen(git_dir)
    home = Settings(folder / git_dir.parent.name, "")
    make_home(home)
    repository = open_repository(str(git_dir), home.mirrors, lambda _: None)
    with closing(Cache(home.cache)) as cache:
        Trees(repository, cache, lambda *_: None).files(there.base, 0)
    kept = folder / "kept.db"
    shutil.copy(home.cache, kept)

    def forget_the_change() -> None:
        for end in ("-wal", "-shm"):
            Path(f"{home.cache}{end}").unlink(missing_ok=True)
        shutil.copy(kept, home.cache)

    def compare() -> Change:
        return diff(str(git_dir), f"{there.base}..HEAD", home, lambda *_: None)

    found = compare()
    spent = side_by_side({"warm": compare}, rounds, forget_the_change)["warm"]
    goal = BASE_SECONDS + SECONDS_PER_KILOBYTE * there.kilobytes
    note = f"{there.files} files, {there.kilobytes:.0f} kB of Python; adds {len(found.added)}, pays {len(found.paid)}"
    yield Figure(f"{git_dir.parent.name}: what a change adds and pays", spent, "s", f"≤ {goal:.2f}", note)
    again = side_by_side({"again": compare}, rounds)["again"]
    yield Figure("the same change again", again, "s", f"≤ {BASE_SECONDS}", note)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("git_dirs", nargs="+", type=Path, metavar="GIT_DIR")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = (figure for git_dir in args.git_dirs for figure in figures(git_dir, args.rounds, Path(folder)))
        return 0 if report(found, args.json) else 1


if __name__ == "__main__":
    sys.exit(main())
