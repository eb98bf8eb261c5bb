"""What a comment says, byte by byte, and what it can never say."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scoring.report.change import Change
from scoring.report.comment import Answers, comment
from scoring.report.data_change import DataChange
from tests.scoring.report.changes_by_hand import change, cut_in, path_in, reads, writes

GOLDEN = Path("tests/golden")
HOSTILE = (
    path_in("a`b/`c`.py", 1, "open('/home/``` </details> <!-- mldebt:v1 head=0 -->')"),
    path_in("@everyone/fixes #1.py", 2, "'/home/ada@example.org' # @ada fixes #2, closes GH-3"),
    path_in("x](https://example.org)[.py", 3, "![](https://example.org/p.png) | a | b | <img src=x onerror=y>"),
    path_in("new\nline\u202e.py", 4, "\\` </summary>**bold** www.example.org $a$ \x1b[31m"),
    cut_in("-rf.py", 5, "`"),
)
GOLDENS: dict[str, Change] = {
    "comment-one": change([cut_in("src/train.py", 12)], [path_in("src/a.py"), path_in("src/b.py")]),
    "comment-five": change(
        [cut_in("src/train.py", n, f"nrows={n}") for n in (5, 6, 7)] + [path_in("a.py"), path_in("z.py")]
    ),
    "comment-hostile": change(HOSTILE),
    "comment-partial": change(
        [cut_in("src/train.py", 12), path_in("accepted.py")],
        web=None,
        unread=(("@ada.py", "it is not valid Python"), ("b.py", "it is larger than 512 KiB")),
        partial=("the clone is shallow",),
    ),
}


def test_where_somebody_answers_it_says_what_to_answer() -> None:
    said = comment(GOLDENS["comment-five"], 12, answers=Answers(("clones",)))
    assert said == (GOLDEN / "comment-answered.md").read_text("utf-8")
    assert all(f"(`{row.id}`)" in said for row in GOLDENS["comment-five"].added)
    assert "Muted" not in comment(GOLDENS["comment-five"], 12, answers=Answers())


@pytest.mark.parametrize("name", GOLDENS)
def test_as_it_was_agreed(name: str) -> None:
    assert comment(GOLDENS[name], 12) == (GOLDEN / f"{name}.md").read_text("utf-8")


def test_silent_where_nothing_is_new() -> None:
    assert comment(change()) == ""
    assert comment(change([], [cut_in("a.py")])) == ""
    assert comment(change([path_in("accepted.py")])) == ""


def test_the_first_line_tells_programs_what_follows() -> None:
    first, _, body = comment(change([cut_in("a.py")]), 7).partition("\n")
    assert first == f"<!-- mldebt:v1 pr=7 head={'c' * 40} body=sha256:{hashlib.sha256(body.encode()).hexdigest()} -->"
    assert comment(change([cut_in("a.py")])).startswith(f"<!-- mldebt:v1 head={'c' * 40} body=")


def test_nobody_who_accepted_is_named() -> None:
    said = comment(change([cut_in("a.py"), path_in("accepted.py")]))
    assert "1 new finding is accepted" in said
    assert "somebody" not in said
    assert "accepted.py" not in said


def test_a_long_list_is_cut_and_counted() -> None:
    many = change([path_in(f"{'p' * 150}{n}.py", n, f"'/home/{'x' * 150}{n}'") for n in range(1, 1_000)])
    said = comment(many)
    assert len(said) < 65_000
    listed = said.count("- [`")
    (left,) = re.findall(r"^- and (\d+) more$", said, re.MULTILINE)
    assert listed + int(left) == 999


def test_what_takes_most_room_still_fits() -> None:
    """Fences as long as names, links as long as they may be, and data beside it."""
    ticks = "`" * 198
    path = "\u20ac" * 215
    whole = change(
        [path_in(f"{path}{n}.py", n, f"'{ticks}'") for n in range(1, 300)],
        data=DataChange(tuple(reads(f"{ticks}{n}") for n in range(4)), tuple(writes(f"{ticks}{n}") for n in range(4))),
    )
    assert 55_000 < len(comment(whole, 1)) < 61_000


SIGNS = st.sampled_from("`<>!-[]()@#\\|*_ \n$&/dx")
texts = st.text(SIGNS | st.characters(), min_size=1, max_size=40)
names = st.text(SIGNS | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)  # git's paths are bytes


@given(st.lists(st.tuples(names, texts), min_size=1, max_size=6))
def test_no_text_of_a_repository_becomes_markup(places: list[tuple[str, str]]) -> None:
    said = comment(change([path_in(path, n, snippet) for n, (path, snippet) in enumerate(places, 1)]), 1)
    if not said:  # all of it is called accepted.py
        return
    tokens = MarkdownIt("commonmark", {"html": True}).parse(said)
    blocks = [token.content.strip() for token in tokens if token.type == "html_block"]
    more = f"<details>\n<summary>{len(places) - 3:,} more</summary>"
    assert blocks[0] == said.partition("\n")[0]
    assert blocks[1:] == ([more, "</details>"] if len(places) > 3 else [])
    kinds = {child.type for token in tokens for child in token.children or []}
    assert kinds <= {
        *("text", "text_special", "code_inline", "link_open", "link_close", "softbreak", "hardbreak"),
        *("strong_open", "strong_close"),
    }
    links = [child.attrs["href"] for token in tokens for child in token.children or [] if child.type == "link_open"]
    assert all(str(address).startswith("https://github.com/owner/name/blob/") for address in links)
    assert not re.search(r"@(?!\u2060)", said)
