"""`mldebt setup` as a person runs it for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from github_app.registering import Wanted
from mldebt.app_access import AppAccess, keep_app, read_app_access
from mldebt.cli.setting_up import wanted_app
from mldebt.failure import Failure
from mldebt.settings import SettingsError
from tests.command import Command, finished
from tests.github.fake import FakeGitHub, serving
from tests.github.installed import key
from tests.github.registering import REGISTERING, SECRETS, look, web


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    there = FakeGitHub(REGISTERING)
    with serving(there), web(there):
        yield there


def access(**values: Any) -> AppAccess:
    told: dict[str, Any] = {
        "app_id": 4711,
        "private_key": key(),
        "webhook_secrets": ("hook-secret",),
        "client_id": "Iv1.abc",
        "client_secret": "client-secret",
        "slug": "mldebt-acme",
        "server": "https://github.com",
        "api": "https://api.github.com",
        "public_url": "https://debt.example.com",
    }
    return AppAccess(**{**told, **values})


def test_setup_prints_no_secret(fake: FakeGitHub, tmp_path: Path) -> None:
    command = Command(tmp_path / "home")
    environment = {"GITHUB_SERVER_URL": fake.rows["web"], "GITHUB_API_URL": fake.address, "SSH_CONNECTION": "a 1 b 22"}
    process = command.started("setup", "--url", "https://debt.example.com", "--org", "Acme", **environment)
    assert process.stdout is not None
    lines = [process.stdout.readline().decode() for _ in range(3)]
    address = lines[2].strip()
    page = look(address)
    assert "Acme" in page.text
    done = look(page.action, page.fields)
    told = finished(process)
    assert told.status == 0, told.err
    said = "".join(lines) + told.out + told.err + done.text
    assert not any(secret in said for secret in (*SECRETS.values(), "PRIVATE KEY", "state="))
    port = address.split(":")[2].split("/")[0]
    assert f"ssh -N -L {port}:127.0.0.1:{port}" in lines[1]
    assert f"mldebt-acme is there and belongs to Acme. Its key is in {tmp_path / 'home' / 'app'}.\n" in told.out
    assert f"{fake.rows['web']}/apps/mldebt-acme/installations/new" in told.out
    found = read_app_access({}, tmp_path / "home")
    assert found is not None
    assert (found.slug, found.public_url, found.api) == ("mldebt-acme", "https://debt.example.com", fake.address)


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    keep_app(access(webhook_secrets=("new", "old")), tmp_path)
    assert read_app_access({}, tmp_path) == access(webhook_secrets=("new", "old"))


def test_a_second_app_is_refused(tmp_path: Path) -> None:
    keep_app(access(), tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "app").iterdir()}
    done = Command(tmp_path)("setup", "--url", "https://debt.example.com")
    assert (done.status, done.out) == (2, "")
    assert f"mldebt-acme at https://github.com is kept in {tmp_path / 'app'} already: to start anew" in done.err
    assert {path: path.read_bytes() for path in (tmp_path / "app").iterdir()} == before
    with pytest.raises(SettingsError, match="cannot be written"):
        keep_app(access(slug="other"), tmp_path)
    assert {path: path.read_bytes() for path in (tmp_path / "app").iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["app"]


def test_an_app_of_the_environment_is_one_too(tmp_path: Path) -> None:
    done = Command(tmp_path, {"MLDEBT_APP_ID": "12"})("setup", "--url", "https://debt.example.com")
    assert "MLDEBT_APP_ID names an App already: unset it" in done.err


def app(url: str = "https://debt.example.com", environment: Any = None, **values: Any) -> Wanted:
    told = {"organization": "", "host": "", "name": "", "quarterly_issue": False, **values}
    return wanted_app(environment or {}, url=url, **told)


@pytest.mark.parametrize(
    ("values", "server", "api"),
    [
        ({}, "https://github.com", "https://api.github.com"),
        ({"host": "ghe.acme.com"}, "https://ghe.acme.com", "https://ghe.acme.com/api/v3"),
        ({"host": "https://acme.ghe.com/"}, "https://acme.ghe.com", "https://api.acme.ghe.com"),
        ({"environment": {"GITHUB_SERVER_URL": "https://g.example"}}, "https://g.example", "https://g.example/api/v3"),
    ],
)
def test_which_github(values: dict[str, Any], server: str, api: str) -> None:
    found = app(**values)
    assert (found.server, found.api) == (server, api)


def test_what_the_app_is_called() -> None:
    assert app("debt.example.com").url == "https://debt.example.com"
    assert app().name == "mldebt debt"
    assert app(organization="Acme").name == "mldebt Acme"
    assert app(organization="a" * 60).name == "mldebt " + "a" * 27
    assert app(name="Our debts").name == "Our debts"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"url": "http://debt.example.com"}, "--url is no address"),
        ({"url": "https://debt.example.com/x"}, "--url is no address"),
        ({"url": ""}, "--url is no address"),
        ({"url": "http://localhost:8501"}, "GitHub cannot call http://localhost:8501"),
        ({"url": "foo"}, "GitHub cannot call https://foo: give the address that this mldebt has for others"),
        ({"url": "https://debt", "host": "ghe.example.com"}, "GitHub cannot call https://debt"),
        ({"host": "a b"}, "--host is no address"),
        ({"host": "http://ghe.acme.com"}, "--host is no address"),
        ({"organization": "a/b"}, "--org is 'a/b'"),
        ({"name": "x" * 35}, "--name is "),
        ({"name": "\u202e"}, "--name is "),
    ],
)
def test_what_cannot_be_is_one_sentence(values: dict[str, str], says: str) -> None:
    told: dict[str, Any] = {**values}
    with pytest.raises((Failure, SettingsError), match=says):
        app(**told)
