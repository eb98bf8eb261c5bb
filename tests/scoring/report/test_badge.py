"""What a README shows of a scorecard."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from scoring.answers import Scorecard, score
from scoring.debts import Debt
from scoring.questions import QUESTIONS, Question
from scoring.report.badge import DAY, UNKNOWN, Badge, badge_of, etag, svg
from scoring.signal import Letter
from tests.profiles_by_hand import identity, profile, scale
from tests.signals_by_hand import signal

NOW = 1_795_910_400  # 29 November 2026
DEBTS = (Debt.GLUE_CODE, Debt.UNSTABLE_DATA_DEPENDENCIES, Debt.ENTANGLEMENT, Debt.FIXED_THRESHOLDS, Debt.CULTURAL_DEBT)


def card(*values: float | None) -> Scorecard:
    """Five questions of one debt each: a value on a scale of A to E, None where nothing was measured."""
    asked = tuple(
        Question(q.id, q.title, q.text, q.sentence, q.example, (debt,))
        for q, debt in zip(QUESTIONS, DEBTS, strict=True)
    )
    scales = profile(*(scale(debt.value) for debt in DEBTS))
    signals = [signal(value, name=debt.value, debt=debt) for debt, value in zip(DEBTS, values, strict=False)]
    return score(signals, identity(scales), scales, asked)


def text(*values: float | None, days: int = 5) -> str:
    return badge_of(card(*values), NOW - days * DAY, NOW).text


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((0.05, 0.35, 0.25), "3 of 5 measured · weakest: data dependencies, D · Nov 24"),
        ((0.35, 0.35, 0.25), "3 of 5 measured · weakest: 2 answers, D · Nov 24"),
        ((0.25, 0.25, 0.25), "3 of 5 measured · all 3 with a letter: C · Nov 24"),
        ((None, 0.35), "1 of 5 measured · data dependencies: D · Nov 24"),
        ((), "nothing measured · Nov 24"),
        ((None,) * 5, "nothing measured · Nov 24"),
    ],
)
def test_what_it_says(values: tuple[float | None, ...], says: str) -> None:
    assert text(*values) == says


def test_no_letter_where_the_scorecard_shows_none() -> None:
    """The scale is there, and the repository is none that the profile speaks of."""
    scales = profile(*(scale(debt.value) for debt in DEBTS))
    shown = score([signal(0.35, name="glue_code")], identity(scales, size=None), scales)
    assert any(answer.is_known for answer in shown.answers)
    assert all(answer.letter is None for answer in shown.answers)
    badge = badge_of(shown, NOW, NOW)
    assert badge.letter is None
    assert "weakest" not in badge.text
    assert "#44505F" in svg(badge)


def test_an_answer_that_is_graded_in_part_colours_nothing() -> None:
    """One of eight parts has a scale: the scorecard has no letter, and the badge has none either."""
    scales = profile(scale("glue_code"))
    badge = badge_of(score([signal(0.45, name="glue_code")], identity(scales), scales), NOW, NOW)
    assert (badge.letter, badge.is_grey) == (None, False)
    assert badge.text.endswith("measured · Nov 29")


@pytest.mark.parametrize(("days", "is_grey"), [(0, False), (30, False), (30.01, True), (400, True)])
def test_it_is_grey_when_it_is_old(days: float, is_grey: bool) -> None:
    badge = badge_of(card(0.35, 0.05), NOW - int(days * DAY), NOW)
    assert badge.is_grey is is_grey
    assert bool(re.search(r", 202\d$", badge.text)) is is_grey
    assert ("#B04A00" in svg(badge)) is not is_grey


def test_days_that_no_calendar_has() -> None:
    assert badge_of(card(0.1), -(10**15), NOW).text.endswith("at no day")


@pytest.mark.parametrize("letter", [None, *Letter])
def test_it_is_an_image_that_says_the_same_to_who_cannot_see_it(letter: Letter | None) -> None:
    badge = Badge("3 of 5 measured", letter)
    root = ET.fromstring(svg(badge))  # noqa: S314 - our own
    assert root.attrib["aria-label"] == "mldebt: 3 of 5 measured"
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["mldebt", "3 of 5 measured"]
    whole, label, _ = (int(one.attrib["width"]) for one in root.iter("{http://www.w3.org/2000/svg}rect"))
    assert int(root.attrib["width"]) == whole > label


@pytest.mark.parametrize("letter", [None, *Letter])
@pytest.mark.parametrize("is_grey", [True, False])
def test_it_can_be_read(letter: Letter | None, is_grey: bool) -> None:
    image = svg(Badge("x", letter, is_grey))
    right, left, _ = re.findall(r'fill="(#\w{6})"/>', image)
    inks = re.findall(r'y="14" fill="(#\w{6})"', image)
    for one, other in zip((left, right), inks, strict=True):
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_written_cannot_leave_its_text() -> None:
    hostile = '"><script>alert(1)</script>&]]>\'<image href="https://x"/>'
    root = ET.fromstring(svg(Badge(hostile)))  # noqa: S314 - our own
    assert {one.tag.rpartition("}")[2] for one in root.iter()} == {"svg", "title", "rect", "g", "text"}
    assert root.attrib["aria-label"] == f"mldebt: {hostile}"


def test_one_image_has_one_tag() -> None:
    assert etag(svg(UNKNOWN)) == etag(svg(Badge("unknown", is_grey=True)))
    assert etag(svg(UNKNOWN)) != etag(svg(Badge("unknown")))
