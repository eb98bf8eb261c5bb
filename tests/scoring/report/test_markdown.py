"""Hostile text in Markdown: shown, and nothing else. Read by a Markdown reader, not by eye."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from scoring.report.markdown import JOINER, code, link, plain
from scoring.report.text import visible

READER = MarkdownIt("commonmark", {"linkify": False, "html": True}).enable(["table", "strikethrough"])
SIGNS = "`~*_[]()<>!|#@\\ $&:\"'-+=.a1\n\t\r\u202e\u200b\x00"
texts = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=30)


def inline(markdown: str) -> list[Token]:
    """What stands in one paragraph; nothing else may be there."""
    opened, within, closed = READER.parse(markdown)
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    return within.children or []


@given(texts)
@example("`")
@example("``` x ``")
@example(" a ")
@example("a\\")
def test_a_code_span_shows_its_text_and_is_all_there_is(text: str) -> None:
    before, span, after = inline(f"a {code(text)} b")
    assert (before.type, before.content, span.type, after.content) == ("text", "a ", "code_inline", " b")
    assert span.content.replace(JOINER, "") == (visible(text) or " ")


@given(texts)
@example("# head")
@example("- item")
@example("1. item")
@example("<b>&amp;</b>")
@example("a | b\n--- | ---")
@example("![x](https://example.org/x.png)")
def test_plain_words_are_words(text: str) -> None:
    shown = visible(text)
    if not shown.strip():
        return
    within = inline(plain(text).strip())
    assert {token.type for token in within} <= {"text", "text_special"}
    assert "".join(token.content for token in within).replace(JOINER, "") == shown.strip()


@pytest.mark.parametrize(
    "text", ["@ada", "fixes #1", "owner/name#2", "ada@example.org", "www.example.org", "HTTPS://x"]
)
def test_nobody_is_called_and_nothing_is_linked(text: str) -> None:
    """GitHub makes these of text after it was read as Markdown, and of what a mail shows in place of it."""
    for shown in (plain(text), code(text)):
        assert "@a" not in shown
        assert "@e" not in shown
    for sign in ("#1", "#2", "www.", "HTTPS:"):
        assert sign not in plain(text)


def test_a_link_leads_only_where_it_says() -> None:
    good = "https://github.com/o/n/blob/c0ffee/a%20b.py#L1-L2"
    assert link("x", good) == f"[x]({good})"
    for bad in (None, "javascript:alert(1)", "https://a.b/c)d", "https://a.b/c d", "https://a.b/" + "x" * 2_000):
        assert link("x", bad) == "x"


@given(texts)
def test_a_code_span_holds_together_within_a_link_and_an_item(text: str) -> None:
    tokens = READER.parse(f"- {link(code(text), 'https://a.b/c')} {code(text)}")
    assert [token.type for token in tokens] == [
        *("bullet_list_open", "list_item_open", "paragraph_open", "inline"),
        *("paragraph_close", "list_item_close", "bullet_list_close"),
    ]
    kinds = [token.type for token in tokens[3].children or []]
    assert kinds == ["link_open", "code_inline", "link_close", "text", "code_inline"]
