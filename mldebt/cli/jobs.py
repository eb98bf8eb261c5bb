"""`mldebt jobs` and `mldebt worker`: what runs, waits and failed in the background, and having it done."""

from __future__ import annotations

import os
import secrets
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from mldebt.app_access import read_app_access
from mldebt.cli.here import settings_here, store_here
from mldebt.cli.options import Formatted
from mldebt.cli.output import say, warn, write
from mldebt.failure import Failure
from mldebt.logs import keep_secrets_out_of_logs
from mldebt.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mldebt.jobs.database import Database
    from mldebt.jobs.listing import Job
    from mldebt.store.hosted import Hosted
    from mldebt.store.reading import RepositoryRow

app = typer.Typer(help="List what runs, waits and failed in the background; ask for scans, and for another try.")


@app.callback(invoke_without_command=True)
def jobs(context: typer.Context, format: Formatted = "text") -> None:  # noqa: A002
    """List what runs, waits and failed in the background; ask for scans, and for another try."""
    if context.invoked_subcommand is not None:
        return
    from mldebt.cli.jobs_report import jobs_json, jobs_text
    from mldebt.jobs.database import open_database
    from mldebt.jobs.listing import listing

    with closing(open_database(settings_here())) as database:
        found = listing(database)
    if format == "json":
        write(jobs_json(found))
    else:
        say(jobs_text(found))


@app.command()
def scan(
    repo: Annotated[str | None, typer.Argument(metavar="REPO", help="A stored repository: path, URL or name.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every stored repository, and those where the App is installed.")
    ] = False,
    org: Annotated[
        str, typer.Option("--org", metavar="NAME", help="Those of one account where the App is installed.")
    ] = "",
) -> None:
    """Scan stored repositories again, some at a time. What was asked for goes on if this is interrupted."""
    settings = settings_here()
    if every + (repo is not None) + bool(org) != 1:
        raise Failure("name a stored repository, or say --all, or --org and the name of an account")
    rows, all_rows = ((), ()) if org else _wanted(settings, repo)
    hosted = _installed(settings, rows, org=org, every=every)

    def ask(database: Database) -> Sequence[str]:
        from github_app.scan_job import ask_to_scan
        from mldebt.jobs.asking import ROUTINE, URGENT
        from mldebt.jobs.scans import ask_now
        from mldebt.store.hosted import is_hosted

        own = [row for row in rows if not is_hosted(row.source)]
        when, priority = f"asked-{secrets.token_hex(6)}", URGENT if repo else ROUTINE
        return (*ask_now(database, own, all_rows), *ask_to_scan(database, hosted, "by hand", when, priority))

    _done(settings, ask)


@app.command()
def retry(
    job: Annotated[str | None, typer.Argument(metavar="ID", help="Of a failed job, as `mldebt jobs` lists it.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that failed.")] = False,
) -> None:
    """Try again what failed."""
    from mldebt.jobs.database import open_database
    from mldebt.jobs.listing import State, listing

    settings = settings_here()
    if every == (job is not None):
        raise Failure("name a failed job, or say --all")
    with closing(open_database(settings)) as database:
        failed = listing(database, shown=10_000).of(State.FAILED)
    wanted = [one for one in failed if every or one.id == job]
    if not wanted:
        raise Failure("no job failed" if every else f"no failed job is called {job!r}: `mldebt jobs` lists them")

    def ask(database: Database) -> Sequence[str]:
        from mldebt.jobs.scans import retry as ask_again

        return ask_again(database, wanted)

    _done(settings, ask)


def worker() -> None:
    """Run jobs until interrupted; on PostgreSQL on as many machines as wanted."""
    from mldebt.jobs.claim import claim
    from mldebt.jobs.database import open_database

    settings = settings_here()
    access = read_app_access(os.environ, settings.home)  # what is told in part is said here, and in no job
    keep_secrets_out_of_logs(*(access.secrets if access else ()))
    database = open_database(settings)
    held = claim(database, "worker")
    import github_app.jobs  # noqa: F401  whoever runs jobs knows all of them
    from mldebt.cli.ending import told_to_end
    from mldebt.jobs.scans import start_engine

    with told_to_end() as told:
        engine = start_engine(settings, database, held, lost=told.lost)
        try:
            print(f"Running jobs of {database.place}, {settings.jobs} at a time (Ctrl-C stops it)", flush=True)  # noqa: T201
            told.wait()
        finally:
            engine.close()


def _done(settings: Settings, ask: Callable[[Database], Sequence[str]]) -> None:
    import github_app.jobs  # noqa: F401  whoever runs jobs knows all of them
    from mldebt.cli.progress import reporting
    from mldebt.jobs.database import open_database
    from mldebt.jobs.following import until_done

    with closing(open_database(settings)) as database, reporting(Console(stderr=True)) as report:
        found = until_done(settings, database, lambda: ask(database), report)
    _told(found)


def _told(found: Sequence[Job]) -> None:
    from scoring.wording import worded

    failed = [job for job in found if job.why is not None]
    for job in failed:
        warn(f"{job.title}: {job.why}")
    done = len(found) - len(failed)
    of = worded(len(found), "repository", "repositories")
    if found and not done:
        raise Failure("no scan came to an end: each has its reason above; `mldebt jobs retry --all` tries again")
    if not found:
        say("No repository is stored yet: `mldebt scan` stores one.")
        return
    say(f"{done:,} of {len(found):,} {of} scanned.", markup=False, soft_wrap=True)


def _wanted(settings: Settings, repo: str | None) -> tuple[tuple[RepositoryRow, ...], tuple[RepositoryRow, ...]]:
    """Those that are meant, and all that there are."""
    from mldebt.scan.stored import stored_repository
    from mldebt.store.reading import repositories

    with closing(store_here(settings)) as store, store.reading() as connection:
        every = repositories(connection)
        if repo is None:
            return tuple(row for row in every if not row.is_example), every
        return (stored_repository(connection, repo),), every


def _installed(settings: Settings, rows: Sequence[RepositoryRow], *, org: str, every: bool) -> tuple[Hosted, ...]:
    """Hosted repositories that are meant: of `rows` those, of an account, or all; but for what rests."""
    from mldebt.store.hosted import at_work, installations

    with closing(store_here(settings)) as store, store.reading() as connection:
        there = at_work(connection)
        accounts = {one.id: one.account for one in installations(connection)}
    if not every and not org:
        wanted = {row.id for row in rows}
        return tuple(one for one in there if one.repository_id in wanted)
    found = [one for one in there if every or accounts.get(one.installation, "").lower() == org.lower()]
    if org and not found:
        raise Failure(f"the App is installed on no repository of {org!r}: GitHub tells when it is")
    return tuple(found)
