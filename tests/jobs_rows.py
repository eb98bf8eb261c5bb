"""Jobs as an engine would have left them, written by hand into tables like its own."""

from __future__ import annotations

import json
from pathlib import Path

from mldebt.jobs.database import INPUTS, OUTPUT, STATUS, Database, open_database
from mldebt.settings import Settings

AT = 1_795_500_000  # 24 November 2026, 06:00 UTC


def jobs_database(home: Path) -> Database:
    """With the tables that are read, and no jobs."""
    database = open_database(Settings(home, f"sqlite:///{home / 'mldebt.db'}"))
    STATUS.metadata.create_all(database.engine)
    return database


def add_job(
    database: Database,
    name: str,
    status: str,
    *,
    title: str = "northwind/ranking",
    at: int = AT,
    error: str | None = None,
    attempts: int = 1,
    repository: int = 1,
) -> None:
    """`error` is the sentence of a JobFailed, or a whole JSON object."""
    moment = at * 1000
    inputs = {"namedArgs": {"repository": repository, "title": title, "reason": "weekly"}, "positionalArgs": []}
    row = {
        "workflow_uuid": name,
        "status": status,
        "name": "scan",
        "queue_name": "jobs",
        "priority": 10,
        "executor_id": "local",
    }
    moments = dict.fromkeys(("created_at", "updated_at", "started_at_epoch_ms"), moment)
    ended = moment if status not in ("ENQUEUED", "PENDING") else None
    with database.engine.begin() as connection:
        connection.execute(STATUS.insert(), [{**row, **moments, "completed_at": ended, "recovery_attempts": attempts}])
        connection.execute(INPUTS.insert(), [{"workflow_uuid": name, "inputs": json.dumps(inputs)}])
        if error is not None:
            told = error if error.startswith("{") else json.dumps({"name": "JobFailed", "message": error})
            connection.execute(OUTPUT.insert(), [{"workflow_uuid": name, "error": told}])
