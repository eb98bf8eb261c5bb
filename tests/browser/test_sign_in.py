"""Two people, two browsers, one server: signed in by a GitHub of our own, each seeing repositories of their own."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from mldebt.store.engine import open_store
from mldebt.store.hosted import link_scanned, remove_repositories, tell_installation, tell_repository
from mldebt.store.sessions import ask_again
from tests.browser.conftest import ROOT, Visitor, _await, _free_port
from tests.dashboard_by_hand import add_repository, empty_store
from tests.github.fake import serving
from tests.github.installed import key
from tests.github.people import CLIENT_ID, CLIENT_SECRET, DECIDE, SEE, GitHubWithPeople, Person, web

pytestmark = pytest.mark.browser

RANKING, ADS, SECRET = 101, 102, 103


class Place(NamedTuple):
    address: str
    github: GitHubWithPeople
    store: str  # address
    log: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("signed-in")
    store, address = empty_store(folder)
    names = {RANKING: "northwind/ranking", ADS: "northwind/ads", SECRET: "eastwind/secret"}
    added = {number: add_repository(store, name, seed=number, quarters=2)[0] for number, name in names.items()}
    with store.writing() as connection:
        tell_installation(connection, 77, 1, account="northwind", suspended_at=None)
        for number, name in names.items():
            tell_repository(connection, number, 77, 1, full_name=name, removed_at=None)
            link_scanned(connection, number, added[number])
    store.close()
    ada = Person(7, "ada", {77: {RANKING: DECIDE, ADS: SEE}})
    bo = Person(8, "bo", {77: {SECRET: DECIDE}})
    port = _free_port()
    with serving(GitHubWithPeople(ada, bo)) as fake:
        assert isinstance(fake, GitHubWithPeople)
        with web(fake):
            environment = os.environ | {
                "MLDEBT_HOME": str(folder),
                "DATABASE_URL": address,
                "MLDEBT_WEEKLY": "off",
                "MLDEBT_APP_ID": "4711",
                "MLDEBT_APP_KEY": key(),
                "MLDEBT_APP_SLUG": "mldebt",
                "MLDEBT_WEBHOOK_SECRET": "0123456789abcdef",
                "MLDEBT_CLIENT_ID": CLIENT_ID,
                "MLDEBT_CLIENT_SECRET": CLIENT_SECRET,
                "MLDEBT_URL": f"http://localhost:{port}",
                "GITHUB_SERVER_URL": fake.web,
                "GITHUB_API_URL": fake.address,
            }
            command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
            log = folder / "log"
            with log.open("w+") as written:
                process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT)
                try:
                    _await(f"http://127.0.0.1:{port}/healthz", process, log)
                    yield Place(f"http://localhost:{port}", fake, address, log)
                finally:
                    process.terminate()
                    process.wait(20)
    told = log.read_text()
    assert "Traceback" not in told
    assert fake.violations == []
    assert fake.wrong == []
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(fake.given) >= 3
    for secret in (*fake.given, CLIENT_SECRET):
        assert secret not in told
        assert secret.encode() not in kept


class Signer(Visitor):
    """A browser of one person. GitHub's own pages are asked for too."""

    def __init__(self, browser: Any, place: Place) -> None:
        super().__init__(browser, place.address)
        self.place = place

    def sign_in(self, login: str, path: str = "/") -> Any:
        self.tab.goto(self.server + path)
        self.tab.get_by_role("link", name="Sign in with GitHub").click()
        self.tab.get_by_role("link", name=login, exact=True).click()
        return self.settled()

    def sign_out(self) -> None:
        self.tab.get_by_role("link", name="Sign out").click()
        self.tab.get_by_text("You are signed out").wait_for()

    def shown(self, path: str) -> str:
        return str(self.open(path).locator("body").inner_text())

    def end(self) -> None:
        self.context.close()
        assert [url for url in self.outside if not url.startswith(self.place.github.web)] == []


@pytest.fixture
def person(browser: Any, place: Place) -> Iterator[Any]:
    opened: list[Signer] = []

    def open_() -> Signer:
        opened.append(Signer(browser, place))
        return opened[-1]

    yield open_
    for one in opened:
        one.end()


def test_each_person_sees_their_own_and_who_signs_out_sees_nothing(person: Any, place: Place) -> None:
    ada, bo = person(), person()
    ada.sign_in("ada", "/scorecard?repo=northwind%2Franking&q=onboarding")
    assert ada.tab.url.startswith(f"{place.address}/scorecard?repo=northwind%2Franking")
    assert "Signed in as ada" in ada.tab.locator("body").inner_text()
    bo.sign_in("bo")
    for path in ("/scorecard", "/activity"):
        assert "secret" not in ada.shown(path)
        assert "northwind" not in bo.shown(path)
    assert "2 repositories" in ada.shown("/portfolio")
    assert "1 repository" in bo.shown("/portfolio")
    forbidden, unknown = (bo.shown(f"/scorecard?repo=northwind%2F{name}") for name in ("ranking", "nothing"))
    assert "This repository is not stored here" in forbidden
    assert forbidden.replace("northwind/ranking", "X") == unknown.replace("northwind/nothing", "X")

    other_tab = ada.context.new_page()
    other_tab.goto(f"{place.address}/debts?repo=northwind%2Franking")
    other_tab.get_by_text("Signed in as").wait_for()
    ada.open("/portfolio")
    ada.tab.get_by_role("link", name="Sign out").click()
    ada.tab.get_by_text("You are signed out").wait_for()
    other_tab.get_by_label("Kind of debt").click()
    other_tab.get_by_role("option").nth(2).click()
    other_tab.get_by_text("You are not signed in").wait_for()
    way = other_tab.get_by_role("link", name="Sign in with GitHub").get_attribute("href")
    assert way.startswith("/auth/login?next=%2Fdebts%3Frepo%3Dnorthwind%252Franking")
    ada.tab.goto(f"{place.address}/portfolio")
    ada.tab.get_by_role("heading", name="Sign in").wait_for()
    ada.tab.go_back()
    assert "northwind" not in ada.tab.locator("body").inner_text()


def test_a_download_is_handed_to_who_may_see_the_repository_now(person: Any, place: Place) -> None:
    ada, bo = person(), person()
    ada.sign_in("ada", "/review?repo=northwind%2Franking")
    bo.sign_in("bo")
    ada.tab.get_by_role("button", name="Export").click()
    with ada.tab.expect_download() as handed:
        ada.tab.get_by_role("button", name="JSON").click()
    address = handed.value.url
    assert address.startswith(f"{place.address}/media/")
    assert json.loads(Path(handed.value.path()).read_bytes())["repository"] == "northwind/ranking"
    told = [one.context.request.get(address) for one in (ada, bo)]
    nothing = bo.context.request.get(f"{place.address}/media/{'0' * 56}.json")
    assert [one.status for one in told] == [200, 404]
    assert (told[1].text(), nothing.text()) == ("File not found", "File not found")
    assert told[0].headers["cache-control"] == "no-store"
    place.github.people[0].installations[77].pop(RANKING)  # and she may not any more
    store = open_store(place.store)
    with store.writing() as connection:
        ask_again(connection, person=7)
    store.close()
    ada.tab.wait_for_timeout(1_100)
    assert ada.context.request.get(address).status == 404
    place.github.people[0].installations[77][RANKING] = DECIDE


def test_a_tab_that_broke_off_is_taken_up_by_its_own_person_alone(person: Any, place: Place) -> None:
    """What was typed in it stays with its number; whoever learns the number gets a tab of their own."""
    ada, bo = person(), person()
    ada.sign_in("ada")
    bo.sign_in("bo")
    first = seat(place, ada)
    assert seat(place, bo, first) != first
    assert seat(place, ada, first) == first
    ada.sign_out()
    ada.sign_in("ada")
    assert seat(place, ada, first) != first


def test_a_page_that_asks_by_itself_shows_nothing_of_a_session_that_ended(person: Any, place: Place) -> None:
    """Activity is drawn anew every few seconds, without a click."""
    ada = person()
    ada.sign_in("ada", "/activity")
    other = ada.context.new_page()
    other.goto(f"{place.address}/portfolio")
    other.get_by_role("link", name="Sign out").click()
    other.get_by_text("You are signed out").wait_for()
    ada.tab.get_by_text("You are not signed in").wait_for(timeout=30_000)


ODD = (
    b"GET / HTTP/1.1\r\nHost: %b\r\nX-Long: " + b"a" * 200_000 + b"\r\n\r\n",
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET /%%ff%%fe%%00/%%zz?repo=%%ff%%00%%2 HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET /../../../etc/passwd HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET /static/%%2e%%2e/%%2e%%2e/app.py HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET /fonts/..%%2f..%%2fconfig.toml HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET /badge/../media/x.svg HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET //evil.example/%%2f.. HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: %b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: %b\r\nHost: evil.example\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: %b\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /media/x",
    b"POST / HTTP/1.1\r\nHost: %b\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"GET / HTTP/1.1\r\nHost: %b\r\nCookie: mldebt=\xff\xfe; mldebt=\xed\xa0\x80\r\n\r\n",
    b"GET /auth/callback?code=%%ff&state=%%ed%%a0%%80 HTTP/1.1\r\nHost: %b\r\nCookie: mldebt-sign-in=\xff.x.%%\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\x00\r\n\r\n",
)
"""Requests as they stand on the wire; for `%b` the server's own name."""


def test_whatever_is_sent_is_refused_and_harms_nothing(place: Place) -> None:
    host = urlsplit(place.address)
    for sent in ODD:
        with socket.create_connection((host.hostname, host.port), timeout=20) as wire:
            with suppress(OSError):  # it may be closed in the middle
                wire.sendall(sent.replace(b"%b", host.netloc.encode()).replace(b"%%", b"%"))
                wire.shutdown(socket.SHUT_WR)
            answer = b""
            with suppress(OSError):
                while part := wire.recv(65_536):
                    answer += part
        statuses = re.findall(rb"^HTTP/1\.1 (\d+)", answer, re.MULTILINE)
        assert all(status[:1] == b"4" for status in statuses), sent[:60]
        assert len(statuses) <= 2
        assert not [word for word in (b"northwind", b"eastwind", b"root:", b"import ") if word in answer]
    with urllib.request.urlopen(f"{place.address}/healthz", timeout=20) as well:  # noqa: S310 - our own server
        assert well.status == 200


def seat(place: Place, one: Signer, number: str = "x") -> str:
    """The number that the server gives a tab which comes with this one."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in one.context.cookies(place.address))
    address = f"{place.address.replace('http', 'ws', 1)}/_stcore/stream"
    protocols = [Subprotocol(word) for word in ("streamlit", "x", number)]
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    with connect(
        address, origin=Origin(place.address), additional_headers={"Cookie": cookies}, subprotocols=protocols
    ) as socket:
        socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg.FromString(socket.recv(timeout=20))
            if told.HasField("new_session"):
                return str(told.new_session.initialize.session_id)


def test_a_public_repository_is_shown_to_who_opens_its_link(person: Any, place: Place) -> None:
    bo = person()
    bo.sign_in("bo")
    place.github.people[1].public["northwind/ads"] = (ADS, SEE)
    path = "/debts?repo=northwind%2Fads&debt=fixed_thresholds"
    shown = bo.shown(path)
    assert "northwind/ads: " in shown
    assert "Answer for the team" not in shown
    assert "northwind/ranking" not in shown
    place.github.people[1].public.clear()


def test_what_is_taken_away_is_gone_at_the_next_click(person: Any, place: Place) -> None:
    ada = person()
    ada.sign_in("ada", "/debts?repo=northwind%2Fads")
    store = open_store(place.store)
    with store.writing() as connection:
        remove_repositories(connection, 77, [ADS], 5_000_000)
    ada.tab.wait_for_timeout(1_100)
    ada.tab.get_by_label("Kind of debt").click()
    ada.tab.get_by_role("option").nth(2).click()
    ada.tab.get_by_text("This repository is not stored here").wait_for()
    with store.writing() as connection:
        tell_repository(connection, ADS, 77, 6_000_000, full_name="northwind/ads", removed_at=None)
    store.close()
    place.github.tokens.clear()  # the authorisation is taken back at GitHub
    assert json.dumps(ada.context.cookies()).count('"httpOnly": true') == 1
