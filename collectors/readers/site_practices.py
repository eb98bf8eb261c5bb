"""Calls, decorators and base classes that testify to a practice, each name where it stands first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.practice_names import practices_called
from collectors.facts.sites import SiteKind
from collectors.readers.python_names import absolute_name
from collectors.readers.site_names import CURVES
from collectors.readers.site_text import Found, Text, called

_SEEDS_SOMETHING = re.compile(r"""\w\([^()]*\b\w*seed\b|seed\w*\s*=|--seed|["']seed["']\s*:|seed_\w*\{|random_state""")
"""What a line of a loop over seeds does with one."""
_LONGEST = 40  # rows after a curve in which one of its thresholds is picked


def practices(text: Text) -> Iterator[Found]:
    for name, node in text.used.items():
        absolute = absolute_name(name, text.aliases)
        if practices_called(absolute or name, absolute is not None):
            yield Found(SiteKind.PRACTICE, node, absolute or name)
    for loop in text.marks.seed_loops:
        rows = text.rows[loop.lineno : loop.end_lineno]
        if _are_seeds(loop.iter) and any(_SEEDS_SOMETHING.search(row[:500]) for row in rows):
            yield Found(SiteKind.PRACTICE, loop.target, "for seed in ")
    yield from _picked(text)


def _are_seeds(over: ast.expr) -> bool:
    """Numbers that are written or counted, or something named for seeds: not seeds that stand in data."""
    if isinstance(over, ast.List | ast.Tuple):
        return len(over.elts) > 1
    if isinstance(over, ast.Call):
        return called(over) == "range"
    name = over.attr if isinstance(over, ast.Attribute) else over.id if isinstance(over, ast.Name) else ""
    return "seed" in name.lower()


def _picked(text: Text) -> Iterator[Found]:
    """`… = roc_curve(…)` whose thresholds are used afterwards, by their name."""
    for node in text.marks.assigns:
        call, target = node.value, node.targets[0]
        if (
            target.__class__ is not ast.Tuple
            or not isinstance(call, ast.Call)
            or called(call) not in CURVES
            or not isinstance(target, ast.Tuple)
        ):
            continue
        last = target.elts[-1]
        if len(target.elts) == 3 and isinstance(last, ast.Name) and last.id != "_":
            used = re.compile(rf"\b{re.escape(last.id)}\s*(?:\[(?![^\]]*:)|\.(?:iloc|item|flat)\b)")
            end = node.end_lineno or node.lineno
            if any(used.search(row[:500]) for row in text.rows[end : end + _LONGEST]):
                yield Found(SiteKind.PRACTICE, call, f"threshold picked from {called(call)}")
