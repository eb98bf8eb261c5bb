"""Of jobs, whoever looks is told of those that are about repositories that he or she may see, and of no others."""

from __future__ import annotations

from pathlib import Path

from mldebt.jobs.listing import State, listing
from tests.jobs_rows import AT, add_job, jobs_database


def test_jobs_about_other_repositories_are_neither_listed_nor_counted(tmp_path: Path) -> None:
    database = jobs_database(tmp_path)
    for number, (name, status) in enumerate(
        [
            ("scan:1:weekly-1", "SUCCESS"),
            ("scan:11:weekly-1", "SUCCESS"),
            ("scan:2:weekly-0", "PENDING"),
            ("scan:2:weekly-1", "ERROR"),
            ("scan:1:weekly-2", "ENQUEUED"),
            ("pull:1:7:x", "SUCCESS"),
            ("pull:900:7:x", "SUCCESS"),
            ("sweep:daily", "SUCCESS"),
        ]
    ):
        add_job(database, name, status, at=AT + number, error="it is private" if status == "ERROR" else None)
    every = listing(database)
    assert every.counts == {State.RUNNING: 0, State.WAITING: 2, State.FAILED: 1, State.DONE: 5}
    mine = listing(database, visible=(1,), hosted=(900,))
    assert sorted(job.id for job in mine.jobs) == ["pull:900:7:x", "scan:1:weekly-1", "scan:1:weekly-2"]
    assert mine.counts == {State.RUNNING: 0, State.WAITING: 1, State.FAILED: 0, State.DONE: 2}
    assert listing(database, visible=()).jobs == ()
    assert not any(listing(database, visible=()).counts.values())
    assert len(listing(database, shown=1, visible=(1, 2), hosted=(900,)).of(State.DONE)) == 1
    database.close()
