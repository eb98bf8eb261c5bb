"""The list of commands, as `mldebt --help` prints it. Each is a few lines: settings in, one call, a report out."""

from __future__ import annotations

import typer

from mldebt.cli import hosting, jobs, measuring, recalling

app = typer.Typer(
    name="mldebt",
    help="A scorecard of the hidden technical debt in machine-learning systems, measured from git.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(jobs.app, name="jobs", short_help="List what runs, waits and failed in the background.")

app.command()(measuring.scan)
app.command()(measuring.diff)
app.command(short_help="Within GitHub Actions: tell a pull request what is new.")(measuring.comment)
app.command(short_help="Print the last stored scorecard again.")(recalling.show)
app.command(short_help="Prepare the debt review of a quarter.")(recalling.review)
app.command(short_help="Say what a name means, and what was found about it.")(recalling.explain)
app.command(short_help="Say what data a node rests on, directly or not.")(recalling.closure)
app.command(short_help="List every signal: what it counts, and from which source.")(recalling.signals)
app.command(short_help="Build a small example repository, and scan it.")(measuring.example)
app.command(short_help="Serve the dashboard, and run jobs.")(hosting.serve)
app.command(short_help="Measure every repository of a list into one table.")(measuring.calibrate)
app.command(short_help="Run jobs until interrupted.")(jobs.worker)
app.command(short_help="Make a GitHub App of this mldebt.")(hosting.setup)
app.command(short_help="Check this machine, and the GitHub App where there is one.")(hosting.doctor)
app.command()(hosting.badge)
app.command(short_help="Receive an event from a file, as if GitHub delivered it.")(hosting.receive)
app.command(short_help="Run jobs, and ask GitHub for what it delivers.")(hosting.poll)
