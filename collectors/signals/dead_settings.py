"""Settings that nothing reads."""

from __future__ import annotations

from collectors.facts.changes import ENOUGH_EVENTS
from collectors.facts.declarations import Declarations
from collectors.facts.files import FileKind, Files
from collectors.facts.settings_use import Asked, settings_use
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.CONFIGURATION_DEBT,
    unit="share of settings",
    better="lower",
    status=SHOW,
    says="Of {n} {n:setting|settings} whose use can be told, no code names {value}.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def dead_settings(files: Files, declarations: Declarations) -> Measurement:
    """Settings whose names occur in no code or test, among settings whose use can be told, 0 to 1.

    Looked at are the system's own YAML, TOML, INI and JSON settings, in files of which the code names at least three
    keys and three of five, and in tables of which it names half. A name counts as read wherever it occurs in a text of
    code, in capitals or not, with or without underscores, also in a comment or another setting's ${…}. Left out, as
    unknown: files that known tools read, keys below lists, tables that are handed over whole (`Model(**cfg.model)`,
    `fit(cfg["model"])`, `cfg.model.items()`) or name a class to be made, and every file where a package parses it
    (HfArgumentParser, LightningCLI).

    Why it matters: people change such a setting, see nothing happen, and trust the others less.
    Pay it off: delete it, and let the program refuse settings that it does not know.
    Cannot see: names put together when the program runs, readers in other repositories, and settings that are read and
    change nothing.
    Ask: Who would notice if this setting were gone?
    Source: Sculley et al. 2015, section 6 (configuration debt, fifth principle: unused settings are found). No
    published threshold.
    """
    lost = sum(bool(file.summary.unread and not file.summary.words) for file in files.of(FileKind.CODE, FileKind.TEST))
    if lost:
        return Measurement.unknown(
            f"{lost} {'file' if lost == 1 else 'files'} of code, which may read any, could not be read"
        )
    if _is_ours_unread(files):
        return Measurement.unknown("code that lies where other projects' code lies is imported, and was not read")
    use = settings_use(files, declarations)
    if len(use.settings) < ENOUGH_EVENTS:
        return Measurement.unknown("there are fewer than three settings of which it can be told who reads them")
    dead = [asked for asked in use.settings if not asked.is_named]
    return Measurement(
        len(dead) / len(use.settings),
        n=len(use.settings),
        seen=len(use.settings),
        total=len(use.settings) + use.untold,
        details=(("settings that no code names", float(len(dead))),),
        spots=tuple(map(_spot, dead)),
    )


def _is_ours_unread(files: Files) -> bool:
    """Whether the code imports from a folder such as dependencies/, which is taken for other people's and not read."""
    folders = {
        part for file in files.of(FileKind.VENDORED) if file.path.endswith(".py") for part in file.path.split("/")
    }
    return any(name.partition(".")[0] in folders for file in files.python for name in file.summary.imports)


def _spot(asked: Asked) -> Spot:
    key = asked.key
    shown = f"{key.key[-1]}: {key.value}" if key.value is not None else f"{key.key[-1]}:"
    return Spot(asked.path, key.line, shown, note=f"no code names {key.key[-1]}", key=key.name)
