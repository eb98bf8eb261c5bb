"""Repositories that nobody would make on purpose, except to hurt: one recipe each, in an empty folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tests.repos.histories import (
    START,
    Content,
    Link,
    commit,
    damage,
    empty_repository,
    garble,
    git,
    raw_commit,
    tree_of,
)

DAY = 86_400
CODE = b"import torch\n\n\ndef train(rate):\n    return torch.nn.Linear(2, 2), rate\n"

NAMES: tuple[bytes, ...] = (
    b"new\nline.py",
    b"quo\"te's.py",
    b"tab\there.py",
    b"not-utf8-\xff\xfe.py",
    b"bell\x07.py",
    b"colour-\x1b[31mred\x1b[0m.py",
    b"title-\x1b]0;owned\x07.py",
    "right\u202eto-left.py".encode(),
    "zero\u200bwidth.py".encode(),
    b"c1-\xc2\x9b31m.py",
    b"<script>alert(1)</script>.py",
    b"[bold red]markup[/].py",
    b"-rf.py",
    b"=cmd|' /C calc'!A0.py",
    b"$(touch canary).py",
    b"surrogate-\xed\xa0\x80.py",
    b"del\x7f.py",
)
"""What no file of a sane project is called."""


def ordinary(where: Path, commits: int = 3, *, files: dict[str | bytes, Content] | None = None) -> Path:
    """A few commits by one person, a week apart; nothing odd about it."""
    empty_repository(where)
    commit(where, {"train.py": CODE, "config.yaml": b"rate: 1\nsteps: 2\n", **(files or {})}, "first")
    for week in range(1, commits):
        commit(where, {f"step_{week}.py": CODE + b"\nX = %d\n" % week}, at=START + 7 * week * DAY)
    return where


def unborn(where: Path) -> Path:
    """Commits on a branch, and HEAD on another that has none."""
    ordinary(where)
    git(where, "branch", "-m", "main", "work")
    git(where, "symbolic-ref", "HEAD", "refs/heads/main")
    return where


def detached(where: Path) -> Path:
    ordinary(where)
    git(where, "update-ref", "--no-deref", "HEAD", git(where, "rev-parse", "main~1").decode().strip())
    return where


def cloned(where: Path, source: Path, *options: str) -> Path:
    """A bare clone over git's own protocol, so that depth and filters hold."""
    git(source, "config", "uploadpack.allowFilter", "true")
    git(source, "clone", "--quiet", "--bare", *options, f"file://{source}", str(where))
    return where


def without_a_blob(where: Path) -> Path:
    ordinary(where)
    damage(where, git(where, "rev-parse", "main:train.py").decode().strip())
    return where


def without_a_folder(where: Path) -> Path:
    ordinary(where, files={"lib/part.py": CODE, "lib/deep/part.py": CODE})
    damage(where, git(where, "rev-parse", "main:lib").decode().strip())
    return where


def with_a_corrupt_blob(where: Path) -> Path:
    ordinary(where)
    garble(where, git(where, "rev-parse", "main:train.py").decode().strip())
    return where


def without_a_commit(where: Path, back: int = 2) -> Path:
    """The commit `back` before the newest of five is gone."""
    ordinary(where, commits=5)
    damage(where, git(where, "rev-parse", f"main~{back}").decode().strip())
    return where


def grafted(where: Path) -> Path:
    """Grafts that hide all but the newest commit from git."""
    ordinary(where)
    (where / ".git" / "info").mkdir(exist_ok=True)
    (where / ".git" / "info" / "grafts").write_bytes(git(where, "rev-parse", "main"))
    return where


def replaced(where: Path) -> Path:
    """The newest commit stands in for by another without a past."""
    ordinary(where)
    other = commit(where, {"other.py": b"pass\n"}, ref="refs/heads/other")
    git(where, "replace", git(where, "rev-parse", "main").decode().strip(), other)
    git(where, "update-ref", "-d", "refs/heads/other")
    return where


def badly_named(where: Path) -> Path:
    """Files, a branch and an admitted debt whose names would speak to a terminal, a browser or a shell."""
    admitted = CODE + "# TODO \x1b[2J\u202e <img src=x onerror=alert(1)> [red]x[/red]\n".encode()
    ordinary(where)
    for number, name in enumerate((b"exp/<script>alert(1)</script>", "exp/\u202eevil".encode(), b"exp/\xff\xfe")):
        tip = commit(where, {b"b%d.py" % number: CODE}, parents=["main"], ref="refs/heads/plain", at=START + DAY)
        git(where, "update-ref", b"refs/heads/" + name, tip)
        git(where, "update-ref", "-d", "refs/heads/plain")
    commit(where, dict.fromkeys(NAMES, admitted), at=START + 400 * DAY)
    return where


def with_links(where: Path, outside: Path) -> Path:
    """Links to a file outside, to themselves, and to a folder above."""
    links = {"out.py": str(outside).encode(), "loop.py": b"loop.py", "up": b"../..", "passwd.txt": b"/etc/passwd"}
    return ordinary(where, files={name: Link(target) for name, target in links.items()})


def with_long_lines(where: Path) -> Path:
    """A megabyte in one line: of code, of settings, of prose, of notebook."""
    long = b"x" * (1 << 20)
    cell = b'{"cells": [{"cell_type": "code", "source": "y = \'' + long + b"'\"}]}"
    return ordinary(
        where,
        files={
            "long.py": b"DATA = '" + long + b"'\n",
            "long.yaml": b"key: " + long + b"\n",
            "README.md": b"# " + long + b"\n",
            "long.ipynb": cell,
            "unbroken.py": b"# TODO " + long,
        },
    )


def at_odd_dates(where: Path) -> Path:
    """Commits of 1970 and 2100, in time zones that go the other way or nowhere."""
    empty_repository(where)
    body = b"tree %s\n%sauthor Ada <a@example.org> %d %s\ncommitter Ada <a@example.org> %d %s\n\nodd\n"
    parent = b""
    for number, (at, zone) in enumerate(((0, b"-1200"), (4_102_444_800, b"+1400"), (START, b"-9999"))):
        made = commit(where, {"train.py": CODE + b"Y = %d\n" % number, "serve.py": CODE}, ref="refs/heads/made")
        tree = tree_of(where, made).encode()
        parent = b"parent %s\n" % raw_commit(where, body % (tree, parent, at, zone, at, zone)).encode()
    git(where, "update-ref", "-d", "refs/heads/made")
    return where


def from_the_far_future(where: Path) -> Path:
    """One commit of a day that no calendar has."""
    empty_repository(where)
    tree = tree_of(where, commit(where, {"train.py": CODE}, ref="refs/heads/made")).encode()
    when = b"99999999999999 +0000"
    raw_commit(where, b"tree %s\nauthor A <a@b.c> %s\ncommitter A <a@b.c> %s\n\nlate\n" % (tree, when, when))
    git(where, "update-ref", "-d", "refs/heads/made")
    return where


def without_a_date(where: Path) -> Path:
    """One commit whose dates nobody can read."""
    empty_repository(where)
    tree = tree_of(where, commit(where, {"train.py": CODE}, ref="refs/heads/made")).encode()
    raw_commit(where, b"tree %s\nauthor A <a@b.c> once\ncommitter A <a@b.c> once\n\nundated\n" % tree)
    git(where, "update-ref", "-d", "refs/heads/made")
    return where


def by_nobody(where: Path) -> Path:
    """Commits without a name, without an address, without either, and without an author line."""
    empty_repository(where)
    tree = tree_of(where, commit(where, {"train.py": CODE}, ref="refs/heads/made")).encode()
    parent = b""
    for author in (b" <a@example.org>", b"Ada <>", b"", b"Ada", b" <>"):
        line = b"author %s %d +0000\ncommitter %s %d +0000\n" % (author, START, author, START) if author else b""
        oid = raw_commit(where, b"tree %s\n%s%s\nwho\n" % (tree, parent, line))
        parent = b"parent %s\n" % oid.encode()
    git(where, "update-ref", "-d", "refs/heads/made")
    return where


def trapped(where: Path, canary: Path) -> Path:
    """A work tree in which everything that could be run would leave `canary` behind."""
    bait = f"touch {canary}"
    python = f"open({str(canary)!r}, 'w').close()\n".encode()
    attributes = b"* diff=bait filter=bait merge=bait\n*.py textconv=bait\n"
    files: dict[str | bytes, Content] = {
        ".gitattributes": attributes,
        ".mailmap": b"Ada <ada@example.org> <other@example.org>\n",
        "conftest.py": python,
        "sitecustomize.py": python,
        "usercustomize.py": python,
        "setup.py": python,
        "collectors/__init__.py": python,
        "git.py": python,
        "typer.py": python,
        ".streamlit/config.toml": b"[server]\nport = 1\n",
        ".env": b"DATABASE_URL=sqlite:////nowhere\nMLDEBT_HOME=/nowhere\n",
        "Makefile": f"all:\n\t{bait}\n".encode(),
        ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "{bait}"\n\tupdate = !{bait}\n'.encode(),
    }
    ordinary(where, files=files)
    git(where, "reset", "--hard", "--quiet", "main")
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "diff.external",
        "diff.bait.textconv",
    ):
        git(where, "config", key, bait)
    for key in ("filter.bait.clean", "filter.bait.smudge", "merge.bait.driver", "gpg.program"):
        git(where, "config", key, bait)
    for key in ("credential.helper", "alias.log", "pager.log", "diff.bait.command", "uploadpack.packObjectsHook"):
        git(where, "config", key, f"!{bait}")
    for key, value in (("log.showSignature", "true"), ("core.hooksPath", str(where / ".git" / "hooks"))):
        git(where, "config", key, value)
    for hook in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        file = where / ".git" / "hooks" / hook
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{bait}\n")
        file.chmod(0o755)
    canary.unlink(missing_ok=True)
    return where


def seen(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything below a folder, as it stands: what each thing is, when it was changed, and what it holds."""
    return {str(path.relative_to(folder)): _state(path) for path in (folder, *sorted(folder.rglob("*")))}


def _state(path: Path) -> tuple[object, ...]:
    about = path.lstat()
    held = b""
    if stat.S_ISREG(about.st_mode):
        held = path.read_bytes()
    elif stat.S_ISLNK(about.st_mode):
        held = os.fsencode(path.readlink())
    return about.st_mode, about.st_mtime_ns, about.st_size, about.st_ino, sha256(held).hexdigest()


Recipe = Callable[[Path], Path]
