"""Histories built byte by byte: names, dates and objects that git's own commands would not write."""

from __future__ import annotations

import os
import random
import subprocess
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

START = 1_700_000_000  # 14 November 2023
ADA = b"Ada <ada@example.org>"


@dataclass(frozen=True)
class Link:
    """A symlink to `target`."""

    target: bytes


@dataclass(frozen=True)
class Submodule:
    oid: str


Content = bytes | Link | Submodule | None
"""None deletes."""


def git(where: Path, *args: str | bytes | Path, stdin: bytes = b"", **environment: str) -> bytes:
    """Plain git, with none of this machine's configuration."""
    clean = {
        "PATH": os.environ["PATH"],
        "HOME": str(where),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_DATE": f"{START} +0000",
        "GIT_COMMITTER_DATE": f"{START} +0000",
    }
    for role in ("AUTHOR", "COMMITTER"):
        clean |= {f"GIT_{role}_NAME": "Ada", f"GIT_{role}_EMAIL": "ada@example.org"}
    done = subprocess.run(
        ["git", "-C", where, *args], input=stdin, capture_output=True, env={**clean, **environment}, check=False
    )
    assert done.returncode == 0, (args, done.stderr)
    return done.stdout


def empty_repository(where: Path, *options: str) -> Path:
    where.mkdir(parents=True, exist_ok=True)
    git(where, "init", "--quiet", "-b", "main", *options)
    return where


def commit(
    where: Path,
    files: Mapping[str | bytes, Content],
    message: str | bytes = "change",
    *,
    author: bytes = ADA,
    at: int = START,
    authored: int | None = None,
    parents: Sequence[str] | None = None,
    ref: str = "refs/heads/main",
) -> str:
    """One commit on top of `ref`, or of `parents`; returns its id. A work tree is not brought up to it."""
    if parents is None:
        parents = [ref] if git(where, "for-each-ref", ref) else []
    text = message.encode() if isinstance(message, str) else message
    first, others = (parents[0] if parents else None), parents[1:]
    stream = [
        b"feature date-format=raw-permissive\nfeature done\n",
        b"" if first else b"reset %s\n" % ref.encode(),
        b"commit %s\nmark :1\n" % ref.encode(),
        b"author %s %d +0000\n" % (author, at if authored is None else authored),
        b"committer %s %d +0000\n" % (author, at),
        b"data %d\n%s\n" % (len(text), text),
        b"from %s^0\n" % first.encode() if first else b"",
        *(b"merge %s^0\n" % other.encode() for other in others),
        *(_file(name, content) for name, content in files.items()),
        b"get-mark :1\ndone\n",
    ]
    return git(where, "fast-import", "--quiet", "--force", stdin=b"".join(stream)).decode().strip()


def raw_commit(where: Path, body: bytes, ref: str = "refs/heads/main") -> str:
    """A commit object with exactly these bytes, which git need not like."""
    oid = git(where, "hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=body).decode().strip()
    git(where, "update-ref", ref, oid)
    return oid


def tree_of(where: Path, commit: str) -> str:
    return git(where, "rev-parse", f"{commit}^{{tree}}").decode().strip()


def busy(where: Path, seed: int, size: int = 40) -> Path:
    """A bare repository with everything a history has: renames, merges, binaries, modes, links, deletions."""
    dice = random.Random(seed)
    empty_repository(where, "--bare")
    heads: list[tuple[str, dict[str | bytes, Content]]] = []
    for number in range(size):
        tip, held = dice.choice(heads[-3:]) if heads else ("", {})
        changes = dict(_any_change(dice, held) for _ in range(dice.randint(0, 4)))
        gone = {name: None for name in held if dice.random() < 0.05 and name not in changes}
        if held and dice.random() < 0.3:  # a rename, at times with an edit
            old = dice.choice(list(held))
            content = held[old]
            if isinstance(content, bytes) and old not in changes:
                gone[old] = None
                changes[f"moved/{number}.txt"] = content + (b"edited\n" if dice.random() < 0.5 else b"")
        parents = [tip] if tip else []
        if len(heads) > 3 and dice.random() < 0.2:
            parents += [other for other, _ in heads[-3:] if other != tip][: dice.randint(1, 2)]
        oid = commit(where, {**changes, **gone}, f"change {number}", parents=parents, at=START + number * 600)
        kept = {name: content for name, content in {**held, **changes}.items() if name not in gone}
        heads.append((oid, kept))
    return where


def damage(where: Path, *oids: str) -> None:
    """Take objects away: packs are unpacked first, so that each object is a file of its own."""
    objects = where / "objects" if (where / "objects").is_dir() else where / ".git" / "objects"
    packs = [pack.rename(where / pack.name) for pack in (objects / "pack").glob("*.pack")]
    for index in (objects / "pack").iterdir():
        index.unlink()
    for pack in packs:
        git(where, "unpack-objects", "-q", stdin=pack.read_bytes())
    for oid in oids:
        (objects / oid[:2] / oid[2:]).unlink()


def garble(where: Path, oid: str) -> None:
    """Let an object's bytes be other than its id says."""
    damage(where)
    objects = where / "objects" if (where / "objects").is_dir() else where / ".git" / "objects"
    file = objects / oid[:2] / oid[2:]
    file.chmod(0o644)
    file.write_bytes(zlib.compress(b"blob 5\0wrong")[:-3])


def _any_change(dice: random.Random, held: Mapping[str | bytes, Content]) -> tuple[str | bytes, Content]:
    name: str | bytes = dice.choice([*held, f"src/{dice.randrange(9)}.py", f"docs/{dice.randrange(9)}.md"])
    kind = dice.random()
    if kind < 0.1:
        return name, bytes(dice.randrange(256) for _ in range(80)) + b"\0"
    if kind < 0.15:
        return name, Link(b"target-%d" % dice.randrange(99))
    if kind < 0.2:
        return name, Submodule(f"{dice.getrandbits(160):040x}")
    lines = held.get(name)
    text = lines.split(b"\n") if isinstance(lines, bytes) else []
    for _ in range(dice.randint(1, 12)):
        text.insert(dice.randint(0, len(text)), b"line %d" % dice.randrange(9999))
    return name, b"\n".join(text)


def _file(name: str | bytes, content: Content) -> bytes:
    raw = name.encode() if isinstance(name, str) else name
    path = b'"%s"' % b"".join(b"\\%03o" % byte for byte in raw)
    if content is None:
        return b"D %s\n" % path
    if isinstance(content, Submodule):
        return b"M 160000 %s %s\n" % (content.oid.encode(), path)
    mode, body = (b"120000", content.target) if isinstance(content, Link) else (b"100644", content)
    return b"M %s inline %s\ndata %d\n%s\n" % (mode, path, len(body), body)
