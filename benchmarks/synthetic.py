"""Repositories of any size, built by `git fast-import`: the same bytes every time."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

PEOPLE = 50
FILES = 2_000
LINES = 40
START = 1_500_000_000


def synthetic(folder: Path, commits: int, side_refs: int = 0) -> Path:
    """A bare repository with `commits` commits in all: a main line, and `side_refs` of them on a branch of their own.

    The first commit brings 2,000 files in 40 folders, so that a commit costs the same early and late. Each other one
    changes one file, every third a second one, by three of its forty lines. Built once per folder.
    """
    git_dir = folder / f"synthetic-{commits}-{side_refs}.git"
    if (git_dir / "done").exists():
        return git_dir
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", git_dir], check=True)
    with subprocess.Popen(
        ["git", f"--git-dir={git_dir}", "fast-import", "--quiet"], stdin=subprocess.PIPE
    ) as importing:
        assert importing.stdin is not None
        importing.stdin.writelines(_stream(commits, side_refs))
    assert importing.returncode == 0
    subprocess.run(["git", f"--git-dir={git_dir}", "pack-refs", "--all"], check=True)
    (git_dir / "done").touch()
    return git_dir


def add_commit(git_dir: Path, number: int) -> None:
    """One more commit on main, as a fetch would bring it."""
    body = f"from refs/heads/main^0\n{_file(0, [f'new {number} {n}' for n in range(LINES)])}\n"
    commit = _commit("refs/heads/main", number, START + 400_000_000 + number) + body
    subprocess.run(["git", f"--git-dir={git_dir}", "fast-import", "--quiet"], input=commit.encode(), check=True)


def _stream(commits: int, side_refs: int) -> Iterator[bytes]:
    dice = random.Random(1)
    contents = [[f"file {n} line {line}" for line in range(LINES)] for n in range(FILES)]
    main = commits - side_refs
    for number in range(main):
        parts = [_commit("refs/heads/main", number, START + 600 * number, mark=number + 1)]
        if number == 0:
            parts += [_file(n, lines) for n, lines in enumerate(contents)]
        for _ in range(2 if number % 3 == 0 else 1):
            changed = dice.randrange(FILES)
            for _ in range(3):
                contents[changed][dice.randrange(LINES)] = f"line {number} {dice.random()}"
            parts.append(_file(changed, contents[changed]))
        yield "".join([*parts, "\n"]).encode()
    for number in range(side_refs):
        start = dice.randrange(main)
        commit = _commit(f"refs/heads/topic/{number}", number, START + 600 * start + 300)
        yield f"{commit}from :{start + 1}\n{_file(number % FILES, [f'topic {number}'] * LINES)}\n".encode()


def _commit(ref: str, number: int, at: int, mark: int | None = None) -> str:
    who = f"P{number % PEOPLE} <p{number % PEOPLE}@example.org> {at} +0000"
    marked = f"mark :{mark}\n" if mark else ""
    return f"commit {ref}\n{marked}author {who}\ncommitter {who}\n{_data(f'change {number}')}"


def _file(number: int, lines: list[str]) -> str:
    return f"M 100644 inline src/part{number % 40}/file{number}.py\n{_data(chr(10).join(lines) + chr(10))}"


def _data(text: str) -> str:
    return f"data {len(text)}\n{text}\n"
