"""Whether what GitHub delivered here is seen to."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from mldebt.cli.checks import Check
from mldebt.settings import Settings
from mldebt.store.deliveries import tally, waiting
from mldebt.store.engine import open_store
from mldebt.store.errors import StoreError
from scoring.wording import worded

LONG = 600
"""Seconds that a delivery may wait, for a scan or a job before it."""
NOTHING = "nothing was received here yet"


def inbox(settings: Settings, now: float) -> Check:
    file = settings.deliveries_url.removeprefix("sqlite:///")
    if file != settings.deliveries_url and not Path(file).exists():
        return Check("inbox", True, NOTHING)
    try:
        with closing(open_store(settings.deliveries_url)) as store, store.reading() as connection:
            found, first = tally(connection), waiting(connection, 1)
    except StoreError as error:
        return Check("inbox", False, str(error))
    if found.last_us is None:
        return Check("inbox", True, NOTHING)
    kept = f"{found.kept:,} {worded(found.kept, 'delivery', 'deliveries')} kept"
    if first and first[0].received_us / 1e6 < now - LONG:
        since = f"{found.waiting:,} wait, the first since {_minute(first[0].received_us)}"
        return Check("inbox", False, f"{kept}, {since}: see to it that `mldebt serve` runs, and look into its log")
    return Check("inbox", True, f"{kept}, the last of {_minute(found.last_us)}; {found.waiting:,} wait")


def _minute(us: int) -> str:
    return f"{datetime.fromtimestamp(us / 1e6, UTC):%Y-%m-%d %H:%M} UTC"
