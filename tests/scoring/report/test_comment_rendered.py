"""Comments as GitHub renders them: its own renderer says what a name from a repository can do. It can be read."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options

from github_app.comments import marker
from scoring.report.change import Change
from scoring.report.comment import comment, correction, summary
from scoring.report.data_change import DataChange
from scoring.report.markdown import JOINER
from scoring.report.text import visible
from tests.scoring.report.changes_by_hand import WEB, change, cut_in, path_in, reads, writes

FRAGMENTS = (
    *(
        "`",
        "``",
        "```",
        "````\n",
        "`` `",
        "\\`",
        "</code>",
        "</p>",
        "</li></ul>",
        "</details>",
        "</summary>",
        "<details>",
    ),
    *(
        "<!--",
        "-->",
        "--!>",
        f"<!-- mldebt:v1 pr=1 head={'0' * 40} body=sha256:{'0' * 64} -->",
        "<![CDATA[",
        "<?",
        "<!X>",
    ),
    *(
        "<script>x</script>",
        "<img src=x onerror=y>",
        "<a href='javascript:x'>",
        "<svg/onload=x>",
        "&lt;b&gt;",
        "&#64;ada",
    ),
    *("@ada", "@owner/team", "ada@example.org", "@", "fixes #1", "closes GH-2", "#3", "owner/name#4", "c" * 40),
    *("https://example.org", "www.example.org", "http://x.y", "mailto:a@b.c", "ftp://x", "xmpp:a@b.c", "//x.org"),
    *("](https://example.org)", "![x](y)", "[x]", "[x]: https://example.org", "][", "]", "[", ")", "(", "\\", "\\\\"),
    *(
        "**b**",
        "__i__",
        "~~s~~",
        "*",
        "_",
        "|",
        "| a |\n|---|\n",
        "# h",
        "> q",
        "- l",
        "1. n",
        "===",
        "---",
        "\n\n",
        "\n",
    ),
    *(
        "\r",
        "\t",
        "    ",
        " ",
        "  \n",
        "\0",
        "\x1b[31m",
        "\x85",
        "\u2028",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u2060",
        "\u00ad",
    ),
    *(
        "$x$",
        "$$",
        ":tada:",
        "/mldebt accept",
        "\u0430",
        "\ud83d",
        "\U0001f4a9",
        "é",
        "e\u0301",
        "''",
        '"',
        "{{",
        "%0A",
        "\\x80",
    ),
)


def names(seed: int, number: int) -> Iterator[str]:
    dice = random.Random(seed)
    for _ in range(number):
        yield "".join(dice.choices(FRAGMENTS, k=dice.randint(1, 6)))


class Shown(NamedTuple):
    skeleton: list[str]  # all but what stands in code, and where links lead
    spans: list[str]  # of code
    addresses: list[str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = Shown([], [], [])
        self._in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.shown.addresses.append(given.pop("href") or "")
        if tag == "code":
            self.shown.spans.append("")
            self._in_code = True
        self.shown.skeleton.append(f"<{tag} {given}>")

    def handle_endtag(self, tag: str) -> None:
        self._in_code = self._in_code and tag != "code"
        self.shown.skeleton.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._in_code:
            self.shown.spans[-1] += data
        else:
            self.shown.skeleton.append(re.sub(r"sha256:\w+", "sha256:", data))

    def handle_comment(self, data: str) -> None:
        self.shown.skeleton.append(re.sub(r"sha256:\w+", "sha256:", f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self.shown.skeleton.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.shown.skeleton.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.shown.skeleton.append(f"<![{data}]>")


def rendered(text: str) -> Shown:
    """With raw HTML let through, so that what breaks out is seen; with line ends as they are in comments."""
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_HARDBREAKS)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.shown


def of(name: str) -> Change:
    """The name wherever a repository can put one: paths, code, data, files that were not read.

    Halves of characters cannot stand in a path of git's; in a notebook's code they can.
    """
    snippet, name = name, name.encode("utf-8", "replace").decode()
    places = [
        cut_in(f"a{name}", 1, snippet),
        path_in(name, 2, f"open('{name}')"),
        path_in(f"{name}/b.py", 3),
        path_in("z.py", 4, snippet),
    ]
    data = DataChange((reads(name), writes(f"{name}.csv")), (reads(f"x/{name}"),))
    return change(places, unread=((name, name),), data=data)


def check(name: str) -> None:
    plain, odd = of("plain"), of(name)
    for say in (lambda one: comment(one, 7), summary, lambda one: correction(one, 7)):
        text = say(odd)
        there, expected = rendered(text), rendered(say(plain))
        assert there.skeleton == expected.skeleton, name
        assert len(there.spans) == len(expected.spans), name
        assert not re.search(f"@(?!{JOINER})", text), name
        assert all(address.startswith(f"{WEB}/blob/{'c' * 40}/") for address in there.addresses), name
    text = comment(odd, 7)
    told = marker(text)
    assert told is not None
    assert (told.pull, told.head) == (7, "c" * 40)
    assert text.count("<!-- mldebt:v1 pr=7 ") == 1
    assert visible(f"{odd.added[0].path}:{odd.added[0].line}").replace("@", f"@{JOINER}") in rendered(text).spans
    for row, address in zip(odd.added, rendered(text).addresses, strict=True):
        path = unquote(address.removeprefix(f"{WEB}/blob/{'c' * 40}/").rpartition("#")[0], errors="surrogateescape")
        assert path == row.path.replace("\\x80", "\udc80"), name


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_each_fragment_is_shown_and_does_nothing(fragment: str) -> None:
    check(fragment)


def test_hundreds_of_adversarial_names() -> None:
    for name in names(1, 500):
        check(name)


@pytest.mark.soak
def test_twenty_thousand_adversarial_names() -> None:
    for name in names(2, 20_000):
        check(name)


def test_the_oracle_sees_what_breaks_out() -> None:
    """Names in plain backticks, as they would be written without care."""
    written = [f"- `{name}`\n".encode("utf-8", "replace").decode() for name in names(1, 500)]
    broken = sum(rendered(text).skeleton != rendered("- `plain`\n").skeleton for text in written)
    assert broken > 50
