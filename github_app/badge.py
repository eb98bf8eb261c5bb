"""`GET /badge/NAME.svg`: what a README shows of a repository, from what is stored.

Where an App is configured, the badge of a repository that GitHub does not call public needs the word that
`mldebt badge` prints. Without an App this machine alone is served, which may see all there is. What is unknown and what
is not to be seen are answered alike.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from functools import lru_cache
from hmac import compare_digest
from typing import NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mldebt.app_access import read_app_access
from mldebt.profiles import profile_called
from mldebt.settings import SettingsError, read_settings
from mldebt.store import badges
from mldebt.store.contents import signals_of
from mldebt.store.engine import Store, open_store
from mldebt.store.errors import StoreError
from scoring.answers import Identity, Scorecard, score
from scoring.report.badge import UNKNOWN, Badge, badge_of, etag, svg

PATH = "/badge/"
LIVES = 300
"""Seconds that a copy of a badge may be shown; GitHub's own copies of images keep to it."""
LONGEST = 400
"""Characters of a name."""


class Answer(NamedTuple):
    badge: Badge
    is_public: bool = False  # whether a copy may be kept that others see


def routes() -> list[Route]:
    return [Route(f"{PATH}{{name:path}}.svg", badge, methods=["GET"])]


def address(base: str, name: str, token: str = "") -> str:
    """Of a badge. `base` is the server's."""
    return f"{base}{PATH}{quote(name)}.svg{f'?token={quote(token)}' if token else ''}"


async def badge(request: Request) -> Response:
    asked, token = request.path_params["name"], request.query_params.get("token", "")
    answer = await run_in_threadpool(_answer, asked, token, os.environ)
    image = svg(answer.badge)
    is_known = answer.badge is not UNKNOWN
    headers = {
        "Cache-Control": f"{'public' if answer.is_public else 'private'}, max-age={LIVES}",
        "ETag": etag(image),
        "Cross-Origin-Resource-Policy": "cross-origin",  # an image on other sites' pages
    }
    if is_known and _has(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(image, 200 if is_known else 404, headers, "image/svg+xml")


def _has(told: str, tag: str) -> bool:
    return told.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in told.split(","))


def _answer(name: str, token: str, environment: Mapping[str, str]) -> Answer:
    try:
        settings = read_settings(environment)
        store = _store(settings.database_url)
        is_hosted = _is_hosted(environment)
        with store.reading() as connection:
            found = badges.shown(connection, name[:LONGEST])
            word = badges.badge_token(connection, found.repository_id if found else badges.NOBODY)
            may = found is not None and (found.is_public or not is_hosted or _opens(token, word))
            seen = badges.seen(connection, found.repository_id) if found and may else None
        if found is None or seen is None:
            return Answer(UNKNOWN)
        card = _card(settings.database_url, seen.snapshot_id, seen.identity_parts)
    except (SettingsError, StoreError):
        return Answer(UNKNOWN)
    return Answer(badge_of(card, seen.seen_at, int(time.time())), found.is_public)


def _is_hosted(environment: Mapping[str, str]) -> bool:
    """Also where the App is told only in part: then others are kept out rather than let in."""
    try:
        return read_app_access(environment, read_settings(environment).home) is not None
    except SettingsError:
        return True


def _opens(token: str, word: str | None) -> bool:
    return compare_digest(token.encode(), (word or "").encode()) and bool(word)


@lru_cache(maxsize=4)
def _store(url: str) -> Store:
    return open_store(url)


@lru_cache(maxsize=200)
def _card(url: str, snapshot_id: int, identity_parts: str) -> Scorecard:
    with _store(url).reading() as connection:
        signals = signals_of(connection, snapshot_id)
    identity = Identity.read(identity_parts)
    return score(signals, identity, profile_called(identity.profile))
