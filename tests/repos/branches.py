"""Repositories with branches, made by git itself under a clock of our own."""

from __future__ import annotations

import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

from collectors.facts.branches import Branch, Branches
from collectors.git.branches import branches
from collectors.git.repository import Repository, open_repository

DAY = 86_400
START = 1_700_000_000  # 14 November 2023
NOW = START + 365 * DAY


def at(day: float) -> int:
    return int(START + day * DAY)


@dataclass
class Workshop:
    """A work tree whose every commit has its day. `line` counts up, so that no two commits change the same."""

    path: Path

    def git(self, *args: str, day: float = 0, stdin: bytes = b"") -> str:
        date = f"{int(START + day * DAY)} +0000"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Somebody",
            "GIT_AUTHOR_EMAIL": "somebody@example.org",
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": "Somebody",
            "GIT_COMMITTER_EMAIL": "somebody@example.org",
            "GIT_COMMITTER_DATE": date,
        }
        done = subprocess.run(
            ["git", *args], cwd=self.path, env=environment, input=stdin, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def commit(self, path: str, text: str, *, day: float = 0, message: str = "change") -> str:
        """One file more or changed on the branch that is checked out; the commit's id."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, day=day)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "main", *, commits: int = 1, day: float = 0) -> str:
        """A branch with commits of its own, one a day, each to a file of the branch; leaves main checked out."""
        self.git("switch", "-q", "-c", name, start)
        for number in range(commits):
            file = self.path / f"{name}.py"
            before = file.read_text() if file.exists() else ""
            self.commit(f"{name}.py", f"{before}step {number} of {name}\n", day=day + number)
        tip = self.git("rev-parse", "HEAD")
        self.git("switch", "-q", "main")
        return tip

    def merge(self, name: str, *, day: float) -> str:
        self.git("merge", "-q", "--no-ff", "-m", f"Merge branch '{name}'", name, day=day)
        return self.git("rev-parse", "HEAD")

    def squash(self, name: str, *, day: float) -> str:
        self.git("merge", "-q", "--squash", name, day=day)
        self.git("commit", "-q", "-m", f"{name} (#1)", day=day)
        return self.git("rev-parse", "HEAD")

    def rebase(self, name: str, *, day: float) -> str:
        """All commits of a branch once more on main, as GitHub's "rebase and merge" does."""
        self.git("cherry-pick", *self.git("rev-list", "--reverse", f"main..{name}").split(), day=day)
        return self.git("rev-parse", "HEAD")

    def opened(self) -> Repository:
        return open_repository(str(self.path), self.path / "mirrors", lambda _: None)

    def branches(self) -> Branches:
        seen = branches(self.opened(), NOW)
        assert isinstance(seen.fact, Branches), seen.fact
        assert seen.warnings == ()
        return seen.fact

    def cloned(self, path: Path, *options: str) -> Workshop:
        self.git("clone", "-q", *options, f"file://{self.path}", str(path))
        return Workshop(path)

    def found(self, name: str) -> Branch:
        return next(branch for branch in self.branches() if branch.name == name)

    def distance(self, ref: str) -> tuple[int, int]:
        """Ahead and behind of HEAD, as git counts them."""
        behind, ahead = self.git("rev-list", "--left-right", "--count", f"HEAD...{ref}").split()
        return int(ahead), int(behind)


def workshop(path: Path) -> Workshop:
    """A repository with two commits on main, on the first two days."""
    made = empty(path)
    made.commit("train.py", "".join(f"line {n}\n" for n in range(40)), day=0, message="first")
    made.commit("serve.py", "serve\n", day=1, message="second")
    return made


def empty(path: Path) -> Workshop:
    path.mkdir(parents=True, exist_ok=True)
    made = Workshop(path)
    made.git("init", "-q", "-b", "main")
    return made


def tangled(rng: random.Random, commits: int, branches: int) -> bytes:
    """A stream of commits with 0 to 4 parents among the last 25, and branches at any of them."""
    stream, words = [], ("from", *["merge"] * 3)
    for mark in range(1, commits + 1):
        parents = rng.sample(range(max(1, mark - 25), mark), min(mark - 1, rng.choice((0, 1, 1, 1, 1, 2, 2, 3, 4))))
        stream.append(
            f"commit refs/tangle/{mark}\nmark :{mark}\ncommitter S <s> {START + rng.randrange(10**6)} +0000\n"
        )
        stream.append("data 0\n" + "".join(f"{word} :{p}\n" for word, p in zip(words, parents, strict=False)))
        stream.append(f"M 644 inline f{mark % 7}\ndata 4\n{mark:04}\n")
    stream.append(f"reset refs/heads/main\nfrom :{commits}\n\n")
    stream += [f"reset refs/heads/b{n:02}\nfrom :{rng.randint(1, commits)}\n\n" for n in range(branches)]
    return "".join(stream).encode()
