"""The colours of pages and charts on both themes, by the arithmetic of WCAG 2.1: 4.5 for text, 3 for shapes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app_pages._charts import BREAK, DOT, LINE

ROOT = Path(__file__).resolve().parents[2]
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
SHEET = (ROOT / "app_pages" / "style.css").read_text("utf-8")
NAMES = "light", "dark"
PAIR = re.compile(r"light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)")


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def variable(name: str, theme: str) -> str:
    found = re.search(rf"--md-{name}: {PAIR.pattern};", SHEET)
    assert found
    return found[1 + NAMES.index(theme)]


def test_the_arithmetic_is_that_of_the_norm() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", NAMES)
def test_text_is_read_on_the_page_and_on_panels(theme: str) -> None:
    grounds = [variable("page", theme), variable("panel", theme)]
    for name in ("text", "muted", "link", "better", "worse"):
        assert min(contrast(variable(name, theme), ground) for ground in grounds) >= 4.5, name


@pytest.mark.parametrize("theme", NAMES)
def test_marks_of_charts_stand_out_from_the_page(theme: str) -> None:
    ground = THEMES[theme]["backgroundColor"]
    assert ground == variable("page", theme)
    for colour in (*THEMES[theme]["chartCategoricalColors"], LINE, DOT, BREAK):
        assert contrast(colour, ground) >= 3, colour


@pytest.mark.parametrize("theme", NAMES)
def test_text_on_a_tile_is_read(theme: str) -> None:
    for line in SHEET.splitlines():
        if not re.match(r"\.tile\.[A-E] |\.md \.md-matrix td\.shade-4 ", line):
            continue
        ground, text = (_of_theme(rule, theme) for rule in re.findall(r"(?:background|color): ([^;]+);", line))
        # A tile's letter is bold and its words stand beside it: of large text, 3 is asked.
        assert contrast(ground, text) >= (4.5 if "shade" in line else 3), line


def _of_theme(value: str, theme: str) -> str:
    pair = PAIR.fullmatch(value)
    return pair[1 + NAMES.index(theme)] if pair else value


def test_text_in_charts_has_the_colours_of_text() -> None:
    """A chart is an SVG image in the page, where the sheet outweighs what the chart's theme wrote on each text."""
    rules = dict(re.findall(r"(\[data-testid=\"stVegaLiteChart\"\] svg\.marks [^{]*text) \{ fill: ([^;]+); \}", SHEET))
    assert list(rules.values()) == ["var(--md-muted)", "var(--md-text)"]
