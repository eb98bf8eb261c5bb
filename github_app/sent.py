"""What GitHub delivered, or tried to, as it tells the App itself: for a server that was away, or has no address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from github_app.client import Door, odd
from github_app.conversation import of
from github_app.port import GitHubFailed, Gone
from github_app.receiving import Delivered
from github_app.signature import is_signed, signed

PATH = "/app/hook/deliveries"
KEPT_SECONDS = 3 * 86_400
"""That GitHub keeps a delivery to be sent again."""


class Sent(NamedTuple):
    """One attempt. A delivery that is sent again has the same guid, and another id."""

    id: int
    guid: str
    event: str
    at: float  # seconds since 1970 UTC
    arrived: bool


def attempts(door: Door, since: float, status: str = "") -> Iterator[Sent]:
    """The newest first, as long as they are not older than `since`. Raises GitHubFailed."""
    asked = {"status": status} if status else {}
    for page in door.pages("list the deliveries", PATH, asked):
        for row in map(_sent, page):
            if row is None:
                continue
            if row.at < since:
                return
            yield row


def send_again(door: Door, id_: int) -> None:
    """Raises GitHubFailed. Twice does no harm: the guid tells that it came before."""
    try:
        door.asked("deliver it again", "POST", f"{PATH}/{id_}/attempts", 202, is_safe=True)
    except Gone:
        return  # it is older than GitHub keeps them


def fetched(door: Door, one: Sent, secrets: tuple[str, ...]) -> Delivered | None:
    """As it would have come; None where it is not there any more, or is signed and not by one of `secrets`.

    GitHub tells the body as it reads, not as it was: it is spelled as GitHub spells it, and where the signature is of
    another spelling it is not believed. What has no signature comes from GitHub all the same: it was asked.
    """
    try:
        row = door.asked("show a delivery", "GET", f"{PATH}/{one.id}")
    except Gone:
        return None
    headers, payload = of(of(row, "request"), "headers"), of(of(row, "request"), "payload")
    if not isinstance(payload, Mapping):
        raise odd("show a delivery")
    signature = _header(headers, "X-Hub-Signature-256")
    for body in _spelled(payload):
        told = signature or signed(body, secrets[0])
        if is_signed(body, told, secrets):
            return Delivered(one.event, one.guid, told, body)
    return None


def _spelled(payload: Mapping[str, Any]) -> Iterator[bytes]:
    try:
        for is_ascii in (False, True):
            yield json.dumps(payload, separators=(",", ":"), ensure_ascii=is_ascii).encode()
    except (ValueError, RecursionError):  # half a character, or too deep
        raise GitHubFailed("GitHub told a delivery that cannot be written down: the next ones are read") from None


def _header(headers: object, name: str) -> str | None:
    """Whatever the case that it is told in."""
    rows = headers.items() if isinstance(headers, Mapping) else ()
    return next((str(value) for key, value in rows if str(key).lower() == name.lower() and value), None)


def _sent(row: object) -> Sent | None:
    id_, guid, event, code = (of(row, key) for key in ("id", "guid", "event", "status_code"))
    try:
        at = datetime.fromisoformat(str(of(row, "delivered_at")))
    except ValueError:
        return None
    if not isinstance(id_, int) or not isinstance(guid, str) or not isinstance(event, str):
        return None
    moment = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    return Sent(id_, guid, event, moment, isinstance(code, int) and 200 <= code < 300)
