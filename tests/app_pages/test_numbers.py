"""The form of numbers that belongs to a locale; whatever a browser sends, there is one."""

from __future__ import annotations

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from app_pages._numbers import config, of_locale, vega
from scoring.signal import format_value
from scoring.wording import ENGLISH

NARROW, FIXED = "\u202f", "\u00a0"  # spaces where no line ends


@pytest.mark.parametrize(
    ("locale", "whole", "decimal", "share"),
    [
        ("en-US", "1,234,567", "12.5 days", "23 %"),
        ("en-IN", "12,34,567", "12.5 days", "23 %"),
        ("de-DE", "1.234.567", "12,5 days", f"23{FIXED}%"),
        ("de-CH", "1'234'567", "12.5 days", "23%"),
        ("fr-FR", f"1{NARROW}234{NARROW}567", "12,5 days", f"23{FIXED}%"),
        ("ko-KR", "1,234,567", "12.5 days", "23%"),
        ("hi-IN", "12,34,567", "12.5 days", "23%"),
        ("tr-TR", "1.234.567", "12,5 days", "%23"),
        ("ar-EG", "1,234,567", "12.5 days", "23%"),  # digits stay 0 to 9
    ],
)
def test_a_locale_has_its_form(locale: str, whole: str, decimal: str, share: str) -> None:
    form = of_locale(locale)
    assert form.whole(1_234_567) == whole
    assert format_value(12.5, "days", form) == decimal
    assert format_value(0.234, "share of files", form) == share


@pytest.mark.parametrize(
    ("locale", "four", "five"),
    [
        ("es", "1234", "12.345"),
        ("es-ES", "-1234", "-12.345"),
        ("es-MX", "1,234", "12,345"),
        ("pl-PL", "1234", f"12{FIXED}345"),
        ("it-CH", "1234", "12'345"),
        ("pt-PT", "1234", f"12{FIXED}345"),
        ("pt-BR", "1.234", "12.345"),
        ("ru-RU", f"1{FIXED}234", f"12{FIXED}345"),
    ],
)
def test_where_four_digits_stand_together_five_do_not(locale: str, four: str, five: str) -> None:
    form, sign = of_locale(locale), -1 if four.startswith("-") else 1
    assert (form.whole(sign * 1_234), form.whole(sign * 12_345)) == (four, five)
    assert four.strip("-") in form.within("only 1,234 of 12,345 places tell")
    assert form.written("1,234.5").startswith(four.strip("-"))


@pytest.mark.parametrize(
    ("locale", "means"),
    [
        ("de_DE", "de-DE"),
        ("de", "de-DE"),
        ("de-XX", "de-DE"),
        ("DE-de", "de-DE"),
        ("de-DE-u-nu-thai", "de-DE"),
        ("de-x-lvariant", "de-DE"),
        ("zh-Hant-TW", "zh-TW"),
        ("fr-Zzzz-FR", "fr-FR"),
    ],
)
def test_the_nearest_known_is_taken(locale: str, means: str) -> None:
    assert of_locale(locale) == of_locale(means)


@pytest.mark.parametrize(
    "locale",
    ["", "C", "zz", "xx-YY", "../../etc/passwd", "de\x00", "de-" * 30, "root", "<b>", "de DE", "١٢", "x" * 10_000],
)
def test_of_what_nobody_knows_numbers_are_written_as_in_english(locale: str) -> None:
    assert of_locale(locale) == ENGLISH


@given(st.text(max_size=40) | st.from_regex(r"[a-z]{2}(-[A-Za-z0-9]{1,8}){0,4}", fullmatch=True))
def test_whatever_a_browser_sends_there_is_a_form(locale: str) -> None:
    assert of_locale(locale).whole(1_000).startswith("1")


def test_in_every_locale_the_digits_stay_and_the_share_can_be_read() -> None:
    for locale in locale_identifiers():
        form = of_locale(locale)
        for number in (0, 7, 999, 1_000, 12_345, 1_234_567, 10**12):
            shown = form.whole(number)
            assert "".join(c for c in shown if c.isdigit()) == str(number), locale
            assert shown.isdigit() == (number < 10 ** (2 + form.least) or locale == "en_US_POSIX"), locale
        assert form.share("12.5").strip("%\u00a0\u202f ") == form.written("12.5"), locale
        assert form.percent.count("{}") == 1, locale
        assert form.decimal != form.group, locale


def test_charts_are_told_the_same_form() -> None:
    told = vega(of_locale("hi-IN"))["number"]
    assert told["grouping"][:3] == [3, 2, 2]
    assert vega(of_locale("de-DE"))["number"]["decimal"] == ","
    assert vega(ENGLISH)["number"]["thousands"] == ","


def test_the_axis_of_a_chart_takes_the_sign_out_where_four_digits_stand_together() -> None:
    assert config(of_locale("de-DE")).keys() == {"locale"}
    (axis,) = config(of_locale("it-CH"))["axisQuantitative"].values()
    assert axis == "abs(datum.value) < 10000 ? replace(datum.label, \"'\", '') : datum.label"
