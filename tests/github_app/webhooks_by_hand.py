"""Events as GitHub delivers them: real ones, changed ones, and some by hand; and a front door to hand them to."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message

from github_app.carrying import Places, open_places
from github_app.keeping import Keeper
from github_app.receiving import Answer, Delivered, receive
from github_app.routing import Own
from github_app.signature import signed
from mldebt.settings import Settings
from tests.github.gather_payloads import FILE, named
from tests.loops import run_apart

SECRET = "It's-a-Secret-to-Everybody"  # noqa: S105
OWN = Own(29_310, "mldebt[bot]")  # the App of GitHub's own examples
APP = {
    "MLDEBT_APP_ID": str(OWN.app_id),
    "MLDEBT_APP_KEY": "-----BEGIN RSA PRIVATE KEY-----\nbm90IG9uZQ==\n-----END RSA PRIVATE KEY-----",
    "MLDEBT_WEBHOOK_SECRET": SECRET,
    "MLDEBT_CLIENT_ID": "Iv1.0123456789abcdef",
    "MLDEBT_CLIENT_SECRET": "not-one",
    "MLDEBT_APP_SLUG": "mldebt",
    "MLDEBT_URL": "https://debt.example.com",
    "GITHUB_API_URL": "http://127.0.0.1:9",
    "GITHUB_SERVER_URL": "http://127.0.0.1:9",
}
"""Settings of a server that is this App, at a GitHub that nobody reaches."""
HELD_OUT = 0
_BUCKETS = 5
_OTHERS: tuple[Any, ...] = (None, [], "x", 0, {}, -1, True, 1 << 70, "\0\ud800")


class Real(NamedTuple):
    name: str  # its digest: the first 12 hex digits
    event: str
    payload: dict[str, Any]

    @property
    def is_held_out(self) -> bool:
        """Not looked at while the rules were written."""
        return int(named(self.payload), 16) % _BUCKETS == HELD_OUT


@cache
def real_payloads() -> tuple[Real, ...]:
    rows = json.loads(gzip.decompress(FILE.read_bytes()))
    return tuple(Real(named(payload)[:12], event, payload) for event, payload in rows)


def mutants(count: int, seed: str) -> Iterator[Real]:
    """Real events with a key, at any depth, taken away or given another value."""
    chance = random.Random(seed)
    every = real_payloads()
    for number in range(count):
        row = chance.choice(every)
        payload = json.loads(json.dumps(row.payload))
        holder, key = chance.choice(list(_keys(payload, chance.choice((1, 2, 2, 3, 4)))))
        if chance.random() < 0.3:
            del holder[key]
        else:
            holder[key] = chance.choice(_OTHERS)
        yield Real(f"{row.name}-{number}", row.event, payload)


def _keys(value: dict[str, Any], deep: int) -> Iterable[tuple[dict[str, Any], str]]:
    """Keys at this depth; those above where there are none."""
    level = [(value, key) for key in value]
    for _ in range(deep - 1):
        inner = [(holder[key], one) for holder, key in level if isinstance(holder[key], dict) for one in holder[key]]
        if not inner:
            break
        level = inner
    return level


def delivered(event: str, payload: Any, guid: str, secret: str = SECRET) -> Delivered:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Delivered(event, guid, signed(body, secret), body)


def received(places: Places, event: str, payload: Any, guid: str, now_us: int = 1_000_000) -> Answer:
    return receive(delivered(event, payload, guid), (SECRET,), OWN, Keeper(places.deliveries), now_us)


def places_in(home: Path, url: str = "") -> Places:
    home.mkdir(parents=True, exist_ok=True)
    return open_places(Settings(home, url or f"sqlite:///{home / 'mldebt.db'}"))


REPOSITORY = {
    "id": 8,
    "full_name": "shop/forecast",
    "default_branch": "main",
    "private": True,
    "archived": False,
}


def about(action: str, **more: Any) -> dict[str, Any]:
    """An event of an installation, about a repository."""
    sender = {"login": "ada", "type": "User"}
    return {"action": action, "installation": {"id": 7}, "repository": REPOSITORY, "sender": sender, **more}


def pull_request(action: str = "synchronize", number: int = 5, second: int = 0, **more: Any) -> dict[str, Any]:
    """Its head is named after the second."""
    head = {"sha": f"{second:040x}", "repo": {"id": 8}}
    pull = {
        "number": number,
        "state": "open",
        "head": head,
        "updated_at": f"2026-11-03T10:{second // 60:02}:{second % 60:02}Z",
    }
    return about(action, number=number, pull_request=pull, **more)


def comment(body: str, action: str = "created", **more: Any) -> dict[str, Any]:
    issue = {"number": 5, "pull_request": {"url": "https://api.github.com/repos/shop/forecast/pulls/5"}}
    user = {"login": "ada", "type": "User"}
    return about(action, issue=issue, comment={"id": 77, "body": body, "user": user}, **more)


class Asking(NamedTuple):
    """A request, its body in parts."""

    parts: Sequence[bytes]
    headers: Mapping[str, str]
    method: str = "POST"
    path: str = "/github/webhook"
    pause: float = 0  # seconds before each part
    breaks_off: bool = False
    more: Sequence[tuple[bytes, bytes]] = ()  # headers as they are


class Answered(NamedTuple):
    status: int
    text: str
    left: int  # parts that nobody read


def knock(app: ASGIApp, asking: Asking) -> Answered:
    return run_apart(ask(app, asking))


async def ask(app: ASGIApp, asking: Asking) -> Answered:
    """As a server hands it over."""
    coming: list[Message] = [{"type": "http.request", "body": part, "more_body": True} for part in asking.parts]
    coming.append({"type": "http.request", "body": b"", "more_body": False})
    if asking.breaks_off:
        coming[-1] = {"type": "http.disconnect"}
    sent: list[Message] = []

    async def receive_() -> Message:
        await asyncio.sleep(asking.pause)
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in asking.headers.items()]
    about_it: dict[str, Any] = {"type": "http", "method": asking.method, "query_string": b"", "http_version": "1.1"}
    about_it |= {"path": asking.path, "raw_path": asking.path.encode(), "headers": [*raw, *asking.more]}
    about_it |= {"scheme": "https", "root_path": "", "client": ("192.0.2.1", 50_000)}
    await app(about_it, receive_, send)
    text = b"".join(message.get("body", b"") for message in sent)
    return Answered(sent[0]["status"], text.decode(), len(coming))


def headers_of(one: Delivered, **more: str) -> dict[str, str]:
    named_ = {"X-GitHub-Event": one.event, "X-GitHub-Delivery": one.guid, "X-Hub-Signature-256": one.signature}
    given = {name: value for name, value in named_.items() if value is not None}
    return {"Content-Type": "application/json", "Content-Length": str(len(one.body)), **given, **more}
