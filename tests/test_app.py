"""The server's own part: whom it answers, and what its answers carry."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket
from streamlit.testing.v1 import AppTest

import app as server
from tests.dashboard_by_hand import empty_store
from tests.loops import run_apart


class Answer(NamedTuple):
    status: int
    headers: Headers
    text: str


async def hello(_request: object) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


SERVED = Starlette(
    routes=[
        Route("/", hello),
        Route("/fonts/x.woff2", hello),
        WebSocketRoute("/stream", talk),
        Route("/healthz", server.healthz),
    ],
    middleware=server.middleware(),
)


def sent(kind: str, path: str, headers: dict[str, str], client: str) -> list[Message]:
    """What the server sends for one request of `kind` "http" or "websocket"."""
    found: list[Message] = []
    raw = [(name.lower().encode(), value.encode()) for name, value in ({"host": "localhost:8501"} | headers).items()]
    about: dict[str, Any] = {"type": kind, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": raw}
    about |= {"method": "GET", "scheme": "http", "root_path": "", "client": (client, 50_000), "subprotocols": []}

    async def receive() -> Message:
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        found.append(message)

    run_apart(SERVED(about, receive, send))
    return found


def ask(path: str = "/", client: str = "127.0.0.1", **headers: str) -> Answer:
    start, *bodies = sent("http", path, {name.replace("_", "-"): value for name, value in headers.items()}, client)
    text = b"".join(body.get("body", b"") for body in bodies).decode()
    return Answer(start["status"], Headers(raw=start["headers"]), text)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501", "[::1]"])
def test_this_machine_is_answered(host: str) -> None:
    assert ask(host=host).text == "hello"


@pytest.mark.parametrize(
    "host",
    ["", "example.org", "localhost.example.org", "127.0.0.1.nip.io", "localhost:80@evil.org", "[::2]"],
)
def test_other_names_are_refused(host: str) -> None:
    answer = ask(host=host)
    assert (answer.status, "localhost" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP"]
)
def test_what_came_through_a_proxy_is_refused(header: str) -> None:
    answer = ask(**{header: "127.0.0.1"})
    assert (answer.status, "proxy" in answer.text) == (403, True)


def test_another_machine_is_refused() -> None:
    assert ask(client="192.0.2.7").status == 403
    assert ask(client="::1").status == 200
    assert server.why_refused(Headers({"host": "localhost"}), "") is not None


def test_a_websocket_is_held_to_the_same_rules() -> None:
    assert sent("websocket", "/stream", {}, "127.0.0.1")[0]["type"] == "websocket.accept"
    for headers in ({"host": "evil.org"}, {"x-forwarded-for": "127.0.0.1"}):
        assert [message["type"] for message in sent("websocket", "/stream", headers, "127.0.0.1")] == [
            "websocket.close"
        ]


@pytest.mark.parametrize(
    "origin", ["https://evil.org", "http://localhost.evil.org:8501", "http://localhost:3000", "null"]
)
def test_another_site_may_not_connect(origin: str) -> None:
    """Nor make the library ask outside for this machine's address, as it does for an origin that it does not know."""
    assert (
        sent("websocket", "/stream", {"origin": "http://localhost:8501"}, "127.0.0.1")[0]["type"] == "websocket.accept"
    )
    assert sent("websocket", "/stream", {"origin": origin}, "127.0.0.1")[0]["type"] == "websocket.close"


def test_every_answer_carries_the_headers_also_a_refusal() -> None:
    for answer in (ask(), ask("/nothing"), ask(host="evil.org")):
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "object-src 'none'" in policy
        assert "evil.org" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_is_evaluated_and_no_inline_script_runs_but_the_servers_own() -> None:
    scripts = ask().headers["content-security-policy"].split("script-src ")[1].split(";")[0]
    assert "unsafe" not in scripts
    assert scripts.count("'sha256-") >= 1


def test_only_the_own_host_may_be_connected_to() -> None:
    policy = ask().headers["content-security-policy"]
    assert "connect-src 'self' ws://localhost:8501 wss://localhost:8501;" in policy
    assert "*" not in policy
    assert "http:" not in policy.replace("http://localhost", "")


def test_fonts_are_kept_by_the_browser_and_pages_are_not() -> None:
    assert "immutable" in ask("/fonts/x.woff2").headers["cache-control"]
    assert "cache-control" not in ask().headers


def test_health_tells_whether_the_store_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, address = empty_store(tmp_path)
    store.close()
    monkeypatch.setenv("MLDEBT_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    assert ask("/healthz").text == '{"status":"ok"}'
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert ask("/healthz").status == 503


def test_the_fonts_that_the_theme_names_are_there_with_their_licences() -> None:
    settings = tomllib.loads((server.ROOT / ".streamlit" / "config.toml").read_text())
    fonts = server.ROOT / ".streamlit" / "fonts"
    urls = [face["url"] for face in settings["theme"]["fontFaces"]]
    assert {(fonts / url.removeprefix("/fonts/")).is_file() for url in urls} == {True}
    assert {path.name.split("-LICENSE")[0] for path in fonts.glob("*-LICENSE.txt")} == {"inter", "jetbrains-mono"}


def test_the_server_is_set_up_to_tell_nothing_and_call_nobody() -> None:
    settings = tomllib.loads((server.ROOT / ".streamlit" / "config.toml").read_text())
    assert settings["server"]["address"] == "127.0.0.1"
    assert set(settings["server"]["allowedHosts"]) == set(server.LOCAL_NAMES)
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"] == {"showErrorDetails": "none", "showErrorLinks": False, "toolbarMode": "viewer"}
    assert {"light", "dark"} <= set(settings["theme"])


def test_a_page_that_fails_says_so_without_what_went_wrong() -> None:
    def script() -> None:
        import app

        assert app.show_error(ValueError("secret: /home/somebody"))

    page = AppTest.from_function(script).run()
    assert "could not be shown" in page.error[0].value
    assert "secret" not in page.error[0].value
    assert page.button(key="try_again").label == "Try again"
