"""Labels and sentences of pages in Korean: each is used, each that a page names is there, and none is half of one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from app_pages import _html, _labels, _ledger
from app_pages._pictures import PICTURES
from app_pages._portfolio import MOVE_WORDS, ORDER_WORDS
from scoring.finding import Severity
from scoring.finding.acceptance import Reason
from scoring.signal import level_words

PAGES = Path(_labels.__file__).parent
LATIN = {"Refs", "{commit} of {day} (UTC)", "{change} on {day}"}
"""Whose Korean has no word of its own."""
TABLES = {"_labels.py", "_sentences.py"}
HANGUL = re.compile(r"[\uac00-\ud7a3]")
PARTICLE = re.compile(r"}(?:을|를|이|가|은|는|과|와|으로|로)(?![가-힣])")


def _trees() -> Iterator[ast.Module]:
    below = PAGES.parent / "scoring"
    for path in (*sorted(PAGES.glob("*.py")), *sorted(below.glob("*.py")), *sorted(below.glob("report/*.py"))):
        if path.name not in TABLES:
            yield ast.parse(path.read_text("utf-8"))


def _words() -> set[str]:
    """Every text that the sources spell out."""
    found = (node.value for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in found if isinstance(text, str)}


def _named() -> Iterator[str]:
    """Every text that a page asks for in the visitor's language."""
    for tree in _trees():
        bound: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                bound.setdefault(node.targets[0].id, []).append(node.value)
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("spoken", "said", "tell")
            ):
                yield from _texts(node.args[0], bound)


def _texts(node: ast.expr, bound: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, bound), *_texts(node.orelse, bound))
    elif isinstance(node, ast.Name):
        for value in bound.get(node.id, ()):
            yield from _texts(value, {})


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_label_is_used() -> None:
    made = {f"{one.word} severity" for one in Severity} | set(_ledger.SEVERITIES.values()) | set(Reason)
    made |= {f"Remedies {level_words(level)}" for level in (0.0, 0.5, 1.0)} | {"within one thing of {n}"}
    made |= {words.lower() for words in MOVE_WORDS.values()}
    unused = set(_labels.KOREAN) - _words() - made
    assert not unused, unused


def test_every_text_that_a_page_says_has_its_korean() -> None:
    titles = {title for title, _ in PICTURES.values()} | set(_html.STATE_WORDS.values())
    titles |= {*MOVE_WORDS.values(), *ORDER_WORDS.values(), "no change", "nothing to compare"}
    titles |= set(_ledger.ACCEPTANCES.values()) | set(_ledger.SEVERITIES.values()) | set(_ledger.EFFORTS.values())
    named = {*_named(), *titles} - {""}
    assert len(named) > 150
    lacking = named - set(_labels.KOREAN)
    assert not lacking, lacking


def test_each_is_korean_on_one_line() -> None:
    for label, korean in _labels.KOREAN.items():
        assert HANGUL.search(korean) or label in LATIN, label
        assert korean == korean.strip()
        assert not re.search(r"[<>\n]", korean), label


def test_each_holds_what_its_english_holds_and_no_particle_after_it() -> None:
    for label, korean in _labels.KOREAN.items():
        assert _fields(korean) == _fields(label), label
        assert not PARTICLE.search(korean), korean


def test_without_a_visitor_a_label_is_english() -> None:
    assert _labels.spoken("Scorecard") == "Scorecard"
    assert _labels.spoken("no such label") == "no such label"
    assert _labels.spoken("{seen} of {total} parts seen", seen=3, total=8) == "3 of 8 parts seen"


def test_a_language_can_be_named() -> None:
    assert _labels.said("file changed {n} times in a year", "ko", n=4) == "파일이 1년 동안 4번 바뀜"
    assert _labels.said("file changed {n} times in a year", "en", n=4) == "file changed 4 times in a year"
