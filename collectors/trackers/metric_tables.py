"""Whether a comment holds a table of metrics before and after a change, as CML and DVC write them."""

from __future__ import annotations

import re

from collectors.facts.metrics import direction

LONGEST = 70_000
ROWS = 400
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?\s?%?")
_NAME = re.compile(r"[^/\[\]<>]{1,80}")
"""No path and no link, whose words are those of a file."""
_COMPARED = re.compile(
    r"\b(?:change|delta|diff(?:erence)?|old|new|before|after|head|workspace|main|master|base(?:line)?|this (?:pr"
    r"|branch)|current|previous|reference)\b|Δ"
)
_SETTINGS = re.compile(r"\b(?:hyper-?)?param(?:eter)?s?\b")
_DVC = {"path", "metric", "change"}
"""The head of DVC's own table, which holds nothing but metrics, whatever their names."""
_METRIC = re.compile(r"\b(?:metrics?|scores?)\b")


def has_metrics_table(body: str) -> bool:
    """A Markdown table that compares: a column of values of two states, or of their difference, and a row whose first
    cells name a metric and whose others hold a number."""
    head: list[str] = []
    inside = False
    lines = body[:LONGEST].split("\n")
    for before, line in zip(["", *lines], lines, strict=False):
        if "|" not in line:
            inside = False
        elif _RULE.fullmatch(line.strip()):
            head = _cells(before)
            text = " ".join(head).lower()
            says_metric = bool(_METRIC.search(text))
            is_of_settings = bool(_SETTINGS.search(text)) and not says_metric  # what goes in, not what came out
            inside = bool(_COMPARED.search(text)) and (len(head) > 2 or says_metric) and not is_of_settings
        elif inside and _is_metric_row(_cells(line), any_name={cell.lower() for cell in head} >= _DVC):
            return True
    return False


def _cells(line: str) -> list[str]:
    return [cell.strip(" *`\t\r") for cell in line.strip().strip("|").split("|")][:ROWS]


def _is_metric_row(cells: list[str], *, any_name: bool) -> bool:
    names = [cell for cell in cells[:2] if _NAME.fullmatch(cell) and not _NUMBER.fullmatch(cell)]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells[1:])
    return numbers > 0 and (any_name or any(direction(name) for name in names))
