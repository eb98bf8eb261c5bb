"""What reading a history into the store costs. `python -m benchmarks.history --help` lists what it takes."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import text

from benchmarks.harness import ROUNDS, Figure, command, cpu_seconds, peak_megabytes, print_peak, report, side_by_side
from benchmarks.history_peers import Reader, peers
from benchmarks.synthetic import add_commit, synthetic
from collectors.git.history import tips_of
from collectors.git.repository import Repository, open_repository
from mldebt.store.engine import Store, open_store
from mldebt.store.history import add_history, refresh_history

SALT = b"benchmark"
LOG = ("log", "--raw", "--numstat", "-z", "-M", "HEAD")
LARGE = 5_000
"""Commits from which on the goal for a whole history holds."""


class Bench:
    """A repository, and a store that can be emptied."""

    def __init__(self, git_dir: Path, folder: Path) -> None:
        self._git_dir, self._folder = git_dir, folder
        self.reopen()
        self.store = self._emptied()

    def reopen(self) -> None:
        self.source = open_repository(str(self._git_dir), self._folder, lambda _: None)

    def empty(self) -> None:
        self.store.close()
        self.store = self._emptied()

    def refresh(self, tips: Iterable[bytes] | None = None) -> None:
        with self.store.writing() as connection:
            head = {bytes.fromhex(self.source.head or "")}
            refresh_history(connection, 1, self.source, head if tips is None else tips, salt=SALT)

    def _emptied(self) -> Store:
        for old in self._folder.glob("store.db*"):
            old.unlink()
        store = open_store(f"sqlite:///{self._folder}/store.db")
        with store.writing() as connection:
            connection.execute(
                text("INSERT INTO repository (id, source, name, is_example) VALUES (1, 'x', 'x', false)")
            )
        return store


def whole_history(bench: Bench) -> Iterator[Figure]:
    """Against git alone, which throws its output away."""
    name, commits = _name(bench.source), _count(bench.source)
    if commits < LARGE:
        return
    ours, git = "history to store", "bare git log"
    seconds = side_by_side(
        {git: command("git", f"--git-dir={bench.source.git_dir}", *LOG), ours: bench.refresh}, before=bench.empty
    )
    yield Figure(
        f"{name}: history to store / bare `git log --raw --numstat -z -M`",
        seconds[ours] / seconds[git],
        "x",
        "≤ 1.3",
        f"{commits:,} commits, {seconds[ours]:.2f} s / {seconds[git]:.2f} s",
    )


def against_peers(bench: Bench) -> Iterator[Figure]:
    """How many times less CPU than a library takes for the same facts in the same store."""
    goals = {"GitPython commit.stats": "≥ 8", "PyDriller modified_files": "≥ 20"}
    commits = _count(bench.source)
    rounds = ROUNDS if commits < LARGE else 1  # minutes each
    for peer, read in peers().items():
        if read is None:
            print(f"{peer} is not installed: left out", file=sys.stderr)
            continue

        theirs = partial(_stored_by, read, bench)
        seconds = side_by_side({peer: theirs, "ours": bench.refresh}, rounds, before=bench.empty)
        yield Figure(
            f"{_name(bench.source)}: {peer} / history to store",
            seconds[peer] / seconds["ours"],
            "x",
            goals[peer],
            f"{commits:,} commits, {seconds[peer]:.2f} s / {seconds['ours']:.2f} s, {rounds} round{'s' * (rounds > 1)}",
        )


def _stored_by(read: Reader, bench: Bench) -> None:
    with bench.store.writing() as connection:
        add_history(connection, 1, read(bench.source))


def growth(kept: Path, folder: Path) -> Iterator[Figure]:
    """How cost grows with the length of a history."""
    small, large = (Bench(synthetic(kept, commits), _sub(folder, commits)) for commits in (25_000, 200_000))

    def empty() -> None:
        small.empty()
        large.empty()

    git = {
        name: command("git", f"--git-dir={b.source.git_dir}", *LOG) for name, b in (("git s", small), ("git l", large))
    }
    seconds = side_by_side({"small": small.refresh, "large": large.refresh, **git}, before=empty)
    alone = seconds["git l"] / seconds["git s"]
    note = f"{seconds['large']:.2f} s / {seconds['small']:.2f} s, synthetic; git alone {alone:.1f}x"
    yield Figure("whole history: 200,000 / 25,000 commits", seconds["large"] / seconds["small"], "x", "≤ 9.2", note)
    peak = peak_megabytes("benchmarks.history", "--store-only", str(large.source.git_dir))
    yield Figure("Python's own peak memory, 200,000 commits", peak, "MB", "≤ 128", "git's own not counted")
    empty()
    later = {bench: _one_commit(bench) for bench in (small, large)}
    note = f"{1000 * later[large]:.0f} ms / {1000 * later[small]:.0f} ms, synthetic"
    yield Figure("one new commit: 200,000 / 25,000 commits", later[large] / later[small], "x", "≤ 1.5", note)


def one_commit(kept: Path, folder: Path) -> Iterator[Figure]:
    """A rescan of a long history, where one commit is new."""
    for refs, goal in ((0, "≤ 50"), (11_000, "≤ 400")):
        bench = Bench(synthetic(kept, 50_000, refs), _sub(folder, refs))
        seconds = _one_commit(bench)
        what = f"one new commit on 50,000 commits, {refs + 1:,} ref{'s' if refs else ''}"
        yield Figure(what, 1000 * seconds, "ms", goal, "refs listed, git asked, stored; in-process, synthetic")


def _one_commit(bench: Bench) -> float:
    """Median CPU seconds of a rescan after one more commit on main; the first, which warms up, is not counted."""
    bench.refresh(tips_of(bench.source))
    seconds = []
    for number in range(ROUNDS + 1):
        add_commit(bench.source.git_dir, number)
        bench.reopen()
        seconds.append(cpu_seconds(lambda: bench.refresh(tips_of(bench.source))))
    return median(seconds[1:])


def _name(source: Repository) -> str:
    """As in a mirror's folder, where the last one is only called `repo`."""
    return source.git_dir.parent.name if source.name == "repo" else source.name


def _count(source: Repository) -> int:
    return int(subprocess.check_output(["git", f"--git-dir={source.git_dir}", "rev-list", "--count", "HEAD"]))


def _sub(folder: Path, name: object) -> Path:
    made = folder / str(name)
    made.mkdir()
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repo", action="append", type=Path, default=[], help="a git directory; may be repeated")
    parser.add_argument("--peers", action="store_true", help="compare each --repo with other libraries too: minutes")
    parser.add_argument("--no-synthetic", action="store_true", help="only what --repo names")
    parser.add_argument("--keep", type=Path, help="folder that keeps the synthetic repositories for the next time")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    parser.add_argument("--store-only", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.store_only:
            Bench(options.store_only, folder).refresh()
            print_peak()
            return 0
        return 0 if report(_figures(options, folder), options.json) else 1


def _figures(options: argparse.Namespace, folder: Path) -> Iterator[Figure]:
    for number, repo in enumerate(options.repo):
        here = _sub(folder, f"repo-{number}")
        yield from whole_history(Bench(repo, here))
        if options.peers:
            clone = here / Path(_name(open_repository(str(repo), here, lambda _: None))).name
            subprocess.run(["git", "clone", "--quiet", "--bare", repo, clone], check=True)  # peers want a plain one
            yield from against_peers(Bench(clone, here))
    if not options.no_synthetic:
        kept = options.keep or _sub(folder, "synthetic")
        kept.mkdir(parents=True, exist_ok=True)
        yield from one_commit(kept, folder)
        yield from growth(kept, folder)


if __name__ == "__main__":
    sys.exit(main())
