"""Sites in one Python text, from what its one walk kept: each kind in a file of its own, joined and capped here."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from collectors.facts.sites import Site, SiteKind
from collectors.readers.python_names import Names
from collectors.readers.site_addresses import addresses
from collectors.readers.site_branches import branches
from collectors.readers.site_columns import columns
from collectors.readers.site_comments import commented
from collectors.readers.site_defaults import defaults
from collectors.readers.site_environment import environment
from collectors.readers.site_flows import flows
from collectors.readers.site_hyperparameters import hyperparameters
from collectors.readers.site_loads import loads
from collectors.readers.site_made import made_columns
from collectors.readers.site_paths import paths
from collectors.readers.site_practices import practices
from collectors.readers.site_randomness import randomness
from collectors.readers.site_scale import scale
from collectors.readers.site_settings import settings
from collectors.readers.site_text import Found, Text
from collectors.readers.site_thresholds import thresholds
from scoring.finding.masking import masked

MOST = 200
"""Sites of one kind that are kept of one file."""
LONGEST = 200  # characters of a snippet
_BARE = {
    SiteKind.NAMED_THRESHOLD,
    SiteKind.LEARNT_THRESHOLD,
    SiteKind.SEEDED,
    SiteKind.UNSEEDED_DRAW,
    SiteKind.CHOSEN_HYPERPARAMETERS,
    SiteKind.GLOBAL_SEED,
    SiteKind.VERSIONED_LOAD,
    SiteKind.DATA_LOAD,
    SiteKind.SPLIT,
    SiteKind.SET_COLUMNS,
    SiteKind.COLUMN_MADE,
    SiteKind.CONDITION,
    SiteKind.PRACTICE,
    SiteKind.SET_HYPERPARAMETER,
    SiteKind.ENVIRONMENT_DEFAULT,
    SiteKind.PINNED_READ,
    SiteKind.SETTINGS_NAME,
    SiteKind.RAW_SETTINGS,
    SiteKind.CHECKED_SETTINGS,
    SiteKind.SETTINGS_SCHEMA,
    SiteKind.ASSERTED_SHAPE,
}
"""Kinds that are no debt: nobody reads what stands there."""


_KINDS: tuple[Callable[[Text], Iterable[Found]], ...] = (
    *(thresholds, randomness, loads, paths, scale, flows, defaults, columns, branches, commented, practices),
    *(hyperparameters, environment, addresses, settings, made_columns),
)


def sites(names: Names, source: str, rows: list[str]) -> tuple[Site, ...]:
    """By line. `names`: what the walk over `source` gathered, its aliases resolved; `rows`: its lines."""
    text = Text(names, source, rows)
    found = [found for kind in _KINDS for found in kind(text)]
    if not found:
        return ()
    found.sort(key=lambda one: (one.node.lineno, one.node.col_offset, one.kind))
    return tuple(_kept(found, _Scopes(names), text.rows))


def _kept(found: list[Found], scopes: _Scopes, rows: list[str]) -> Iterator[Site]:
    seen: Counter[SiteKind] = Counter()
    for kind, node, detail in found:
        seen[kind] += 1
        if seen[kind] <= MOST:
            snippet = "" if kind in _BARE else _snippet(node, rows)
            end = node.end_lineno or node.lineno
            yield Site(kind, node.lineno, end, scopes.around(node.lineno), snippet, _masked(detail))


@lru_cache(maxsize=4096)
def _masked(detail: str) -> str:
    """Names of settings come again and again."""
    return masked(detail)[:LONGEST]


def _snippet(node: ast.expr | ast.stmt, rows: list[str]) -> str:
    """What stands there, on one line. Offsets count bytes."""
    first, last = node.lineno, node.end_lineno or node.lineno
    kept = [row.encode() for row in rows[first - 1 : min(last, first + 20)]]
    if last - first < len(kept):
        kept[-1] = kept[-1][: node.end_col_offset]
    kept[0] = kept[0][node.col_offset :]
    text = masked(" ".join(b" ".join(kept).decode("utf-8", "replace").split()))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class _Scopes:
    """Functions and classes, asked for in the order of lines."""

    def __init__(self, names: Names) -> None:
        self._ahead = sorted(names.marks.scopes, key=lambda scope: (-scope.lineno, scope.end_lineno or 0))
        self._around: list[tuple[int, str]] = []  # last line, dotted name

    def around(self, line: int) -> str:
        """The innermost that holds the line, which is not before the last one asked for."""
        while self._ahead and self._ahead[-1].lineno <= line:
            node = self._ahead.pop()
            self._leave(node.lineno)
            above = f"{self._around[-1][1]}." if self._around else ""
            self._around.append((node.end_lineno or node.lineno, f"{above}{node.name}"[:LONGEST]))
        self._leave(line)
        return self._around[-1][1] if self._around else ""

    def _leave(self, line: int) -> None:
        while self._around and self._around[-1][0] < line:
            self._around.pop()
