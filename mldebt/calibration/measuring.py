"""One repository measured: what a worker does. It speaks of nothing that a scan would not show."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

from collectors.facts.changes import ENOUGH_PEOPLE
from collectors.facts.files import Place
from collectors.git.errors import CollectError
from collectors.git.repository import Repository, open_repository
from mldebt.calibration.journal import TOO_MUCH
from mldebt.scan import Wanted, scan
from mldebt.scan.moments import NOTHING_BEFORE
from mldebt.settings import Settings
from mldebt.store.contents import boxes
from mldebt.store.engine import Store, StoreError, open_store
from mldebt.store.past import changes_of
from mldebt.store.reading import repositories
from scoring.report.text import day
from scoring.signal import Signal

NO_CODE = (Place.CONFIGURATION, Place.TESTS)
UNCHANGED: Mapping[str, Any] = {}


class Limits(NamedTuple):
    """What one repository may take."""

    seconds: int = 600  # of a processor
    megabytes: int = 1_024  # its git directory on the disk
    memory: int = 1_000  # megabytes of the process that reads it

    @property
    def bounds(self) -> tuple[int, int]:
        return self.seconds, self.megabytes


class Order(NamedTuple):
    repository: str
    source: str
    home: str  # a folder of its own, for what can be made again
    commit: str  # the one whose row is there; empty: none
    limits: Limits


def measured(order: Order) -> Mapping[str, Any]:
    """The row of a repository at its newest commit; UNCHANGED where that one's is there already."""
    home = Path(order.home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings = Settings(home, f"sqlite:///{home / 'store.db'}")
    try:
        repository = open_repository(order.source, settings.mirrors, lambda _: None)
        if repository.head is None:
            return {"outcome": "failed: it has no commits"}
        if repository.head == order.commit:
            return UNCHANGED
        size = _megabytes(repository.git_dir)
        if size > order.limits.megabytes:
            return {"outcome": f"failed: it is larger than {order.limits.megabytes:,} MB", TOO_MUCH: "size"}
        _forget(home)
        with closing(open_store(settings.database_url)) as store:
            return _scanned(repository, store, settings)
    except (CollectError, StoreError) as error:
        return {"outcome": f"failed: {_told(error, order.source)}"}
    finally:
        _forget(home)


def _scanned(repository: Repository, store: Store, settings: Settings) -> Mapping[str, Any]:
    found = scan(Wanted(str(repository.git_dir), since=NOTHING_BEFORE), store, settings, lambda *_: None)
    identity = found.card.identity
    if identity.size is None:
        return {"outcome": "failed: its files or its history cannot be seen as a whole"}
    with store.reading() as connection:
        row = repositories(connection)[0]
        changes = changes_of(connection, row.id, identity.commit, identity.as_of)
        places = boxes(connection, found.snapshot_id)
    return {
        "outcome": "measured",
        "commit": identity.commit,
        "as_of": day(identity.as_of),
        **identity.size._asdict(),
        "authors": _people(len(changes.people)),
        "files": sum(box.files for box in places.values()),
        "code_lines": sum(box.lines for place, box in places.items() if place not in NO_CODE),
        "signals": {one.name: _numbers(one) for one in found.card.signals if one.measurement.value is not None},
    }


def _told(error: Exception, source: str) -> str:
    """Without where it lies on this machine."""
    return str(error).replace(source, "the repository").replace(source.removesuffix("/.git"), "the repository")


def _numbers(signal: Signal) -> tuple[float, float]:
    value = signal.measurement.value
    return (0.0 if value is None else value, signal.measurement.coverage)


def _people(number: int) -> str:
    """Groups under five are not shown."""
    return str(number) if number >= ENOUGH_PEOPLE else f"under {ENOUGH_PEOPLE}"


def _megabytes(folder: Path) -> int:
    """Of all files in it, links not followed."""
    total = 0
    for inside, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(inside, name).lstat().st_size
    return total >> 20


def _forget(home: Path) -> None:
    """The store of an earlier run: each measures afresh."""
    for path in home.glob("store.db*"):
        path.unlink(missing_ok=True)
