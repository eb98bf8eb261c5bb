"""Experiments that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from collectors.facts.changes import DAY, ENOUGH_EVENTS, Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import File, FileKind, Files
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Evidence, Measurement
from scoring.wording import worded

QUIET_DAYS = 180
_FOLDER = re.compile(
    r"(?:^|/)(?:exps?|experiments?|experimental|archived?|old|_old|deprecated|legacy|attic|graveyard|obsolete|trash|unused"
    r"|bak|backups?|scratch|sandbox|wip|dead_?code)/",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:exp|experiment|old|deprecated|legacy|copy_of|unused|scratch|tmp|wip)_\w+"
    r"|(?!(?:convert|migrate|upgrade)_|\w+_to_)\w+_(?:exp\d*|experiment|old\d*|deprecated|legacy|bak|backup|copy\d*|orig|original|unused|wip|trial|v\d+)",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"(?:^|/)(?:tutorials?|docs?|examples?)/", re.IGNORECASE)
"""Made into documents, or there to be read."""
_NUMBERED = re.compile(r"(?P<name>.+)_v(?P<number>\d+)\.py", re.IGNORECASE)
_TOLD_APART = re.compile(r"[_\d]")
_LONG = 6


@signal(
    debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    unit="share of lines",
    better="lower",
    status=SHOW,
    says="Of the lines in {n} Python {n:module|modules}, {value} belong to experiments that nothing uses.",
    severity=Severity.LOW,
    effort=Effort.S,
)
def dead_experiment_files(files: Files, changes: Changes, declarations: Declarations) -> Measurement:
    """Lines of Python modules named as experiments or as set aside, that nothing uses, among lines of all, 0 to 1.

    By its name: a folder such as experiments, exp, archive, old or legacy, or a name such as exp_3, train_old or
    model_v2. Nothing uses a module that no other module, notebook or test imports, that no command, pipeline, container
    or setting starts, that no README names together with its folder, and that nobody changed for 180 days; nor one that
    only such modules import. The newest of numbered versions is in use, unless one bears no number. Tests and notebooks
    are none. With fewer than three modules the number is unknown.

    Why it matters: whoever reads or changes the code has to ask of each such file whether it still counts.
    Pay it off: tag the commit that the result came from, and delete the file; git keeps it.
    Cannot see: scripts that people start by hand and nowhere say so, and imports whose names are put together.
    Ask: Which of these would anybody run again, and which result of today rests on one?
    Source: Sculley et al. 2015, section 5 (dead experimental codepaths). No published threshold; the 180 days and the
    names are this project's own.
    """
    modules = [file for file in files.python if not file.is_notebook]
    lines = sum(file.lines for file in modules)
    if len(modules) < ENOUGH_EVENTS or not lines:
        return Measurement.unknown(f"there are fewer than {ENOUGH_EVENTS} Python modules with code")
    last = changes.worked_on
    start = changes.as_of - QUIET_DAYS * DAY
    may_be = {
        file.path: file
        for file in modules
        if is_experiment(file.path) and last.get(file.path, start + 1) <= start and not _is_newest(file.path, files)
    }
    dead = _unused(may_be, files, declarations.started)
    rows = sorted((may_be[path] for path in dead), key=lambda file: (-file.lines, file.path))
    return Measurement(
        sum(file.lines for file in rows) / lines,
        n=len(modules),
        seen=sum(not file.summary.unread for file in modules),
        total=len(modules),
        evidence=tuple(
            Evidence(file.path, "file", file.lines, worded(file.lines, "line", "lines")) for file in rows[:20]
        ),
        details=(("modules that nothing uses", float(len(rows))), ("lines in them", float(sum(r.lines for r in rows)))),
        spots=tuple(map(_spot, rows)),
    )


def is_experiment(path: str) -> bool:
    """By its name alone. `__init__.py` and `conftest.py` go with what stands beside them."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    if stem in {"__init__", "__main__", "conftest", "setup"} or not name.endswith(".py"):
        return False
    if _SHOWN.search(path):
        return False
    return _FOLDER.search(f"{folder}/") is not None or _NAME.fullmatch(stem) is not None


def _is_newest(path: str, files: Files) -> bool:
    """Whether it is the last of numbered versions, with none beside it that bears no number: the one in use."""
    folder, _, name = path.rpartition("/")
    mine = _NUMBERED.fullmatch(name)
    if mine is None or _FOLDER.search(f"{folder}/"):
        return False
    beside = [other.rpartition("/")[2] for other in files.by_path if other.rpartition("/")[0] == folder]
    others = (_NUMBERED.fullmatch(other) for other in beside)
    numbers = [int(other["number"]) for other in others if other and other["name"] == mine["name"]]
    return f"{mine['name']}.py" not in beside and int(mine["number"]) == max(numbers)


def _unused(may_be: Mapping[str, File], files: Files, started: Collection[str]) -> set[str]:
    """Those that nothing reaches from elsewhere."""
    named = files.naming({name for path in may_be for name in (_stem(path), _above(path)) if name})
    documents = {file.path for file in files.of(FileKind.DOCUMENTATION)}
    dead = {path for path in may_be if path not in started and not _is_named(path, named, documents, may_be)}
    importers = files.imported_by
    while True:
        alive = {path for path in dead if any(by not in dead for by in importers.get(path, ()))}
        if not alive:
            return dead
        dead -= alive


def _is_named(
    path: str, named: Mapping[str, frozenset[str]], documents: Collection[str], may_be: Collection[str]
) -> bool:
    """In a document together with its folder, or, where its name is one that nothing else has, in any other text."""
    stem, above = _stem(path), _above(path)
    holders = named[stem] - {path}
    if above and any(holder in documents and holder in named[above] for holder in holders):
        return True
    if not above and any(holder in documents for holder in holders):
        return True
    is_distinct = len(stem) >= _LONG and _TOLD_APART.search(stem) is not None
    return is_distinct and any(holder not in may_be for holder in holders)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _above(path: str) -> str:
    return path.rpartition("/")[0].rpartition("/")[2]


def _spot(file: File) -> Spot:
    name = file.path.rpartition("/")[2]
    return Spot(file.path, 1, name, note="nothing imports, starts or names it", key=name)
