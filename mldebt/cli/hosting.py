"""`mldebt serve`, `setup`, `doctor`, `receive`, `poll` and `badge`: a server, its App, and what a README shows."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from mldebt.cli.here import settings_here, store_here
from mldebt.cli.output import LONGEST, say, warn, write
from mldebt.failure import Failure

_MARKS = {True: "ok  ", False: "FAIL", None: "?   "}
Url = Annotated[str, typer.Option(metavar="URL", help="Where GitHub and people reach this mldebt: https://host.")]
Org = Annotated[str, typer.Option(metavar="NAME", help="The organization that the App is to belong to; else you.")]


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

    settings = settings_here()
    if host != "127.0.0.1" and not webhooks_only:
        raise Failure("--host goes with --webhooks-only: the dashboard listens at 127.0.0.1 alone")
    store_here(settings).close()  # a store that cannot be opened is said here, not in the browser
    if webhooks_only:
        serve_alone(host, port or settings.port, ready, settings)
    else:
        serve_dashboard(port or settings.port, ready, settings)


def setup(
    url: Url,
    org: Org = "",
    host: Annotated[str, typer.Option(metavar="HOST", help="A GitHub Enterprise server; else github.com.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What the App is called; GitHub asks again.")] = "",
    quarterly_issue: Annotated[
        bool, typer.Option("--quarterly-issue", help="Let it open one issue a quarter: it may write issues then.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Of the page on this machine; else any.")] = 0,
) -> None:
    """Make a GitHub App of this mldebt: a page in your browser, and its key is kept here. See docs/github.md."""
    from mldebt.cli.setting_up import make_app, wanted_app

    wanted = wanted_app(os.environ, url=url, organization=org, host=host, name=name, quarterly_issue=quarterly_issue)
    make_app(wanted, settings_here(), os.environ, port)


def doctor(
    live: Annotated[
        str, typer.Option(metavar="OWNER/NAME#NUMBER", help="Also write on this pull request, and take it away again.")
    ] = "",
) -> None:
    """Check that this machine has what a scan needs, and that the GitHub App works where there is one."""
    from mldebt.cli.doctor import checks
    from mldebt.cli.doctor_app import app_checks
    from mldebt.cli.doctor_live import live_checks
    from scoring.report.text import visible

    settings = settings_here()
    failed = False
    every = chain(checks(settings), app_checks(settings, os.environ), live_checks(live, settings, os.environ))
    for check in every:
        failed |= check.passed is False
        line = f"{_MARKS[check.passed]}  {check.name:<10} {visible(check.says, LONGEST)}"
        say(line, markup=False, soft_wrap=True)
    if failed:
        raise typer.Exit(2)


def receive(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="As in X-GitHub-Event: pull_request, installation, …")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its payload: JSON, as GitHub lists its deliveries.")],
) -> None:
    """Receive an event from a file, as if GitHub delivered it, and say what becomes of it."""
    from mldebt.cli.receiving import received

    for line in received(event, file, settings_here(), os.environ):
        say(line, markup=False, soft_wrap=True)


def badge(
    repo: Annotated[str, typer.Argument(metavar="REPO", help="A stored repository: path, URL or name.")] = ".",
    renew: Annotated[bool, typer.Option("--renew", help="Make the address that was handed out invalid.")] = False,
) -> None:
    """Print the badge of a repository, to be put into its README."""
    from mldebt.cli.badging import snippet

    found = snippet(repo, settings_here(), os.environ, renew=renew)
    write(f"{found.markdown}\n")
    warn(found.about)


def poll(
    every: Annotated[float, typer.Option(metavar="SECONDS", min=5, max=3_600, help="Between two looks.")] = 30,
) -> None:
    """Run jobs, and ask GitHub for what it delivers: for a machine that GitHub does not reach."""
    from mldebt.cli.polling import poll as run

    run(settings_here(), os.environ, every, lambda line: print(line, flush=True))  # noqa: T201
