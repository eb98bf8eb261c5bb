"""Readers against spoilt files: mutants of the files of this project and of its example, the same on every machine."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collectors.lineage.declared.everything import declared
from collectors.lineage.entries import observed
from collectors.readers.declarations import read_as, read_settings_file
from collectors.readers.metrics import metrics_in
from collectors.readers.reading import summarise
from collectors.readers.text import decoded

ROOT = Path(__file__).parents[2]
SECONDS = 5.0
"""CPU of one reader for one mutant of at most LARGEST bytes, on a machine that is busy."""
LARGEST = 60_000
ENDINGS = (
    ".py",
    ".ipynb",
    ".yaml",
    ".yml",
    ".json",
    ".toml",
    ".cfg",
    ".ini",
    ".md",
    ".sh",
    ".txt",
    ".sql",
    ".js",
    "file",
    ".lock",
)
SPECIAL = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xf0\x9f", b"\xed\xa0\x80", b"\r", b"\t", b"\n", b"\\", b"#", b":", b"|"),
    *(b'"""', b"'", b"(", b"[", b"{", b"}", b"&a ", b"*a", b"<<", b"- ", b"${", b"**", b"lambda:", b"async "),
    *(b"999999999999999999999", b"1e999"),
)
_WORD = re.compile(rb"[A-Za-z_]\w+")


def samples() -> list[tuple[str, bytes]]:
    found = [
        *(ROOT / "mldebt/example").rglob("*"),
        *(ROOT / "collectors").rglob("*.py"),
        *ROOT.glob("*"),
        *(ROOT / ".github").rglob("*"),
    ]
    kept = [
        path
        for path in sorted(found)
        if path.is_file() and path.name.endswith(ENDINGS) and path.stat().st_size < LARGEST // 2
    ]
    return [(path.relative_to(ROOT).as_posix().removesuffix(".txt"), path.read_bytes()) for path in kept]


def flipped(body: bytearray, at: random.Random) -> None:
    for _ in range(at.randint(1, 30)):
        body[at.randrange(len(body))] = at.randrange(256)


def cut(body: bytearray, at: random.Random) -> None:
    first, last = sorted(at.randrange(len(body) + 1) for _ in range(2))
    del body[first:last]


def repeated(body: bytearray, at: random.Random) -> None:
    start = at.randrange(len(body))
    part = bytes(body[start : start + at.randint(1, 200)])
    body[start:start] = part * at.randint(2, 200)


def nested(body: bytearray, at: random.Random) -> None:
    opening, closing = at.choice(
        [(b"(", b")"), (b"[", b"]"), (b"{", b"}"), (b'{"a":', b"}"), (b"- ", b""), (b"not ", b""), (b"if a:\n ", b"")]
    )
    place, depth = at.randrange(len(body)), at.randint(10, 3_000)
    body[place:place] = opening * depth + closing * depth


def sown(body: bytearray, at: random.Random) -> None:
    for _ in range(at.randint(1, 20)):
        place = at.randrange(len(body))
        body[place:place] = at.choice(SPECIAL)


def shuffled(body: bytearray, at: random.Random) -> None:
    rows = body.split(b"\n")
    at.shuffle(rows)
    body[:] = b"\n".join(rows)


def renamed(body: bytearray, at: random.Random) -> None:
    """Words for words: what is still valid says something else, such as a name that is itself."""
    words = sorted(set(_WORD.findall(body)))
    for _ in range(at.randint(1, 10) if words else 0):
        one, other = at.choice(words), at.choice(words)
        body[:] = body.replace(one, other, at.randint(1, 5))


WAYS = (flipped, cut, repeated, nested, sown, shuffled, renamed)


def mutants(seed: int, most: int) -> Iterator[tuple[str, bytes]]:
    at = random.Random(seed)
    known = samples()
    for _ in range(most):
        path, content = at.choice(known)
        body = bytearray(content)
        ways = (renamed,) if at.random() < 0.3 else WAYS
        for _ in range(at.randint(1, 3)):
            if body:
                at.choice(ways)(body, at)
        yield path, bytes(body[:LARGEST])


def as_any(path: str, content: bytes) -> None:
    summarise(path, content)
    for other in ("params.json", "x.ipynb", "x.py"):
        summarise(other, content)


def as_settings(path: str, content: bytes) -> None:
    for other in (
        path,
        "dvc.yaml",
        "pyproject.toml",
        "setup.cfg",
        "Makefile",
        "params.json",
        "config.gin",
        "Dockerfile",
        "setup.py",
        "requirements.txt",
    ):
        read_settings_file(other, content)


def as_metrics(path: str, content: bytes) -> None:
    for other in (path, "metrics.json", "metrics.yaml"):
        metrics_in(other, content)


def as_program(_path: str, content: bytes) -> None:
    text = decoded(content)
    observed({"main.py": text}, ["main.py", "x.yaml"], lambda _asked: text)


def as_pipelines(path: str, content: bytes) -> None:
    text = decoded(content)
    declared(
        (path, "dvc.yaml", "dvc.lock", "dbt_project.yml", "conf/base/catalog.yml", "MLproject"), lambda _asked: text
    )


READERS = (as_any, as_settings, as_metrics, as_program, as_pipelines)


def cost(read: Callable[[str, bytes], None], seed: int, most: int) -> float:
    """The longest that one took, in seconds of CPU."""
    longest = 0.0
    for number, (path, content) in enumerate(mutants(seed, most)):
        begun = time.process_time()
        try:
            read(path, content)
        except BaseException as error:
            raise AssertionError(f"mutant {number} of seed {seed}, of {path}") from error
        longest = max(longest, time.process_time() - begun)
        assert longest < SECONDS * 2, f"mutant {number} of seed {seed}, of {path}: {longest:.1f} s"
    return longest


def test_mutants_are_the_same_each_time_and_are_read_as_many_forms() -> None:
    assert list(mutants(7, 20)) == list(mutants(7, 20))
    assert len({read_as(path) for path, _ in samples()}) > 3


@pytest.mark.parametrize("read", READERS)
def test_no_reader_raises_or_runs_on_for_spoilt_files(read: Callable[[str, bytes], None]) -> None:
    cost(read, 1, 40)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 7))
@pytest.mark.parametrize("read", READERS)
def test_no_reader_raises_or_runs_on_for_thousands(read: Callable[[str, bytes], None], seed: int) -> None:
    cost(read, seed, 1_000)
