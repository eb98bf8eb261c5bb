"""At an address that no page has stands that there is none, and the ways on."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from app_pages import _missing
from app_pages._serving import NAMES, PAGES, WhatPagesUse
from tests.asgi_by_hand import Browser

OWN = "/auth/login"


async def _library(request: Request) -> Response:
    """Begins its own page wherever nothing else is."""
    if request.url.path == "/favicon.png":
        return Response(b"png", media_type="image/png")
    return PlainTextResponse("no", 404) if request.url.path == "/gone" else HTMLResponse("<p>the library's</p>")


def browser() -> Browser:
    app = Starlette(routes=[Route("/{path:path}", _library)])
    return Browser(WhatPagesUse(app, frozenset({OWN})), "http://localhost")


@pytest.mark.parametrize("path", ["/nosuchpage", "/data/foo", "/robots.txt", "/index.html", "/한국", "/static/x.js"])
def test_no_page_is_shown_in_place_of_one_that_there_is_not(path: str) -> None:
    answer = browser().get(path)
    assert answer.status == 404
    assert _missing.TITLE in answer.text
    assert "the library's" not in answer.text
    for page in NAMES:
        assert f'href="/{page}"' in answer.text


@pytest.mark.parametrize("path", [*sorted(PAGES), OWN, "/media/report.html"])
def test_pages_and_files_are_served(path: str) -> None:
    assert browser().get(path).text == "<p>the library's</p>"


def test_other_answers_stay_as_they_are() -> None:
    assert browser().get("/favicon.png").text == "png"
    assert (browser().get("/gone").status, browser().get("/gone").text) == (404, "no")


def test_the_ways_on_carry_repository_commit_and_language_alone() -> None:
    shown = _missing.html("/nosuch", "repo=a%2Fb&at=abc&q=x&lang=ko", ["data", "debts"])
    assert 'href="/data?repo=a%2Fb&amp;at=abc&amp;lang=ko"' in shown
    assert "q=x" not in shown


def test_a_slip_is_answered_with_the_page_that_is_nearest() -> None:
    assert 'Is <a href="/debts">Debts</a> meant?' in _missing.html("/debt", "", NAMES)
    assert "meant?" not in _missing.html("/nosuchpage", "", NAMES)


def test_an_address_becomes_no_html() -> None:
    for path in ("/<script>alert(1)</script>", "/%3Cscript%3Ealert(1)%3C/script%3E", "/" + "x" * 9_000):
        shown = _missing.html(path, 'repo="><script>', NAMES)
        assert "<script" not in shown
        assert len(shown) < 6_000


def test_a_query_that_cannot_be_read_is_left_out() -> None:
    assert 'href="/data"' in _missing.html("/nosuch", "&".join(["repo=x"] * 60), NAMES)
    assert 'href="/data"' in _missing.html("/nosuch", "%ff=%fe", NAMES)


def test_the_library_would_begin_a_page_at_any_address() -> None:
    """Else all this is not needed."""
    from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

    answer = Browser(Starlette(routes=create_streamlit_static_assets_routes(None)), "http://localhost").get("/nosuch")
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, "text/html")
