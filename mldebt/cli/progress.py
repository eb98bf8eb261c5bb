"""How far a long piece of work has come, on standard error."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from scoring.report.text import visible

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
        TextColumn("{task.description}", markup=False),
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
    shown: tuple[str, TaskID, float] | None = None

    def report(stage: str, done: int, total: int | None) -> None:
        nonlocal shown
        now = time.monotonic()
        if now - begun < QUIET_SECONDS:
            return
        progress.start()
        if shown is None or shown[0] != stage:
            if shown is not None:
                progress.remove_task(shown[1])
            shown = stage, progress.add_task(visible(stage), total=total, shown=""), now
        _, task, since = shown
        progress.update(task, completed=done, total=total, shown=_counted(done, total, now - since))

    return report


def _lines(console: Console) -> Report:
    begun = said = time.monotonic()

    def report(stage: str, done: int, total: int | None) -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= PLAIN_SECONDS:
            said = now
            counted = _counted(done, total, now - begun)
            line = f"{visible(stage)}: {counted}" if counted else visible(stage)
            console.print(line, highlight=False, markup=False, soft_wrap=True)

    return report


def _counted(done: int, total: int | None, seconds: float) -> str:
    if not done and total is None:
        return ""
    of = f" of {total:,}" if total is not None else ""
    rate = f", {done / seconds:,.0f}/s" if seconds > QUIET_SECONDS and done else ""
    return f"{done:,}{of}{rate}"
