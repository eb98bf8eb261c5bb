"""Settings that a file gives twice."""

from __future__ import annotations

from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.own_settings import own_settings
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement

_FORMATS = frozenset({"YAML", "JSON"})


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="settings",
    better="lower",
    status=SHOW,
    says="{value} {value:stands|stand} twice in one table; settings files: {n}.",
    severity=Severity.MEDIUM,
    effort=Effort.S,
)
def repeated_settings(files: Files, declarations: Declarations) -> Measurement:
    """Keys that stand twice in one table of the system's own settings.

    YAML and JSON: TOML refuses them, and in INI's relatives a section may be meant to come again. A key that stands
    once in each of two tables, or in a table and in one that builds on it, is none; nor are merges.

    Why it matters: most parsers keep the last without a word, so that whoever changes the first changes nothing.
    Pay it off: keep one, and let a linter (yamllint's key-duplicates) refuse the next.
    Cannot see: settings that say the same under two names, and files that other programs join.
    Ask: Which of the two values did the last model learn with, and which was meant?
    Source: Sculley et al. 2015, section 6 (configuration debt: redundant settings are found). YAML 1.2.2 asks for
    unique keys: https://yaml.org/spec/1.2.2/#3213-node-comparison
    """
    rows = [row for row in own_settings(files, declarations) if row.summary.read_as in _FORMATS]
    read = [row for row in rows if not row.summary.unread]
    if not read:
        return Measurement.unknown("there are no settings files in YAML or JSON that could be read")
    found = [(row.path, one) for row in read for one in row.summary.repeated]
    return Measurement(
        len(found),
        n=len(read),
        seen=len(read),
        total=len(rows),
        details=(("files with one", float(len({path for path, _ in found}))),),
        spots=tuple(
            Spot(path, one.line, one.key[-1], note=f"first in line {one.first_line}", key=".".join(one.key))
            for path, one in found
        ),
    )
