"""What a command needs to know beside GitHub: findings, what was called wrong, and how to have a change looked at."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from collectors.registry import discover
from github_app.assessing import Place, request
from github_app.found import known_of
from github_app.installation import AppOnRepository
from github_app.obeying import NotLooked
from github_app.pull_job import asked_for
from github_app.replies import Known
from mldebt.jobs.asking import enqueue
from mldebt.jobs.database import Database
from mldebt.jobs.failed import JobFailed
from mldebt.store.doubts import doubt, doubts_of
from mldebt.store.engine import Store
from mldebt.store.findings import finding_by_id
from mldebt.store.hosted import hosted
from mldebt.store.reading import latest_snapshot, repositories
from scoring.report.text import day
from scoring.signal import Definition


@dataclass
class Lookup:
    """Of one pull request, while a command is carried out."""

    store: Store
    jobs: Database
    place: Place
    github: AppOnRepository
    installation: int
    number: int
    title: str

    @property
    def rules(self) -> Mapping[str, Definition]:
        return {one.definition.name: one.definition for one in discover()}

    @property
    def today(self) -> str:
        return day(int(time.time()))

    def finding(self, wanted: str) -> Known | None:
        return self._scanned(wanted) or self._in_this_change(wanted)

    def _scanned(self, wanted: str) -> Known | None:
        with self.store.reading() as connection:
            here = hosted(connection, self.github.hosted.id)
            if here is None or here.repository_id is None:
                return None
            snapshot = latest_snapshot(connection, here.repository_id)
            found = finding_by_id(connection, snapshot.id, wanted) if snapshot else None
            if snapshot is None or found is None:
                return None
            web = next(row.web for row in repositories(connection) if row.id == here.repository_id)
        return Known(found, self.rules.get(found.rule), web, snapshot.commit)

    def _in_this_change(self, wanted: str) -> Known | None:
        pull = self.github.pull(self.number)
        try:
            found = self.place.read({**request(self.place, self.github, pull), "finding": wanted})["found"]
        except JobFailed as error:
            raise NotLooked(str(error)) from None
        return None if found is None else known_of(found, self.rules)

    def doubted(self, rule: str) -> int:
        with self.store.reading() as connection:
            return doubts_of(connection, self.github.hosted.id).get(rule, 0)

    def doubt(self, rule: str, finding: str, comment_id: int) -> bool:
        with self.store.writing() as connection:
            return doubt(connection, self.github.hosted.id, rule, finding, comment_id, int(time.time()))

    def rescan(self, comment_id: int) -> None:
        when = f"asked-{comment_id}"
        enqueue(self.jobs, [asked_for(self.installation, self.github.hosted.id, self.number, self.title, when)])
