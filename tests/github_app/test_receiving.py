"""Deliveries: proved, decided and kept, whatever they hold."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from github_app.carrying import Places
from github_app.keeping import Keeper
from github_app.receiving import ACCEPTED, BAD, DOWN, FORGED, receive
from github_app.routing import decide
from mldebt.store.deliveries import tally
from mldebt.store.engine import open_store
from mldebt.store.tables import Delivery
from tests.github_app.webhooks_by_hand import (
    OWN,
    SECRET,
    Real,
    delivered,
    mutants,
    pull_request,
    real_payloads,
    received,
)

QUICK, MANY = 300, 6_000
_calls: list[str] = []
_watches = [False]


def _note(event: str, args: Any) -> None:
    if _watches[0] and event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"}:
        _calls.append(event)


sys.addaudithook(_note)


@contextmanager
def nobody_is_called() -> Iterator[None]:
    """No address is looked up or connected to, no process begun and no shell: Python itself tells of each."""
    _calls.clear()
    _watches[0] = True
    try:
        yield
    finally:
        _watches[0] = False
    assert _calls == []


def rows(places: Places) -> list[tuple[str, str]]:
    with places.deliveries.reading() as connection:
        found = connection.execute(select(Delivery.guid, Delivery.verdict))  # type: ignore[call-overload]
        return [(row.guid, row.verdict) for row in found]


def all_are_kept(places: Places, some: Iterable[Real]) -> None:
    wrong, expected = [], {}
    with nobody_is_called():
        for row in some:
            answer = received(places, row.event, row.payload, row.name)
            expected[row.name] = decide(row.event, row.payload, OWN).says
            if answer != (ACCEPTED, expected[row.name]):
                wrong.append((row.name, answer))
    assert wrong == []
    assert dict(rows(places)) == expected, "one row each"


def test_every_real_event_is_kept_once(places: Places) -> None:
    assert len(real_payloads()) == 404
    all_are_kept(places, real_payloads())
    before = rows(places)
    for row in real_payloads()[::10]:
        assert received(places, row.event, row.payload, row.name).sentence.startswith("it came before: ")
    assert rows(places) == before


def test_changed_events_are_kept_too(places: Places) -> None:
    all_are_kept(places, mutants(QUICK, "quick"))


@pytest.mark.soak
def test_thousands_of_changed_events_are_kept_too(places: Places) -> None:
    all_are_kept(places, mutants(MANY, "many"))
    with places.deliveries.reading() as connection:
        found = tally(connection)
    print(f"{MANY:,} changed events: {found.kept:,} rows, {found.waiting:,} ask for something")  # noqa: T201


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(25)), again=st.lists(st.integers(0, 24), max_size=25))
def test_events_replayed_in_any_order_leave_the_same_rows(
    new_places: Callable[[], Places], order: list[int], again: list[int]
) -> None:
    some = real_payloads()[::16][:25]
    places = new_places()
    for number in [*order, *again]:
        assert received(places, some[number].event, some[number].payload, some[number].name).status == ACCEPTED
    assert dict(rows(places)) == {row.name: decide(row.event, row.payload, OWN).says for row in some}
    assert len(rows(places)) == len(some)


deep = b"[" * 100_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"x"',
        b"{",
        b"{}x",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": \xff}',
        b"\xef\xbb\xbf{}",
        b'{"a": ' + b"9" * 10_000 + b"}",
        deep,
        b'{"a":' * 100_000,
        b'{"a":' + deep,
    ],
)
def test_what_is_no_object_of_json_is_refused_in_a_sentence(places: Places, body: bytes) -> None:
    answer = received(places, "ping", body, "a-1")
    assert (answer.status, answer.sentence) == (BAD, "the body is not a JSON object that can be read")
    assert rows(places) == []


@pytest.mark.parametrize("guid", [None, "", "a b", "a\n", "x" * 101, "../x", "é"])
def test_without_an_id_of_its_delivery_it_is_refused(places: Places, guid: str | None) -> None:
    one = delivered("ping", {}, "a-1")._replace(guid=guid)
    assert receive(one, (SECRET,), OWN, Keeper(places.deliveries), 1).status == BAD


@pytest.mark.parametrize("event", [None, "", "PING", "a b", "x" * 61, "é", "ping\n"])
def test_without_the_name_of_an_event_it_is_refused(places: Places, event: str | None) -> None:
    one = delivered("ping", {}, "a-1")._replace(event=event)
    assert receive(one, (SECRET,), OWN, Keeper(places.deliveries), 1).status == BAD


def test_what_is_not_signed_is_not_even_read(places: Places) -> None:
    one = delivered("pull_request", pull_request(), "a-1")
    forged = (
        one._replace(signature=None),
        one._replace(body=one.body + b" "),
        delivered("pull_request", pull_request(), "a-1", secret="another"),  # noqa: S106
        one._replace(body=deep, event=None, guid=None),
    )
    for each in forged:
        assert receive(each, (SECRET,), OWN, Keeper(places.deliveries), 1).status == FORGED
    assert rows(places) == []
    assert receive(one, ("new", SECRET), OWN, Keeper(places.deliveries), 1).status == ACCEPTED


def test_where_the_store_is_down_github_is_told_so_and_delivers_again(places: Places) -> None:
    """In one sentence, which does not tell where the store is."""
    impatient = open_store(f"sqlite:///{places.deliveries.place}", wait_seconds=0.05)
    one = delivered("pull_request", pull_request(), "a-1")
    with places.deliveries.writing():
        answer = receive(one, (SECRET,), OWN, Keeper(impatient), 1)
    assert answer == (DOWN, "it could not be stored just now: deliver it again later")
    assert receive(one, (SECRET,), OWN, Keeper(impatient), 1).sentence == "asked for an assessment of pull request 5"
    impatient.close()


def test_texts_that_people_wrote_are_not_kept(places: Places) -> None:
    words = "a-sentence-of-somebody"
    payload = pull_request()
    payload["pull_request"] |= {"title": words, "body": words, "user": {"login": words}}
    payload["pull_request"]["head"] |= {"ref": words, "label": words}
    payload["sender"]["login"] = words
    received(places, "pull_request", payload, "a-1")
    with places.deliveries.reading() as connection:
        kept = connection.execute(select(Delivery)).all()
    assert words not in str(kept)
    assert json.loads(kept[0].todo)["pulls"]
