"""Every route that the server has, told by the server itself: closed without a session, or open and telling nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import streamlit as st
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit.runtime import Runtime

import app as server
from app_pages import _shell
from app_pages._serving import CLOSED, USED
from github_app.oauth import Token
from github_app.people import People
from github_app.port import Person
from github_app.signing_in import OPEN, OPEN_FOLDERS
from mldebt import access
from mldebt.access import Role
from mldebt.store.hosted import link_scanned, tell_installation, tell_repository
from tests.asgi_by_hand import Browser
from tests.dashboard_by_hand import add_repository, empty_store
from tests.github.installed import key

PUBLIC = "https://debt.example.com"
SHOWN, HIDDEN = "northwind/shown", "eastwind/zqhidden"
OPENED = {"/healthz", "/github/webhook", "/auth/login", "/auth/callback", "/auth/logout", "/badge/{name:path}.svg"}
"""What is meant to be reached without a session, as its route is written; and the fonts, which are a folder."""


class Place(NamedTuple):
    app: Any
    routes: dict[str, bool]  # by path, as written; whether it is a WebSocket's
    cookie: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("routes")
    store, address = empty_store(folder)
    with store.writing() as connection:
        tell_installation(connection, 77, 1, account="shop", suspended_at=None)
    for number, name in ((101, SHOWN), (102, HIDDEN)):
        stored, _ = add_repository(store, name, quarters=1, seed=number)
        with store.writing() as connection:
            tell_repository(connection, number, 77, 1, full_name=name, removed_at=None)
            link_scanned(connection, number, stored)
    store.close()
    told = {
        "MLDEBT_HOME": str(folder),
        "DATABASE_URL": address,
        "MLDEBT_APP_ID": "4711",
        "MLDEBT_APP_KEY": key(),
        "MLDEBT_APP_SLUG": "mldebt",
        "MLDEBT_WEBHOOK_SECRET": "0123456789abcdef",
        "MLDEBT_CLIENT_ID": "Iv1.abc",
        "MLDEBT_CLIENT_SECRET": "client-secret",
        "MLDEBT_URL": PUBLIC,
    }
    before, runtime = access.bound(), Runtime._instance
    Runtime._instance = None  # one to a process: this one is never started
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in told.items():
                patch.setenv(name, value)
            patch.setattr(People, "who", lambda _: Person(8, "bo"))
            patch.setattr(People, "repositories", lambda _: {101: Role.SEE})
            made = st.App(server.MAIN, **server.around())._build_starlette_app()
            people = access.bound()
            cookie = people.begin(Token("ghu_bo", 28_800))  # type: ignore[attr-defined]
            yield Place(made, dict(paths(made.routes)), f"__Host-mldebt={cookie}")
    finally:
        access.bind(before)
        Runtime._instance = runtime


def paths(routes: Any) -> Iterator[tuple[str, bool]]:
    for route in routes:
        if isinstance(route, Mount):
            yield f"{route.path}/{{path:path}}", False
        else:
            assert isinstance(route, Route | WebSocketRoute), f"a kind of route that is not looked at: {route}"
            yield route.path, isinstance(route, WebSocketRoute)


def address(written: str, name: str = HIDDEN) -> str:
    """What might be asked for by somebody who knows the name of a repository."""
    return re.sub(r"\{[^}]*\}", name, written)


def test_there_are_routes_of_both_kinds(place: Place) -> None:
    assert len(place.routes) > 15
    assert set(place.routes.values()) == {True, False}
    assert set(place.routes) >= OPENED


def test_without_a_session_a_route_is_closed_unless_it_is_meant_to_be_open(place: Place) -> None:
    for written, is_socket in place.routes.items():
        browser = Browser(place.app, PUBLIC)
        if is_socket:
            assert not browser.connects(address(written)), written
        elif written not in OPENED and not written.startswith("/fonts/"):
            for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
                assert browser.ask(method, address(written), {"accept": "text/html"}).status == 401, written


def test_what_is_open_tells_nothing_of_a_repository(place: Place) -> None:
    for written in OPENED:
        for cookie in ("", place.cookie):
            browser = Browser(place.app, PUBLIC)
            answers = [browser.ask(method, address(written), {"cookie": cookie}) for method in ("GET", "POST")]
            told = "".join(answer.text.replace(address(written), "") for answer in answers)
            assert "zqhidden" not in told, written
            assert SHOWN not in told, written


def test_where_deliveries_come_in_nobody_is_shown_a_page(place: Place) -> None:
    answer = Browser(place.app, PUBLIC).ask("GET", "/github/webhook", {"accept": "text/html"})
    assert (answer.status, answer.headers["allow"], answer.text) == (405, "POST", "Method Not Allowed")


def test_a_badge_of_what_is_hidden_is_one_of_what_is_not_there(place: Place) -> None:
    browser = Browser(place.app, PUBLIC)
    hidden, nothing = browser.get(f"/badge/{HIDDEN}.svg"), browser.get("/badge/nobody/nothing.svg")
    assert (hidden.status, hidden.text) == (nothing.status, nothing.text)
    headers = [{name: value for name, value in one.headers.items() if name != "date"} for one in (hidden, nothing)]
    assert headers[0] == headers[1]


def test_with_a_session_no_route_names_what_its_person_may_not_see(place: Place) -> None:
    for written, is_socket in place.routes.items():
        if not is_socket and written != "/auth/logout":
            browser = Browser(place.app, PUBLIC)
            answer = browser.ask("GET", address(written, "x"), {"cookie": place.cookie, "accept": "text/html"})
            assert answer.status != 401 or written in OPENED, written
            assert "zqhidden" not in answer.text


def test_of_the_librarys_addresses_those_alone_are_open_that_pages_use(place: Place) -> None:
    browser = Browser(place.app, PUBLIC)
    pages = {route.path for route in _shell.routes()}
    used = USED | OPENED | pages | {"/media/{file_id:path}", "/{path:path}", "/fonts/{path:path}"}
    closed = {written for written, is_socket in place.routes.items() if not is_socket} - used
    assert {"/_stcore/metrics", "/_stcore/agent/mcp", "/component/{path:path}", "/oauth2callback"} <= closed
    for written in closed:
        assert written.startswith(CLOSED), f"neither used nor closed: {written}"
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            answer = browser.ask(method, address(written, "x"), {"cookie": place.cookie})
            assert (answer.status, answer.text) == (404, "Not Found"), written


def test_no_answer_that_a_person_got_is_kept_unless_it_is_the_same_for_all(place: Place) -> None:
    browser = Browser(place.app, PUBLIC)
    for written, is_socket in place.routes.items():
        if not is_socket and not written.startswith(("/fonts/", "/badge/")):
            answer = browser.ask("GET", address(written, "x"), {"cookie": place.cookie, "accept": "text/html"})
            assert answer.headers["cache-control"] == "no-store", written


def test_the_gate_opens_to_no_more_than_that() -> None:
    assert {"/fonts/", "/badge/"} == {begins for begins, _ in OPEN_FOLDERS}
    assert {path for path in OPENED if "{" not in path} == OPEN
