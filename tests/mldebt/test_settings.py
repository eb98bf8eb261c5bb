"""Settings from an environment that is handed in."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mldebt.settings import PORT, SettingsError, make_home, read_settings, read_tracker_access


def test_everything_lies_under_the_home(tmp_path: Path) -> None:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/mldebt.db"
    assert settings.mirrors == tmp_path / "mirrors"
    assert settings.cache == tmp_path / "cache.db"
    assert settings.port == PORT == 8501


def test_without_settings_the_home_is_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    home = read_settings({}).home
    assert home.name == "mldebt"
    assert home.is_relative_to(tmp_path)
    assert not home.exists()


def test_an_empty_setting_counts_as_not_set(tmp_path: Path) -> None:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path), "DATABASE_URL": "", "PORT": " "})
    assert settings == read_settings({"MLDEBT_HOME": str(tmp_path)})


def test_a_relative_home_and_a_tilde_become_absolute() -> None:
    assert read_settings({"MLDEBT_HOME": "here"}).home == Path.cwd() / "here"
    assert read_settings({"MLDEBT_HOME": "~/there"}).home == Path.home() / "there"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "８０", "1e3"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(SettingsError, match=r"PORT is .*: write a number from 1 to 65535"):
        read_settings({"PORT": port})


@pytest.mark.parametrize(
    "url", ["mldebt.db", "mysql://x/y", "sqlite:mldebt.db", "sqlite://mldebt.db", "postgresql://u:secret@h:port/x"]
)
def test_a_malformed_database_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL is malformed: write ") as raised:
        read_settings({"DATABASE_URL": url})
    assert "secret" not in str(raised.value)


def test_a_database_url_is_shown_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://ada:secret@db.example:5432/debts?sslpassword=secret"
    assert read_settings({"DATABASE_URL": url}).shown_database_url == "postgresql://ada@db.example:5432/debts"
    assert read_settings({"MLDEBT_HOME": "/x"}).shown_database_url == "/x/mldebt.db"


def test_a_home_of_an_unknown_user() -> None:
    with pytest.raises(SettingsError, match="there is no such user"):
        read_settings({"MLDEBT_HOME": "~nobody-of-this-name/x"})


def test_the_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read_settings({"MLDEBT_HOME": str(tmp_path / "a" / "b")})
    make_home(settings)
    make_home(settings)
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(SettingsError, match="which is a file: set it to a folder"):
        make_home(read_settings({"MLDEBT_HOME": str(tmp_path / "home")}))


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match=r"cannot be made .*: set MLDEBT_HOME"):
        make_home(read_settings({"MLDEBT_HOME": str(tmp_path / "file" / "home")}))


def test_a_home_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(SettingsError, match="may not be written: set MLDEBT_HOME"):
        make_home(read_settings({"MLDEBT_HOME": str(tmp_path)}))


def test_a_port_of_its_own() -> None:
    assert read_settings({"PORT": "8080"}).port == 8080


def test_jobs_lie_beside_the_store_on_postgresql_and_in_a_file_of_their_own_else(tmp_path: Path) -> None:
    home = {"MLDEBT_HOME": str(tmp_path)}
    assert read_settings(home).engine_url == f"sqlite:///{tmp_path}/engine.db"
    url = "postgresql://ada:secret@db.example/debts"
    assert read_settings({**home, "DATABASE_URL": url}).engine_url == url
    apart = read_settings({**home, "ENGINE_URL": url})
    assert (apart.engine_url, apart.shown_engine_url) == (url, "postgresql://ada@db.example/debts")
    with pytest.raises(SettingsError, match="ENGINE_URL is malformed"):
        read_settings({**home, "ENGINE_URL": "engine.db"})


def test_jobs_are_capped_and_the_week_can_be_switched_off() -> None:
    plain = read_settings({})
    assert (plain.jobs, plain.jobs_total, plain.weekly) == (2, 16, True)
    changed = read_settings({"MLDEBT_JOBS": "20", "MLDEBT_WEEKLY": "off"})
    assert (changed.jobs, changed.jobs_total, changed.weekly) == (20, 20, False)
    assert (changed.largest, read_settings({"MLDEBT_LARGEST_MB": "5000"}).largest) == (2_048 << 20, 5_000 << 20)
    for name, value in (("MLDEBT_JOBS", "0"), ("MLDEBT_JOBS_TOTAL", "many"), ("MLDEBT_WEEKLY", "no")):
        with pytest.raises(SettingsError, match=rf"{name} is '{value}': write "):
            read_settings({name: value})


@pytest.mark.parametrize(
    ("server", "api"),
    [
        ("", "https://api.github.com"),
        ("https://github.com/", "https://api.github.com"),
        ("https://acme.ghe.com", "https://api.acme.ghe.com"),
        ("https://git.acme.example", "https://git.acme.example/api/v3"),
        ("http://localhost:8080", "http://localhost:8080/api/v3"),
    ],
)
def test_where_a_tracker_is_asked(server: str, api: str) -> None:
    assert read_tracker_access({"GITHUB_SERVER_URL": server, "GITHUB_TOKEN": "t"}).api == api


def test_our_own_token_goes_before_and_is_never_printed() -> None:
    access = read_tracker_access({"GITHUB_TOKEN": "ghp_one", "MLDEBT_GITHUB_TOKEN": "ghp_two"})
    assert access.token == "ghp_two"  # noqa: S105
    assert "ghp" not in repr(access)
    assert read_tracker_access({}).token == ""


@pytest.mark.parametrize("name", ["GITHUB_SERVER_URL", "GITHUB_API_URL"])
@pytest.mark.parametrize(
    "value", ["http://example.org", "ftp://x", "x", "https://u@x.example", "https://x.example?a=b", "https://[::1"]
)
def test_a_token_goes_to_no_such_address(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_tracker_access({name: value})


def test_a_token_with_other_characters_is_refused_unseen() -> None:
    with pytest.raises(SettingsError) as raised:
        read_tracker_access({"GITHUB_TOKEN": "ghp_x\r\nX: y"})
    assert "ghp" not in str(raised.value)
