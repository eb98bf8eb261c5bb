"""Calibration: every repository of a list measured once, each within bounds, into a table that can be made again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from collectors.registry import discover
from mldebt.calibration.corpus import Candidate, mirror_of, read_corpus
from mldebt.calibration.journal import Journal, Known
from mldebt.calibration.measuring import UNCHANGED, Limits, Order
from mldebt.calibration.table import STRATA, table
from mldebt.calibration.workers import worked
from mldebt.scan import collector_versions
from mldebt.settings import Settings
from scoring.report.text import day
from scoring.signal import Status

__all__ = ["Calibration", "Candidate", "Limits", "calibrate", "read_corpus"]

Report = Callable[[str, int, int | None], None]
NO_MIRROR = "no mirror of it is there"


class Calibration:
    """One table: the list it is of, where the repositories are, and what was measured so far."""

    def __init__(self, corpus: Path, out: Path, mirrors: Path | None, settings: Settings, limits: Limits) -> None:
        """Raises Failure where the list cannot be read or nothing can be written beside `out`."""
        self.corpus = corpus
        self.out = out
        self.mirrors = mirrors
        self.limits = limits
        self.homes = settings.home / "calibration"
        self.candidates = read_corpus(corpus)
        self.versions = dict(collector_versions())
        self.digest = hashlib.sha256(json.dumps(self.versions, sort_keys=True).encode()).hexdigest()[:16]

    def orders(self, journal: Journal) -> Iterator[Order]:
        """What is to be measured: all but what has no mirror, or took more than it may within bounds like these."""
        for one in self.candidates:
            known = journal.known.get(one.repository)
            known = known if known is not None and known.versions == self.digest else None
            source = one.address if self.mirrors is None else mirror_of(one.repository, self.mirrors)
            if source is None:
                found = {"outcome": f"failed: {one.outcome or NO_MIRROR}"}
                if known is None or known.found != found:
                    journal.add(one.repository, self.digest, self.limits.bounds, found)
            elif known is None or not known.is_too_much or known.bounds != self.limits.bounds:
                commit = known.commit if known else ""
                yield Order(one.repository, str(source), str(self.homes / _folder(one.repository)), commit, self.limits)

    def rows(self, known: Mapping[str, Known]) -> list[tuple[Candidate, Mapping[str, Any]]]:
        """What these collectors know of each, by name."""
        found = [(one, known[one.repository]) for one in self.candidates if one.repository in known]
        rows = [(one, row.found) for one, row in found if row.versions == self.digest]
        return sorted(rows, key=lambda row: row[0].repository.encode())

    def write(self, known: Mapping[str, Known], made: float) -> None:
        """The table, and beside it what it was made by."""
        rows = self.rows(known)
        _replaced(self.out, table(rows, signal_names()))
        measured = sum(found["outcome"] == "measured" for _, found in rows)
        about = {
            "made": day(int(made)),
            "corpus": hashlib.sha256(self.corpus.read_bytes()).hexdigest(),
            "repositories": len(rows),
            "measured": measured,
            "bounds": self.limits._asdict(),
            "strata": {stratum.name: stratum.words for stratum in STRATA},
            "collectors": self.versions,
        }
        _replaced(self.out.with_suffix(".about.json"), json.dumps(about, indent=1, sort_keys=True) + "\n")


def calibrate(
    calibration: Calibration, jobs: int, report: Report, *, clock: Callable[[], float] = time.time
) -> list[tuple[str, str]]:
    """Measure what was not measured yet, `jobs` at a time, and write the table; each repository with its outcome.

    What was measured is kept at once in a journal beside the table, so that a run which is cut short goes on where it
    was. Rows of the same commit by the same collectors are not made again.
    """
    with closing(Journal(calibration.out.with_suffix(".jsonl"))) as journal:
        try:
            orders = list(calibration.orders(journal))
            report("measuring", 0, len(orders))
            for done, (order, found) in enumerate(worked(orders, jobs), 1):
                if found != UNCHANGED:
                    journal.add(order.repository, calibration.digest, calibration.limits.bounds, found)
                report(f"measuring; last {order.repository}", done, len(orders))
        finally:
            calibration.write(journal.known, clock())
        return [(one.repository, str(found["outcome"])) for one, found in calibration.rows(journal.known)]


def signal_names() -> Sequence[str]:
    """Signals that are measured, by name; those that only a person can answer are not."""
    definitions: Iterable[Any] = (one.definition for one in discover())
    return sorted(one.name for one in definitions if one.status is not Status.ASK)


def _folder(repository: str) -> str:
    return hashlib.sha256(repository.encode()).hexdigest()[:32]


def _replaced(path: Path, text: str) -> None:
    """Whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, "utf-8", newline="")
    part.replace(path)
