"""`mldebt receive`: an event from a file goes the way of one that GitHub delivers, signature and all."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from github_app.carrying import carry_out, open_places
from github_app.door import LARGEST
from github_app.keeping import Keeper
from github_app.receiving import ACCEPTED, Delivered, receive
from github_app.routing import Own
from github_app.signature import signed
from mldebt.app_access import read_app_access
from mldebt.failure import Failure
from mldebt.jobs.listing import State, listing
from mldebt.settings import Settings
from mldebt.store.deliveries import verdict_of, waits

SHOWN = 10_000


def received(event: str, path: Path, settings: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    """Lines for a person. Without an App it is that of none. Raises Failure, SettingsError or StoreError."""
    access = read_app_access(environment, settings.home)
    own = Own(access.app_id, access.bot) if access else Own(0, "")
    secret = access.webhook_secrets[0] if access else secrets.token_hex(16)
    body = _read(path)
    guid = str(uuid.uuid4())
    with closing(open_places(settings)) as places:
        delivered = Delivered(event, guid, signed(body, secret), body)
        answer = receive(delivered, (secret,), own, Keeper(places.deliveries), time.time_ns() // 1_000)
        if answer.status != ACCEPTED:
            raise Failure(f"{path} is not received as {event!r}: {answer.sentence}")
        carry_out(places)
        with places.deliveries.reading() as connection:
            yield f"{event}: {verdict_of(connection, guid)}."
            if waits(connection, guid):
                yield "It waits: what it asks for is seen to by `mldebt serve`, once that runs."
        for job in listing(places.jobs, SHOWN).of(State.WAITING):
            if job.id.endswith(f":{guid}"):
                yield f"Waits to be run: {job.kind} {job.title}."


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or 'the system refuses'}") from None
    if len(body) > LARGEST:
        raise Failure(f"{path} is larger than GitHub delivers: {LARGEST >> 20} MiB at most")
    return body
