"""Settings that are not in the repository."""

from __future__ import annotations

import re

from collectors.facts.declarations import Declarations
from collectors.facts.files import FileKind, Files
from collectors.facts.sites import SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SHOW, Measurement

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,99}")


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="places",
    better="lower",
    status=SHOW,
    is_on=False,
    says="The environment alone knows a setting of models or data in {value}; {n} {n:place reads|places read} one.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def settings_outside_git(files: Files, found: Declarations) -> Measurement:
    """Reads of a setting of models, data or training from the environment that the repository holds no value for.

    `os.environ["X"]`, `os.environ.get` and `os.getenv` without a default, in Python without tests, where X has a word
    such as MODEL, DATA, TRAIN, RATE or THRESHOLD, and nothing in the file holds without it (an `or`, a test, a guard).
    Secrets, addresses, accounts and switches are left out, and so is what a machine, a cluster or a platform tells
    its programs. A variable that another file of the repository names (.env.example, a compose file, a workflow, a
    script of the shell, a Dockerfile) is taken to have its value there. Reads with a default are the rest of the whole.

    Why it matters: two runs of one commit then differ, and no review has seen the value that made them differ.
    Pay it off: check in a default, or the values of each environment, and let the variable only choose among them.
    Cannot see: settings in consoles, stores of parameters, buckets and databases, other languages, and who reviewed.
    Ask: Which settings of production could somebody change tonight without a commit here?
    Source: Sculley et al. 2015, section 6 (configuration debt, sixth principle). No published threshold.
    """
    reads = files.sites(SiteKind.ENVIRONMENT)
    defaults = files.sites(SiteKind.ENVIRONMENT_DEFAULT)
    if not reads and not defaults:
        return Measurement.unknown("the Python code reads no setting from the environment")
    names = {site.detail for _, site in reads}
    elsewhere = _in_declarations(found) | _in_other_languages(files, names)
    open_ones = [(file, site) for file, site in reads if site.detail not in elsewhere]
    python = files.python
    return Measurement(
        len(open_ones),
        n=len(reads) + len(defaults),
        seen=sum(not file.summary.unread for file in python),
        total=len(python),
        details=(("reads with a default in the code", float(len(defaults))),),
        spots=tuple(site.spot(file.path) for file, site in open_ones),
    )


def _in_declarations(found: Declarations) -> set[str]:
    """Names that settings, compose files and workflows set or pass on: `X: 3`, `- X=3`, `$X`."""
    names = {key.key[-1] for _, key in found.keys if key.key}
    return names | {name for _, key in found.keys for name in _VARIABLE.findall(str(key.value))}


def _in_other_languages(files: Files, names: set[str]) -> set[str]:
    by_path = files.by_path
    return {
        name
        for name, paths in files.naming(names).items()
        if any(
            by_path[path].language != "Python" and by_path[path].kind in (FileKind.CODE, FileKind.TEST)
            for path in paths
        )
    }
