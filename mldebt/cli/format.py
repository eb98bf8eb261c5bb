"""In which form a command prints."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


Formatted = Annotated[Format, typer.Option("--format", help="text for people, json for machines (see schemas/).")]
