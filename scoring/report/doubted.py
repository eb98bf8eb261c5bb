"""Rules that people called wrong too often, and how to have their places listed again."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.finding.doubts import MUTES
from scoring.report.markdown import code


def muted_line(rules: Iterable[str]) -> str:
    """Markdown on one line; empty where nothing is muted."""
    names = sorted(rules)
    if not names:
        return ""
    listed = ", ".join(map(code, names))
    muted = f"Muted in this repository, since {MUTES} findings of each were called wrong: {listed}."
    return f"{muted} {listed_again(names[0])}"


def doubts_line(rule: str, doubted: int) -> str:
    """How many of its findings were called wrong, and what follows; empty where none was."""
    if doubted >= MUTES:
        called = f"{doubted:,} of its findings were called wrong here"
        return f"{called}, so its places are not listed in this repository. {listed_again(rule)}"
    was = "was" if doubted == 1 else "were"
    return f"{doubted} of its findings {was} called wrong here; {MUTES} mute it." if doubted else ""


def listed_again(rule: str) -> str:
    return f"To have them listed again, commit `rules: {{{rule}: on}}` to `.github/mldebt.yml`."
