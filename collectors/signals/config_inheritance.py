"""Settings that are a difference from others."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.own_settings import bases, own_settings, parts_of_others
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of settings files",
    better="higher",
    status=SHOW,
    says="Of {n} whole settings {n:file|files}, {value} {n:builds|build} on another and {n:states|state} what differs.",
    rows="for",
)
def config_inheritance(files: Files, found: Declarations) -> Measurement:
    """Settings files that build on another file or part and state only what differs, 0 to 1.

    What counts is a list of defaults (Hydra), a base (`_base_`, `base_config`), `extends`, an include of settings, or
    a merge of an anchor (YAML's `<<`), in a file that also sets something itself. The paper's first principle: it
    should be easy to give a configuration as a small change from an earlier one. Files that others build on, and the
    options of a group that a list of defaults chooses from, are parts and left out of the whole.

    Why it matters: of whole copies nobody sees which of a hundred lines differ on purpose, and which were forgotten.
    Pay it off: name one base, and let each file say only what is different from it.
    Cannot see: files that a program lays over one another, settings in code, and whether a base is the right one.
    Ask: To set up one more model like the last, how many lines would somebody write, and how many would they copy?
    Source: Sculley et al. 2015, section 6 (configuration debt, first principle). No published threshold.
    """
    rows = own_settings(files, found)
    parts = parts_of_others(rows)
    read = [row for row in rows if not row.summary.unread]
    whole = [row for row in read if row.path not in parts]
    evidence = tuple(
        Evidence(row.path, "file", float(len(bases(row))), "other files or parts that it builds on")
        for row in sorted(whole, key=lambda row: (bool(bases(row)), -len(row.summary.keys), row.path))[:MOST_EVIDENCE]
    )
    if len(whole) < ENOUGH_EVENTS:
        return Measurement.unknown("fewer than three settings files stand for themselves", evidence)
    return Measurement(
        sum(bool(bases(row)) for row in whole) / len(whole),
        n=len(whole),
        evidence=evidence,
        seen=len(read),
        total=len(rows),
        details=(("parts that others build on or choose from", float(len(read) - len(whole))),),
    )
