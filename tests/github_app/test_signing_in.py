"""Signing in, from the browser's side: the whole way to a GitHub and back, and every way in which it is not gone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

import app as server
from github_app.people import People
from github_app.signed_in import SignedIn
from github_app.signing_in import NAMED, SigningIn, cookie_name
from mldebt.app_access import AppAccess
from mldebt.store.engine import Store, StoreError
from tests.asgi_by_hand import Answer, Browser
from tests.dashboard_by_hand import empty_store
from tests.github.fake import Answer as FromGitHub
from tests.github.fake import Fault, serving
from tests.github.people import CLIENT_ID, CLIENT_SECRET, DECIDE, GitHubWithPeople, Person, back, web
from tests.github.registering import seen

PUBLIC = "https://debt.example.com"
SESSION, ON_THE_WAY = (f"__Host-{name}" for name in NAMED)


async def hello(_request: object) -> HTMLResponse:
    return HTMLResponse("the dashboard")


async def delivered(_request: object) -> PlainTextResponse:
    return PlainTextResponse("it answers for itself")


async def of_the_library(_request: object) -> PlainTextResponse:
    answer = PlainTextResponse("ok")
    answer.headers.append("set-cookie", "_streamlit_xsrf=2|secure; Path=/; SameSite=Lax")
    answer.headers.append("set-cookie", "other=1; secure; Path=/")
    return answer


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


class Place:
    def __init__(self, folder: Path, github: GitHubWithPeople, public: str = PUBLIC) -> None:
        self.github, self.public = github, public
        self.store, _ = empty_store(folder)
        self.now = 1_795_500_000.0
        self.is_down = False
        self.start()

    def start(self) -> None:
        client = AppAccess(
            4711, "", ("w",), CLIENT_ID, CLIENT_SECRET, "mldebt", self.github.web, self.github.address, self.public
        )
        name = cookie_name(NAMED[0], is_https=self.public.startswith("https"))
        people = SignedIn(name, self._opened, lambda token: People(client.api, token), lambda: self.now)
        self.signing = SigningIn(client, people, lambda: self.now)
        self.app = Starlette(
            routes=[
                *self.signing.routes,
                Route("/github/webhook", delivered, methods=["GET", "POST"]),
                *(Route(path, delivered) for path in ("/healthz", "/fonts/x.woff2", "/badge/shop/r1.svg")),
                Route("/_stcore/health", of_the_library),
                WebSocketRoute("/_stcore/stream", talk),
                Route("/{path:path}", hello, methods=["GET", "POST"]),
            ],
            middleware=server.middleware(self.signing),
        )

    def _opened(self) -> Store:
        if self.is_down:
            raise StoreError("/srv/mldebt/mldebt.db is locked: try again")
        return self.store

    def browser(self) -> Browser:
        return Browser(self.app, self.public)

    def at_github(self, to: str, login: str = "ada") -> str:
        """Where GitHub sends a browser that was sent to it."""
        assert to.startswith(f"{self.github.web}/login/oauth/authorize?")
        return back(self.github, {**dict(parse_qsl(urlsplit(to).query)), "login": login}).removeprefix(self.public)

    def sign_in(self, browser: Browser, login: str = "ada", next_: str = "/") -> Answer:
        to = browser.get(f"/auth/login?{urlencode({'next': next_})}").to
        return browser.get(self.at_github(to, login), sec_fetch_site="cross-site")


@pytest.fixture(scope="module")
def github() -> Iterator[GitHubWithPeople]:
    fake = GitHubWithPeople(Person(7, "ada", {77: {1: DECIDE}}), Person(8, "bo"))
    with serving(fake), web(fake):
        yield fake
    assert fake.violations == []
    assert fake.wrong == []


@pytest.fixture
def place(tmp_path: Path, github: GitHubWithPeople) -> Iterator[Place]:
    made = Place(tmp_path, github)
    yield made
    made.store.close()


def is_in(browser: Browser) -> bool:
    return browser.get("/").text == "the dashboard"


def test_a_person_signs_in_and_comes_back_to_the_page_that_was_asked_for(place: Place) -> None:
    browser = place.browser()
    wanted = "/debts?repo=shop%2Franking&debt=fixed_thresholds"
    asked = browser.get(wanted)
    assert asked.status == 401
    (link,) = seen(asked.text).links
    to = browser.get(link).to
    answer = browser.get(place.at_github(to), sec_fetch_site="cross-site")
    assert (answer.status, answer.to) == (303, wanted)
    assert browser.get(wanted).text == "the dashboard"
    assert browser.connects()
    cookie = browser.cookies[SESSION]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "lax", "/")
    assert not cookie["domain"]
    assert cookie["max-age"] == "28800"
    assert ON_THE_WAY not in browser.cookies


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/static/js/index.js", {}),
        ("GET", "/media/0123abcd.json", {"accept": "text/html"}),
        ("GET", "/_stcore/health", {}),
        ("GET", "/_stcore/host-config", {}),
        ("GET", "/oauth2callback", {"accept": "text/html"}),
        ("POST", "/_stcore/upload_file/x", {}),
        ("POST", "/", {"accept": "text/html"}),
        ("GET", "/nothing", {"accept": "text/html"}),
        *(("GET", path, {"accept": "text/html"}) for path in ("/healthz/", "/healthzebra", "/auth/other", "/fonts")),
        ("GET", "/badge/x", {"accept": "text/html"}),
        ("POST", "/github/webhook/x", {}),
    ],
)
@pytest.mark.parametrize("cookie", ["", "forged", "a" * 43, "é\x7f"])
def test_nothing_is_answered_without_a_session(
    place: Place, method: str, path: str, headers: dict[str, str], cookie: str
) -> None:
    browser = place.browser()
    headers = {**headers, "cookie": f"{SESSION}={cookie}"} if cookie else headers
    answer = browser.ask(method, path, headers)
    assert answer.status == 401
    assert "the dashboard" not in answer.text
    assert not browser.connects(cookie=f"{SESSION}={cookie}")


@pytest.mark.parametrize(
    "host", ["", "evil.org", "debt.example.com.evil.org", "localhost", "debt.example.com@evil.org"]
)
def test_it_answers_under_its_own_name_alone(place: Place, host: str) -> None:
    browser = place.browser()
    place.sign_in(browser)
    assert browser.get("/", host=host).status == 403
    assert browser.get("/auth/login", host=host).status == 403
    assert not browser.connects(host=host)


def test_health_is_told_to_this_machine_too(place: Place) -> None:
    assert place.browser().get("/healthz", host="127.0.0.1:8501").status == 200


def test_what_a_proxy_or_a_browser_says_of_the_address_changes_nothing(place: Place) -> None:
    browser = place.browser()
    said = {
        "x_forwarded_host": "evil.org",
        "x_forwarded_proto": "http",
        "forwarded": "host=evil.org",
        "x_real_ip": "::1",
    }
    to = browser.get("/auth/login?next=//evil.org", **said).to
    assert "evil.org" not in to
    assert browser.cookies[ON_THE_WAY]["secure"]
    assert browser.get(place.at_github(to), **said).to == "/"


def test_another_site_does_not_connect(place: Place) -> None:
    browser = place.browser()
    place.sign_in(browser)
    assert browser.connects()
    for origin in ("https://evil.org", "http://debt.example.com", "null", "https://debt.example.com:444", ""):
        assert not browser.connects(origin=origin)


def test_a_callback_that_nobody_began_is_refused(place: Place) -> None:
    """An attacker's code, sent to somebody else's browser, signs nobody in."""
    attacker, victim = place.browser(), place.browser()
    theirs = place.at_github(attacker.get("/auth/login").to, "bo")
    answer = victim.get(theirs, sec_fetch_site="cross-site")
    assert (answer.status, is_in(victim)) == (400, False)
    assert "was not begun in this browser" in answer.text
    victim.get("/auth/login")  # not even while one is on the way
    assert victim.get(theirs).status == 400
    assert not is_in(victim)
    assert is_in(attacker) or attacker.get(theirs).status == 303


@pytest.mark.parametrize(
    "told", ["", "?code=x", "?state=x", "?code=x&state=x", "?code=&state=", "?installation_id=7&code=x"]
)
def test_a_callback_without_its_parts_is_refused(place: Place, told: str) -> None:
    browser = place.browser()
    browser.get("/auth/login")
    asked = len(place.github.exchanges)
    assert browser.get(f"/auth/callback{told}").status == 400
    assert len(place.github.exchanges) == asked
    assert SESSION not in browser.cookies
    assert ON_THE_WAY not in browser.cookies


def test_a_callback_is_good_once(place: Place) -> None:
    browser = place.browser()
    to = browser.get("/auth/login").to
    kept = browser.cookies[ON_THE_WAY].value
    path = place.at_github(to)
    assert browser.get(path).status == 303
    first = browser.cookies[SESSION].value
    assert browser.get(path).status == 400  # the cookie is gone
    answer = browser.get(path, cookie=f"{ON_THE_WAY}={kept}")
    assert answer.status == 400  # and with it, the code is spent
    assert "good once" in answer.text
    assert browser.cookies[SESSION].value == first


def test_a_sign_in_of_long_ago_is_refused(place: Place) -> None:
    browser = place.browser()
    path = place.at_github(browser.get("/auth/login").to)
    place.now += 601
    assert browser.get(path).status == 400


def test_who_says_no_at_github_is_told_so(place: Place) -> None:
    browser = place.browser()
    answer = browser.get(place.at_github(browser.get("/auth/login").to, "refuse"))
    assert answer.status == 400
    assert "said no" in answer.text
    assert "access_denied" not in answer.text


def test_a_github_that_fails_is_told_of_and_signs_nobody_in(place: Place) -> None:
    for part in ("/user", "/user/installations"):
        browser = place.browser()
        path = place.at_github(browser.get("/auth/login").to)
        place.github.faults += [Fault("GET", part, FromGitHub(502, {"message": "Bad Gateway"}))] * 2
        answer = browser.get(path)
        assert (answer.status, is_in(browser)) == (502, False)
        assert place.github.faults == []


def test_a_store_that_fails_is_told_of(place: Place) -> None:
    browser = place.browser()
    place.sign_in(browser)
    path = place.at_github(browser.get("/auth/login").to)
    place.is_down = True
    for answer in (browser.get(path), browser.get("/"), browser.click("/auth/logout")):
        assert answer.status == 503
        assert "The store is busy or out of reach" in answer.text
        assert "/srv/" not in answer.text
    assert not browser.connects()
    place.is_down = False
    assert is_in(browser)


def test_who_signs_in_gets_a_session_that_nobody_knew(place: Place) -> None:
    browser = place.browser()
    browser.get("/", cookie=f"{SESSION}=planted")
    place.sign_in(browser)
    before = browser.cookies[SESSION].value
    place.sign_in(browser, "bo")
    assert browser.cookies[SESSION].value not in ("planted", before)
    other = place.browser()
    for value in ("planted", before):
        assert other.get("/", cookie=f"{SESSION}={value}").status == 401


def test_who_signs_out_is_out_in_every_tab(place: Place) -> None:
    browser, elsewhere = place.browser(), place.browser()
    for one in (browser, elsewhere):
        place.sign_in(one)
    kept = browser.cookies[SESSION].value
    answer = browser.click("/auth/logout")
    assert (answer.status, SESSION in browser.cookies) == (200, False)
    assert "You are signed out" in answer.text
    assert not is_in(browser)
    assert browser.get("/", cookie=f"{SESSION}={kept}").status == 401  # a stale cookie
    assert not browser.connects(cookie=f"{SESSION}={kept}")
    assert is_in(elsewhere)


def test_another_site_signs_nobody_out(place: Place) -> None:
    browser = place.browser()
    place.sign_in(browser)
    asked = browser.get("/auth/logout", sec_fetch_site="cross-site")
    assert "Sign out?" in asked.text
    assert browser.post("/auth/logout", origin="https://evil.org").status == 403
    assert browser.ask("POST", "/auth/logout", {}).status == 403
    assert is_in(browser)
    assert seen(asked.text).action == "/auth/logout"
    assert browser.post("/auth/logout").status == 200
    assert not is_in(browser)


def test_a_session_ends(place: Place) -> None:
    browser = place.browser()
    place.sign_in(browser)
    place.now += 2 * 3_600
    assert not is_in(browser)
    assert not browser.connects()


def test_the_ways_that_answer_for_themselves_are_open(place: Place) -> None:
    browser = place.browser()
    assert browser.post("/github/webhook").text == "it answers for itself"
    for path in ("/healthz", "/fonts/x.woff2", "/badge/shop/r1.svg"):
        assert browser.get(path).text == "it answers for itself"


def test_a_page_is_not_kept_and_comes_with_the_headers(place: Place) -> None:
    browser = place.browser()
    answers = [browser.get("/"), browser.get("/auth/callback"), browser.get("/", host="evil.org")]
    place.sign_in(browser)
    for answer in (*answers, browser.get("/"), browser.click("/auth/logout")):
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        policy = answer.headers["content-security-policy"]
        assert "form-action 'self'" in policy
        assert "evil.org" not in policy
        if answer.headers["content-type"].startswith("text/html"):
            assert answer.headers["cache-control"] == "no-store"
            assert "connect-src 'self' wss://debt.example.com;" in policy
            assert "<script" not in answer.text


def test_on_this_machine_it_works_without_https(tmp_path: Path, github: GitHubWithPeople) -> None:
    place = Place(tmp_path, github, "http://localhost:8501")
    browser = place.browser()
    place.sign_in(browser)
    assert set(browser.cookies) == {"mldebt"}
    assert not browser.cookies["mldebt"]["secure"]
    assert is_in(browser)
    assert browser.connects()
    assert "strict-transport-security" not in browser.get("/").headers
    place.store.close()


def test_no_secret_is_logged_or_shown(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser = place.browser()
    before = set(place.github.tokens)
    path = place.at_github(browser.get("/auth/login").to)
    code = parse_qs(urlsplit(path).query)["code"][0]
    shown = browser.get(path).text + browser.get("/").text + browser.get(path).text
    (token,) = set(place.github.tokens) - before
    secrets = (token, code, CLIENT_SECRET, browser.cookies[SESSION].value)
    assert not [secret for secret in secrets if secret in caplog.text + shown]
    assert token not in repr(place.signing) + repr(vars(place.signing.people))
    assert replace(place.signing.client, slug="x").client_secret == CLIENT_SECRET


@pytest.mark.parametrize(("public", "end"), [(PUBLIC, "; Secure"), ("http://localhost:8501", "")])
def test_cookies_of_the_library_go_over_https_alone_where_there_is_some(
    tmp_path: Path, github: GitHubWithPeople, public: str, end: str
) -> None:
    place = Place(tmp_path, github, public)
    browser = place.browser()
    place.sign_in(browser)
    sent = browser.click("/_stcore/health").headers.getlist("set-cookie")
    assert sent == [f"_streamlit_xsrf=2|secure; Path=/; SameSite=Lax{end}", "other=1; secure; Path=/"]
    assert browser.get("/").headers.getlist("set-cookie") == []
    place.store.close()
