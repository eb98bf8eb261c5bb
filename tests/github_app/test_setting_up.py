"""An App from nothing: a browser led to GitHub and back, by a page that is for one person."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from github_app.registering import Registered, Wanted
from github_app.setting_up import Setup, forwarded_address, set_up
from mldebt.app_access import read_app_access
from mldebt.failure import Failure
from mldebt.settings import SettingsError
from tests.github.fake import Answer, FakeGitHub, Fault, serving
from tests.github.installed import APP, key
from tests.github.registering import REGISTERING, look, seen, web


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    there = FakeGitHub(REGISTERING)
    with serving(there), web(there):
        yield there
    assert there.violations == []


def wanted(fake: FakeGitHub, **values: Any) -> Wanted:
    told = {"name": "mldebt acme", "url": "https://debt.example.com", "server": fake.rows["web"], "api": fake.address}
    return Wanted(**{**told, **values})


class Running:
    """`set_up` in a thread, as a person has it in a terminal."""

    def __init__(self, fake: FakeGitHub, home: Path, **values: Any) -> None:
        self.address = ""
        self.made: Registered | None = None
        self.failed: Exception | None = None
        self._announced = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(wanted(fake, **values), home), daemon=True)
        self._thread.start()
        assert self._announced.wait(60)

    def _run(self, app: Wanted, home: Path) -> None:
        def announce(address: str) -> None:
            self.address = address
            self._announced.set()

        try:
            self.made = set_up(app, home, 0, "", announce)
        except (Failure, SettingsError) as error:
            self.failed = error

    def end(self) -> None:
        self._thread.join(10)
        assert not self._thread.is_alive()


def through(running: Running, **headers: str) -> Any:
    """Open the page and press its button."""
    page = look(running.address)
    return look(page.action, page.fields, **headers)


def test_from_the_page_to_the_kept_app(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    page = look(running.address)
    assert page.action.startswith(f"{fake.rows['web']}/settings/apps/new?state=")
    assert "pull_requests: write" in page.text
    assert "issues: write" not in page.text
    done = look(page.action, page.fields)
    running.end()
    assert fake.rows["refused"] == []
    assert running.made is not None
    assert done.links == [running.made.install] == [f"{fake.rows['web']}/apps/mldebt-acme/installations/new"]
    assert read_app_access({}, tmp_path) == running.made.access
    assert (running.made.access.app_id, running.made.access.private_key, running.made.owner) == (APP, key(), "ada")
    assert "secret" not in done.text
    with pytest.raises(OSError, match="refused"):
        look(running.address)


def test_what_is_kept_is_for_its_owner_alone(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    through(running)
    running.end()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "app", *(tmp_path / "app").iterdir())}
    assert modes == {"app": 0o700, "app.json": 0o600, "private-key.pem": 0o600}
    assert [path.name for path in tmp_path.iterdir()] == ["app"]


def test_an_app_of_an_organization_with_the_quarterly_issue(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path, organization="Acme", quarterly_issue=True)
    page = look(running.address)
    assert "/organizations/Acme/settings/apps/new" in page.action
    assert json.loads(page.fields["manifest"])["default_permissions"]["issues"] == "write"
    look(page.action, page.fields)
    running.end()
    assert running.made is not None
    assert running.made.owner == "Acme"


def test_without_the_token_there_is_no_page(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    base = running.address.rpartition("/")[0]
    for path in ("/", "/x", f"{running.address[len(base) :]}x", "/made", "/made?code=a&state=b", "/favicon.ico"):
        with pytest.raises(HTTPError, match="403"):
            look(base + path)
    for host in ("evil.example", "", "127.0.0.1", "127.0.0.1:1"):
        with pytest.raises(HTTPError, match="403"):
            look(running.address, Host=host)
    through(running)
    running.end()
    assert running.made is not None


def test_a_code_with_another_state_is_not_exchanged(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    page = look(running.address)
    strange = look  # a code of somebody's own App, sent here by a page elsewhere
    with pytest.raises(HTTPError, match="403"):
        strange(page.action.partition("?")[0] + "?state=theirs", page.fields)
    assert fake.exchanges == []
    look(page.action, page.fields)
    running.end()
    assert len(fake.exchanges) == 1


@pytest.mark.parametrize(
    ("otherwise", "says"),
    [
        ({"permissions": {"contents": "write", "metadata": "read"}}, r"more than was asked for \(contents: write\)"),
        ({"events": ["push", "member"]}, r"more than was asked for \(member\)"),
        ({"webhook_secret": None}, "without its webhook_secret"),
        ({"pem": ""}, "without its pem"),
        ({"slug": "../x"}, "no name of an App"),
        ({"id": "12"}, "without its id"),
        ({"permissions": None}, "without its permissions"),
    ],
)
def test_another_app_than_was_asked_for_is_not_kept(
    fake: FakeGitHub, tmp_path: Path, otherwise: dict[str, Any], says: str
) -> None:
    running = Running(fake, tmp_path)
    fake.rows["otherwise"] = otherwise
    with pytest.raises(HTTPError, match="409"):
        through(running)
    running.end()
    fake.exchanges.clear()  # some of these GitHub does not describe
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Failure, match=says):
        raise running.failed or AssertionError


def test_an_app_of_somebody_else_is_not_kept(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path, organization="Acme")
    page = look(running.address)
    fake.rows["otherwise"] = {}
    with pytest.raises(HTTPError, match="409"):
        look(page.action.replace("Acme", "Other"), page.fields)
    running.end()
    assert "belongs to Other, not to Acme" in str(running.failed)
    assert read_app_access({}, tmp_path) is None


@pytest.mark.parametrize("fault", [Answer(502, {"message": "Bad gateway"}), Answer(0)])
def test_github_that_fails_is_asked_again_by_reloading(fake: FakeGitHub, tmp_path: Path, fault: Answer) -> None:
    running = Running(fake, tmp_path)
    fake.faults = [Fault("POST", "/conversions", fault)]
    with pytest.raises(HTTPError, match="502") as caught:
        through(running)
    address = caught.value.url
    assert "Reload this page" in caught.value.read().decode()
    look(address)
    running.end()
    assert running.made is not None


def test_a_code_that_was_used_up(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    page = look(running.address)
    fake.faults = [Fault("POST", "/conversions", Answer(404, {"message": "Not Found"}), is_done=True)]
    with pytest.raises(HTTPError, match="409"):
        look(page.action, page.fields)
    running.end()
    assert "GitHub does not know the code (404)" in str(running.failed)


def test_what_cannot_be_written_is_said_and_leaves_nothing(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "app.json").write_text("another setup was quicker")
    with pytest.raises(HTTPError, match="409"):
        through(running)
    running.end()
    assert "cannot be written" in str(running.failed)
    assert [path.name for path in tmp_path.iterdir()] == ["app"]
    assert (tmp_path / "app" / "app.json").read_text() == "another setup was quicker"


def test_who_opens_a_connection_and_says_nothing_is_in_nobodys_way(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    with ExitStack() as stack:
        for _ in range(3):  # as browsers do before they need them
            silent = HTTPConnection(urlsplit(running.address).netloc)
            stack.callback(silent.close)
            silent.connect()
        through(running)
        running.end()
    assert running.made is not None


def test_a_password_that_a_netrc_has_for_the_host_is_not_sent(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine localhost login ada password ghp_x\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    sent: list[str] = []
    fake.admits = lambda _method, _path, authorization: sent.append(authorization)
    running = Running(fake, tmp_path)
    through(running)
    running.end()
    assert sent == [""]


def test_a_port_that_is_taken(fake: FakeGitHub, tmp_path: Path) -> None:
    running = Running(fake, tmp_path)
    port = urlsplit(running.address).port
    assert port is not None
    with pytest.raises(Failure, match=f"port {port} is taken"):
        set_up(wanted(fake), tmp_path, port, "", print)
    through(running)
    running.end()


def test_in_a_codespace_the_browser_has_another_address(tmp_path: Path) -> None:
    environment = {"CODESPACE_NAME": "dusty-x", "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev"}
    base = forwarded_address(environment).format(port=8502)
    assert base == "https://dusty-x-8502.app.github.dev"
    assert forwarded_address({}) == forwarded_address({**environment, "CODESPACE_NAME": "{x}"}) == ""
    setup = Setup(
        Wanted("n", "https://x.example", "https://github.com", ""), tmp_path, base, frozenset({"localhost:1"})
    )
    page = seen(setup.answer(f"/{setup.token}", "localhost:1").body)
    assert json.loads(page.fields["manifest"])["redirect_url"] == f"{base}/made"


def test_names_are_text_on_the_page(tmp_path: Path) -> None:
    app = Wanted('"><script>', 'https://x.example/"<b>', "https://github.com", "", '"><i>&')
    body = Setup(app, tmp_path, "http://127.0.0.1:1", frozenset({"h"}), token="t").answer("/t", "h").body  # noqa: S106
    assert "<script" not in body
    assert "<i>" not in body
    assert seen(body).fields.keys() == {"manifest"}
    assert json.loads(seen(body).fields["manifest"])["name"] == '"><script>'


def test_nothing_of_a_setup_is_printed_with_its_secrets(tmp_path: Path) -> None:
    setup = Setup(Wanted("n", "u", "s", "a"), tmp_path, "http://127.0.0.1:1", frozenset())
    assert setup.token not in repr(setup)
    assert setup.state not in repr(setup)
