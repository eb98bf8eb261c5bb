"""Options that several commands have. A form in which one prints is its plain name; each command says which it has."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Formatted = Annotated[
    Literal["text", "json"], typer.Option("--format", help="text for people, json for machines (see schemas/).")
]
Report = Literal["text", "json", "sarif"]
Reported = Annotated[
    Report, typer.Option("--format", help="text for people, json for machines (see schemas/), sarif for code scanning.")
]
Repo = Annotated[str, typer.Option("--repo", metavar="PATH|URL", help="The repository meant.")]
