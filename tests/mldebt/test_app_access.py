"""Which App this is: from an environment that is handed in, and from a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mldebt.app_access import AppAccess, read_app_access
from mldebt.settings import SettingsError

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIsecret\n-----END RSA PRIVATE KEY-----\n"
TOLD = {
    "MLDEBT_APP_ID": "12",
    "MLDEBT_APP_KEY": KEY,
    "MLDEBT_WEBHOOK_SECRET": "hook-secret",
    "MLDEBT_CLIENT_ID": "Iv1.abc",
    "MLDEBT_CLIENT_SECRET": "client-secret",
    "MLDEBT_APP_SLUG": "mldebt-acme",
    "MLDEBT_URL": "https://debt.example.com/",
}
KEPT = {
    "app_id": 7,
    "slug": "kept",
    "client_id": "Iv1.kept",
    "client_secret": "client-secret",
    "webhook_secrets": ["hook-secret"],
    "server": "https://git.acme.example",
    "api": "https://git.acme.example/api/v3",
    "url": "https://debt.acme.example",
}


def keep(home: Path, kept: Any = KEPT, key: str = KEY) -> None:
    (home / "app").mkdir(parents=True)
    (home / "app" / "app.json").write_text(json.dumps(kept))
    (home / "app" / "private-key.pem").write_text(key)


def access(environment: dict[str, str], home: Path) -> AppAccess:
    found = read_app_access(environment, home)
    assert found is not None
    return found


def test_without_an_app_there_is_none(tmp_path: Path) -> None:
    assert read_app_access({}, tmp_path) is None
    assert read_app_access({"MLDEBT_URL": "https://debt.example.com", "MLDEBT_APP_KEY": ""}, tmp_path) is None


def test_an_app_of_the_environment(tmp_path: Path) -> None:
    found = access(TOLD, tmp_path)
    assert (found.app_id, found.bot, found.client_id) == (12, "mldebt-acme[bot]", "Iv1.abc")
    assert (found.private_key, found.webhook_secrets, found.client_secret) == (KEY, ("hook-secret",), "client-secret")
    assert (found.server, found.api) == ("https://github.com", "https://api.github.com")
    assert found.public_url == "https://debt.example.com"


def test_nothing_secret_is_printed(tmp_path: Path) -> None:
    assert "secret" not in repr(access(TOLD, tmp_path))


def test_an_enterprise_server_and_two_secrets(tmp_path: Path) -> None:
    more = {"GITHUB_SERVER_URL": "https://git.acme.example", "MLDEBT_WEBHOOK_SECRET": "new  old"}
    found = access({**TOLD, **more}, tmp_path)
    assert found.api == "https://git.acme.example/api/v3"
    assert found.webhook_secrets == ("new", "old")


def test_a_key_in_a_file_and_a_key_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(KEY)
    in_file = {**TOLD, "MLDEBT_APP_KEY": "", "MLDEBT_APP_KEY_FILE": str(tmp_path / "key.pem")}
    on_one_line = {**TOLD, "MLDEBT_APP_KEY": KEY.strip().replace("\n", "\\n")}
    assert access(in_file, tmp_path).private_key == access(on_one_line, tmp_path).private_key == KEY


def test_an_app_of_the_folder(tmp_path: Path) -> None:
    keep(tmp_path)
    found = access({"GITHUB_SERVER_URL": "https://github.com"}, tmp_path)
    assert (found.app_id, found.slug, found.private_key) == (7, "kept", KEY)
    assert (found.server, found.api) == ("https://git.acme.example", "https://git.acme.example/api/v3")
    assert (found.webhook_secrets, found.public_url) == (("hook-secret",), "https://debt.acme.example")


def test_beside_the_folder_the_secrets_and_the_address_may_change(tmp_path: Path) -> None:
    keep(tmp_path)
    found = access({"MLDEBT_WEBHOOK_SECRET": "new old", "MLDEBT_URL": "https://new.example"}, tmp_path)
    assert (found.app_id, found.webhook_secrets, found.public_url) == (7, ("new", "old"), "https://new.example")


def test_the_environment_goes_before_the_folder_and_is_not_mixed_with_it(tmp_path: Path) -> None:
    keep(tmp_path)
    assert access(TOLD, tmp_path).slug == "mldebt-acme"
    with pytest.raises(SettingsError, match="MLDEBT_CLIENT_SECRET is not"):
        read_app_access({**TOLD, "MLDEBT_CLIENT_SECRET": ""}, tmp_path)


@pytest.mark.parametrize("name", [name for name in TOLD if name != "MLDEBT_APP_ID"])
def test_an_app_that_is_told_in_part(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=rf"MLDEBT_APP_ID is set and {name}.* is not: set it too"):
        read_app_access({**TOLD, name: " "}, tmp_path)


def test_parts_without_a_number(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="MLDEBT_WEBHOOK_SECRET is set and MLDEBT_APP_ID is not"):
        read_app_access({"MLDEBT_WEBHOOK_SECRET": "x"}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MLDEBT_APP_ID", "one", "MLDEBT_APP_ID is no number"),
        ("MLDEBT_APP_ID", "0", "MLDEBT_APP_ID is no number"),
        ("MLDEBT_APP_KEY", "a-secret", "MLDEBT_APP_KEY holds no private key"),
        ("MLDEBT_APP_KEY", "-----BEGIN PUBLIC KEY-----\na-secret", "holds no private key"),
        ("MLDEBT_APP_KEY_FILE", "/x", "are both set"),
        ("MLDEBT_WEBHOOK_SECRET", "a-secret b c", "more than two secrets"),
        ("MLDEBT_URL", "http://debt.example.com", "MLDEBT_URL is no address"),
        ("MLDEBT_URL", "https://debt.example.com/path", "MLDEBT_URL is no address"),
        ("GITHUB_SERVER_URL", "http://git.acme.example", "GITHUB_SERVER_URL is no address"),
        ("GITHUB_API_URL", "x", "GITHUB_API_URL is no address"),
    ],
)
def test_what_cannot_be_used_is_said_without_repeating_a_secret(
    name: str, value: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=says) as raised:
        read_app_access({**TOLD, name: value}, tmp_path)
    assert "a-secret" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_key_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"MLDEBT_APP_KEY_FILE: .*none.pem cannot be read"):
        read_app_access({**TOLD, "MLDEBT_APP_KEY": "", "MLDEBT_APP_KEY_FILE": str(tmp_path / "none.pem")}, tmp_path)


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        {},
        {**KEPT, "app_id": "7"},
        {**KEPT, "webhook_secrets": []},
        {**KEPT, "slug": ""},
        {**KEPT, "client_secret": None},
    ],
)
def test_a_folder_that_was_changed(kept: Any, tmp_path: Path) -> None:
    keep(tmp_path, kept)
    with pytest.raises(SettingsError, match="is not as `mldebt setup` wrote it"):
        read_app_access({}, tmp_path)


def test_a_folder_without_its_key(tmp_path: Path) -> None:
    keep(tmp_path)
    (tmp_path / "app" / "private-key.pem").unlink()
    with pytest.raises(SettingsError, match=r"private-key\.pem cannot be read"):
        read_app_access({}, tmp_path)
    (tmp_path / "app" / "private-key.pem").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"is no text"):
        read_app_access({}, tmp_path)
