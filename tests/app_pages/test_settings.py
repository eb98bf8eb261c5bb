"""What is set is told; what opens a door is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages._settings import ENVIRONMENT, OWN, UNSET, rows
from app_pages._visitor import moment
from mldebt.app_access import AppAccess
from mldebt.settings import Settings, TrackerAccess
from tests.page_text import html

Visit = Callable[..., AppTest]
SETTINGS = Settings(Path("/home/ann/mldebt"), "postgresql://ann:word-of-hers@db/x")
ACCESS = AppAccess(
    app_id=7,
    private_key="-----BEGIN",
    webhook_secrets=("hook-word",),
    client_id="Iv1",
    client_secret="client-word",  # noqa: S106
    slug="debt-bot",
    server="https://github.com",
    api="https://api.github.com",
    public_url="https://debt.example",
)
SECRETS = "word-of-hers", "hook-word", "client-word", "-----BEGIN", "token-word"


@pytest.mark.parametrize("access", [None, ACCESS])
def test_no_secret_is_told(access: AppAccess | None) -> None:
    told = rows({"GITHUB_TOKEN": "token-word"}, SETTINGS, TrackerAccess("token-word"), access)
    assert not any(secret in " ".join(one) for one in told for secret in SECRETS)
    assert ("GITHUB_TOKEN", "set", ENVIRONMENT) in {one[:3] for one in told}


def test_who_says_so_is_told() -> None:
    told = {one.name: one for one in rows({"MLDEBT_JOBS": "2"}, SETTINGS, TrackerAccess(""), None)}
    assert told["MLDEBT_JOBS"].where == ENVIRONMENT
    assert told["MLDEBT_WEEKLY"].where == OWN
    assert told["MLDEBT_APP_ID"].value == UNSET
    assert told["MLDEBT_HOME"].value == "/home/ann/mldebt"


def test_visitors_of_an_app_learn_of_no_folder_and_no_host() -> None:
    told = " ".join(" ".join(one) for one in rows({}, SETTINGS, TrackerAccess(""), ACCESS))
    assert "/home/ann" not in told
    assert "@db" not in told


def test_the_page_shows_them_without_a_repository(visit: Visit) -> None:
    shown = html(visit("settings"))
    assert "MLDEBT_HOME" in shown
    assert "Streamlit 1." in shown


def test_a_setting_that_cannot_be_used_is_told_in_a_sentence(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit("settings")
    monkeypatch.setenv("GITHUB_SERVER_URL", "ftp://x")
    assert "GITHUB_SERVER_URL is no address" in html(page.run())


def test_moments_are_in_the_visitors_zone() -> None:
    assert moment(0, "UTC") == "1970-01-01 00:00 UTC"
    assert moment(0, "Asia/Seoul") == "1970-01-01 09:00 Asia/Seoul"
    assert moment(0, "Nowhere/Never").startswith("1970-01-01 00:00")
    assert moment(10**15, "UTC") == "outside the calendar"
