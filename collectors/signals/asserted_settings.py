"""Settings that tests and workflows load."""

from __future__ import annotations

import re

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import FileKind, Files
from collectors.facts.loaders import loaders
from collectors.facts.own_settings import own_settings
from collectors.facts.sites import Site, SiteKind
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

_WORKFLOW = re.compile(
    r"(?:^|/)(?:\.github/workflows/|\.circleci/|\.buildkite/)|(?:^|/)(?:\.gitlab-ci|\.travis|azure-pipelines)[\w.-]*\.ya?ml$"
)
_COMMANDS = frozenset({"run", "script", "command"})


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of settings files",
    better="higher",
    status=SHOW,
    says="Of {n} {n:settings file|settings files}, {value} are loaded by a test or a step of a workflow.",
)
def asserted_settings(files: Files, found: Declarations) -> Measurement:
    """Settings files that a test or a step of a workflow names to load, 0 to 1.

    The paper's fourth principle: basic facts of a configuration should be asserted automatically. A test in Python
    counts where it names the file, or the ending of all files of a named folder, as text in its code; a workflow
    where a command of it has the file's path. Beside it stand the assertions on the number or the names of features
    and columns, in tests and in the code: `assert frame.shape[1] == 12`, `assertEqual(len(FEATURES), 12)`,
    `expect_table_column_count_to_equal`.

    Why it matters: a setting that nothing loads before production is tried out there first.
    Pay it off: one test that loads every settings file, builds what it describes, and asserts the number of features.
    Cannot see: tests that call a loader of the code by another name than the file's, parts that a named file brings
    along, and whether the assertion is apt.
    Ask: Which wrong setting would a test have stopped last quarter?
    Source: Sculley et al. 2015, section 6 (configuration debt, fourth principle). No published threshold.
    """
    settings = own_settings(files, found)
    rows = [row for row in settings if not row.summary.unread]
    if not rows:
        return Measurement.unknown("no settings file of the system was found")
    tests = [row for row in files.of(FileKind.TEST) if row.language == "Python"]
    naming = loaders(tests)
    commands = [
        str(key.value)
        for path, key in found.keys
        if _WORKFLOW.search(path) and any(part in _COMMANDS for part in key.key[-2:])
    ]
    loaded = {
        row.path
        for row in rows
        if any(one.means(row.path) for one in naming) or any(_names(row.path, command) for command in commands)
    }
    shown = sorted(row.path for row in rows if row.path not in loaded)[:MOST_EVIDENCE]
    evidence = tuple(Evidence(path, "file", None, "no test or workflow names it") for path in shown)
    if len(rows) < ENOUGH_EVENTS:
        return Measurement.unknown("fewer than three settings files were found", evidence)
    return Measurement(
        len(loaded) / len(rows),
        n=len(rows),
        evidence=evidence,
        seen=len(rows),
        total=len(settings),
        details=(
            ("assertions on features in tests", float(sum(_asserted(row.summary.sites) for row in tests))),
            ("assertions on features in the code", float(len(files.sites(SiteKind.ASSERTED_SHAPE)))),
        ),
    )


def _asserted(sites: tuple[Site, ...]) -> int:
    return sum(site.kind is SiteKind.ASSERTED_SHAPE for site in sites)


def _names(path: str, command: str) -> bool:
    return re.search(rf"(?:^|[\s=/'\"]){re.escape(path)}(?:$|[\s;'\"&|])", command) is not None
