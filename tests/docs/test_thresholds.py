"""Every threshold has a row in docs/thresholds.md with the value that the code has, and a source."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = Path("docs/thresholds.md").read_text()
ROWS = re.findall(r"^\| `([\w.]+)` \| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$", PAGE, re.MULTILINE)
SOURCES = ("decision", "publication: ", "tool: ", "host: ", "follows from ", "the same", "what a coin")
PLACES = {
    "facts": "collectors/facts/*.py",
    "signals": "collectors/signals/*.py",
    "evidence": "mldebt/evidence/*.py",
    "scoring": "scoring/*.py",
}
PACKAGES = {"facts": "collectors.facts", "signals": "collectors.signals", "evidence": "mldebt.evidence"}
NO_THRESHOLDS = {
    "facts.changes.DAY",
    "facts.change_requests.A_MOMENT",  # clocks of a host and of git
    "facts.change_requests.NOBODY",
    "facts.closure.MOST_NAMES",
    "facts.model_changes.WEEK",
    "facts.model_changes.WEEKS",  # that a picture shows
    "facts.model_changes._MONDAY",
    "facts.model_pairs.MOST",
    "facts.own_settings.COMPARED",
    "facts.ramp.CURVE_WEEKS",
    "facts.ramp.WEEK",
    "signals.closure_completeness.REASONS",
    "signals.package_spread._SHOWN",
    "evidence.letters.PARTS",
    "evidence.scales.DIGITS",
    "scoring.signal.MOST_EVIDENCE",
    "scoring.values.NOT_SEEN",
    "scoring.values.IN_USE",
    "scoring.attestation.DAYS",
    "scoring.attestation.LONGEST",
}
"""Units, marks, and how much is listed."""
WINDOWS = {"WINDOW_DAYS": {365}, "DAYS": {90, 365}, "QUARTER_DAYS": {90}, "QUARTERS": {4}}


def numbers() -> Iterator[tuple[str, object]]:
    """Constants of modules whose value is one number or a few, with their names."""
    for place, pattern in PLACES.items():
        for path in sorted(Path().glob(pattern)):
            module = importlib.import_module(f"{PACKAGES.get(place, place)}.{path.stem}")
            for name in names(ast.parse(path.read_text())):
                value = getattr(module, name)
                if is_number(value):
                    yield f"{place}.{path.stem}.{name}", value


def names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(one, ast.Name):
                    yield one.id


def is_number(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(map(is_number, value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def spelled(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


FOUND = dict(numbers())


@pytest.mark.parametrize("name", sorted(FOUND.keys() - NO_THRESHOLDS))
def test_a_threshold_stands_on_the_page_with_its_value(name: str) -> None:
    told = {row: value for row, value, _source, _what in ROWS}
    window = WINDOWS.get(name.rpartition(".")[2])
    if name not in told and window:
        assert FOUND[name] in window
    else:
        assert told[name] == spelled(FOUND[name])


def test_the_page_names_nothing_that_is_gone() -> None:
    assert {name for name, *_ in ROWS} - FOUND.keys() == {"scoring.answers", "scoring.values"}
    assert FOUND.keys() >= NO_THRESHOLDS


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_row_names_its_source(row: tuple[str, str, str, str]) -> None:
    assert row[2].startswith(SOURCES)


def test_what_is_published_can_be_looked_up() -> None:
    published = [
        source for _name, _value, source, _what in ROWS if source.startswith(("publication: ", "tool: ", "host: "))
    ]
    known = (
        "doi:10.",
        "github.com/",
        "docs.github.com",
        "Code Maat",
        "publication: the same",
        "Efron and Tibshirani",
        "host: one page",
    )
    assert [source for source in published if not any(one in source for one in known)] == []
