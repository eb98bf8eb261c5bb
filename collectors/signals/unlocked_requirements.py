"""Packages that may be another version tomorrow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from posixpath import dirname

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations, Declared, is_for_work_on_it
from collectors.facts.settings import ConfigKey, Requirement, StartKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement
from scoring.wording import worded

_LOCKS = frozenset({"TOML lock", "Pipfile.lock", "conda lock", "conda list"})
_PACKAGING = ("project", "name"), ("tool", "poetry", "name"), ("metadata", "name"), ("metadata", "version")
_PUBLISHES = re.compile(r"gh-action-pypi-publish|twine upload|(?:poetry|uv|flit|hatch|pdm) publish|rever\b")
_SERVES = frozenset({"Procfile", "MLproject", "Snakemake"})


@signal(
    debt=Debt.REPRODUCIBILITY_DEBT,
    unit="share of packages",
    better="lower",
    status=SHOW,
    says="Of {n} {n:package|packages} that the system asks for, {value} {n:is|are} tied to no version.",
)
def unlocked_requirements(found: Declarations) -> Measurement:
    """Packages that an application or pipeline asks for by name or range, and that no pin or lock ties to one version.

    From 0 to 1. A package is locked where a requirement in the same folder or above it, or a lock (poetry, uv, pdm,
    Pipfile, conda), names one version of it: an empty lock locks nothing. Lists for development, tests and documents
    are left out. A library must not pin: where packaging is found (a name in pyproject.toml or setup.cfg, a setup.py)
    and the project is published by a workflow or filed for an index, or declares neither stages nor a program to
    start in a container, it is taken for one, and the number is unknown.

    Why it matters: the same commit installed next month computes with other libraries, and nobody sees why.
    Pay it off: keep the ranges, and add a lock with hashes that a bot renews.
    Cannot see: whether the lock is what gets installed, packages of the operating system, and other languages.
    Ask: If last quarter's model had to be trained again, with which versions would that be?
    Source: Sculley et al. 2015, section 8 (reproducibility debt). OpenSSF Scorecard, check Pinned-Dependencies:
    https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies
    """
    if not any(True for _ in found.requirements):
        return Measurement.unknown("no file lists the packages that are needed")
    library = _library(found)
    if library:
        return Measurement.unknown(f"it looks like a library, which must not pin its packages ({library})")
    asked = {
        (dirname(row.path), need.name): (row.path, need)
        for row in reversed(found.rows)
        if row.summary.read_as not in _LOCKS and not is_for_work_on_it(row.path)
        for need in row.summary.requirements
        if not need.group and not _LOCKED_TEXT.search(row.path)
    }
    locked = _locked(found)
    open_ones = {
        place: path
        for place, (path, need) in asked.items()
        if not any(folder in locked.get(need.name, ()) for folder in _above(place[0]))
    }
    evidence = tuple(
        Evidence(path, "file", float(number), f"{worded(number, 'package', 'packages')} without a version, of {total}")
        for path, number, total in _by_file(open_ones.values(), (path for path, _ in asked.values()))
    )
    if len(asked) < ENOUGH_EVENTS:
        return Measurement.unknown("fewer than three packages are asked for", evidence)
    read = [row for row in found if row.summary.requirements or row.summary.read_as in _LOCKS]
    return Measurement(
        len(open_ones) / len(asked),
        n=len(asked),
        evidence=evidence,
        seen=sum(not row.summary.unread for row in read),
        total=len(read),
        note="taken for an application or pipeline: a library would not be asked to pin",
        details=(("lock files", float(sum(row.summary.read_as in _LOCKS for row in read))),),
    )


_LOCKED_TEXT = re.compile(r"(?:constraints|[.-]lock)[\w.-]*$")


def _library(found: Declarations) -> str:
    """Why it is taken for a library; "" where it is not."""
    packages = [row.path for row in found if _packages(row) and not is_for_work_on_it(row.path)]
    if not packages:
        return ""
    packaging = min(packages, key=lambda path: (path.count("/"), path))
    publisher = next((row.path for row in found if any(map(_publishes, row.summary.keys))), "")
    if publisher:
        return f"{packaging} names it, {publisher} publishes it"
    return (
        "" if any(map(_starts, found)) else f"{packaging} names it, and no file declares stages or a program to start"
    )


def _publishes(key: ConfigKey) -> bool:
    """Whether a workflow uploads packages, or a list says under what an index files them."""
    is_filed = len(key.key) >= 3 and key.key[-2] == "classifiers" and key.key[0] in {"project", "tool"}
    return (is_filed and not str(key.value).startswith("Private")) or _PUBLISHES.search(str(key.value)) is not None


def _packages(row: Declared) -> bool:
    if row.summary.read_as == "setup.py":
        return True
    return any(key.key in _PACKAGING for key in row.summary.keys) and row.summary.read_as in {
        "pyproject.toml",
        "setup.cfg",
    }


def _starts(row: Declared) -> bool:
    """Whether the file declares steps, or a program that a container or host starts."""
    summary = row.summary
    if is_for_work_on_it(row.path):
        return False
    in_container = summary.read_as == "Dockerfile" and any(
        start.by in {"CMD", "ENTRYPOINT"} and start.kind is not StartKind.ARGUMENT for start in summary.started
    )
    return bool(summary.stages) or summary.read_as in _SERVES or in_container


def _locked(found: Declarations) -> dict[str, set[str]]:
    """Names, each with the folders in which something ties it to one version."""
    folders: dict[str, set[str]] = {}
    for row in found:
        for need in row.summary.requirements:
            if _ties(row, need):
                folders.setdefault(need.name, set()).add(dirname(row.path))
    return folders


def _ties(row: Declared, need: Requirement) -> bool:
    return need.is_pinned or (row.summary.read_as in _LOCKS and bool(need.specifier))


def _above(folder: str) -> Iterable[str]:
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""


def _by_file(open_ones: Iterable[str], asked: Iterable[str]) -> list[tuple[str, int, int]]:
    numbers, totals = Counter(open_ones), Counter(asked)
    return [
        (path, number, totals[path])
        for path, number in sorted(numbers.items(), key=lambda row: (-row[1], row[0]))[:MOST_EVIDENCE]
    ]
