"""Notebooks and experiments in production."""

from __future__ import annotations

import re

from collectors.facts.declarations import Declarations, Declared
from collectors.facts.files import Files
from collectors.facts.settings import Started, StartKind
from collectors.facts.sites import Site, SiteKind
from collectors.facts.started import Startable
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement

_TRIED_OUT = re.compile(
    r"(?:src/)?(?:notebooks?|nbs|experiments?|exploration|exploratory|playground|scratch|sandbox)/", re.IGNORECASE
)
_TRIAL = re.compile(r"(?:^|/)(?:\w+_)?(?:experiments?|exp|playground)(?:_\w+|\d+)?\.py$", re.IGNORECASE)
_SHOWN = re.compile(
    r"(?:^|/)(?:docs?|docsrc|website|examples?|tutorials?|demos?|tests?|testing|courses?|lessons?|cohorts|samples?|templates?|basics|quick-?starts?|getting[-_]?started|benchmarks?|prototyp\w+)/"
    r"|(?:^|/)[^/]*test[^/]*\.(?:sh|ya?ml)$",
    re.IGNORECASE,
)
"""Notebooks that explain something: running them is a test."""


@signal(
    debt=Debt.PROTOTYPE_SMELL,
    unit="places",
    better="lower",
    status=SHOW,
    says="Production imports what was tried out, or runs a notebook, in {value}; {n} {n:file|files} could.",
    severity=Severity.MEDIUM,
    effort=Effort.M,
)
def notebooks_in_production(files: Files, found: Declarations) -> Measurement:
    """Places where the system imports from a folder of notebooks or experiments, or runs a notebook as a step.

    An import counts where the module lies in a folder such as notebooks, experiments or playground at the top of this
    repository, and the importing file neither does nor is named an experiment. A notebook is run by papermill in the
    code, or by papermill, nbconvert and the like in a build file, a script, a pipeline or a workflow; each counts once
    in a file. Notebooks in documents, examples, tutorials and tests are left out, and workflows that run for each pull
    request: to run those is to test them. The whole is Python modules and files that declare what they start.

    Why it matters: what was written to find something out was not written to be run every night.
    Pay it off: move the part that is needed into a module with a test, and let the notebook import it.
    Cannot see: notebooks that a platform schedules, and modules that were copied out of one.
    Ask: Which of last month's production runs went through a notebook?
    Source: Sculley et al. 2015, section 5 (prototype smell). No published threshold.
    """
    modules = [file for file in files.python if not file.is_notebook and not _is_aside(file.path)]
    spots = []
    for file in modules:
        for site in file.summary.sites:
            if site.kind is SiteKind.RESEARCH_IMPORT and (target := _target(site, files)):
                spots.append(site.spot(file.path, f"{target} lies where things are tried out"))
            elif site.kind is SiteKind.NOTEBOOK_RUN and not _SHOWN.search(site.detail):
                spots.append(site.spot(file.path, "a notebook is run by the code"))
    runs = [
        (row.path, start.target, start.line)
        for row in found
        if not _is_check(row)
        for start in row.summary.started
        if start.kind is StartKind.FILE and start.target.endswith(".ipynb") and _is_ours(start, row.path, found)
    ]
    first = {(path, target): line for path, target, line in sorted(runs, reverse=True)}
    spots += [
        Spot(path, line, target, note="a notebook is run as a step", key=target)
        for (path, target), line in sorted(first.items())
    ]
    starting = sum(bool(row.summary.started) for row in found)
    if not modules and not starting:
        return Measurement.unknown("there is no Python module, and no file that starts anything")
    return Measurement(
        len(spots),
        n=len(modules) + starting,
        seen=sum(not file.summary.unread for file in modules),
        total=len(modules),
        spots=tuple(spots),
    )


def _is_aside(path: str) -> bool:
    return any(pattern.search(path) for pattern in (_SHOWN, _TRIAL)) or _TRIED_OUT.match(path) is not None


def _target(site: Site, files: Files) -> str:
    """The path of what is imported; "" where it is not of this repository."""
    parts = site.detail.split(".")
    for end in (len(parts), len(parts) - 1):
        inner = "/".join(parts[:end])
        for path in (f"{inner}.py", f"{inner}/__init__.py"):
            for folder in ("", "src/"):
                if inner and folder + path in files.by_path and _TRIED_OUT.match(folder + path):
                    return folder + path
    return ""


def _is_check(row: Declared) -> bool:
    """Whether a workflow runs for each proposed change: it tests, whatever it runs."""
    keys = row.summary.keys if ".github/workflows/" in row.path else ()
    return any(key.key[:1] == ("on",) and ("pull_request" in key.key or key.value == "pull_request") for key in keys)


def _is_ours(start: Started, declared_in: str, found: Declarations) -> bool:
    """Whether it is a notebook of this repository, and neither it nor what runs it is there to explain or to test."""
    return any(
        not _SHOWN.search(path) and not _SHOWN.search(declared_in)
        for path in Startable(found.paths).found(start, declared_in)
    )
