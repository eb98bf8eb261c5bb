"""One repository at a GitHub of our own, git host and all, with the App on it, and an mldebt that reads its pulls."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collectors.git.errors import CollectError
from github_app.assessing import Done, Failed, Later, Place, Wanted, assess
from github_app.pull_job import read_in
from github_app.pull_reading import read
from mldebt.app_access import AppAccess
from mldebt.failure import Failure
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.processes import Processes
from mldebt.settings import Settings, make_home, read_settings
from tests.github.fake import FakeGitHub, Route, serving
from tests.github.git_host import GitHost, hosting
from tests.github.installed import APP, INSTALLATION, INSTALLED, REPOSITORY, install, key
from tests.repos.histories import Content, commit, empty_repository, git

PATH = b"import os\n\n\ndef load():\n    return open('/home/ada/%s.csv')\n"
THRESHOLD = b"def keep(score):\n    return score > 0.%d\n"
SECRETS = ("hook-secret-91f1", "client-secret-44ab")
Files = Mapping[str | bytes, Content]


@dataclass
class Hosted:
    fake: FakeGitHub
    host: GitHost
    bare: Path
    settings: Settings
    pause: float = 0.001
    heavy: Processes = field(default_factory=Processes)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(7))

    @property
    def access(self) -> AppAccess:
        return AppAccess(
            app_id=APP,
            private_key=key(),
            webhook_secrets=(SECRETS[0],),
            client_id="Iv1.test",
            client_secret=SECRETS[1],
            slug="mldebt",
            server=self.host.address,
            api=self.fake.address,
            public_url="https://debt.example.com",
        )

    @property
    def environment(self) -> dict[str, str]:
        """Of a process that is this mldebt."""
        return {
            "MLDEBT_HOME": str(self.settings.home),
            "MLDEBT_APP_ID": str(APP),
            "MLDEBT_APP_KEY": key(),
            "MLDEBT_WEBHOOK_SECRET": SECRETS[0],
            "MLDEBT_CLIENT_ID": "Iv1.test",
            "MLDEBT_CLIENT_SECRET": SECRETS[1],
            "MLDEBT_APP_SLUG": "mldebt",
            "MLDEBT_URL": "https://debt.example.com",
            "MLDEBT_WEEKLY": "off",
            "GITHUB_SERVER_URL": self.host.address,
            "GITHUB_API_URL": self.fake.address,
            "GIT_SSL_CAINFO": str(self.host.certificate),
        }

    def open(self, files: Files, *, fork: str = "", by: str = "ada", base: str = "main") -> int:
        """A pull request with one commit; its number."""
        number = next(self._numbers)
        row = self.fake.open_pull(number, self.push(number, files, base=base), fork=fork, by=by)
        row["user"]["type"] = "Bot" if by.endswith("[bot]") else "User"
        row["base"]["ref"] = base
        row["draft"] = False
        return number

    def push(self, number: int, files: Files, *, base: str = "", message: str = "change") -> str:
        """One commit more; with `base` on top of that branch, whatever was there before."""
        ref = f"refs/pull/{number}/head"
        if base:
            git(self.bare, "update-ref", ref, f"refs/heads/{base}")
        head = commit(self.bare, files, f"{message} of {number}", ref=ref)
        if number in self.fake.pulls:
            self.fake.pulls[number]["head"]["sha"] = head
        return head

    def place(self, read: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None) -> Place:
        largest = self.settings.largest
        return Place(self.access, self.settings.mirrors, largest, read or self.read, self.pause, self.at_head)

    def at_head(self, head: str) -> list[int]:
        """As events told of them."""
        return sorted(number for number, row in self.fake.pulls.items() if row["head"]["sha"] == head)

    def read(self, told: Mapping[str, Any]) -> Mapping[str, Any]:
        """As a process of its own does, without the second that such a process takes to start."""
        try:
            return json.loads(json.dumps(read(told, self.settings)))  # type: ignore[no-any-return]
        except (CollectError, Failure) as error:
            raise JobFailed(str(error)) from None

    def read_apart(self, told: Mapping[str, Any]) -> Mapping[str, Any]:
        stores = {"MLDEBT_HOME": str(self.settings.home), "DATABASE_URL": self.settings.database_url}
        return read_in(self.heavy, stores, told)

    def assess(self, number: int, **more: Any) -> Done | Later | Failed:
        return assess(self.place(more.pop("read", None)), Wanted(INSTALLATION, REPOSITORY, number), **more)

    def bodies(self, number: int) -> list[str]:
        """Of the App's comments, without their first lines."""
        rows = self.fake.comments[number]
        return [row["body"].partition("\n")[2] for row in rows if row["user"]["login"] == "mldebt[bot]"]

    def checks(self, number: int) -> list[dict[str, Any]]:
        """Of the head as it is now."""
        head = self.fake.pulls[number]["head"]["sha"]
        return [row for row in self.fake.rows["checks"] if row["head_sha"] == head]


@contextmanager
def hosted(folder: Path, files: Files | None = None, routes: Mapping[str, Route] | None = None) -> Iterator[Hosted]:
    fake = install(FakeGitHub({**INSTALLED, **(routes or {})}))

    def admits(token: str) -> bool:
        minted = fake.rows["tokens"].get(token)
        return minted is not None and "contents" in minted.permissions

    bare = empty_repository(folder / "git" / "owner" / "name.git", "--bare")
    commit(bare, files or {"old.py": PATH % b"old", "README.md": b"# Shop\n"})
    settings = read_settings({"MLDEBT_HOME": str(folder / "home")})
    make_home(settings)
    with hosting(folder / "git", admits) as host, serving(fake):
        before = os.environ.get("GIT_SSL_CAINFO")
        os.environ["GIT_SSL_CAINFO"] = str(host.certificate)
        try:
            yield Hosted(fake, host, bare, settings)
        finally:
            if before is None:
                del os.environ["GIT_SSL_CAINFO"]
            else:
                os.environ["GIT_SSL_CAINFO"] = before
