"""From a code that GitHub hands to a browser to an App whose key we hold, and that may do no more than was asked for.

https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import requests

from github_app.manifest import Address, beyond, manifest
from mldebt.app_access import AppAccess
from mldebt.failure import Failure

SECONDS = 20
CODE = re.compile(r"[A-Za-z0-9_-]{1,200}")
_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9])?")
_Kind = TypeVar("_Kind")


class NotNow(Failure):
    """GitHub did not answer this time; the code is good for an hour."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The App that is to be made."""

    name: str
    url: str  # where this mldebt is seen from outside
    server: str
    api: str
    organization: str = ""  # empty: the App belongs to whoever makes it
    quarterly_issue: bool = False

    def form(self, state: str) -> str:
        """Where the browser posts the manifest."""
        owner = f"/organizations/{quote(self.organization, safe='')}" if self.organization else ""
        return f"{self.server}{owner}/settings/apps/new?state={quote(state, safe='')}"

    def manifest(self, back: str) -> dict[str, Any]:
        return manifest(self.name, Address(self.url, back), quarterly_issue=self.quarterly_issue)

    def settings(self, slug: str) -> str:
        """The App's own page, for who owns it."""
        owner = f"/organizations/{quote(self.organization, safe='')}" if self.organization else ""
        return f"{self.server}{owner}/settings/apps/{quote(slug, safe='')}"


@dataclass(frozen=True, slots=True)
class Registered:
    access: AppAccess
    owner: str
    page: str  # the App's public page

    @property
    def install(self) -> str:
        return f"{self.page}/installations/new"


def as_nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Without the password that a `.netrc` may have for the host."""
    return request


def registered(wanted: Wanted, code: str) -> Registered:
    """Exchange the code, once. Raises NotNow where it may be tried again, and Failure where not."""
    try:
        answer = requests.post(
            f"{wanted.api}/app-manifests/{quote(code, safe='')}/conversions",
            headers={"Accept": "application/vnd.github+json", "User-Agent": "mldebt"},
            auth=as_nobody,
            timeout=SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException:
        raise NotNow(f"{wanted.api} could not be reached: see that this machine may call it, then try again") from None
    if answer.status_code >= 500 or answer.status_code == 429:
        raise NotNow(f"GitHub could not hand over the App just now ({answer.status_code}): try again in a minute")
    if answer.status_code != 201:
        raise Failure(
            f"GitHub does not know the code ({answer.status_code}), which is good for an hour and once: if the App was "
            f"made, delete it at {wanted.settings('')} and run `mldebt setup` again"
        )
    try:
        told = answer.json()
    except ValueError:
        told = None
    return checked(told, wanted)


def checked(told: Any, wanted: Wanted) -> Registered:
    """The App that GitHub describes, if it is the one that was asked for. Raises Failure."""
    slug = _of(told, "slug", str)
    if not _SLUG.fullmatch(slug):
        raise Failure(f"GitHub calls the App {slug!r}, which is no name of an App: nothing was kept")
    owner = _of(_of(told, "owner", dict), "login", str)
    again = f"nothing of it was kept: delete it at {wanted.settings(slug)}/advanced and run `mldebt setup` again"
    if wanted.organization and owner.lower() != wanted.organization.lower():
        raise Failure(f"the App belongs to {owner}, not to {wanted.organization}; {again}")
    permissions = {str(name): str(level) for name, level in _of(told, "permissions", dict).items()}
    events = [str(one) for one in _of(told, "events", list)]
    more = [one for some in beyond(permissions, events, quarterly_issue=wanted.quarterly_issue) for one in some]
    if more:
        raise Failure(f"the App may do more than was asked for ({', '.join(more)}); {again}")
    page = _of(told, "html_url", str).rstrip("/")
    if not page.startswith(f"{wanted.server}/"):
        page = f"{wanted.server}/apps/{slug}"
    access = AppAccess(
        app_id=_of(told, "id", int),
        private_key=_of(told, "pem", str),
        webhook_secrets=(_of(told, "webhook_secret", str),),
        client_id=_of(told, "client_id", str),
        client_secret=_of(told, "client_secret", str),
        slug=slug,
        server=wanted.server,
        api=wanted.api,
        public_url=wanted.url,
    )
    return Registered(access, owner, page)


def _of(told: Any, name: str, kind: type[_Kind]) -> _Kind:
    """What an App always has. It may have no event at all; an empty text or number is none."""
    value = told.get(name) if isinstance(told, Mapping) else None
    if isinstance(value, kind) and (value or kind is list):
        return value
    raise Failure(
        f"GitHub handed over an App without its {name}: nothing was kept; delete it in your settings at GitHub, and "
        "run `mldebt setup` again"
    )
