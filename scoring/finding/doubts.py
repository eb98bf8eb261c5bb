"""Findings that people with write access called wrong: so many of one rule mute it in their repository."""

from __future__ import annotations

from collections.abc import Mapping

MUTES = 3
"""Different findings of a rule."""


def muted(doubts: Mapping[str, int]) -> tuple[str, ...]:
    """Rules whose places are not listed any more, of how many findings of each rule were called wrong."""
    return tuple(sorted(rule for rule, number in doubts.items() if number >= MUTES))
