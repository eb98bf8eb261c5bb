"""The page that every address begins with."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st
from starlette.applications import Starlette

import app as server
from app_pages import _shell
from tests.asgi_by_hand import Browser

BROWSER = Browser(Starlette(routes=_shell.routes()), "http://localhost")


def test_each_page_begins_with_it_and_nothing_else_does() -> None:
    pages = {path.stem for path in (server.ROOT / "app_pages").glob("*.py") if not path.stem.startswith("_")}
    for page in {"" if page == "home" else page for page in pages}:
        answer = BROWSER.get(f"/{page}")
        assert (answer.status, answer.text) == (200, _shell.html())
        assert answer.headers["cache-control"] == "no-cache"
    assert BROWSER.get("/elsewhere").status == 404


def test_it_is_streamlits_page_told_where_the_server_is() -> None:
    html = _shell.html()
    assert html.index("<script>window.__streamlit = {BACKEND_BASE_URL: location.origin") < html.index("/static/js/")
    assert "<title>mldebt</title>" in html
    assert '<div id="root"></div>' in html


def test_the_only_font_loaded_beforehand_is_one_of_ours() -> None:
    assert _shell.html().count('as="font"') == 1
    font = _shell.OUR_FONT.split('href="/fonts/')[1].split('"')[0]
    assert (server.ROOT / ".streamlit" / "fonts" / font).is_file()


def test_what_nearly_every_page_draws_with_is_asked_for_beforehand_once() -> None:
    asked = re.findall(r'rel="modulepreload"[^>]*href="\./static/js/([^"]+)"', _shell.html())
    assert len(asked) == len(set(asked))
    assert {name.partition(".")[0] for name in asked} >= {*_shell.DRAWN, "purify"}
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    assert all((folder / name).is_file() for name in asked)


def test_the_content_policy_lets_its_scripts_run_and_no_other() -> None:
    inline = _shell.html().count("<script>")
    assert len(server.inline_hashes().split()) == len(_shell.scripts()) == inline == 2
