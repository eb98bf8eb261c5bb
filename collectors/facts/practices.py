"""Which practices are not seen, present, or in use, and what testifies to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, normpath
from typing import NamedTuple

from collectors.facts.declarations import Declarations
from collectors.facts.files import File, FileKind, Files, Place
from collectors.facts.practice_names import PRACTICES, Practice, practices_called
from collectors.facts.reach import reached
from collectors.facts.running import Running, running
from collectors.facts.settings import ConfigKey
from collectors.facts.sites import SiteKind
from scoring.signal import IN_USE, MOST_EVIDENCE, NOT_SEEN, PRESENT, Evidence, Measurement

_ML = frozenset({Place.ML_CODE, Place.SERVING, Place.FEATURE_EXTRACTION, Place.DATA_VERIFICATION})
_DVC = ("dvc pull", "dvc fetch", "dvc checkout", "dvc repro", "dvc exp", "dvc update")


class Witness(NamedTuple):
    practice: str
    path: str
    line: int | None
    note: str
    is_used: bool


@dataclass(frozen=True)
class Practices:
    """What testifies to practices, those in use first."""

    rows: tuple[Witness, ...] = ()
    has_ml: bool = False  # the repository learns, predicts, or makes features
    seen: int = 0  # of Python files, those that could be read
    total: int = 0

    def of(self, practice: str) -> tuple[Witness, ...]:
        return tuple(row for row in self.rows if row.practice == practice)

    def measured(self, practice: str, details: tuple[tuple[str, float], ...] = ()) -> Measurement:
        """The level of one; unknown where there is no machine learning to practise it on."""
        rows = self.of(practice)
        if not rows and not self.has_ml:
            return Measurement.unknown("no code that learns, predicts or makes features was seen")
        level = IN_USE if any(row.is_used for row in rows) else PRESENT if rows else NOT_SEEN
        evidence = tuple(Evidence(row.path, "file", None, row.note, row.line) for row in rows[:MOST_EVIDENCE])
        return Measurement(level, len(rows), evidence, self.seen, self.total, details=details)


def practices(files: Files, declarations: Declarations) -> Practices:
    look = _Look(files, declarations)
    found = {row for name in PRACTICES for row in look.testimony(name)}
    ordered = sorted(found, key=lambda row: (not row.is_used, row.practice, row.path, row.line or 0, row.note))
    python = files.python
    return Practices(
        tuple(ordered),
        any(file.place in _ML for file in files.code) or any(s.read_as == "dbt project" for _, s in declarations),
        sum(not file.summary.unread for file in python),
        len(python),
    )


class _Look:
    def __init__(self, files: Files, declarations: Declarations) -> None:
        self._files = files
        self._declarations = declarations
        self._running: Running = running(declarations)
        self._reached = reached(files, self._running.roots)
        self._own = own = _own_packages(files)
        self._sites = [
            (file, site, names)
            for file in files.of(FileKind.CODE, FileKind.TEST)
            for site in file.summary.sites
            if site.kind is SiteKind.PRACTICE and site.detail.partition(".")[0] not in own
            if (names := _testified(site.detail))
        ]

    def testimony(self, name: str) -> Iterator[Witness]:
        practice = PRACTICES[name]
        yield from self._calls(name, practice)
        yield from self._commands(name, practice)
        yield from self._settings(name, practice)
        yield from self._paths(name, practice)
        if name == "data_tests":
            yield from self._checks(name)
        if name == "versioned_data":
            yield from self._pinned(name)
        if name == "experiment_tracking":
            yield from self._metrics(name)

    def _calls(self, name: str, practice: Practice) -> Iterator[Witness]:
        for file, site, names in self._sites:
            if name not in names or (file.kind is FileKind.TEST and not _in_test(practice, site.detail)):
                continue
            is_used, how = self._use(file)
            yield Witness(name, file.path, site.line, f"{_told(site.detail)}: {how}", is_used)

    def _use(self, file: File) -> tuple[bool, str]:
        if file.kind is FileKind.TEST:
            return self._running.tests_run, "in a test" + (" that a job runs" if self._running.tests_run else "")
        if file.path in self._reached:
            return True, "in code that is started"
        return False, "in a notebook" if file.is_notebook else "in code that nothing seen starts"

    def _commands(self, name: str, practice: Practice) -> Iterator[Witness]:
        for ran in self._running.finds(*practice.commands):
            if name == "pipeline_test" and (ran.is_stage or not ran.is_active):
                continue
            if ran.command.partition(" ")[0] in self._own:
                continue
            how = "a job or stage runs it" if ran.is_active else "for a person to run"
            yield Witness(name, ran.path, ran.line, f"{ran.command}: {how}", ran.is_active)

    def _settings(self, name: str, practice: Practice) -> Iterator[Witness]:
        pattern = _compiled(practice.keys)
        is_used = self._running.is_active(*practice.run_by)
        how = "and a job makes use of it" if is_used else "and nothing seen makes use of it"
        if pattern is not None:
            found: dict[str, list[ConfigKey]] = {}
            for path, key in self._declarations.keys:
                if pattern.search(key.name) and not _SAMPLE.search(path):
                    found.setdefault(path, []).append(key)
            for path, keys in found.items():
                more = f" and {len(keys) - 1:,} like it" if len(keys) > 1 else ""
                yield Witness(name, path, keys[0].line, f"{keys[0].name}{more} set, {how}", is_used)
        for file in self._files.own:
            kinds = {call.removeprefix("kubernetes.") for call in file.summary.calls if call.startswith("kubernetes.")}
            for kind in sorted(kinds & practice.objects):
                yield Witness(name, file.path, None, f"{kind} is declared, {how}", is_used)

    def _paths(self, name: str, practice: Practice) -> Iterator[Witness]:
        pattern = _compiled(practice.paths)
        for file in self._files if pattern is not None else ():
            if pattern is None or file.kind in (FileKind.VENDORED, FileKind.GENERATED) or not pattern.search(file.path):
                continue
            if _SAMPLE.search(file.path):
                continue
            if file.summary.code == 0 and (file.summary.language is not None or file.size < _LEAST):
                continue
            is_used = file.path in self._reached or file.path in self._running.roots
            yield Witness(name, file.path, None, "it is started" if is_used else "the file is there", is_used)

    def _checks(self, name: str) -> Iterator[Witness]:
        """Checks of the team's own, where they are a step that something runs."""
        for file in self._files.code:
            if file.place is Place.DATA_VERIFICATION and file.path in self._running.roots:
                yield Witness(name, file.path, None, "a step that checks data, and that is started", is_used=True)

    def _pinned(self, name: str) -> Iterator[Witness]:
        """Data by its hash: in use where a stage reads it, or a job fetches it."""
        read = {
            normpath(f"{dirname(path)}/{dep}").lstrip("/")
            for path, stage in self._declarations.stages
            for dep in stage.deps
        }
        fetched = self._running.is_active(*_DVC)
        for path, data in self._declarations.data:
            if not data.content or data.content.startswith(_EMPTY) or path.endswith(".lock"):
                continue
            where = normpath(f"{dirname(path)}/{data.path}").lstrip("/")
            is_read = where in read or any(where.startswith(f"{one}/") or one.startswith(f"{where}/") for one in read)
            how = "a stage reads it" if is_read else "a job fetches it" if fetched else "nothing seen reads it"
            yield Witness(name, path, data.line, f"{data.path} by its {data.by}: {how}", is_read or fetched)

    def _metrics(self, name: str) -> Iterator[Witness]:
        for path, stage in self._declarations.stages:
            for metric in stage.metrics:
                where = normpath(f"{dirname(path)}/{metric}").lstrip("/")
                is_kept = where in self._declarations.paths
                how = "is committed" if is_kept else "is declared, and not committed"
                yield Witness(name, path, stage.line, f"{metric} {how}", is_kept)


def _in_test(practice: Practice, detail: str) -> bool:
    """Tests call many things; only expectations on columns are tests of data for certain."""
    pattern = _compiled(practice.named)
    return practice.in_tests and pattern is not None and pattern.fullmatch(detail.rpartition(".")[2]) is not None


def _own_packages(files: Files) -> frozenset[str]:
    """Packages that stand here: what is called of them is the system itself."""
    folders = (file.path.removesuffix("/__init__.py") for file in files.code if file.path.endswith("/__init__.py"))
    return frozenset(folder.rpartition("/")[2] for folder in folders if folder.count("/") < _HIGH)


_SAMPLE = re.compile(r"(?:^|/)(?:tests?|examples?|templates?|tutorials?)/")
_HIGH = 4  # folders above a package of the repository's own
_EMPTY = "d751713988987e9331980363e24189ce"  # DVC's hash of a folder that holds nothing
_LEAST = 20  # bytes of a file that says something


@lru_cache(maxsize=4096)
def _testified(detail: str) -> tuple[str, ...]:
    return practices_called(detail, True)


def _told(detail: str) -> str:
    return "a loop over seeds" if detail == "for seed in " else f"{detail} is called" if " " not in detail else detail


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None
