"""`mldebt scan`, `diff`, `comment`, `example` and `calibrate`: repositories looked at."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from mldebt.cli.here import settings_here, store_here
from mldebt.cli.options import Repo, Reported
from mldebt.cli.output import say
from mldebt.cli.printing import print_scan
from mldebt.failure import Failure
from mldebt.settings import Settings

if TYPE_CHECKING:
    from mldebt.scan import Scan, Wanted

PATIENT = 3_600.0
"""Seconds that a scan waits for another one, which writes to SQLite while it reads a long history."""
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Measure ages from this day's end (UTC).")]
Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Take trends back to here; default two years.")]


def scan(
    repo: Annotated[str, typer.Argument(metavar="REPO", help="A folder of a clone, or a URL.")] = ".",
    as_of: Day = None,
    since: Since = None,
    tracker: Annotated[
        bool, typer.Option("--tracker", help="Ask GitHub too, with the token in GITHUB_TOKEN: change requests, issues.")
    ] = False,
    format: Reported = "text",  # noqa: A002
) -> None:
    """Measure a repository, remember it, and print its scorecard."""
    from mldebt.scan import Wanted
    from mldebt.settings import read_tracker_access

    settings = settings_here()
    access = read_tracker_access(os.environ) if tracker else None
    wanted = Wanted(repo, _day(as_of, "--as-of", end=True), _day(since, "--since"), tracker=access)
    print_scan(_scanned(settings, wanted), format)


def diff(
    commits: Annotated[str, typer.Argument(metavar="BASE..HEAD", help="Two branches, tags or commits.")],
    repo: Repo = ".",
    format: Annotated[  # noqa: A002
        Literal["text", "comment", "json"],
        typer.Option("--format", help="text for people, comment for a pull request, json for machines."),
    ] = "text",
    fail_on: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Exit with 1 if it adds one of this rule; * means any.")
    ] = None,
    data: Annotated[
        bool, typer.Option("--data", help="Follow data through large trees too, which takes time.")
    ] = False,
) -> None:
    """Say what HEAD adds and pays since it left BASE. Reads the changed files alone, and stores nothing.

    Where they can decide which data is read, data is followed through both trees, unless these are large.
    """
    from mldebt.cli.diffing import checked_rules, fails, print_change
    from mldebt.cli.progress import reporting
    from mldebt.scan.diff import diff as run_diff

    wanted = checked_rules(fail_on or [])
    with reporting(Console(stderr=True)) as report:
        change = run_diff(repo, commits, settings_here(), report, whole=data)
    print_change(change, format)
    if fails(change, wanted):
        raise typer.Exit(1)


def comment(
    change: Annotated[Path, typer.Argument(metavar="CHANGE", help="What mldebt diff --format json printed.")],
    status: Annotated[int, typer.Option(metavar="N", help="How mldebt diff ended.")] = 0,
    told: Annotated[Path | None, typer.Option(metavar="FILE", help="What it said on standard error.")] = None,
) -> None:
    """Within GitHub Actions: write the run's summary, and say on the pull request what is new.

    One comment, edited in place; none where no finding is new. See docs/github.md.
    """
    from mldebt.cli.commenting import said

    say(said(change, status, told), markup=False, soft_wrap=True)


def example(
    format: Reported = "text",  # noqa: A002
) -> None:
    """Build a small example repository, with debts planted in it, and scan it."""
    from mldebt.example import build_example
    from mldebt.scan import Wanted

    settings = settings_here()
    path = build_example(settings.home / "example" / "example-shop")
    print_scan(_scanned(settings, Wanted(str(path), is_example=True)), format)


def calibrate(
    corpus: Annotated[Path, typer.Argument(metavar="LIST", help="A CSV: repository, population, label, kind.")],
    out: Annotated[Path, typer.Option(metavar="TABLE", help="The CSV to write; beside it what is known so far.")],
    mirrors: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder of clones, owner+name or owner/name; else by URL.")
    ] = None,
    limit_seconds: Annotated[int, typer.Option(min=1, help="Of a processor, for one repository.")] = 600,
    limit_mb: Annotated[int, typer.Option(min=1, help="Of one repository's git directory.")] = 1_024,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Repositories at a time.")] = 2,
) -> None:
    """Measure every repository of a list, each within bounds, into one table. Goes on where it was cut short."""
    from mldebt.calibration import Calibration, Limits
    from mldebt.calibration import calibrate as run_calibration
    from mldebt.cli.calibrating import print_outcomes
    from mldebt.cli.progress import reporting

    calibration = Calibration(corpus, out, mirrors, settings_here(), Limits(limit_seconds, limit_mb))
    with reporting(Console(stderr=True)) as report:
        outcomes = run_calibration(calibration, jobs, report)
    print_outcomes(outcomes, out)


def _scanned(settings: Settings, wanted: Wanted) -> Scan:
    from mldebt.cli.progress import reporting
    from mldebt.scan import scan as run_scan

    with closing(store_here(settings, PATIENT)) as store, reporting(Console(stderr=True)) as report:
        return run_scan(wanted, store, settings, report)


def _day(text: str | None, option: str, *, end: bool = False) -> int | None:
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Failure(f"{option} is {text!r}: write a day as YYYY-MM-DD") from None
    return int(day.timestamp()) + (86_399 if end else 0)
