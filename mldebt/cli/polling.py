"""`mldebt poll`: run jobs, and ask GitHub for what it would deliver, on a machine that GitHub does not reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing

from github_app.carrying import open_places
from github_app.itself import as_itself
from github_app.polling import Polled, go_on, look
from mldebt.app_access import read_app_access
from mldebt.cli.ending import told_to_end
from mldebt.failure import Failure
from mldebt.jobs.claim import claim
from mldebt.jobs.database import open_database
from mldebt.settings import Settings


def poll(settings: Settings, environment: Mapping[str, str], seconds: float, say: Callable[[str], None]) -> None:
    """Until interrupted. Raises Failure, SettingsError or StoreError."""
    access = read_app_access(environment, settings.home)
    if access is None:
        raise Failure("no GitHub App is configured: run `mldebt setup`, or set MLDEBT_APP_ID and what goes with it")
    database = open_database(settings)
    held = claim(database, "poll")
    import github_app.jobs  # noqa: F401  whoever runs jobs knows all of them
    from mldebt.jobs.scans import start_engine

    with told_to_end() as told:
        engine = start_engine(settings, database, held, weekly=settings.weekly, is_server=True, lost=told.lost)
        try:
            with closing(open_places(settings)) as places:

                def turn(since: float) -> Polled:
                    return look(as_itself(access), access, places, since)

                what = f"Asking {access.server} each {seconds:,.0f} s for what it delivers to {access.slug}"
                say(f"{what} (Ctrl-C stops it)")
                go_on(turn, say, lambda: told.wait(seconds))
        finally:
            engine.close()
