"""Options that several commands have, and the forms in which they print."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


class Report(StrEnum):
    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class Changed(StrEnum):
    TEXT = "text"
    COMMENT = "comment"
    JSON = "json"


class Written(StrEnum):
    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


class Drawn(StrEnum):
    TEXT = "text"
    JSON = "json"
    OPENLINEAGE = "openlineage"


Formatted = Annotated[Format, typer.Option("--format", help="text for people, json for machines (see schemas/).")]
Reported = Annotated[
    Report, typer.Option("--format", help="text for people, json for machines (see schemas/), sarif for code scanning.")
]
Repo = Annotated[str, typer.Option("--repo", metavar="PATH|URL", help="The repository meant.")]
