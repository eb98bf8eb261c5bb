"""The commands, each a few lines: settings in, one call, a report out."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import UTC, datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from mldebt.cli import hosting, jobs
from mldebt.cli.format import Format, Formatted
from mldebt.cli.output import say, warn, write
from mldebt.failure import Failure, NothingStored
from mldebt.settings import Settings, make_home, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mldebt.scan import Scan, Wanted
    from mldebt.store.engine import Store
    from scoring.finding import Finding
    from scoring.signal import Definition

app = typer.Typer(
    name="mldebt",
    help="A scorecard of the hidden technical debt in machine-learning systems, measured from git.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(jobs.app, name="jobs", short_help="List what runs, waits and failed in the background.")


PATIENT = 3_600.0
"""Seconds that a scan waits for another one, which writes to SQLite while it reads a long history."""


class Report(StrEnum):
    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class Changed(StrEnum):
    TEXT = "text"
    COMMENT = "comment"
    JSON = "json"


class Written(StrEnum):
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


class Drawn(StrEnum):
    TEXT = "text"
    JSON = "json"
    OPENLINEAGE = "openlineage"


Reported = Annotated[
    Report, typer.Option("--format", help="text for people, json for machines (see schemas/), sarif for code scanning.")
]
Repo = Annotated[str, typer.Option("--repo", metavar="PATH|URL", help="The repository meant.")]
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Measure ages from this day's end (UTC).")]
Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Take trends back to here; default two years.")]


@app.command()
def scan(
    repo: Annotated[str, typer.Argument(metavar="REPO", help="A folder of a clone, or a URL.")] = ".",
    as_of: Day = None,
    since: Since = None,
    tracker: Annotated[
        bool, typer.Option("--tracker", help="Ask GitHub too, with the token in GITHUB_TOKEN: change requests, issues.")
    ] = False,
    format: Reported = Report.TEXT,  # noqa: A002
) -> None:
    """Measure a repository, remember it, and print its scorecard."""
    from mldebt.scan import Wanted
    from mldebt.settings import read_tracker_access

    settings = _settings()
    access = read_tracker_access(os.environ) if tracker else None
    wanted = Wanted(repo, _day(as_of, "--as-of", end=True), _day(since, "--since"), tracker=access)
    _print_scan(_scanned(settings, wanted), format)


@app.command()
def diff(
    commits: Annotated[str, typer.Argument(metavar="BASE..HEAD", help="Two branches, tags or commits.")],
    repo: Repo = ".",
    format: Annotated[  # noqa: A002
        Changed, typer.Option("--format", help="text for people, comment for a pull request, json for machines.")
    ] = Changed.TEXT,
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
        change = run_diff(repo, commits, _settings(), report, whole=data)
    print_change(change, format)
    if fails(change, wanted):
        raise typer.Exit(1)


@app.command(short_help="Within GitHub Actions: tell a pull request what is new.")
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


@app.command(short_help="Print the last stored scorecard again.")
def show(
    repo: Repo = ".",
    at: Annotated[str | None, typer.Option(metavar="COMMIT", help="An earlier snapshot, by its commit.")] = None,
    format: Reported = Report.TEXT,  # noqa: A002
) -> None:
    """Print the last stored scorecard again, without looking at the repository."""
    from mldebt.scan.stored import stored

    with closing(_store(_settings())) as store:
        _print_scan(stored(store, repo, at), format)


@app.command(short_help="Prepare the debt review of a quarter.")
def review(
    repo: Annotated[str, typer.Argument(metavar="REPO", help="A repository that was scanned.")] = ".",
    first: Annotated[str | None, typer.Option("--from", metavar="COMMIT", help="The snapshot to start from.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="COMMIT", help="The snapshot to end at.")] = None,
    closed: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="A closed review, as it was when it was closed.")
    ] = None,
    format: Annotated[  # noqa: A002
        Written, typer.Option("--format", help="html to print or to send, markdown, or json for machines.")
    ] = Written.MARKDOWN,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="FILE", help="Write it here instead of printing.")
    ] = None,
) -> None:
    """Prepare the debt review of a quarter: the open one, else what the next one would talk about.

    See docs/review.md. Without --from it starts where the last review ended, else about a quarter ago.
    """
    from mldebt.cli.reviewing import closed_review, put, shown

    if closed is not None and (first or last):
        raise Failure("--closed names a review by itself: leave --from and --to away")
    with closing(_store(_settings())) as store:
        one = shown(store, repo, first, last) if closed is None else closed_review(store, repo, closed)
    put(one, format, output)


@app.command(short_help="Say what a name means, and what was found about it.")
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A signal, a finding, a kind of debt, or a question.")],
    repo: Repo = ".",
) -> None:
    """Say what a signal, a finding, a debt or a question means, and what was found about it here."""
    from collectors.registry import discover
    from mldebt.cli.explaining import about_debt, about_question
    from mldebt.scan.stored import stored
    from scoring.debts import DEBTS, Debt
    from scoring.finding.ids import ID
    from scoring.questions import QUESTIONS
    from scoring.report.stated import stated_of
    from scoring.report.terminal import explanation
    from scoring.signal import Measurement, Signal

    definitions = {collector.definition.name: collector.definition for collector in discover()}
    if ID.fullmatch(name.strip().lower()):
        _explain_finding(name.strip().lower(), repo, definitions)
        return
    questions = {question.id: question for question in QUESTIONS}
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    known = [*definitions, *(debt.value for debt in Debt), *questions]
    if wanted not in known:
        near = get_close_matches(wanted, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "`mldebt signals` lists what is known"
        raise Failure(f"nothing is called {name!r}: {hint}")
    found = None
    with closing(_store(_settings())) as store, suppress(NothingStored):
        found = stored(store, repo, None)
    signals = {signal.name: signal for signal in found.card.signals} if found else {}
    unseen = Measurement.unknown("this repository was not scanned: run `mldebt scan`")
    if wanted in definitions:
        say(explanation(signals.get(wanted, Signal(definitions[wanted], unseen)), found.card if found else None))
        if found:
            _print_places(found, wanted)
    if wanted in questions:
        say(about_question(questions[wanted], found.card if found else None))
    if wanted in set(Debt):  # a signal may have the name of its debt
        debt = Debt(wanted)
        names = [n for n, definition in definitions.items() if definition.debt is debt]
        rows = stated_of(found.card, found.attestations) if found else ()
        said = [row for row in rows if row.debt is debt]
        say(about_debt(DEBTS[debt], [signals.get(n, Signal(definitions[n], unseen)) for n in names], said))


def _explain_finding(finding_id: str, repo: str, definitions: Mapping[str, Definition]) -> None:
    from mldebt.cli.explaining import about_finding
    from mldebt.scan.stored import stored
    from mldebt.store.findings import finding_by_id

    with closing(_store(_settings())) as store:
        found = stored(store, repo, None)
        with store.reading() as connection:
            finding = finding_by_id(connection, found.snapshot_id, finding_id)
    if finding is None:
        raise Failure(
            f"the last scan of {found.title} has no finding {finding_id}: it may be paid off; scan again, or look at "
            "`mldebt show --format json`"
        )
    say(about_finding(finding, definitions.get(finding.rule), _link(found, finding)))


def _print_places(found: Scan, rule: str) -> None:
    from mldebt.cli.explaining import SHOWN, places
    from mldebt.store.findings import finding_count, findings_of

    with closing(_store(_settings())) as store, store.reading() as connection:
        rows = findings_of(connection, found.snapshot_id, rule=rule, limit=SHOWN)
        total = finding_count(connection, found.snapshot_id, rule=rule)
    if rows:
        say(places([row.finding for row in rows], total, lambda finding: _link(found, finding)))


def _link(found: Scan, finding: Finding) -> str | None:
    from scoring.report.links import permalink

    return permalink(found.web, "file", finding.path, found.card.identity.commit, finding.line, finding.end_line)


@app.command(short_help="Say what data a node rests on, directly or not.")
def closure(
    node: Annotated[str | None, typer.Argument(metavar="NODE", help="A file, table, address or job.")] = None,
    repo: Repo = ".",
    downstream: Annotated[bool, typer.Option("--downstream", help="What rests on it, not what it rests on.")] = False,
    format: Annotated[  # noqa: A002
        Drawn,
        typer.Option("--format", help="text for people, json for machines (see schemas/), openlineage for catalogues."),
    ] = Drawn.TEXT,
) -> None:
    """Say what data a node rests on, directly or not; without one the ends and roots of the whole graph."""
    from mldebt.cli.closing import about_graph, about_node, wanted_node
    from mldebt.cli.closure_json import closure_json
    from mldebt.cli.elsewhere import around
    from mldebt.cli.openlineage import events
    from mldebt.scan.stored import stored
    from mldebt.store.lineage import load_lineage
    from mldebt.store.sharing import sharing_of

    if format is Drawn.OPENLINEAGE and node is not None:
        raise Failure("OpenLineage is told of the whole graph: leave out NODE")
    with closing(_store(_settings())) as store:
        found = stored(store, repo, None)
        with store.reading() as connection:
            lineage = load_lineage(connection, found.snapshot_id)
            met = sharing_of(connection, found.repository_id)
    if lineage is None:
        raise NothingStored(f"the last scan of {found.title} kept no graph of data: run `mldebt scan {repo}`")
    identity = found.card.identity
    wanted = None if node is None else wanted_node(lineage, node, found.title)
    met = met and around(met, lineage, wanted, downstream=downstream)
    if format is Drawn.JSON:
        write(closure_json(lineage, found.name, identity.commit, wanted, met, downstream=downstream))
    elif format is Drawn.OPENLINEAGE:
        write(events(lineage, found.name, found.web, identity.commit, identity.as_of))
    elif wanted is None:
        say(about_graph(lineage, met))
    else:
        say(about_node(lineage, wanted, met, downstream=downstream))


@app.command(short_help="List every signal: what it counts, and from which source.")
def signals(format: Formatted = Format.TEXT) -> None:  # noqa: A002
    """List every signal: what it counts, for which debt, from which source."""
    import json
    from dataclasses import replace

    from collectors.registry import discover
    from mldebt.cli.explaining import listing
    from mldebt.profiles import shipped
    from scoring.report.json import definition_object

    profile = shipped()
    definitions = [replace(d, status=profile.status_of(d)) for d in (collector.definition for collector in discover())]
    if format is Format.JSON:
        write(json.dumps([definition_object(d) for d in definitions], indent=2, ensure_ascii=False) + "\n")
    else:
        say(listing(definitions))


@app.command(short_help="Build a small example repository, and scan it.")
def example(
    format: Reported = Report.TEXT,  # noqa: A002
) -> None:
    """Build a small example repository, with debts planted in it, and scan it."""
    from mldebt.example import build_example
    from mldebt.scan import Wanted

    settings = _settings()
    path = build_example(settings.home / "example" / "example-shop")
    _print_scan(_scanned(settings, Wanted(str(path), is_example=True)), format)


@app.command(short_help="Serve the dashboard, and run jobs.")
def serve(
    port: Annotated[int | None, typer.Option(min=1, max=65_535, help="Default: PORT, else 8501.")] = None,
    ready: Annotated[str, typer.Option(metavar="TEXT", help="A last line to print once the dashboard answers.")] = "",
    webhooks_only: Annotated[
        bool, typer.Option("--webhooks-only", help="Without the dashboard: what GitHub delivers, and jobs.")
    ] = False,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="To listen at, with --webhooks-only: 0.0.0.0 is every one.")
    ] = "127.0.0.1",
) -> None:
    """Serve the dashboard on 127.0.0.1, receive what GitHub delivers, and run jobs."""
    from mldebt.cli.serving import serve_alone, serve_dashboard

    settings = _settings()
    if host != "127.0.0.1" and not webhooks_only:
        raise Failure("--host goes with --webhooks-only: the dashboard listens at 127.0.0.1 alone")
    _store(settings).close()  # a store that cannot be opened is said here, not in the browser
    if webhooks_only:
        serve_alone(host, port or settings.port, ready, settings)
    else:
        serve_dashboard(port or settings.port, ready, settings)


@app.command(short_help="Measure every repository of a list into one table.")
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

    calibration = Calibration(corpus, out, mirrors, _settings(), Limits(limit_seconds, limit_mb))
    with reporting(Console(stderr=True)) as report:
        outcomes = run_calibration(calibration, jobs, report)
    print_outcomes(outcomes, out)


app.command(short_help="Run jobs until interrupted.")(jobs.worker)
app.command(short_help="Make a GitHub App of this mldebt.")(hosting.setup)
app.command(short_help="Check this machine, and the GitHub App where there is one.")(hosting.doctor)
app.command()(hosting.badge)
app.command(short_help="Receive an event from a file, as if GitHub delivered it.")(hosting.receive)
app.command(short_help="Run jobs, and ask GitHub for what it delivers.")(hosting.poll)


def _settings() -> Settings:
    settings = read_settings(os.environ)
    make_home(settings)
    return settings


def _store(settings: Settings, wait_seconds: float = 30) -> Store:
    from mldebt.store.engine import open_store

    return open_store(settings.database_url, wait_seconds=wait_seconds)


def _scanned(settings: Settings, wanted: Wanted) -> Scan:
    from mldebt.cli.progress import reporting
    from mldebt.scan import scan as run_scan

    with closing(_store(settings, PATIENT)) as store, reporting(Console(stderr=True)) as report:
        return run_scan(wanted, store, settings, report)


def _print_scan(found: Scan, format: Report) -> None:  # noqa: A002
    from scoring.report.json import MOST_FINDINGS, scorecard_json
    from scoring.report.sarif import MOST, sarif_json
    from scoring.report.terminal import scorecard

    if format is Report.JSON:
        listed = _findings(found, MOST_FINDINGS)
        write(scorecard_json(found.card, found.name, listed, found.web, found.attestations, found.advice))
    elif format is Report.SARIF:
        write(sarif_json(found.card, _findings(found, MOST), found.web))
    else:
        say(scorecard(found.card, found.title, found.earlier, found.attestations, found.advice))
    for sentence in found.card.identity.missing:
        warn(f"partial: {sentence}")


def _findings(found: Scan, limit: int) -> list[Finding]:
    """The heaviest findings of a snapshot."""
    from mldebt.store.findings import findings_of

    with closing(_store(_settings())) as store, store.reading() as connection:
        return [row.finding for row in findings_of(connection, found.snapshot_id, limit=limit)]


def _day(text: str | None, option: str, *, end: bool = False) -> int | None:
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Failure(f"{option} is {text!r}: write a day as YYYY-MM-DD") from None
    return int(day.timestamp()) + (86_399 if end else 0)
