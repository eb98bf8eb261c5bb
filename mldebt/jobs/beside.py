"""Jobs beside a server: the claim is made before it starts, the engine starts after it, and neither holds it up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from mldebt.jobs.claim import Claim, Taken, claim
from mldebt.jobs.database import Database, open_database
from mldebt.settings import Settings, SettingsError, make_home, read_settings
from mldebt.store.errors import StoreError

if TYPE_CHECKING:
    from mldebt.jobs.engine import Engine

log = logging.getLogger("mldebt.jobs")


class Beside:
    def __init__(self, settings: Settings, database: Database, held: Claim) -> None:
        self._settings, self._database, self._claim = settings, database, held
        self._engine: Engine | None = None
        self._thread: threading.Thread | None = None
        self._is_over = False
        self._ending = threading.Lock()

    @classmethod
    def claimed(cls, settings: Settings, what: str) -> Beside:
        """Raises Taken, or StoreError."""
        database = open_database(settings)
        return cls(settings, database, claim(database, what))

    @classmethod
    def if_free(cls, environment: Mapping[str, str]) -> Beside | None:
        """None, and a line in the log, where jobs cannot be run here: what is stored can be shown all the same."""
        try:
            settings = read_settings(environment)
            make_home(settings)
            return cls.claimed(settings, "serve")
        except (Taken, StoreError, SettingsError) as error:
            log.warning("this server runs no jobs: %s", error)
            return None

    def begin(self, *modules: str) -> None:
        """With the jobs of `modules`, which are imported before the engine starts."""
        self._thread = threading.Thread(target=self._start, args=modules, name="mldebt-jobs-start", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """What runs goes on when jobs are next run. May be called twice."""
        with self._ending:
            if self._is_over:
                return
            self._is_over = True
            if self._thread is not None:
                self._thread.join()
            if self._engine is not None:
                self._engine.close()
            else:
                self._claim.close()
                self._database.close()

    def _start(self, *modules: str) -> None:
        from mldebt.jobs.scans import start_engine

        for module in modules:
            import_module(module)
        if self._is_over:
            return
        try:
            weekly = self._settings.weekly
            self._engine = start_engine(
                self._settings, self._database, self._claim, weekly=weekly, is_server=True, lost=self._lost
            )
        except StoreError as error:
            log.warning("this server runs no jobs: %s", error)

    def _lost(self) -> None:
        """Others run the jobs; the dashboard stays."""
        threading.Thread(target=self.end, daemon=True).start()
