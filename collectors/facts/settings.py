"""What files that are not source code declare: settings, what they start, stages, requirements, images, pinned data.

Nothing here holds a secret: values are masked before they leave the readers.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

Value = str | int | float | bool | None


class ValueKind(StrEnum):
    """What a value is to the program that reads it, as far as the text tells."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"  # with a fraction; "nan", "inf" and "-inf" are kept as text
    BOOLEAN = "boolean"
    NULL = "null"
    DATE = "date"  # as written
    LIST = "list"  # empty, or a long one of plain values; the value is its length
    TABLE = "table"  # empty; the value is 0
    ALIAS = "alias"  # YAML's *name; the value is the name
    REFERENCE = "reference"  # filled in later: ${x}, {{ x }}, %x, @x; the value is as written
    OPAQUE = "opaque"  # a tag of the program's own: the value begins with it, "!Ref Bucket"
    SECRET = "secret"  # noqa: S105  the value is not kept: a secret, or who somebody is
    HIDDEN = "hidden"  # a name in a .env file: its value is not even looked at


class ConfigKey(NamedTuple):
    """One setting. Of a list's items each is one, its place written as in `layers[0]`: ("layers", "[0]")."""

    key: tuple[str, ...]  # from the root of the document; scopes of gin and sections of INI are parts
    value: Value
    kind: ValueKind
    line: int  # from 1, where the key stands (a list's item: where the item stands)
    document: int = 0  # of a YAML stream, from 0

    @property
    def name(self) -> str:
        """Dotted, as OmegaConf and DVC write it: `model.layers[0]`."""
        return ".".join(self.key).replace(".[", "[")


class Repeated(NamedTuple):
    """A key that stands twice in one table: most parsers silently keep the last."""

    key: tuple[str, ...]
    line: int  # of the second
    first_line: int


class Inherited(NamedTuple):
    """Another file, or another part of this one, that the file builds on."""

    target: str  # as written; Hydra's `- model: resnet` as "model/resnet"
    how: str  # "defaults", "base", "extends", "include", "merge", "requirement", "constraint", "reads"
    line: int


class StartKind(StrEnum):
    FILE = "file"  # a path: run, or handed over to be run
    MODULE = "module"  # dotted; run, imported or collected
    FUNCTION = "function"  # or a class: "module:name", ":name" in this very file, "module.name" where no more is known
    FOLDER = "folder"  # everything in it
    TOOL = "tool"  # a program of those that testify to practices, with its first words: no file
    ARGUMENT = "argument"  # a path of source code that a command is given: used, if not run


class Started(NamedTuple):
    """Something that is used without any code importing it. `files_started` finds the files."""

    target: str  # POSIX; from the declaring file's folder or the root; "*" stands for what the text does not tell
    kind: StartKind
    line: int
    by: str = ""  # stage, job, target, service or rule


class Stage(NamedTuple):
    """A step that declares what it reads and writes. Paths as written, `wdir` joined."""

    name: str
    line: int
    deps: tuple[str, ...] = ()
    outs: tuple[str, ...] = ()
    params: tuple[str, ...] = ()  # "file:key" where the file is not the default one
    metrics: tuple[str, ...] = ()
    plots: tuple[str, ...] = ()
    after: tuple[str, ...] = ()  # stages that must run before, where only their names are declared


class Requirement(NamedTuple):
    name: str  # as PEP 503 normalises it
    specifier: str  # ">=1.2,<2", "" for none, or the address without credentials
    is_pinned: bool  # to one version, commit or digest
    group: str  # "" to run; an extra, a dependency group, "build", "python" for the interpreter
    line: int
    is_hashed: bool = False


class Image(NamedTuple):
    """A container image that is built on, or run."""

    name: str
    tag: str
    is_pinned: bool  # by digest
    line: int


class PinnedData(NamedTuple):
    """A data file or folder that the declaration ties to one content, or doesn't."""

    path: str  # or address
    by: str  # "md5", "rev_lock", "version_id", "etag", "checksum"; "" for not at all
    content: str  # the hash, revision or version; "" where none
    line: int


class SettingsSummary(NamedTuple):
    """What the readers of everything but Python saw in one blob."""

    read_as: str  # "YAML", "Makefile", "requirements", …
    keys: tuple[ConfigKey, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    inherits: tuple[Inherited, ...] = ()
    started: tuple[Started, ...] = ()
    stages: tuple[Stage, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    images: tuple[Image, ...] = ()
    data: tuple[PinnedData, ...] = ()
    anchors: int = 0
    aliases: int = 0
    left_out: int = 0  # rows beyond what is kept of one file
    unread: str | None = None  # a clause: "it is not valid TOML (line 3)"
