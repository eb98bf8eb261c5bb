"""The files of one tree: language, kind, lines, and the place in the paper's figure 1."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from collectors.facts.admitted import debt_named
from collectors.facts.imports import Importing, imported_by
from collectors.facts.languages import general_purpose, language_by_ending
from collectors.facts.sites import Site, SiteKind
from collectors.facts.units import Unit
from collectors.facts.words import number_of, numbers_in
from scoring.debts import Debt

if TYPE_CHECKING:
    import pandas as pd


class FileKind(StrEnum):
    """What a file is, told apart by linguist's rules. Only CODE, TEST and CONFIGURATION are the system's own."""

    CODE = "code"
    TEST = "test"
    CONFIGURATION = "configuration"
    DOCUMENTATION = "documentation"
    DATA = "data"
    VENDORED = "vendored"
    GENERATED = "generated"
    OTHER = "other"  # pictures, binaries, links, submodules, text of no known language


OWN = (FileKind.CODE, FileKind.TEST, FileKind.CONFIGURATION)
"""What people of this project wrote for the system."""


class Place(StrEnum):
    """A box of figure 1 in Sculley et al. 2015. Tests have no box there and get one here; so has what fits none."""

    CONFIGURATION = "configuration"
    DATA_COLLECTION = "data_collection"
    DATA_VERIFICATION = "data_verification"
    FEATURE_EXTRACTION = "feature_extraction"
    ML_CODE = "ml_code"
    ANALYSIS_TOOLS = "analysis_tools"
    PROCESS_MANAGEMENT = "process_management"
    RESOURCE_MANAGEMENT = "resource_management"
    SERVING = "serving"
    MONITORING = "monitoring"
    TESTS = "tests"
    UNCLASSIFIED = "unclassified"


ACCEPT = "ACCEPT"
"""The tag of a comment that accepts debt: `mldebt: accept …`."""


# A TODO often names who wrote it: TODO(ada), TODO @ada, ada@example.org.
_NAMED = re.compile(r"(?<=\w)\([^()]*\)|\S*@\S+")


class DebtNote(NamedTuple):
    """A comment in which somebody admits debt (TODO, FIXME, XXX, HACK, or words that mean it), or accepts it."""

    tag: str  # upper case; of a wording, the words that told
    text: str  # the comment, white space folded; identifies the note across moves
    line: int  # from 1; in a notebook, within its code cells joined

    @property
    def admits(self) -> bool:
        return self.tag != ACCEPT

    @property
    def debt(self) -> Debt | None:
        """The kind that its words name, if any."""
        return debt_named(self.text) if self.admits else None

    @property
    def nameless(self) -> str:
        """The text without whom it names."""
        return _NAMED.sub("…", self.text)


class RunBack(NamedTuple):
    """A cell of a notebook that was run before one that stands above it, or in another session."""

    line: int  # from 1, within the code cells joined
    snippet: str  # its first line with text, masked and cut
    number: int  # its execution count
    above: int  # that of the last cell above that has one


class Told(NamedTuple):
    """A script or module that a command in a document starts."""

    target: str  # as written; of a module with dots
    line: int  # from 1
    is_module: bool = False
    folder: str = ""  # where the document had gone by then, from where its reader starts


class Summary(NamedTuple):
    """What a reader saw in one blob. Everything is empty where the language has no such reader."""

    code: int = 0  # lines
    comment: int = 0
    blank: int = 0
    language: str | None = None  # linguist's name; a notebook's is its kernel's
    imports: tuple[str, ...] = ()  # dotted, absolute, sorted: "sklearn.ensemble"
    reaches: tuple[
        str, ...
    ] = ()  # Python: "a.b:c,d" of from-imports, ".a:b" of relative ones; "?a.b*": named when it runs
    words: str = ""  # of code and READMEs: the names that occur, as numbers (facts/words.py)
    handed: str = ""  # Python, likewise: names of what is handed over whole, `**cfg.model` and `f(cfg["model"])`
    switched: str = ""  # Python, likewise: names that code turns on, or lets people turn on
    estimators: tuple[str, ...] = ()  # dotted names of model classes that are constructed, sorted
    calls: tuple[str, ...] = ()  # dotted names of called imports that decide a place, sorted
    notes: tuple[DebtNote, ...] = ()
    sites: tuple[Site, ...] = ()  # Python only: what says something about debt of machine learning, by line
    packages: tuple[str, ...] = ()  # packages of learning algorithms and models among the imports, sorted
    units: tuple[Unit, ...] = ()  # Python only: functions and classes, by line
    run_cells: int = 0  # notebooks only: code cells that bear an execution count
    run_back: tuple[RunBack, ...] = ()  # those whose count is below the one before, by line
    setup_steps: int | None = None  # shell commands under set-up headings of a README or CONTRIBUTING
    told: tuple[Told, ...] = ()  # what the commands of such a document start, by line
    is_generated: bool = False
    unread: str | None = None  # why the blob could not be read: "not JSON", "larger than 4 MiB", …


class File(NamedTuple):
    path: str  # POSIX, relative to the root; bytes that are not UTF-8 as \\xNN
    oid: str  # blob, hex
    size: int  # bytes
    kind: FileKind
    place: Place | None = None  # None unless the kind is CODE, TEST or CONFIGURATION
    summary: Summary = Summary()

    @property
    def language(self) -> str | None:
        return self.summary.language

    @property
    def lines(self) -> int:
        """Lines of code, without comments and blank lines."""
        return self.summary.code

    @property
    def is_notebook(self) -> bool:
        return self.path.endswith(".ipynb")


@dataclass(frozen=True)
class Files:
    """All files of one commit, sorted by path."""

    rows: tuple[File, ...] = ()
    commit: str = ""
    as_of: int = 0
    lost: int = 0  # folders that could not be listed: nobody knows what they hold
    ignored: int = 0  # of its own files, those that the team wants left out: other files now

    def __iter__(self) -> Iterator[File]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, *kinds: FileKind) -> tuple[File, ...]:
        return tuple(row for row in self.rows if row.kind in kinds)

    @property
    def code(self) -> tuple[File, ...]:
        """Program code that people of this project wrote, tests left out."""
        return self.of(FileKind.CODE)

    @property
    def own(self) -> tuple[File, ...]:
        """Code, tests and configuration: what people of this project wrote for the system."""
        return self.of(*OWN)

    @property
    def python(self) -> tuple[File, ...]:
        """Of `code`, modules and notebooks in Python."""
        return tuple(row for row in self.code if row.language == "Python")

    @property
    def touching_ml(self) -> tuple[File, ...]:
        """Of `code`, what imports a package of learning algorithms or models, or stands in the box of ML code."""
        return tuple(row for row in self.code if row.summary.packages or row.place is Place.ML_CODE)

    def sites(self, *kinds: SiteKind) -> tuple[tuple[File, Site], ...]:
        """Sites of some kinds in `code`, by path and line."""
        return tuple((row, site) for row in self.code for site in row.summary.sites if site.kind in kinds)

    @property
    def admitted(self) -> tuple[tuple[File, DebtNote], ...]:
        """Comments that admit debt in `own`, by path and line; of files that could be read."""
        rows = (row for row in self.own if not row.summary.unread)
        return tuple((row, note) for row in rows for note in row.summary.notes if note.admits)

    @cached_property
    def imported_by(self) -> Mapping[str, tuple[str, ...]]:
        """Python files that others import, tests and notebooks too, each with those that do; by all that is seen."""
        python = (row for row in self.rows if row.language == "Python")
        importing = (Importing(row.path, row.summary.imports, row.summary.reaches) for row in python)
        return imported_by(importing, (row.path for row in self.rows))

    def naming(self, names: Collection[str]) -> dict[str, frozenset[str]]:
        """For each name, the files of code, tests and documents in which it occurs, however it is written there."""
        wanted = frozenset(map(number_of, names))
        found: dict[int, set[str]] = {number: set() for number in wanted}
        for row in self.rows:
            for number in wanted.intersection(numbers_in(row.summary.words)) if row.summary.words else ():
                found[number].add(row.path)
        return {name: frozenset(found[number_of(name)]) for name in names}

    @cached_property
    def by_path(self) -> dict[str, File]:
        return {row.path: row for row in self.rows}

    def general_purpose(self, path: str) -> str | None:
        """The general-purpose language of a file, C and C++ as one; by its ending where it is not in this tree.

        None for what is vendored, generated, data or documentation here.
        """
        file = self.by_path.get(path)
        if file is None:
            return general_purpose(language_by_ending(path))
        return general_purpose(file.language) if file.kind in (FileKind.CODE, FileKind.TEST) else None

    @property
    def unread(self) -> tuple[File, ...]:
        return tuple(row for row in self.rows if row.summary.unread)

    def by_place(self) -> dict[Place, list[File]]:
        found: defaultdict[Place, list[File]] = defaultdict(list)
        for row in self.rows:
            if row.place is not None:
                found[row.place].append(row)
        return dict(found)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per file: path, kind, place, language, code, comment, blank, size."""
        import pandas as pd

        return pd.DataFrame(
            [(f.path, f.kind, f.place, f.language, *f.summary[:3], f.size) for f in self.rows],
            columns=["path", "kind", "place", "language", "code", "comment", "blank", "size"],
        )


@dataclass(frozen=True)
class EarlierFiles(Files):
    """The files of the default branch as they were 90 days before `as_of` of the scan."""
