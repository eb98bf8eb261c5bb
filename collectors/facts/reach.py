"""Which Python files are reached from those that something starts, by their imports."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.facts.files import Files
from collectors.facts.imports import DYNAMIC, Importing, Modules


def reached(files: Files, roots: Iterable[str]) -> frozenset[str]:
    """The roots themselves, and what they import, directly or by way of others. Names made at run time are left out."""
    modules = Modules(file.path for file in files.own)
    todo = [path for path in roots if path in files.by_path]
    found = set(todo)
    while todo:
        summary = files.by_path[path := todo.pop()].summary
        written = tuple(entry for entry in summary.reaches if not entry.startswith(DYNAMIC))
        new = modules.reached(Importing(path, summary.imports, written)) - found
        found |= new
        todo += new
    return frozenset(found)
