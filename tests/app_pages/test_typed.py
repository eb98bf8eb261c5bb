"""Whatever is typed into whatever field of whatever page is text: bounded, kept as typed, shown without an effect.

Fields are those that the pages show: a new one is tried without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from app_pages import _review_door
from mldebt.access import EVERYONE
from mldebt.store import reviews
from mldebt.store.engine import Store
from mldebt.store.reviews import LONGEST_FIELD
from scoring.review.html import review_html
from scoring.review.markdown import review_markdown
from tests.dashboard_by_hand import NOW, add_repository, empty_store
from tests.pages_by_hand import HERE, PAGES, open_page
from tests.viewers_by_hand import seated

MINE = "northwind/ranking"
KINDS = "text_input", "text_area"
TYPED = {
    "html": "<script>alert(7)</script><img src=x onerror=alert(7)>",
    "markdown": "[x](javascript:alert(7)) :red[r] $x^2$ ![y](https://evil.example/z) `c`\n# head",
    "direction": "\u202egpj.exe \u2066\u200b",
    "control": "a\x00b\x1b[31m\x08",
    "long": "x" * 1_000_000,
    "korean": "한국어로 쓴 답 🙂",
}
HTML = re.compile("<script>alert|<img src=x|\u202e|\x00|\x1b|x{5000}")
MARKDOWN = re.compile(f"{HTML.pattern}|(?<!\\\\)\\]\\(|(?<!\\\\):red|(?<!\\\\)\\$x")
"""What would have an effect."""
WORD = re.compile(r'query_params\W+(?:get|pop)?\W*"([a-z_]+)"')
WITH_FIELDS = {"debts": 2, "portfolio": 1, "review": 8}
"""How many at least."""


class Place(NamedTuple):
    store: Store
    review: int


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("typed")
    store, address = empty_store(folder)
    mine, ids = add_repository(store, MINE, quarters=3)
    add_repository(store, "common/shared", quarters=2, seed=2)
    with store.writing() as connection:
        number = reviews.open_review(connection, mine, ids[0], ids[-1], "2026-11-24", NOW)
    with pytest.MonkeyPatch.context() as patch, seated(EVERYONE):
        patch.setenv("MLDEBT_HOME", str(folder))
        patch.setenv("DATABASE_URL", address)
        yield Place(store, number)
    store.close()


def opened(name: str) -> AppTest:
    return open_page(name, **({"repo": MINE, "debt": "fixed_thresholds"} if name != "portfolio" else {}))


def fields(page: AppTest) -> list[Any]:
    return [one for kind in KINDS for one in page.get(kind)]


def effects(page: AppTest) -> list[str]:
    """In what a browser makes HTML or Markdown of: not in what stands in a field, which is text to it."""
    waiting, found = [page._tree], list[str]()
    while waiting:
        node: Any = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        harmful = HTML if node.type == "html" else MARKDOWN
        for name in ("body", "label", "help", "placeholder"):
            found += harmful.findall(str(getattr(proto, name, "")))
    return found


ASKED = sorted({found for path in HERE.glob("*.py") for found in WORD.findall(path.read_text("utf-8"))})
"""Words that pages look for in their address, by their source; and those that a widget binds itself to."""


@pytest.mark.parametrize("name", PAGES)
def test_an_address_of_nonsense_has_a_page(place: Place, name: str) -> None:
    assert len(ASKED) >= 10
    for typed in ("-1", "9" * 40, f"{TYPED['html']}\x00\u202e", "x" * 5_000):
        words = dict.fromkeys([*ASKED, "page", "acceptance", "severity", "from", "to"], typed)
        for repo in (typed, MINE):
            page = open_page(name, **{**words, "repo": repo})
            assert not effects(page), f"{name} {typed[:20]}"


@pytest.mark.parametrize("name", PAGES)
def test_what_is_typed_has_no_effect_but_to_be_kept(place: Place, name: str) -> None:
    page = opened(name)
    assert len(fields(page)) >= WITH_FIELDS.get(name, 0)
    for typed in TYPED.values() if fields(page) else ():
        for field in fields(page):
            field.input(typed)
        for button in page.get("button"):
            if button.key in ("answer_keep", "take_decision"):
                button.click()  # type: ignore[union-attr]
        page.run()
        assert not page.exception
        assert not page.run().exception
        assert not effects(page), typed[:20]
    with place.store.reading() as connection:
        kept = list(reviews.fields(connection, place.review).values())
        for column in ("answer", '"by"'):
            kept += connection.execute(text(f"SELECT {column} FROM attestation")).scalars()
    assert max(map(len, kept), default=0) <= LONGEST_FIELD
    if name in ("debts", "review"):
        assert TYPED["html"] in kept or TYPED["korean"] in kept
    assert "\x00" not in "".join(kept)


def test_what_was_typed_leaves_the_server_as_text(place: Place) -> None:
    from app_pages import _door

    repo = next(repo for repo in _door.repositories() if repo.slug == MINE)
    (row,) = _review_door.reviews(repo)
    for typed in TYPED.values():
        for field in ("answer.entangled_inputs.words", "answer.entangled_inputs.owner"):
            _review_door.save_field(repo, row, field, typed)
        one = _review_door.record(repo, row)
        page = review_html(one)
        assert "<script" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
        assert not re.search(r"(?<!\\)\]\(", review_markdown(one).partition("decides")[2])
