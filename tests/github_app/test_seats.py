"""What a tab holds is its person's: files that were handed out, and the place that it comes back to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from github_app.seats import HEADER, Seats
from mldebt.access import HandedOut, NotSignedIn, Viewer, handed_out
from mldebt.store.errors import StoreError
from tests.asgi_by_hand import Answer, Browser
from tests.viewers_by_hand import person

MINE, THEIRS = 5_001, 5_002
SECRET = b'{"review": "of a repository that few may see"}'


class People:
    """Who holds which cookie."""

    cookie = "mldebt"

    def __init__(self) -> None:
        self.by_cookie: dict[str, Viewer | Exception] = {"ada": person(1, MINE), "bo": person(2, THEIRS)}

    def viewer(self, cookies: Mapping[str, str]) -> Viewer:
        found = self.by_cookie.get(cookies[self.cookie], NotSignedIn("sign in"))
        if isinstance(found, Exception):
            raise found
        return found


class Place:
    def __init__(self) -> None:
        self.people, self.seats = People(), list[list[str]]()
        inner = Starlette(
            routes=[
                Route("/media/review.json", self.file, methods=["GET", "POST"]),
                Route("/media/icon.png", self.icon),
                Route("/", self.page),
                WebSocketRoute("/_stcore/stream", self.talk),
            ]
        )
        self.app: Any = Seats(inner, self.people)  # type: ignore[arg-type]

    async def file(self, request: Request) -> Response:
        content = SECRET[3:] if "range" in request.headers else SECRET
        return Response(content, headers={"Content-Disposition": 'attachment; filename="review.json"'})

    async def icon(self, _request: Request) -> Response:
        return Response(b"png", media_type="image/png")

    async def page(self, _request: Request) -> Response:
        return PlainTextResponse("a page")

    async def talk(self, socket: WebSocket) -> None:
        self.seats.append(socket.headers.getlist(HEADER))
        await socket.accept()
        await socket.close()

    def ask(self, cookie: str, path: str = "/media/review.json", method: str = "GET", **headers: str) -> Answer:
        return Browser(self.app, "https://x").ask(method, path, {"cookie": f"mldebt={cookie}", **headers})


@pytest.fixture
def place() -> Place:
    handed_out.note(SECRET, MINE)
    return Place()


def test_a_file_is_handed_to_who_may_see_what_it_is_of(place: Place) -> None:
    assert place.ask("ada").text == SECRET.decode()


def test_to_others_it_is_as_if_it_were_not_there(place: Place) -> None:
    nothing = place.ask("bo", "/media/nothing.json")
    for cookie in ("bo", "forged", ""):
        answer = place.ask(cookie)
        assert (answer.status, answer.text, answer.headers) == (404, nothing.text, nothing.headers)


def test_who_lost_the_right_or_the_session_loses_the_file(place: Place) -> None:
    for now in (person(1), NotSignedIn("your session ended"), StoreError("the store is locked")):
        place.people.by_cookie["ada"] = now
        assert place.ask("ada").status == 404


def test_a_part_of_a_file_is_not_asked_for_nor_another_way_of_asking(place: Place) -> None:
    assert place.ask("ada", range="bytes=3-").text == SECRET.decode()
    for method in ("HEAD", "POST", "OPTIONS"):
        assert place.ask("ada", method=method).status == 404
        assert place.ask("bo", method=method).status == 404


def test_what_no_page_handed_out_is_handed_to_nobody(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mldebt.access.handed_out", HandedOut())
    assert place.ask("ada").status == 404


def test_an_icon_and_a_page_are_as_they_are(place: Place) -> None:
    assert place.ask("bo", "/media/icon.png").text == "png"
    assert place.ask("bo", "/").text == "a page"


def test_one_content_may_tell_of_two_repositories_and_the_oldest_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(HandedOut, "KEPT", 2)
    made = HandedOut()
    assert made.note(b"same", 1) == made.note(b"same", 2) == b"same"
    assert made.repositories(b"same") == {1, 2}
    made.note(b"second", 1)
    made.note(b"third", 1)
    assert made.repositories(b"same") == frozenset()


def test_a_tab_is_known_by_its_session_and_by_nothing_that_a_browser_says(place: Place) -> None:
    for cookie in ("ada", "ada", "bo"):
        browser = Browser(place.app, "https://x")
        assert browser.connects(cookie=f"mldebt={cookie}", **{HEADER: "forged"})
    (first,), (again,), (other,) = place.seats
    assert first == again != other
    assert "forged" not in (first, other)
    assert "ada" not in first
