"""What GitHub tells an App about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote

import requests

from github_app.client import Door, as_app, odd
from github_app.conversation import of
from github_app.port import GitHubFailed
from github_app.registering import as_nobody
from mldebt.app_access import AppAccess

SECONDS = 10
LATEST = 30
"""Deliveries that are looked at."""


class Itself(NamedTuple):
    id: int
    slug: str
    owner: str
    page: str
    permissions: Mapping[str, str]
    events: Sequence[str]
    installations: int | None  # None: GitHub does not say


class Hook(NamedTuple):
    url: str
    content_type: str
    is_signed: bool
    is_verified: bool  # whether GitHub looks at the certificate


class Delivery(NamedTuple):
    id: int
    event: str
    at: datetime
    status: str  # GitHub's words
    code: int  # 0 where nobody answered

    @property
    def arrived(self) -> bool:
        return 200 <= self.code < 300


def as_itself(access: AppAccess, *, pause: float = 0.3) -> Door:
    """Raises GitHubFailed where there is no key."""
    return Door(access.api, as_app(access.app_id, access.private_key), pause=pause, longest_wait=5.0)


def clock_of(api: str) -> float:
    """Seconds since 1970 by GitHub's clock. Raises GitHubFailed."""
    try:
        told = requests.head(api, timeout=SECONDS, allow_redirects=False, auth=as_nobody)
        return parsedate_to_datetime(told.headers["Date"]).timestamp()
    except (requests.RequestException, KeyError, ValueError):
        raise GitHubFailed(
            f"{api} cannot be reached: let this machine call it, by a proxy (HTTPS_PROXY) if need be"
        ) from None


def answer_of(address: str) -> tuple[int, str]:
    """The status and the first words of who answers there. Raises GitHubFailed where nobody does."""
    try:
        with requests.get(address, timeout=SECONDS, allow_redirects=False, auth=as_nobody, stream=True) as told:
            return told.status_code, told.raw.read(300, decode_content=True).decode(errors="replace")
    except requests.exceptions.SSLError:
        raise GitHubFailed(f"the certificate of {address} is not one that this machine trusts") from None
    except (requests.RequestException, OSError, ValueError):
        raise GitHubFailed(f"{address} cannot be reached from here") from None


def itself(door: Door) -> Itself:
    what = "tell about the App"
    row = door.asked(what, "GET", "/app")
    app_id, slug, permissions, events = of(row, "id"), of(row, "slug"), of(row, "permissions"), of(row, "events")
    if not isinstance(app_id, int) or not isinstance(slug, str) or not isinstance(permissions, Mapping):
        raise odd(what)
    number = of(row, "installations_count")
    return Itself(
        app_id,
        slug,
        str(of(of(row, "owner"), "login") or of(of(row, "owner"), "slug") or ""),
        str(of(row, "html_url") or ""),
        {str(name): str(level) for name, level in permissions.items()},
        [str(one) for one in events] if isinstance(events, list) else [],
        number if isinstance(number, int) else None,
    )


def hook(door: Door) -> Hook:
    row = door.asked("tell about the webhook", "GET", "/app/hook/config")
    return Hook(
        str(of(row, "url") or ""),
        str(of(row, "content_type") or "form"),
        bool(of(row, "secret")),
        str(of(row, "insecure_ssl") or "0") == "0",
    )


def deliveries(door: Door) -> list[Delivery]:
    """The newest first."""
    what = "list the deliveries"
    rows = door.asked(what, "GET", "/app/hook/deliveries", query={"per_page": LATEST})
    if not isinstance(rows, list):
        raise odd(what)
    return [found for found in map(_delivery, rows) if found]


def installation_on(door: Door, repository: str) -> int:
    """The installation that has a repository, by its full name. Raises Gone where none has."""
    what = f"find the App on {repository}"
    found = of(door.asked(what, "GET", f"/repos/{quote(repository)}/installation"), "id")
    if not isinstance(found, int):
        raise odd(what)
    return found


def repository_id(door: Door, installation: int, repository: str) -> int:
    """Through a token for it that may do nothing but tell its name."""
    what = f"give a token for {repository}"
    sent = {"repositories": [repository.partition("/")[2]], "permissions": {"metadata": "read"}}
    told = door.asked(what, "POST", f"/app/installations/{installation}/access_tokens", 201, sent, is_safe=True)
    rows = of(told, "repositories")
    ids = [of(row, "id") for row in rows] if isinstance(rows, list) else []
    if len(ids) != 1 or not isinstance(ids[0], int):
        raise odd(what)
    return ids[0]


def _delivery(row: object) -> Delivery | None:
    row_id, code = of(row, "id"), of(row, "status_code")
    try:
        at = datetime.fromisoformat(str(of(row, "delivered_at")))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not isinstance(row_id, int):
        return None
    return Delivery(row_id, str(of(row, "event")), at, str(of(row, "status")), code if isinstance(code, int) else 0)
