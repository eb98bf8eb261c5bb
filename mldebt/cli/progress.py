"""How far a long piece of work has come, on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

QUIET_SECONDS = 1.0
PLAIN_SECONDS = 10.0

Report = Callable[[str, int, int | None], None]
"""Called as report(stage, done, total); the total is None where nobody knows it."""


@contextmanager
def reporting(console: Console) -> Iterator[Report]:
    """A Report that shows nothing in the first second, then a bar with its rate.

    Without a terminal, a line every PLAIN_SECONDS.
    """
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[shown]}"),
        TimeElapsedColumn(),
    )
    progress = Progress(*columns, console=console, transient=True)
    try:
        yield _bars(progress)
    finally:
        progress.stop()


def _bars(progress: Progress) -> Report:
    begun = time.monotonic()
    tasks: dict[str, tuple[TaskID, float]] = {}

    def report(stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - begun < QUIET_SECONDS:
            return
        progress.start()
        if stage not in tasks:
            for task, _ in tasks.values():
                progress.update(task, visible=False)
            tasks[stage] = (progress.add_task(stage, total=total, shown=""), now)
        task, since = tasks[stage]
        progress.update(task, completed=done, total=total, shown=_counted(done, total, now - since))

    return report


def _lines(console: Console) -> Report:
    begun = said = time.monotonic()

    def report(stage: str, done: int, total: int | None) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= PLAIN_SECONDS:
            said = now
            console.print(f"{stage}: {_counted(done, total, now - begun)}", highlight=False, markup=False)

    return report


def _counted(done: int, total: int | None, seconds: float) -> str:
    of = f" of {total:,}" if total is not None else ""
    rate = f", {done / seconds:,.0f}/s" if seconds > QUIET_SECONDS and done else ""
    return f"{done:,}{of}{rate}"
