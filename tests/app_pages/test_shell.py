"""The page that every address begins with."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import Message

import app as server
from app_pages import _shell

SERVED = Starlette(routes=_shell.routes())


class Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes


def ask(path: str) -> Answer:
    found: list[Message] = []
    about: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        found.append(message)

    # In a thread of its own: a browser that is open in this process keeps an event loop running in ours.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(SERVED(about, receive, send))).result()
    start, *bodies = found
    return Answer(start["status"], Headers(raw=start["headers"]), b"".join(body.get("body", b"") for body in bodies))


def test_each_page_begins_with_it_and_nothing_else_does() -> None:
    pages = {path.stem for path in (server.ROOT / "app_pages").glob("*.py") if not path.stem.startswith("_")}
    for page in {"" if page == "home" else page for page in pages}:
        answer = ask(f"/{page}")
        assert (answer.status, answer.body.decode()) == (200, _shell.html())
        assert answer.headers["cache-control"] == "no-cache"
    assert ask("/elsewhere").status == 404


def test_it_is_streamlits_page_told_where_the_server_is() -> None:
    html = _shell.html()
    assert html.index("<script>window.__streamlit = {BACKEND_BASE_URL: location.origin") < html.index("/static/js/")
    assert "<title>mldebt</title>" in html
    assert '<div id="root"></div>' in html


def test_the_only_font_loaded_beforehand_is_one_of_ours() -> None:
    assert _shell.html().count('as="font"') == 1
    font = _shell.OUR_FONT.split('href="/fonts/')[1].split('"')[0]
    assert (server.ROOT / ".streamlit" / "fonts" / font).is_file()


def test_the_content_policy_lets_its_scripts_run_and_no_other() -> None:
    inline = _shell.html().count("<script>")
    assert len(server.inline_hashes().split()) == len(_shell.scripts()) == inline == 2
