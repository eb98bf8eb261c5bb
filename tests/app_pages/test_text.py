from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._html import heading
from app_pages._text import day, in_korean, label, plain, safe, shortened


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


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Section 4 · 피드백 루프</p>", '<p>Section 4 · <span lang="ko">피드백 루프</span></p>'),
        ("<h3>접착 코드(Glue code)</h3>", '<h3><span lang="ko">접착 코드</span>(Glue code)</h3>'),
        ("<p>왜? <em>For example:</em> “임시”다.</p>", None),
        ('<p title="한국어">x</p>', '<p title="한국어">x</p>'),
        ("<p>Nothing of it</p>", "<p>Nothing of it</p>"),
    ],
)
def test_korean_in_a_page_is_marked_where_it_stands(html: str, marked: str | None) -> None:
    expected = '<p><span lang="ko">왜?</span> <em>For example:</em> <span lang="ko">“임시”다.</span></p>'
    assert in_korean(html) == in_korean(in_korean(html)) == (marked or expected)


def test_marking_changes_no_word() -> None:
    html = "<p>a 가 b 나. c</p><pre>한 1</pre>"
    assert re.sub(r"</?span[^>]*>", "", in_korean(html)) == html


def test_the_name_of_a_repository_may_break_behind_a_slash_alone() -> None:
    assert heading("ada/<b>/x") == "<bdi>ada/<wbr>&lt;b&gt;/<wbr>x</bdi>"
