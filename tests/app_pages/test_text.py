from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages._text import count, day, label, permalink, plain, safe, shortened, web_base

WEB = "https://github.com/owner/name"


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


@pytest.mark.parametrize(
    "web",
    [
        None,
        "",
        "http://github.com/a/b",
        "javascript:alert(1)",
        "https://user:secret@github.com/a/b",
        "https:///a",
        "https://github.com/a?x=1",
        "https://github.com/a#x",
        "https://gith\u202eub.com/a",
        "https://[::1",
    ],
)
def test_only_a_plain_https_address_begins_a_link(web: str | None) -> None:
    assert web_base(web) is None


def test_a_file_links_to_its_line_at_the_commit() -> None:
    assert permalink(WEB, "file", "src/a b#c?.py", "abc", 7) == f"{WEB}/blob/abc/src/a%20b%23c%3F.py#L7"


def test_gitlab_has_a_dash_in_its_paths() -> None:
    assert permalink("https://gitlab.com/o/n/", "commit", "abc", "abc") == "https://gitlab.com/o/n/-/commit/abc"


def test_a_branch_is_percent_encoded() -> None:
    assert permalink(WEB, "branch", 'origin/"><script>', "abc") == f"{WEB}/tree/%22%3E%3Cscript%3E"


def test_bytes_that_are_not_utf8_come_back_in_a_link() -> None:
    assert permalink(WEB, "file", "caf\\xe9.py", "abc") == f"{WEB}/blob/abc/caf%E9.py"
    assert permalink(WEB, "file", "a\\x41.py", "abc") == f"{WEB}/blob/abc/a%5Cx41.py"  # a backslash that somebody typed


def test_a_language_or_cohort_has_no_page_of_its_own() -> None:
    assert permalink(WEB, "language", "Python", "abc") is None
    assert permalink(WEB, "file", "a.py", "") is None
    assert permalink(None, "file", "a.py", "abc") is None


@given(st.text(), st.sampled_from(["file", "branch", "commit", "folder"]))
def test_a_link_never_leaves_its_repository(subject: str, kind: str) -> None:
    link = permalink(WEB, kind, subject, "abc")
    assert link is None or (link.startswith(WEB + "/") and not set(link) & set("<>\"' \n\\"))


def test_dates_beyond_the_calendar_are_told() -> None:
    assert day(0) == "1970-01-01"
    assert day(10**18) == "outside the calendar"


def test_numbers_are_counted_in_words() -> None:
    assert count(1, "file") == "1 file"
    assert count(1_204, "branch", "branches") == "1,204 branches"
