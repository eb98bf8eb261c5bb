"""A review as it leaves the product: Markdown, HTML and JSON, whatever people typed into it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import pytest
import yaml
from cmarkgfm.cmark import Options
from jsonschema import Draft202012Validator

from scoring.finding.acceptance import Reason
from scoring.review.acceptances import to_commit
from scoring.review.forms import in_form, in_language
from scoring.review.html import review_html
from scoring.review.json import review_json
from scoring.review.markdown import review_markdown
from scoring.review.record import Record, digest
from scoring.wording import ENGLISH, Numbers
from tests.reviews_by_hand import decision, record

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden"
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas" / "review-1.json").read_text("utf-8")))
HOSTILE = (
    "<script>alert(1)</script></style></title> 한국어 ![x](http://evil.example/p) [a](javascript:alert(2)) | ``"
    " @team #1\n"
    "```\n# not a heading\n\u202egpj.exe & \"'"
)
MOST_BYTES = 60 * 1024


def closed(**rest: object) -> Record:
    return replace(record(), **{"closed": "2024-02-14", "closed_by": "@lead", **rest})  # type: ignore[arg-type]


def hostile() -> Record:
    """Everything that a person types, or a repository holds, is hostile."""
    one = closed(closed_by=HOSTILE, repository=HOSTILE, web="https://github.com/a/b?x=<script>")
    said = dict.fromkeys(("words", "owner", "title", "rule"), HOSTILE)
    decided = decision("accept", "finding", HOSTILE, **said, reason="test-data")
    return replace(
        one,
        decisions=(decided, decision("accept", "file", HOSTILE, words=HOSTILE)),
        places=tuple(
            replace(place, path=HOSTILE, note=HOSTILE, snippet=HOSTILE, symbol=HOSTILE) for place in one.places
        ),
        moved=tuple(
            replace(moved, rows=tuple(replace(row, subject=HOSTILE) for row in moved.rows)) for moved in one.moved
        ),
        lapses=tuple(replace(row, words=HOSTILE, owner=HOSTILE, about=HOSTILE) for row in one.lapses),
        asked=tuple(replace(row, answer=HOSTILE, owner=HOSTILE, due=HOSTILE) for row in one.asked[:3]),
        carried=tuple(replace(row, decision=decided, settled="done", note=HOSTILE) for row in one.carried),
        now=replace(one.now, partial=(HOSTILE,), headline=HOSTILE),
        judging=(HOSTILE,),
    )


class Page(HTMLParser):
    """Tags, attributes and texts, as a browser would take them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("review.md", lambda: review_markdown(closed())),
        ("review-open.md", lambda: review_markdown(record())),
        ("review-hostile.md", lambda: review_markdown(hostile())),
        ("review.html", lambda: review_html(closed())),
    ],
)
def test_golden(name: str, made: Callable[[], str]) -> None:
    """Where this is meant to change: write the new text to the file, and read it."""
    assert made() == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("one", [record(), closed(), hostile()], ids=["open", "closed", "hostile"])
def test_json_is_as_the_schema_says_and_reads_back(one: Record) -> None:
    said = json.loads(review_json(one))
    SCHEMA.validate(said)
    assert said["digest"] == (digest(one) if one.closed else None)
    assert said["decisions"][0]["words"] == one.decisions[0].words


def test_the_schema_has_every_field_and_no_other() -> None:
    schema = json.loads((ROOT / "schemas" / "review-1.json").read_text("utf-8"))
    assert set(schema["properties"]) == {"$schema", "schema_version", "digest", *Record.__dataclass_fields__}


@pytest.mark.parametrize("one", [record(), closed(), hostile()], ids=["open", "closed", "hostile"])
def test_html_holds_no_script_and_asks_nobody(one: Record) -> None:
    text = review_html(one)
    page = Page(text)
    allowed = {
        *(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "header",
            "section",
            "h1",
            "h2",
            "p",
            "strong",
            "span",
            "br",
        ),
        *(
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "ul",
            "li",
            "div",
            "pre",
            "code",
            "bdi",
            "a",
            "figure",
            "b",
            "i",
        ),
        *("svg", "line", "circle"),
    }
    assert set(page.tags) <= allowed
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "srcset", "background")]
    links = [value for name, value in page.attributes if name == "href"]
    assert all(link.startswith("https://github.com/") for link in links)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src &#x27;none&#x27;" in text
    assert len(text.encode()) <= MOST_BYTES


def test_what_people_typed_is_shown_as_they_typed_it() -> None:
    texts = " ".join(Page(review_html(hostile())).texts)
    for words in ("<script>alert(1)</script></style></title> 한국어", "# not a heading", "\\u202egpj.exe & \"'"):
        assert words in texts


def test_no_name_ends_the_style() -> None:
    head = review_html(hostile()).partition("</head>")[0]
    assert head.count("</style>") == 1
    footer = head.partition("@bottom-left")[2]
    assert re.match(r' \{ content: "(?:[A-Za-z0-9]|\\[0-9a-f]+ )*";', footer)


@pytest.mark.parametrize("one", [closed(), hostile()], ids=["plain", "hostile"])
def test_markdown_is_markup_only_where_we_wrote_it(one: Record) -> None:
    rendered = cmarkgfm.github_flavored_markdown_to_html(review_markdown(one), Options.CMARK_OPT_UNSAFE)
    page = Page(rendered)
    assert not {"script", "img", "style", "iframe"} & set(page.tags)
    links = [value for name, value in page.attributes if name == "href"]
    assert all(link.startswith("https://github.com/") for link in links)
    assert page.tags.count("h1") == 1


def test_what_is_accepted_can_be_committed_as_it_stands() -> None:
    decided = [
        decision("accept", "finding", "aa", rule="glue", path="a.py", words=HOSTILE, owner='"@ml": x'),
        decision("accept", "file", "b: c.py"),
        decision("accept", "debt", "glue_code"),
        decision("supervise", "file", "b.py"),
    ]
    rows = yaml.safe_load(to_commit(decided))["accept"]
    assert [(row["rule"], row["path"], row["owner"]) for row in rows] == [
        ("glue", "a.py", '"@ml": x'),
        ("*", "b: c.py", "@ml"),
    ]
    assert rows[0]["until"].isoformat() == "2024-06-30"
    assert "not a heading" in rows[0]["note"]
    assert to_commit(decided[2:]) == ""


@pytest.mark.parametrize("reason", list(Reason))
def test_why_something_is_accepted_is_what_was_chosen_and_never_made_up(reason: str) -> None:
    said = decision("accept", "finding", "abc", rule="glue", path="a.py", reason=reason)
    assert yaml.safe_load(to_commit([said]))["accept"][0]["reason"] == reason
    asked = to_commit([replace(said, reason="")])
    assert yaml.safe_load(asked)["accept"][0]["reason"] is None
    assert "nobody said why: write one of test-data, remediated" in asked
    one = replace(record(), decisions=(said,))
    assert "(it stays: " in review_html(one)
    assert "(그대로 두는 이유: " in review_markdown(one, "ko")


def test_a_kind_of_debt_is_called_as_its_reader_calls_it_whoever_decided() -> None:
    """Decided by a person who read Korean, as older records have it."""
    one = replace(record(), decisions=(decision("supervise", title="접착 코드(Glue code)"),), carried=(), goals=())
    assert [row.title for row in in_language(one, "en").decisions] == ["Glue code"]
    assert [row.title for row in in_language(one, "ko").decisions] == ["접착 코드(Glue code)"]
    assert "접착" not in review_markdown(one)


def untagged(page: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)


def test_a_korean_export_says_in_korean_all_that_is_known_by_an_id() -> None:
    one = replace(record(), places_why="the rule was off", places_are_new=False)
    page, text = review_html(one, "ko"), review_markdown(one, "ko-KR")
    assert '<html lang="ko">' in page
    for shown in (untagged(page), text):
        for korean in (
            "부채 검토",
            "안건",
            "접착 코드(Glue code)",
            "새로 짐",
            "▼ 나빠짐",
            "리팩터링",
            "어긋남",
            "사람만 답할 수 있는 질문",
        ):
            assert korean in shown, korean
        for english in ("Agenda", "Decisions", "Taken on", "Refactor", "Questions only", "Owner"):
            assert english not in shown, english


def test_in_a_korean_export_english_is_marked_as_such() -> None:
    page = review_html(replace(closed(), judging=("The scales changed.",), places_why="the rule was off"), "ko")
    english = re.findall(r'<span lang="en">(.*?)</span>', page)
    assert "The scales changed." in english
    assert "the rule was off." in english
    without = re.sub(
        r'<span lang="en">.*?</span>|<style>.*?</style>|<(code|pre|bdi)>.*?</\1>', " ", page, flags=re.DOTALL
    )
    words = set(re.findall(r"[A-Za-z]{3,}", untagged(without)))
    kept = {"Glue", "code", "UTC", "default", "mldebt", "yml", "github", "JSON", "glue", "monitoring", "gaps"}
    kept |= {"northwind", "ranking", "transitive", "closure"}
    assert not {word for word in words - kept if not re.fullmatch(r"[0-9a-f]+", word)}, words - kept


def test_in_english_nothing_is_said_anew() -> None:
    assert in_language(record(), "en-US") is record() or in_language(record(), "en-US") == record()
    assert review_html(record()) == review_html(record(), "de")
    assert review_markdown(record()) == review_markdown(record(), "fr-FR")


def test_a_korean_export_of_hostile_texts_is_as_safe() -> None:
    page = review_html(hostile(), "ko")
    assert "<script>alert(1)" not in page
    assert "\u202e" not in page


def test_the_digest_is_of_the_record_and_not_of_how_it_is_said() -> None:
    assert digest(closed()) in review_html(closed(), "ko")
    assert digest(closed()) in review_markdown(closed(), "ko")


def test_a_page_shows_numbers_in_its_readers_form_and_the_record_keeps_its_own() -> None:
    one = replace(record(), judging=("1,204 places",))
    german = in_form(one, Numbers(",", ".", percent="{}\u00a0%"))
    assert german.judging == ("1.204 places",)
    assert [row.number_now for row in german.answers][:1] == ["60\u00a0%"]
    assert one.answers[0].number_now == "60 %"
    assert digest(one) != digest(german)
    assert in_form(one, ENGLISH) is one
