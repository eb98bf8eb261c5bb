from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from app_pages._text import day, label, plain, safe, shortened


def test_signs_of_html_are_escaped() -> None:
    assert safe("<img src=x onerror=\"a('b')\">&") == "&lt;img src=x onerror=&quot;a(&#x27;b&#x27;)&quot;&gt;&amp;"


def test_what_does_not_show_is_spelled_out() -> None:
    assert plain("a\nb\tc\x1b[31m\u202ed\u200be") == "a\\nb\\tc\\x1b[31m\\u202ed\\u200be"


def test_other_scripts_stay_as_they_are() -> None:
    assert plain("추천-모델 каталог نموذج") == "추천-모델 каталог نموذج"


@given(st.text())
def test_safe_text_opens_nothing_and_turns_no_direction(text: str) -> None:
    made = safe(text)
    assert not set(made) & set("<>\"'\n\r\u202e\u2066\u2028\x00")
    assert html.unescape(made) == plain(text)


def test_a_label_shows_markdown_as_typed() -> None:
    assert label(":red[x] $y$ **b** [a](b) `c` <i>") == (r"\:red\[x\] \$y\$ \*\*b\*\* \[a\]\(b\) \`c\` \<i\>")


def test_the_middle_of_a_long_path_goes() -> None:
    assert shortened("a" * 50 + "/tail.py", 20) == "aaaaaaaaa…aa/tail.py"
    assert shortened("short", 20) == "short"


def test_dates_beyond_the_calendar_are_told() -> None:
    assert day(0) == "1970-01-01"
    assert day(10**18) == "outside the calendar"
