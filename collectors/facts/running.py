"""What jobs, stages, schedules and containers run: commands that nobody has to think of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from collectors.facts.declarations import Declarations, Declared
from collectors.facts.settings import Started, StartKind
from collectors.facts.started import Startable

_ACTIVE = frozenset(
    {
        *("YAML that is run", "dvc.yaml", "MLproject", "Dockerfile", "Procfile", "crontab", "Jenkinsfile"),
        *("Snakemake", "flow"),
    }
)
_STAGES = frozenset({"dvc.yaml", "MLproject", "Snakemake", "flow", "Dockerfile"})
_LOCAL = re.compile(
    r"(?:^|/)(?:\.pre-commit[\w-]*|\.?readthedocs|mkdocs|launch|tasks)\.(?:ya?ml|json)$|(?:^|/)\.gitpod"
)
_TESTS = ("pytest", "py.test", "unittest", "nosetests")
_RUN = (StartKind.FILE, StartKind.MODULE, StartKind.FUNCTION)


class Ran(NamedTuple):
    command: str  # the program and its first words: "dbt test"
    path: str  # of the file that says so
    line: int
    is_active: bool  # a job, a stage, a schedule or a container runs it, and not only a person who knows of it
    is_stage: bool = False  # it is part of a pipeline, or of an image, itself


class Running(NamedTuple):
    commands: tuple[Ran, ...]
    roots: frozenset[str]  # files that something other than code runs

    def finds(self, *wanted: str) -> Iterator[Ran]:
        """Runs of commands that begin with one of these words."""
        for ran in self.commands:
            if any(ran.command == one or ran.command.startswith(f"{one} ") for one in wanted):
                yield ran

    def is_active(self, *wanted: str) -> bool:
        return any(ran.is_active for ran in self.finds(*wanted))

    @property
    def tests_run(self) -> bool:
        return self.is_active(*_TESTS)


def running(declarations: Declarations) -> Running:
    find = Startable(declarations.paths)
    active = _Active(declarations, find)
    commands = [
        Ran(row.target, path, row.line, active.is_active(path, row), summary.read_as in _STAGES)
        for path, summary in declarations
        for row in summary.started
        if row.kind is StartKind.TOOL
    ]
    roots = {
        found
        for path, summary in declarations
        for row in summary.started
        if row.kind in _RUN and "*" not in row.target  # what the text does not tell may be anything
        for found in find.found(row, path)
    }
    if active.is_nox:
        commands += [Ran("pytest", path, 1, is_active=True) for path in declarations.paths if path == "noxfile.py"]
    return Running(tuple(commands), frozenset(roots))


class _Active:
    """Files whose commands run without a person, and targets of Makefiles."""

    def __init__(self, declarations: Declarations, find: Startable) -> None:
        self._rows = {row.path: row for row in declarations}
        self._find = find
        self._files: set[str] = set()
        self._targets: set[str] = set()
        self.is_nox = False
        todo = [row for row in declarations if row.summary.read_as in _ACTIVE and not _LOCAL.search(row.path)]
        self._files.update(row.path for row in todo)
        steps = [(row, started) for row in todo for started in row.summary.started]
        while steps:
            steps += self._next(*steps.pop())

    def is_active(self, path: str, row: Started) -> bool:
        return (
            path in self._files or bool(self._targets & set(row.by.split()))
            if _is_make(self._rows[path])
            else path in self._files
        )

    def _next(self, declared: Declared, row: Started) -> list[tuple[Declared, Started]]:
        if row.kind is StartKind.FILE:
            found = [path for path in self._find.found(row, declared.path) if path in self._rows]
            return self._whole([path for path in found if self._rows[path].summary.read_as == "shell"])
        if row.kind is not StartKind.TOOL:
            return []
        tool, *words = row.target.split(" ")
        if tool in {"make", "gmake", "just"}:
            return self._made(words or ["all"])
        if tool == "tox":
            return self._whole(
                [path for path in self._rows if path.rpartition("/")[2] in {"tox.ini", "tox.toml", "setup.cfg"}]
            )
        self.is_nox = self.is_nox or tool == "nox"
        return []

    def _whole(self, paths: list[str]) -> list[tuple[Declared, Started]]:
        new = [path for path in paths if path not in self._files]
        self._files.update(new)
        return [(self._rows[path], row) for path in new for row in self._rows[path].summary.started]

    def _made(self, targets: list[str]) -> list[tuple[Declared, Started]]:
        new = set(targets) - self._targets
        self._targets |= new
        return [
            (declared, row)
            for declared in self._rows.values()
            if _is_make(declared)
            for row in declared.summary.started
            if new & set(row.by.split())
        ]


def _is_make(declared: Declared) -> bool:
    return declared.summary.read_as in {"Makefile", "justfile"}
