"""`POST /github/webhook`: the one route by which GitHub speaks to mldebt.

Whoever knows the address can knock: what is not signed costs little, and learns nothing.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from github_app.keeping import Keeper
from github_app.receiving import BAD, FORGED, Answer, Delivered, receive
from github_app.routing import Own
from github_app.signature import looks_signed
from mldebt.app_access import AppAccess, read_app_access
from mldebt.settings import Settings, SettingsError, read_settings
from mldebt.store.errors import StoreError

if TYPE_CHECKING:
    from github_app.carrying import Carrier, Places

PATH = "/github/webhook"
LARGEST = 25 << 20
"""Bytes of a delivery: GitHub sends none that is larger."""
MOST_AT_ONCE = 4 * LARGEST
"""Bytes of all deliveries that are being read."""
SMALL = 64 << 10
"""Bytes for which there is always room: most deliveries are smaller, and connections are counted."""
PATIENCE = 10.0
"""Seconds until a body is there: GitHub gives up after as many."""
TOO_LARGE, SLOW, NOT_JSON, BUSY, NOWHERE = 413, 408, 415, 503, 404
NO_APP = "No GitHub App is configured here: `mldebt setup` makes one.\n"
DOWN_NOW = "It could not be stored just now: deliver it again later.\n"

log = logging.getLogger("mldebt.webhooks")


class Refused(Exception):  # noqa: N818  it is an answer
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.answer = Answer(status, sentence)


@dataclass
class FrontDoor:
    """What stands behind the route while a server runs."""

    secrets: tuple[str, ...] = field(repr=False)
    own: Own
    places: Places
    carrier: Carrier
    keeper: Keeper
    clock: Callable[[], int] = time.time_ns
    patience: float = PATIENCE
    _held: int = 0  # bytes

    def begin(self) -> None:
        self.carrier.begin()

    def end(self) -> None:
        self.carrier.end()
        self.places.close()

    async def answer(self, request: Request) -> Response:
        try:
            found = await self._received(request)
        except Refused as refused:
            found = refused.answer
        except ClientDisconnect:  # nobody hears it
            found = Answer(BAD, "the body broke off")
        return PlainTextResponse(f"{found.sentence}\n", found.status)

    async def _received(self, request: Request) -> Answer:
        headers = request.headers
        signature = headers.get("x-hub-signature-256")
        if not looks_signed(signature):
            raise Refused(FORGED, "the signature (X-Hub-Signature-256) is missing, or is none")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(NOT_JSON, "deliveries are read as application/json alone: choose it in the App's settings")
        if headers.get("content-encoding", "identity") != "identity":
            raise Refused(NOT_JSON, "deliveries are read as they are, not compressed")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise Refused(BAD, "its length (Content-Length) is no number")
        if len(length) > 10 or int(length) > LARGEST:
            raise Refused(TOO_LARGE, f"a delivery has {LARGEST >> 20} MiB at most")
        held = [0]
        try:
            body = await self._body(request, held)
            delivered = Delivered(headers.get("x-github-event"), headers.get("x-github-delivery"), signature, body)
            now_us = self.clock() // 1_000
            found = await run_in_threadpool(receive, delivered, self.secrets, self.own, self.keeper, now_us)
        finally:
            self._held -= held[0]
        self.carrier.wake()
        return found

    async def _body(self, request: Request, held: list[int]) -> bytes:
        """The bytes as they came. `held` says how much room they take."""
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self.patience):
                async for part in request.stream():
                    parts.append(part)
                    held[0] += len(part)
                    self._held += len(part)
                    if held[0] > LARGEST:
                        raise Refused(TOO_LARGE, f"a delivery has {LARGEST >> 20} MiB at most")
                    if self._held > MOST_AT_ONCE and held[0] > SMALL:
                        raise Refused(BUSY, "too much comes at once: deliver it again later")
        except TimeoutError:
            raise Refused(SLOW, "the body took too long") from None
        return b"".join(parts)


class Webhooks:
    """The route, and what stands behind it while the server runs. Nothing does where no App is configured."""

    def __init__(self) -> None:
        self.route = Route(PATH, self._answer, methods=["GET", "POST"])  # a GET would be shown the shell of the pages
        self._door: FrontDoor | None = None
        self._wanted: tuple[Settings, AppAccess] | None = None
        self._opening = threading.Lock()

    def begin(self, environment: Mapping[str, str]) -> None:
        """Where the store is down it is opened when the next delivery comes."""
        try:
            settings = read_settings(environment)
            access = read_app_access(environment, settings.home)
        except SettingsError as error:
            log.error("no webhooks are received: %s", error)  # noqa: TRY400
            return
        if access is not None:
            self._wanted = settings, access
            self._opened()

    def end(self) -> None:
        with self._opening:
            door, self._door, self._wanted = self._door, None, None
        if door is not None:
            door.end()

    def is_well(self) -> bool:
        """Whether what comes could be kept."""
        door = self._opened()
        if door is None:
            return False
        try:
            door.places.look()
        except StoreError:
            return False
        return True

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return PlainTextResponse("Method Not Allowed", 405, {"Allow": "POST"})
        if self._wanted is None:
            return PlainTextResponse(NO_APP, NOWHERE)
        door = self._door or await run_in_threadpool(self._opened)
        return PlainTextResponse(DOWN_NOW, BUSY) if door is None else await door.answer(request)

    def _opened(self) -> FrontDoor | None:
        with self._opening:
            if self._door is None and self._wanted is not None:
                try:
                    self._door = front_door(*self._wanted)
                except StoreError as error:
                    log.error("no webhooks are received for now: %s", error)  # noqa: TRY400
                    return None
                self._door.begin()
            return self._door


def front_door(settings: Settings, access: AppAccess) -> FrontDoor:
    """Raises StoreError."""
    from github_app.carrying import Carrier, open_places  # with the engine of jobs, for which no page waits

    places = open_places(settings)
    return FrontDoor(
        access.webhook_secrets, Own(access.app_id, access.bot), places, Carrier(places), Keeper(places.deliveries)
    )
