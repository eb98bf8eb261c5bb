"""The badge over HTTP: who is answered, with what, and for how long it may be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import Message

import app as server
from github_app import badge
from mldebt.app_access import keep_app
from mldebt.store.badges import make_badge_token
from mldebt.store.engine import Store
from mldebt.store.hosted import link_scanned, tell_installation, tell_repository
from mldebt.store.snapshots import ensure_repository
from tests.command import Command
from tests.dashboard_by_hand import add_repository, empty_store
from tests.github.describing import access_to
from tests.github.fake import FakeGitHub
from tests.loops import run_apart

SERVED = Starlette(routes=badge.routes(), middleware=[server.middleware()[0]])
UNKNOWN = "mldebt: unknown"


class Answer(NamedTuple):
    status: int
    headers: Headers
    text: str

    @property
    def says(self) -> str:
        found = re.search(r'aria-label="([^"]*)"', self.text)
        return found[1] if found else ""


def ask(target: str, method: str = "GET", **headers: str) -> Answer:
    sent: list[Message] = []
    parts = urlsplit(target)
    raw = [
        (name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "x.example", **headers}.items()
    ]
    about: dict[str, Any] = {"type": "http", "method": method, "path": parts.path, "query_string": parts.query.encode()}
    about |= {"headers": raw, "root_path": "", "scheme": "https", "client": ("192.0.2.7", 1), "raw_path": b""}

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    run_apart(SERVED(about, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:]).decode()
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]), body)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    opened, address = empty_store(tmp_path)
    monkeypatch.setenv("MLDEBT_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    badge._store.cache_clear()
    yield opened
    badge._store(address).close()
    badge._store.cache_clear()
    opened.close()


@pytest.fixture
def hosted(store: Store, tmp_path: Path) -> Store:
    """An App, a repository that GitHub calls public, one that it calls private, and one that it knows nothing of."""
    keep_app(access_to(FakeGitHub(), api="https://api.github.com"), tmp_path)
    for number, name in enumerate(("acme/open", "acme/closed", "scanned"), 1):
        one, _ = add_repository(store, name, quarters=1)
        with store.writing() as connection:
            if "/" in name:
                tell_installation(connection, 3, 1, account="acme")
                tell_repository(connection, number, 3, 1, full_name=name, private=name == "acme/closed")
                link_scanned(connection, number, one)
    return store


def word(store: Store, repository_id: int) -> str:
    with store.writing() as connection:
        return make_badge_token(connection, repository_id)


def test_on_this_machine_every_badge_is_seen(store: Store) -> None:
    add_repository(store, "shop", quarters=1)
    answer = ask("/badge/shop.svg")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert re.fullmatch(r"mldebt: [1-5] of 5 measured · [\w ,:·]+", answer.says)


def test_a_public_repository_needs_no_word_and_may_be_kept_by_all(hosted: Store) -> None:
    answer = ask("/badge/acme/open.svg")
    assert (answer.status, answer.headers["cache-control"]) == (200, "public, max-age=300")
    assert "measured" in answer.says


@pytest.mark.parametrize("name", ["acme/closed", "scanned"])
def test_what_is_not_public_needs_its_own_word(hosted: Store, name: str) -> None:
    number = {"acme/closed": 2, "scanned": 3}[name]
    own, other = word(hosted, number), word(hosted, 1)
    answer = ask(f"/badge/{name}.svg?token={own}")
    assert (answer.status, answer.headers["cache-control"]) == (200, "private, max-age=300")
    assert "measured" in answer.says
    for token in ("", other, own[:-1], own + "x", own.upper()):
        assert ask(f"/badge/{name}.svg?token={token}").says == UNKNOWN


def test_unknown_and_forbidden_look_the_same(hosted: Store) -> None:
    forbidden = [
        ask(f"/badge/{path}") for path in ("acme/closed.svg", "2.svg", "scanned.svg", "acme/closed.svg?token=x")
    ]
    unknown = [ask(f"/badge/{path}") for path in ("acme/none.svg", "99.svg", "%00.svg", "../x.svg", "a" * 900 + ".svg")]
    first, *others = [(answer.status, dict(answer.headers), answer.text) for answer in (*unknown, *forbidden)]
    assert all(other == first for other in others)
    assert first[0] == 404


def test_an_app_that_is_told_in_part_keeps_others_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add_repository(store, "shop", quarters=1)
    monkeypatch.setenv("MLDEBT_APP_ID", "12")
    assert ask("/badge/shop.svg").says == UNKNOWN


def test_a_store_that_is_down_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MLDEBT_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert (ask("/badge/x.svg").status, ask("/badge/x.svg").says) == (404, UNKNOWN)


def test_what_was_not_scanned_yet_is_unknown(hosted: Store) -> None:
    with hosted.writing() as connection:
        tell_repository(connection, 9, 3, 1, full_name="acme/new", private=False)
    assert ask("/badge/acme/new.svg").says == UNKNOWN


def test_a_copy_that_is_still_right_is_not_sent_again(hosted: Store) -> None:
    first = ask("/badge/acme/open.svg")
    tag = first.headers["etag"]
    for told in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = ask("/badge/acme/open.svg", if_none_match=told)
        assert (again.status, again.text, again.headers["etag"]) == (304, "", tag)
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert ask("/badge/acme/open.svg", if_none_match='"x"').status == 200
    assert ask("/badge/acme/none.svg", if_none_match="*").status == 404


def test_it_is_an_image_for_other_sites_with_the_servers_other_headers(hosted: Store) -> None:
    headers = ask("/badge/acme/open.svg").headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert ask("/nothing").headers["cross-origin-resource-policy"] == "same-origin"


def test_it_is_only_read(hosted: Store) -> None:
    assert ask("/badge/acme/open.svg", "POST").status == 405
    assert ask("/badge/acme/open.svg", "HEAD").status == 200
    assert ask("/badge/acme/open").status == 404


def test_a_second_look_reads_no_signals(hosted: Store) -> None:
    badge._card.cache_clear()
    ask("/badge/acme/open.svg")
    ask("/badge/acme/open.svg")
    assert (badge._card.cache_info().hits, badge._card.cache_info().misses) == (1, 1)


# -- mldebt badge ---------------------------------------------------------------------------------


def command(tmp_path: Path) -> Command:
    return Command(tmp_path, {"DATABASE_URL": f"sqlite:///{tmp_path / 'mldebt.db'}"})


def printed(tmp_path: Path, *args: str) -> tuple[str, str, str]:
    done = command(tmp_path)("badge", *args)
    assert done.status == 0, done.err
    found = re.fullmatch(r"\[!\[mldebt\]\((\S+)\)\]\((\S+)\)\n", done.out)
    assert found is not None, done.out
    return found[1], found[2], done.err


def test_the_snippet_of_each_kind_leads_to_its_badge(hosted: Store, tmp_path: Path) -> None:
    for name, is_public in (("acme/open", True), ("acme/closed", False), ("scanned", False)):
        image, page, about = printed(tmp_path, name)
        assert image.startswith(f"https://debt.example.com/badge/{name}.svg")
        assert page == f"https://debt.example.com/scorecard?repo={name.replace('/', '%2F')}"
        assert ("token=" in image) is not is_public
        assert "measured" in ask(image.removeprefix("https://debt.example.com")).says
        assert ("public" in about) is is_public


def test_a_renewed_word_closes_the_old_address(hosted: Store, tmp_path: Path) -> None:
    old, _, _ = printed(tmp_path, "acme/closed")
    assert printed(tmp_path, "acme/closed")[0] == old
    new, _, _ = printed(tmp_path, "acme/closed", "--renew")
    base = "https://debt.example.com"
    assert (ask(old.removeprefix(base)).says, "measured" in ask(new.removeprefix(base)).says) == (UNKNOWN, True)
    done = command(tmp_path)("badge", "acme/open", "--renew")
    assert (done.status, "has no word of its own" in done.err) == (2, True)


def test_without_an_app_it_is_for_this_machine(store: Store, tmp_path: Path) -> None:
    add_repository(store, "a (b)", quarters=1)
    image, _, about = printed(tmp_path, "a (b)")
    assert image == "http://127.0.0.1:8501/badge/a%20%28b%29.svg"
    assert "this machine alone" in about


def test_a_name_that_two_have_is_told_by_its_number(store: Store, tmp_path: Path) -> None:
    one, _ = add_repository(store, "shop", quarters=1)
    with store.writing() as connection:
        ensure_repository(connection, "/elsewhere/shop", "shop")
    image, _, _ = printed(tmp_path, "/src/shop")
    assert image == f"http://127.0.0.1:8501/badge/{one}.svg"


def test_the_badge_of_what_was_not_scanned(store: Store, tmp_path: Path) -> None:
    done = command(tmp_path)("badge", "nothing")
    assert (done.status, done.out) == (2, "")
    assert "nothing was not scanned yet" in done.err
