"""CPU seconds, side by side. Wall clocks lie on a shared machine, and so do figures from two different hours.

What is compared runs in turns, round after round, in one process; a figure is the median of its rounds, user and
system time together, finished children included. Garbage is collected before each turn.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mldebt.memory import peak_bytes

ROUNDS = 5


class Figure(NamedTuple):
    """One row of a table in docs/performance.md."""

    what: str
    measured: float
    unit: str  # "x" for a ratio
    goal: str  # "≤ 1.3", "≥ 20"
    note: str = ""  # the figures behind a ratio, the repository, the number of rounds

    @property
    def is_met(self) -> bool:
        sign, bound = self.goal.split(" ")
        return self.measured <= float(bound) if sign == "≤" else self.measured >= float(bound)


def cpu_seconds(work: Callable[[], object]) -> float:
    """User and system seconds of this process, and of its children that ended meanwhile."""
    gc.collect()
    before = _spent()
    work()
    return _spent() - before


def side_by_side(
    works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS, before: Callable[[], object] = lambda: None
) -> dict[str, float]:
    """The median CPU seconds of each, run in turns. `before` is called before every turn and not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            before()
            seconds[name].append(cpu_seconds(work))
    return {name: statistics.median(values) for name, values in seconds.items()}


def command(*args: str | Path, stdin: bytes = b"") -> Callable[[], object]:
    """A command whose output goes nowhere."""
    return lambda: subprocess.run(args, input=stdin, stdout=subprocess.DEVNULL, check=True)


def peak_megabytes(module: str, *args: str) -> float:
    """The largest resident size of a Python of its own that runs `module`, its children not counted.

    The module prints it by `print_peak` as its last line.
    """
    done = subprocess.run([sys.executable, "-m", module, *args], stdout=subprocess.PIPE, check=True)
    return float(done.stdout.split()[-1])


def print_peak() -> None:
    print(peak_bytes() / (1 << 20))


def machine() -> str:
    """In words, for the head of a table."""
    git = subprocess.run(["git", "version"], stdout=subprocess.PIPE, check=True, text=True).stdout.split()[2]
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {python}, git {git}"


def report(figures: Iterable[Figure], as_json: bool = False) -> bool:
    """Print figures as they come: JSON lines, or rows of a Markdown table. True where all goals are met."""
    met = True
    if not as_json:
        print(f"{machine()}\n\n| what | measured | goal | met | note |\n|---|---|---|---|---|")
    for figure in figures:
        met &= figure.is_met
        if as_json:
            print(json.dumps({**figure._asdict(), "met": figure.is_met}, ensure_ascii=False), flush=True)
        else:
            print(_row(figure), flush=True)
    return met


def _row(figure: Figure) -> str:
    value = f"{figure.measured:.3g} {figure.unit}".replace(" x", "x")
    cells: Sequence[str] = (
        figure.what,
        value,
        f"{figure.goal} {figure.unit}",
        "yes" if figure.is_met else "no",
        figure.note,
    )
    return f"| {' | '.join(cells)} |"


def _spent() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
