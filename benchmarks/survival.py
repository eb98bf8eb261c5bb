"""What line ages cost, and whether they are git's. `python -m benchmarks.survival --help` lists what it takes."""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.harness import ROUNDS, Figure, command, peak_megabytes, print_peak, report, side_by_side
from collectors.facts.ages import LineAges
from collectors.git.process import run
from collectors.git.repository import Repository, open_repository
from collectors.git.survival import line_ages
from collectors.git.tree import tree
from mldebt.store.survival import stored_ages

LOG = ("log", "--raw", "--numstat", "-z", "-M", "HEAD")
SAMPLE = 200
"""Files of a repository whose every line is compared with `git blame`."""
LARGE = 2_000
"""Commits from which on the goal against git holds, and the peer runs once: minutes."""


def against_git(source: Repository, rounds: int) -> Iterator[Figure]:
    """Against git alone, which throws its output away."""
    name, commits = _name(source), _count(source)
    if commits < LARGE:
        return  # starting git takes longer than what it does
    if subprocess.run(_log(source), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
        print(f"{name}: git log ends early, because blobs are missing: not compared", file=sys.stderr)
        return
    ours, git = "line ages", "bare git log"
    works: dict[str, Callable[[], object]] = {
        git: command(*_log(source)),
        ours: partial(line_ages, source),
    }
    seconds = side_by_side(works, rounds)
    yield Figure(
        f"{name}: line ages / bare `git log --raw --numstat -z -M`",
        seconds[ours] / seconds[git],
        "x",
        "≤ 2",
        f"{commits:,} commits, {seconds[ours]:.2f} s / {seconds[git]:.2f} s, {rounds} round{'s' * (rounds > 1)}",
    )


def _log(source: Repository) -> tuple[str, ...]:
    return ("git", f"--git-dir={source.git_dir}", *LOG)


def memory(source: Repository) -> Iterator[Figure]:
    peak = peak_megabytes("benchmarks.survival", "--once", str(source.git_dir))
    yield Figure(f"{_name(source)}: Python's own peak memory", peak, "MB", "≤ 128", "git's own not counted")


def later_looks(source: Repository, folder: Path) -> Iterator[Figure]:
    """With what an earlier scan kept: nothing new, and the last change of the line new."""
    line = run(source, "rev-list", "--first-parent", "--max-count=2", "HEAD").decode().split()
    before, kept = folder / "before.db", folder / "kept.db"
    stored_ages(replace(source, head=line[-1]), before)

    def lay_out() -> None:
        shutil.copyfile(before, kept)

    stored_ages(source, kept)
    seconds = side_by_side({"nothing": partial(stored_ages, source, kept)})
    note = f"{kept.stat().st_size / (1 << 20):.1f} MB kept"
    yield Figure(f"{_name(source)}: a second look, nothing new", 1000 * seconds["nothing"], "ms", "≤ 50", note)
    seconds = side_by_side({"one": partial(stored_ages, source, kept)}, before=lay_out)
    yield Figure(f"{_name(source)}: a second look, one change new", 1000 * seconds["one"], "ms", "≤ 50", note)


def exactness(source: Repository, sample: int) -> Iterator[Figure]:
    """Every line of some files against `git blame --first-parent`."""
    ages, kept = line_ages(source)
    if not isinstance(ages, LineAges) or kept is None:
        print(f"{_name(source)}: unknown, because {ages}: left out", file=sys.stderr)
        return
    names = [entry.path for entry in tree(source, ages.head) if not entry.is_submodule]
    files = dict(zip(sorted(names), sorted(kept.files), strict=True))
    texts = [name for name in names if not ages.files[name].is_unknown and not kept.files[files[name]].is_binary]
    chosen = random.Random(1).sample(texts, min(sample, len(texts)))
    lines = differing = 0
    for name in chosen:
        owners = _blamed(source, files[name])
        lines += len(owners)
        differing += sum(ages.commit(name, line) != owner for line, owner in owners.items())
        differing += ages.commit(name, len(owners) + 1) is not None
    lost = f", {len(ages.unknown)} files unknown: versions are missing" if ages.unknown else ""
    note = f"{lines:,} lines of {len(chosen)} of {len(texts)} text files{lost}"
    yield Figure(
        f"{_name(source)}: lines that `git blame --first-parent` dates otherwise", differing, "lines", "≤ 0", note
    )


def _blamed(source: Repository, path: bytes) -> dict[int, str]:
    """Commit (hex) by line."""
    asked: list[str | bytes] = [
        "git",
        f"--git-dir={source.git_dir}",
        "blame",
        "--first-parent",
        "--incremental",
        "HEAD",
        "--",
        path,
    ]
    said = subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout
    found: dict[int, str] = {}
    for commit, first, count in re.findall(rb"^([0-9a-f]{40,64}) \d+ (\d+) (\d+)$", said, re.MULTILINE):
        found |= dict.fromkeys(range(int(first), int(first) + int(count)), commit.decode())
    return found


def against_peer(source: Repository, folder: Path) -> Iterator[Figure]:
    """How many times less CPU than git-of-theseus takes for the lines that survive, week by week, of all text files."""
    peer = shutil.which("git-of-theseus-analyze")
    if peer is None:
        print("git-of-theseus is not installed: left out", file=sys.stderr)
        return
    clone = folder / "clone"
    subprocess.run(["git", "clone", "-q", str(source.git_dir), str(clone)], check=True)
    branch = run(source, "symbolic-ref", "--short", "HEAD").decode().strip()
    theirs = command(peer, "--all-filetypes", "--quiet", "--branch", branch, "--outdir", folder / "out", clone)
    rounds = ROUNDS if _count(source) < LARGE else 1
    seconds = side_by_side({"theirs": theirs, "ours": partial(line_ages, source)}, rounds)
    survived = json.loads((folder / "out" / "cohorts.json").read_text("utf-8"))
    yield Figure(
        f"{_name(source)}: git-of-theseus / line ages",
        seconds["theirs"] / seconds["ours"],
        "x",
        "≥ 25",
        f"{seconds['theirs']:.1f} s / {seconds['ours']:.2f} s, {len(survived['ts'])} points in time theirs, "
        f"all changes ours, {rounds} round{'s' * (rounds > 1)}",
    )


def _name(source: Repository) -> str:
    return source.git_dir.parent.name if source.name == "repo" else source.name


def _count(source: Repository) -> int:
    return int(run(source, "rev-list", "--count", "HEAD"))


def _figures(options: argparse.Namespace) -> Iterator[Figure]:
    for repo in options.repo:
        with tempfile.TemporaryDirectory() as name:
            source = open_repository(str(repo), Path(name), lambda _: None)
            yield from against_git(source, options.rounds)
            yield from memory(source)
            yield from later_looks(source, Path(name))
            yield from exactness(source, options.sample)
            if options.peers:
                yield from against_peer(source, Path(name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repo", action="append", type=Path, default=[], help="a git directory; may be repeated")
    parser.add_argument(
        "--peers", action="store_true", help="compare with git-of-theseus too, where installed: minutes"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the comparison with git log")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="files compared line by line with git blame")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        line_ages(open_repository(str(options.once), Path(), lambda _: None))
        print_peak()
        return 0
    return 0 if report(_figures(options), options.json) else 1


if __name__ == "__main__":
    sys.exit(main())
