"""Which kind of debt an admitting comment names, by its words alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from scoring.debts import Debt

_TAGGED = r"\b(?:todo|fixme|xxx|hack)\b(?:\s?\([^()]{0,40}\))?[^\w(]{0,5}"
_SOFTLY = r"(?:(?:we|i|maybe|probably|perhaps|please|consider|could|should|can|must|to|need|needs|just|then)\ ){0,4}"

PATTERNS: Mapping[Debt, re.Pattern[str]] = {
    Debt.DEAD_EXPERIMENTAL_CODEPATHS: re.compile(
        rf"""
        {_TAGGED}{_SOFTLY}(?:remov(?:e|al|ing)|delet(?:e|ing)|depr[ei]cate|get\ rid\ of)\b
        (?![^.;]{{0,60}}\ from\ )
        (?!\ (?:(?:the|this|these|any|all)\ ){{0,2}}                     # what is not code that stays behind:
           (?:hard|dup|refs\b|nan|log|null|outlier|row|column|config|sample|stop           # values, rows, repetition
             |restriction|limitation|requirement|need|assert|`?skip|seen\b|from\b|old\b|np\.|pylint|suppress))
        |\b(?:to|can|could|should|must)\ (?:(?:only|probably|eventually)\ )?be\ (?:removed|deleted|deprecated)\b
        |\bdepr[ei]cate\?
        |\bunused\b(?![\ -](?:arg|var|import|param))
        |(?:\b(?:not|never)|\bisn'?t)\ (?:(?:being|really|much|actually)\ ){{0,3}}used\b(?!\ (?:to|for|in|as|with)\b)
        |\b(?:don'?t|do\ we|do\ i|should'?n?'t)\ (?:(?:really|still|even)\ )?need\ this\b
        |\b(?:probably\ not|isn'?t|is\ not|don't\ think\ this\ is)\ needed\b
        |\bneeded\ ?\?
        |\bisn'?t\ (?:really\ )?(?:necessary|needed|required)\b
        """,
        re.IGNORECASE | re.ASCII | re.VERBOSE,
    ),
}
"""Only kinds that are told rightly in 8 of 10 comments: docs/self_admitted.md. All others stay without a name."""


@lru_cache(maxsize=4096)
def debt_named(text: str) -> Debt | None:
    """The kind that the words name; None where they name none that is told with certainty."""
    return next((debt for debt, pattern in PATTERNS.items() if pattern.search(text)), None)
