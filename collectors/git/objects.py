"""Objects by id, thousands through one process; one that is gone or broken does not end the rest."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Sequence
from typing import IO, NamedTuple

from collectors.git.errors import GitFailed
from collectors.git.process import run, stream
from collectors.git.repository import Repository

BLOB_LIMIT = 4 << 20
"""Bytes. Larger files are data or machine-made: nobody wrote 4 MiB of code by hand."""
BROKEN_LIMIT = 1_000
"""git ends at a corrupt object and is started again behind it, this often in one call; then the rest is unread."""

GONE = "missing or corrupt in the repository"
TOO_LARGE = "larger than 4 MiB"


class Object(NamedTuple):
    oid: str
    kind: str  # "blob", "tree", "commit", "tag"; "" where it cannot be read
    body: bytes | None  # None where it cannot be read


class Blob(NamedTuple):
    oid: str
    body: bytes | None
    unread: str | None = None  # why there is no body


def blobs(
    repository: Repository, oids: Iterable[str], *, limit: int = BLOB_LIMIT, sizes: dict[str, int | None] | None = None
) -> Generator[Blob, None, None]:
    """Every blob in the order asked for, each once. `sizes`, where the caller has them from a tree, save a process."""
    wanted = list(dict.fromkeys(oids))
    known = sizes if sizes is not None else object_sizes(repository, wanted)
    small = [oid for oid in wanted if (known.get(oid) or 0) <= limit]
    found = objects(repository, small)
    try:
        for oid in wanted:
            if (known.get(oid) or 0) > limit:
                yield Blob(oid, None, TOO_LARGE)
                continue
            read = next(found)
            yield Blob(oid, read.body) if read.kind == "blob" else Blob(oid, None, GONE)
    finally:
        found.close()


def objects(repository: Repository, oids: Iterable[str]) -> Generator[Object, None, None]:
    """Every object in the order asked for. Nothing is fetched for a partial clone: what is not there is unread."""
    wanted = list(oids)
    local = _local(repository) if repository.partial else None
    asked = [oid for oid in wanted if local is None or oid in local]
    answers = _answers(repository, "--batch", asked)
    try:
        for oid in wanted:
            if local is not None and oid not in local:
                yield Object(oid, "", None)
                continue
            kind, body = next(answers)
            yield Object(oid, kind, body)
    finally:
        answers.close()


def object_sizes(repository: Repository, oids: Collection[str]) -> dict[str, int | None]:
    """Bytes of each object; None for what is not there."""
    if repository.partial:
        local = _local(repository)
        return {oid: local.get(oid) for oid in oids}
    return {
        oid: int(body) if body is not None else None
        for oid, (_, body) in zip(oids, _answers(repository, "--batch-check", list(oids)), strict=True)
    }


def _local(repository: Repository) -> dict[str, int]:
    """Sizes of all objects in the repository itself. Asking a partial clone for one by its id would fetch it."""
    listed = run(repository, "cat-file", "--batch-all-objects", "--buffer", "--batch-check=%(objectname) %(objectsize)")
    pairs = (line.split(" ") for line in listed.decode().splitlines())
    return {oid: int(size) for oid, size in pairs if size != "missing"}


def _answers(repository: Repository, how: str, asked: Sequence[str]) -> Generator[tuple[str, bytes | None], None, None]:
    """One (kind, body) per id asked for; with --batch-check the body is the size in digits."""
    done = broken = 0
    while done < len(asked):
        rest = asked[done:]
        try:
            with stream(repository, "cat-file", how, "--buffer", stdin=("\n".join(rest) + "\n").encode()) as output:
                for oid in rest:
                    answer = _answer(output, bodies=how == "--batch", oid=oid)
                    if answer is None:
                        break
                    done += 1
                    yield answer
        except GitFailed:
            pass
        if done < len(asked):  # git ended early: the one it ended at is broken
            broken += 1
            done += 1
            yield "", None
        if broken > BROKEN_LIMIT:
            yield from (("", None) for _ in asked[done:])
            return


def _answer(output: IO[bytes], *, bodies: bool, oid: str) -> tuple[str, bytes | None] | None:
    header = output.readline().decode().split()
    if len(header) != 3 or header[0] != oid:
        return ("", None) if header == [oid, "missing"] else None
    _, kind, size = header
    if not bodies:
        return kind, size.encode()
    body = output.read(int(size) + 1)
    return (kind, body[:-1]) if len(body) == int(size) + 1 else None
