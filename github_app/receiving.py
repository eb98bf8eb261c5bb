"""A delivery from GitHub: proved, read, decided and kept, in that order. No GitHub is called, and no job is begun."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from collectors.facts.codec import to_json
from github_app.keeping import Keeper
from github_app.payload import WORD, action_of
from github_app.routing import Own, decide
from github_app.signature import is_signed
from mldebt.store.deliveries import Arrived
from mldebt.store.errors import StoreError

GUID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]{0,99}")
"""GitHub's are GUIDs; other servers that speak its language have their own."""
ACCEPTED, BAD, FORGED, DOWN = 202, 400, 401, 503

log = logging.getLogger("mldebt.webhooks")


class Delivered(NamedTuple):
    """What came, as it came."""

    event: str | None  # X-GitHub-Event
    guid: str | None  # X-GitHub-Delivery
    signature: str | None  # X-Hub-Signature-256
    body: bytes


class Answer(NamedTuple):
    status: int
    sentence: str


class NotReadableError(ValueError):
    """No JSON object, or one that is nested too deep."""


def receive(delivered: Delivered, secrets: Sequence[str], own: Own, keeper: Keeper, now_us: int) -> Answer:
    """What GitHub is answered. Once that is ACCEPTED the delivery is on the disk, and nothing loses it."""
    if not is_signed(delivered.body, delivered.signature, secrets):
        return Answer(FORGED, "the signature is missing, or not of this App's webhook secret")
    event, guid = delivered.event or "", delivered.guid or ""
    if not WORD.fullmatch(event) or not GUID.fullmatch(guid):
        return Answer(BAD, "it has no name of an event (X-GitHub-Event), or no id of its delivery (X-GitHub-Delivery)")
    try:
        payload = parsed(delivered.body)
    except NotReadableError:
        return Answer(BAD, "the body is not a JSON object that can be read")
    decision = decide(event, payload, own)
    arrived = Arrived(
        guid=guid,
        event=event,
        received_us=now_us,
        verdict=decision.says,
        action=action_of(payload),
        installation=decision.installation,
        repository=decision.repository,
        todo=None if decision.todo is None else to_json(decision.todo),
    )
    try:
        before = keeper.keep(arrived)
    except StoreError as error:
        log.error("delivery %s was not kept, and GitHub was told so: %s", guid, error)  # noqa: TRY400
        return Answer(DOWN, "it could not be stored just now: deliver it again later")
    return Answer(ACCEPTED, arrived.verdict if before is None else f"it came before: {before}")


def parsed(body: bytes) -> dict[str, Any]:
    """Raises NotReadableError."""
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError):
        raise NotReadableError from None
    if not isinstance(found, dict):
        raise NotReadableError
    return found


def _refused(constant: str) -> float:
    """NaN and infinities are not JSON."""
    raise ValueError(constant)
