"""Settings that pass through a schema."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.facts.loaders import Loader, loaders
from collectors.facts.own_settings import own_settings
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement

_HALF = 0.5
_SAID = {1.0: "loaded through a schema", _HALF: "a schema stands beside, the load does not use it", 0.0: "no schema"}


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of settings files",
    better="higher",
    status=SHOW,
    says="Of {n} {n:settings file|settings files} whose loader can be told, {value} pass through a schema.",
    rows="each",
)
def validated_settings(files: Files, found: Declarations) -> Measurement:
    """Settings files that are loaded through a schema, which refuses what it does not know, of those whose loader can
    be told, 0 to 1.

    A schema in use is a pydantic model that is filled, a dataclass that is given what was loaded, Hydra's structured
    configs, OmegaConf's `structured`, gin's registered functions, JSON Schema, Cerberus, jsonargparse,
    HfArgumentParser for a file, and more. A loader is told by the Python file, tests left out, that names the settings
    file, beside it or below its folder, and loads one; where no file of the repository uses any schema, every load is
    a plain one. A class of settings beside a load that does not use it counts half: presence is not use. What only a
    parameter names is unknown.

    Why it matters: a misspelt or forgotten key in a plain dictionary fails a week later, or never.
    Pay it off: load each file through one class that says which settings there are, of which type and range.
    Cannot see: loaders in other languages, checks by hand after the load, and whether the schema says enough.
    Ask: What happens today if somebody writes a setting's name wrong, and when would you know?
    Source: Sculley et al. 2015, section 6 (configuration debt, second principle). No published threshold.
    """
    rows = own_settings(files, found)
    known = loaders(files.python)
    if not rows:
        return Measurement.unknown("no settings file of the system was found")
    if not any(one.loads for one in known):
        return Measurement.unknown("no Python code was seen that loads settings")
    plain = any(one.loads and one.names for one in known) and not any(one.checks or one.has_schema for one in known)
    told = [(row.path, score) for row in rows if (score := _score(row.path, known, plain)) is not None]
    shown = sorted(told, key=lambda row: (row[1], row[0]))[:MOST_EVIDENCE]
    evidence = tuple(Evidence(path, "file", score, _SAID[score]) for path, score in shown)
    if len(told) < ENOUGH_EVENTS:
        return Measurement.unknown("of fewer than three settings files the loader can be told", evidence)
    return Measurement(
        sum(score for _, score in told) / len(told),
        n=len(told),
        evidence=evidence,
        seen=len(told),
        total=len(rows),
        details=(("with a schema that the load does not use", float(sum(score == _HALF for _, score in told))),),
    )


def _score(path: str, known: tuple[Loader, ...], plain: bool) -> float | None:
    """None where the loader isn't seen."""
    naming = [one for one in known if one.loads and one.means(path)]
    if any(one.checks for one in naming):
        return 1.0
    if any(one.has_schema for one in naming):
        return _HALF
    return 0.0 if naming or plain else None
