"""Trees and what their files declare, from texts, so that a test reads as files in, a number out."""

from __future__ import annotations

from collections.abc import Mapping

from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import File, Files
from collectors.readers.declarations import is_declared_in, read_settings_file
from collectors.readers.reading import file_of, summarise


def seen(texts: Mapping[str, str]) -> tuple[Files, Declarations]:
    """What a scan of a tree of these files hands to signals."""
    bodies = {path: text.encode() for path, text in texts.items()}
    rows: list[File] = [
        file_of(path, "0" * 40, len(body), "100644", summarise(path, body)) for path, body in sorted(bodies.items())
    ]
    declared = [
        Declared(row.path, summary)
        for row in rows
        if is_declared_in(row) and (summary := read_settings_file(row.path, bodies[row.path])) is not None
    ]
    return Files(tuple(rows)), declarations(declared, bodies)
