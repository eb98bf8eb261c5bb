"""Who reads which data and who writes it, as code shows it and as pipelines declare it.

Names are OpenLineage's where it has them: a job reads and writes datasets. Nothing here holds a secret: connection
strings lose theirs before they leave the readers.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

HOLE = "◌"
"""Stands in a name for a part that the text does not tell."""


class Access(StrEnum):
    READ = "read"
    WRITE = "write"


class Resolution(StrEnum):
    """How much of a dataset's name is known."""

    RESOLVED = "resolved"  # all of it
    TEMPLATE = "template"  # but for holes
    ANCHORED = "anchored"  # its beginning was a hole, the rest begins with a folder of this tree
    RELOCATED = "relocated"  # absolute on somebody's machine, its end is in this tree
    PARAMETER = "parameter"  # what a caller of a public function hands over: the caller's business
    UNRESOLVED = "unresolved"  # nothing, and `why` says why


class NodeKind(StrEnum):
    """What the data is, as far as the call or the declaration tells."""

    DATASET = "dataset"  # files, tables, objects in a bucket
    MODEL = "model"
    METRICS = "metrics"  # numbers about a model, plots of them
    SERVICE = "service"  # an address that is asked
    SETTINGS = "settings"  # what steers the code: YAML, TOML, INI


class Origin(StrEnum):
    """Where an access was seen. Both are kept apart, and compared."""

    OBSERVED = "observed"  # a call in the code
    DECLARED = "declared"  # a pipeline says so


class DataAccess(NamedTuple):
    """One read or write of data."""

    access: Access
    name: str  # POSIX path from the root, or URI without credentials; "" where nothing is known
    kind: NodeKind
    origin: Origin
    path: str  # the file that shows it
    line: int  # from 1; in a notebook, within its code cells joined
    resolution: Resolution = Resolution.RESOLVED
    call: str = ""  # dotted, as the library names it: "pandas.read_csv"; of a declaration its word: "deps"
    job: str = ""  # the stage, task, node or script that runs it; "" where no one starts it
    symbol: str = ""  # dotted name of the function that holds the call
    version: str = ""  # hash, revision or version to which the data is pinned; "" for none
    why: str = ""  # of an unresolved one: a clause
    sources: tuple[str, ...] = ()  # of a write: names of the data that flowed into it, where that is known


class Pinned(NamedTuple):
    """Data that a file ties to one content, whether or not anything reads it."""

    name: str
    version: str  # "md5:…", "rev:…", "etag:…"


class Traced(NamedTuple):
    """Who reads and writes what in one tree: what following its code and reading its pipelines gave."""

    accesses: tuple[DataAccess, ...] = ()
    pins: tuple[Pinned, ...] = ()
    unfollowed: tuple[str, ...] = ()  # code that could not be had
