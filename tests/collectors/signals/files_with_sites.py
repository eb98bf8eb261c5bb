"""Files that hold sites, by hand."""

from __future__ import annotations

from collectors.facts.files import File, FileKind
from collectors.facts.sites import Site, SiteKind
from tests.builders import file


def site(kind: SiteKind, line: int = 1, *, symbol: str = "", snippet: str = "x", detail: str = "") -> Site:
    return Site(kind, line, line, symbol, snippet, detail)


def holding(path: str, *sites: Site | SiteKind, kind: FileKind = FileKind.CODE) -> File:
    """A Python file with these sites; one given by its kind alone stands in the line of its place among them."""
    rows = tuple(one if isinstance(one, Site) else site(one, line) for line, one in enumerate(sites, 1))
    plain = file(path, kind=kind)
    return plain._replace(summary=plain.summary._replace(sites=rows))
