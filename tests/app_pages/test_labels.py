"""Labels in Korean: each is used, and none is put together from parts."""

from __future__ import annotations

import re
from pathlib import Path

from app_pages import _html, _labels
from app_pages._pictures import PICTURES

PAGES = Path(_labels.__file__).parent
SOURCES = "\n".join(
    path.read_text("utf-8") for path in sorted(PAGES.glob("*.py")) if path.name != Path(_labels.__file__).name
)
HANGUL = re.compile(r"[\uac00-\ud7a3]")


def test_every_label_stands_in_a_page_word_for_word() -> None:
    missing = [label for label in _labels.KOREAN if f'"{label}"' not in SOURCES and f"'{label}'" not in SOURCES]
    assert not missing


def test_every_label_that_a_page_names_has_its_korean() -> None:
    named = {match[2] for match in re.finditer(r"""\bspoken\((["'])([^"']+)\1\)""", SOURCES)}
    titles = set(re.findall(r'_page\(\s*"\w+",\s*"([^"]+)"', SOURCES))
    states = set(_html.STATE_WORDS.values())
    pictures = {title for title, _ in PICTURES.values()}
    assert len(named) > 20
    assert not (named | titles | states | pictures) - set(_labels.KOREAN)


def test_each_is_korean_on_one_line() -> None:
    for label, korean in _labels.KOREAN.items():
        assert HANGUL.search(korean), label
        assert korean == korean.strip()
        assert not re.search(r"[{}<>\n]", korean), label


def test_without_a_visitor_a_label_is_english() -> None:
    assert _labels.spoken("Scorecard") == "Scorecard"
    assert _labels.spoken("no such label") == "no such label"
