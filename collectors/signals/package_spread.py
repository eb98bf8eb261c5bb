"""How far one ML package spreads."""

from __future__ import annotations

import re
from collections import defaultdict

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.files import File, Files, Place
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

_ADAPTER = re.compile(
    r"(?:^|[/_-])(?:adapters?|adaptors?|wrappers?|backends?|connectors?|integrations?)(?=[/_.-])", re.IGNORECASE
)
_SHOWN = 8  # packages


@signal(
    debt=Debt.GLUE_CODE,
    unit="share of files with ML",
    better="lower",
    status=SHOW,
    says="The ML package that spreads most is imported in {value} of {n} {n:file|files} with ML.",
    heads=True,
)
def package_spread(files: Files) -> Measurement:
    """Files that import the most spread ML package directly, among all files that touch ML, 0 to 1.

    A file touches ML if it imports a package of learning algorithms or models, or stands in the box of ML code in the
    paper's figure 1. Left out are tests, adapters (files and folders named for it: adapter, wrapper, backend,
    connector, integration), and packages that this very repository holds. Python only. With fewer than three such
    files the number is unknown.

    Why it matters: each of these files has to change when the package is replaced, and each is a place where its way
    of seeing the problem enters the system.
    Pay it off: put the package behind one interface of your own, and import it there alone.
    Cannot see: glue in shells, consoles and other languages, whether a wrapper is worth its name, and packages that
    nobody listed.
    Ask: What would it take to replace the package that most files import? Who last tried?
    Source: Sculley et al. 2015, section 5 (glue code; wrapping packages into common interfaces). No published
    threshold.
    """
    reached = [file for file in files.python if file.summary.packages or file.place is Place.ML_CODE]
    adapters = [file for file in reached if _ADAPTER.search(file.path)]
    others = [file for file in reached if not _ADAPTER.search(file.path)]
    if len(others) < ENOUGH_EVENTS:
        return Measurement.unknown(f"fewer than {ENOUGH_EVENTS} files of Python code, besides adapters, touch ML")
    importing = _importing(files, others)
    if not importing and not any(file.summary.packages for file in adapters):
        return Measurement.unknown("no known ML package is imported in the Python code")
    package, spread = next(iter(importing.items()), ("", []))
    python = files.python
    return Measurement(
        len(spread) / len(others),
        n=len(others),
        evidence=tuple(Evidence(file.path, "file", note=f"imports {package}") for file in spread[:MOST_EVIDENCE]),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        note=f"the package is {package}" if package else "packages are imported in adapters alone",
        details=(
            *((f"files that import {name}", float(len(rows))) for name, rows in list(importing.items())[:_SHOWN]),
            ("adapters left out", float(len(adapters))),
        ),
    )


def _importing(files: Files, among: list[File]) -> dict[str, list[File]]:
    """By package, those of `among` that import it; the most spread first. None that the tree itself holds."""
    found: defaultdict[str, list[File]] = defaultdict(list)
    for file in among:
        for package in file.summary.packages:
            found[package].append(file)
    held = {package for package in found if _is_held(package, files)}
    by_spread = sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))
    return {package: rows for package, rows in by_spread if package not in held}


def _is_held(package: str, files: Files) -> bool:
    inner = package.replace(".", "/")
    ends = (f"/{inner}/__init__.py", f"/src/{inner}.py")
    return any(f"/{file.path}".endswith(ends) or file.path == f"{inner}.py" for file in files)
