"""What is not needed any more, or may not be kept: old deliveries, and all of repositories that the App was taken from.

Done once an hour by every process that runs jobs: what lies on a machine's own disk only it can forget.
"""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import ExitStack, closing
from pathlib import Path

from collectors.git.remote import folder_of
from collectors.git.turns import locked
from collectors.git.whole import WHOLE
from mldebt.app_access import read_app_access
from mldebt.jobs.asking import forget
from mldebt.jobs.database import Database
from mldebt.jobs.listing import ids_of_repository
from mldebt.settings import Settings, SettingsError
from mldebt.store.cache import Cache
from mldebt.store.deliveries import forget_received_before
from mldebt.store.engine import open_store
from mldebt.store.hosted import adrift, forget_heads_before, forget_hosted, source_of, taken_away, to_forget
from mldebt.store.snapshots import forget_repository
from mldebt.store.survival import ages_of

DAY = 86_400
DELIVERIES_DAYS = 30
"""GitHub delivers again for three days."""
HEADS_DAYS = 180
SUSPENDED_DAYS = 30
"""That the App is suspended, until what is stored goes too."""

log = logging.getLogger("mldebt.jobs")


def forget_what_is_over(settings: Settings, database: Database, now: float) -> None:
    """Raises StoreError."""
    with closing(open_store(settings.deliveries_url)) as deliveries, deliveries.writing() as connection:
        forget_received_before(connection, int(now - DELIVERIES_DAYS * DAY) * 1_000_000)
    with closing(open_store(settings.database_url)) as store:
        with store.reading() as connection:
            gone, here = to_forget(connection, int(now - SUSPENDED_DAYS * DAY)), taken_away(connection)
        for one in gone:
            forget(database, ids_of_repository(database, one.id))
            with store.writing() as connection:
                forget_hosted(connection, one, int(now))
        with store.writing() as connection:
            for repository_id in adrift(connection):
                forget_repository(connection, repository_id)
            forget_heads_before(connection, int(now - HEADS_DAYS * DAY))
    if gone:
        log.warning("%d repositories that the App may not see any more were forgotten", len(gone))
    _forget_here(settings, {one.id for one in (*gone, *here)})


def _forget_here(settings: Settings, ids: set[int]) -> None:
    """On this machine: mirrors, and what was read in blobs. That is known by content alone, and so goes as a whole."""
    try:
        access = read_app_access(os.environ, settings.home)
    except SettingsError:
        access = None
    if access is None:
        return
    mirrors = [folder for id_ in sorted(ids) if (folder := folder_of(settings.mirrors, access.server, id_)).is_dir()]
    for folder in mirrors:
        _remove(folder)
    for id_ in ids:
        ages_of(settings.ages, source_of(access.server, id_)).unlink(missing_ok=True)
    if mirrors:
        with closing(Cache(settings.cache)) as cache:
            cache.empty()


def _remove(folder: Path) -> None:
    """Once nobody fetches into it."""
    try:
        with ExitStack() as held:
            for lock in (folder / "lock", folder / WHOLE / "lock"):
                if lock.parent.is_dir():
                    held.enter_context(locked(lock, lambda: None))
            shutil.rmtree(folder)
    except OSError as error:
        log.warning("the mirror %s could not be removed, and is tried again: %s", folder, error.strerror)
