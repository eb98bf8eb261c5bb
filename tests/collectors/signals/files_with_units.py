"""Files that hold functions and classes, by hand."""

from __future__ import annotations

from collectors.facts.files import File, FileKind, Place
from collectors.facts.units import Unit
from tests.builders import file


def function(symbol: str, body: str = "", line: int = 1, lines: int = 10) -> Unit:
    return Unit(symbol, line, line + lines - 1, body)


def with_units(path: str, *units: Unit, kind: FileKind = FileKind.CODE, place: Place | None = None) -> File:
    plain = file(path, kind=kind, place=place)
    return plain._replace(summary=plain.summary._replace(units=units))
