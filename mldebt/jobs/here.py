"""What the jobs of this process share. One engine to a process, so one of these."""

from __future__ import annotations

from dataclasses import dataclass, field

from mldebt.jobs.database import Database
from mldebt.jobs.processes import Processes
from mldebt.settings import Settings


@dataclass
class Here:
    heavy: Processes = field(default_factory=Processes)  # steps in processes of their own
    settings: Settings | None = None  # of the engine that runs, or ran last
    database: Database | None = None

    def begin(self, settings: Settings, database: Database) -> None:
        self.heavy.begin_anew()
        self.settings, self.database = settings, database

    @property
    def stores(self) -> dict[str, str]:
        """Where the store is, as the environment of a process."""
        assert self.settings is not None  # noqa: S101  a job runs in an engine
        return {"MLDEBT_HOME": str(self.settings.home), "DATABASE_URL": self.settings.database_url}


HERE = Here()
