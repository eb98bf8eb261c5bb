"""Sites of a text, so that a test reads as lines in, kinds out."""

from __future__ import annotations

from collectors.facts.sites import Site, SiteKind
from collectors.readers.reading import summarise


def sites(text: str, *kinds: SiteKind) -> list[Site]:
    """Of some kinds, or of all."""
    found = summarise("train.py", text.encode()).sites
    return [site for site in found if not kinds or site.kind in kinds]


def kinds(text: str) -> list[SiteKind]:
    return [site.kind for site in sites(text)]
