"""The route for GitHub: what it reads, how much of it, and what it answers."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Route

from github_app.carrying import Carrier, Places
from github_app.door import LARGEST, MOST_AT_ONCE, PATH, FrontDoor, Webhooks
from github_app.keeping import Keeper
from github_app.signature import signed
from mldebt.jobs.listing import State, listing
from mldebt.store.deliveries import tally
from tests.github_app.webhooks_by_hand import (
    APP,
    OWN,
    SECRET,
    Answered,
    Asking,
    ask,
    delivered,
    headers_of,
    knock,
    pull_request,
)
from tests.loops import run_apart

KEYS = st.one_of(
    st.sampled_from(["action", "installation", "repository", "pull_request", "id", "number", "head", "sha", "sender"]),
    st.text(max_size=5),
)
NAMES = [b"content-type", b"content-length", b"content-encoding", b"x-github-event", b"x-github-delivery", b"x-other"]
ONE = delivered("pull_request", pull_request(), "a-1")
MIB = b" " * (1 << 20)


@pytest.fixture
def door(places: Places) -> Iterator[FrontDoor]:
    made = FrontDoor((SECRET,), OWN, places, Carrier(places), Keeper(places.deliveries), patience=30)
    made.begin()
    yield made
    made.end()


@pytest.fixture
def app(door: FrontDoor) -> Starlette:
    return Starlette(routes=[Route(PATH, door.answer, methods=["POST"])])


def kept(door: FrontDoor) -> int:
    with door.places.deliveries.reading() as connection:
        return tally(connection).kept


def test_a_delivery_is_answered_once_it_is_kept_and_its_job_follows(app: Starlette, door: FrontDoor) -> None:
    parts = [ONE.body[:10], b"", ONE.body[10:]]
    answer = knock(app, Asking(parts, headers_of(ONE)))
    assert answer == Answered(202, "asked for an assessment of pull request 5\n", left=0)
    assert kept(door) == 1
    end = time.monotonic() + 60
    while not listing(door.places.jobs).of(State.WAITING):
        assert time.monotonic() < end
        time.sleep(0.02)
    again = knock(app, Asking(parts, headers_of(ONE)))
    assert again == Answered(202, "it came before: asked for an assessment of pull request 5\n", left=0)
    assert kept(door) == 1


@pytest.mark.parametrize("signature", ["", "sha256=", "sha1=" + "0" * 40, "sha256=" + "g" * 64])
def test_what_has_no_signature_is_refused_before_its_body_is_read(app: Starlette, signature: str) -> None:
    answer = knock(app, Asking([ONE.body], headers_of(ONE) | {"X-Hub-Signature-256": signature}))
    assert (answer.status, answer.left) == (401, 2)
    nameless = knock(app, Asking([ONE.body], headers_of(ONE._replace(signature=None))))
    assert nameless.status == 401


def test_a_forged_delivery_is_refused_and_leaves_nothing(app: Starlette, door: FrontDoor) -> None:
    forged = delivered("pull_request", pull_request(), "a-1", secret="another")  # noqa: S106
    assert knock(app, Asking([forged.body], headers_of(forged))).status == 401
    assert knock(app, Asking([ONE.body, b" "], headers_of(ONE))).status == 401
    assert kept(door) == 0


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded", "text/json", "application/jsonx"])
def test_only_json_is_read(app: Starlette, kind: str) -> None:
    answer = knock(app, Asking([ONE.body], headers_of(ONE) | {"Content-Type": kind}))
    assert (answer.status, answer.left) == (415, 2)


def test_a_charset_beside_the_type_is_fine_and_compression_is_not(app: Starlette) -> None:
    assert (
        knock(app, Asking([ONE.body], headers_of(ONE) | {"Content-Type": "Application/JSON; charset=utf-8"})).status
        == 202
    )
    assert knock(app, Asking([ONE.body], headers_of(ONE) | {"Content-Encoding": "gzip"})).status == 415


@pytest.mark.parametrize("length", [str(LARGEST + 1), "9" * 400])
def test_a_body_that_says_it_is_too_large_is_not_read(app: Starlette, length: str) -> None:
    answer = knock(app, Asking([ONE.body], headers_of(ONE) | {"Content-Length": length}))
    assert (answer.status, answer.left) == (413, 2)


@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "0x10", ""])
def test_a_length_that_is_no_number_is_refused(app: Starlette, length: str) -> None:
    headers = {name: value for name, value in headers_of(ONE).items() if name != "Content-Length"}
    asking = Asking([ONE.body], headers, more=[(b"content-length", length.encode())])
    assert knock(app, asking).status == 400


@pytest.mark.parametrize("said", ["10", None])
def test_a_body_that_is_too_large_is_read_no_further_whatever_it_said(
    app: Starlette, door: FrontDoor, said: str | None
) -> None:
    headers = {name: value for name, value in headers_of(ONE).items() if name != "Content-Length"}
    answer = knock(app, Asking([MIB] * 100, headers | ({"Content-Length": said} if said else {})))
    assert answer.status == 413
    assert answer.left == 101 - 26
    assert knock(app, Asking([ONE.body], headers_of(ONE))).status == 202, "the room is free again"


def test_the_largest_body_is_read(app: Starlette) -> None:
    body = ONE.body + b" " * (LARGEST - len(ONE.body))
    one = delivered("pull_request", body, "a-1")
    assert knock(app, Asking([body], headers_of(one))).status == 202


def test_many_large_bodies_at_once_take_no_more_room_than_there_is(app: Starlette, door: FrontDoor) -> None:
    """Nobody has to know a secret to send a body. What is small gets through all the same."""
    small: list[int] = []

    async def all_at_once() -> list[int]:
        unending = Asking([MIB] * 24, headers_of(ONE) | {"Content-Length": "0"}, pause=0.01)
        large = [asyncio.create_task(ask(app, unending)) for _ in range(8)]
        while not any(one.done() for one in large):
            await asyncio.sleep(0.01)
        small.append((await ask(app, Asking([ONE.body], headers_of(ONE)))).status)
        return [(await one).status for one in large]

    door.patience = 30
    found = run_apart(all_at_once())
    assert set(found) == {401, 503}
    assert small == [202]
    assert found.count(503) >= 8 - MOST_AT_ONCE // (24 << 20)
    assert knock(app, Asking([ONE.body], headers_of(ONE))).status == 202


def test_a_body_that_never_ends_is_not_waited_for(app: Starlette, door: FrontDoor) -> None:
    door.patience = 0.05
    answer = knock(app, Asking([ONE.body], headers_of(ONE), pause=5))
    assert answer.status == 408


def test_a_body_that_breaks_off_is_nothing(app: Starlette, door: FrontDoor) -> None:
    assert knock(app, Asking([ONE.body], headers_of(ONE), breaks_off=True)).status == 400
    assert kept(door) == 0


def test_a_body_that_is_nested_too_deep_is_refused(app: Starlette) -> None:
    one = delivered("ping", b'{"a":' * 200_000, "a-1")
    answer = knock(app, Asking([one.body], headers_of(one)))
    assert answer == Answered(400, "the body is not a JSON object that can be read\n", left=0)


WORDS = st.one_of(st.binary(max_size=40), st.sampled_from([b"ping", b"push", b"a-1", b"application/json", b"17", b""]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=20,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.dictionaries(st.sampled_from(NAMES), WORDS, max_size=4),
    body=st.one_of(st.binary(max_size=200), VALUES.map(lambda value: json.dumps(value).encode())),
    is_signed=st.booleans(),
)
def test_whatever_comes_is_answered_and_nothing_is_an_error(
    app: Starlette, headers: dict[bytes, bytes], body: bytes, is_signed: bool
) -> None:
    whole = {b"content-type": b"application/json", b"x-github-event": b"pull_request", b"x-github-delivery": b"a-1"}
    signature = {b"x-hub-signature-256": signed(body, SECRET).encode()} if is_signed else {}
    answer = knock(app, Asking([body], {}, more=list((whole | headers | signature).items())))
    assert answer.status in ({202, 400, 413, 415} if is_signed else {400, 401, 413, 415})


def test_only_post_is_answered(app: Starlette) -> None:
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        assert knock(app, Asking([], {}, method)).status == 405


def test_where_no_app_is_configured_it_says_so(tmp_path: Path) -> None:
    webhooks = Webhooks()
    webhooks.begin({"MLDEBT_HOME": str(tmp_path)})
    answer = knock(Starlette(routes=[webhooks.route]), Asking([ONE.body], headers_of(ONE)))
    assert answer == Answered(404, "No GitHub App is configured here: `mldebt setup` makes one.\n", left=2)
    assert list(tmp_path.iterdir()) == []
    webhooks.end()


def test_an_app_that_is_told_in_part_takes_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    webhooks = Webhooks()
    webhooks.begin({"MLDEBT_HOME": str(tmp_path), **APP, "MLDEBT_WEBHOOK_SECRET": ""})
    assert knock(Starlette(routes=[webhooks.route]), Asking([ONE.body], headers_of(ONE))).status == 404
    assert "MLDEBT_WEBHOOK_SECRET" in caplog.text


def test_a_store_that_is_down_when_the_server_starts_is_asked_again(tmp_path: Path) -> None:
    """Whoever asks is told one sentence, and not where the store is."""
    webhooks = Webhooks()
    home = tmp_path / "home"
    home.mkdir()
    (home / "inbox.db").mkdir()
    webhooks.begin({"MLDEBT_HOME": str(home), **APP})
    app = Starlette(routes=[webhooks.route])
    answer = knock(app, Asking([ONE.body], headers_of(ONE)))
    assert answer == Answered(503, "It could not be stored just now: deliver it again later.\n", left=2)
    assert not webhooks.is_well()
    (home / "inbox.db").rmdir()
    assert knock(app, Asking([ONE.body], headers_of(ONE))).status == 202
    assert webhooks.is_well()
    webhooks.end()


def test_the_first_deliveries_open_the_store_once(tmp_path: Path) -> None:
    webhooks = Webhooks()
    webhooks.begin({"MLDEBT_HOME": str(tmp_path), **APP})
    before = threading.active_count()
    app = Starlette(routes=[webhooks.route])

    async def some() -> list[int]:
        each = [delivered("pull_request", pull_request(), f"a-{number}") for number in range(5)]
        return [one.status for one in await asyncio.gather(*(ask(app, Asking([e.body], headers_of(e))) for e in each))]

    assert run_apart(some()) == [202] * 5
    webhooks.end()
    assert threading.active_count() <= before
