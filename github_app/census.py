"""Where the App is installed, as GitHub tells now: what an event that got lost would have told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from github_app.assessing import Place
from github_app.client import Door, as_token, odd
from github_app.conversation import of
from github_app.itself import as_itself
from github_app.port import GitHubFailed, NotAllowed
from mldebt.store.engine import Store
from mldebt.store.hosted import (
    hosted_repositories,
    installations,
    remove_installation,
    remove_repositories,
    tell_installation,
    tell_repository,
)

_BACK = {"removed_at": None, "forgotten_at": None}


def take(place: Place, store: Store, told_us: int) -> int:
    """Remember all of it, as told at `told_us`: an event that came later outdoes it. How many repositories there are.

    An installation that is not listed counts as removed only where one is listed that was known: else this may be
    another App, and what was stored under the first would be forgotten. Raises GitHubFailed.
    """
    door = as_itself(place.access, pause=place.pause)
    rows = [row for row in door.rows("list the installations", "/app/installations", {}) if _id(row) is not None]
    listed = {_id(row): row for row in rows}
    with store.writing() as connection:
        known = {one.id for one in installations(connection) if one.removed_at is None}
        for id_, row in listed.items():
            tell_installation(connection, id_ or 0, told_us, **_said(row))
        for id_ in known - set(listed) if known & set(listed) else ():
            remove_installation(connection, id_, told_us)
    return sum(_repositories(place, door, store, id_ or 0, told_us) for id_, row in listed.items() if not _ended(row))


def _repositories(place: Place, door: Door, store: Store, installation: int, told_us: int) -> int:
    """Of one installation. Where GitHub does not tell them just now, what is known stays."""
    try:
        rows = _listed(place, door, installation)
    except NotAllowed:  # it was suspended in this moment
        return 0
    with store.writing() as connection:
        for row in rows:
            tell_repository(connection, row["id"], installation, told_us, **_about(row), **_BACK)
        gone = {one.id for one in hosted_repositories(connection, installation)} - {row["id"] for row in rows}
        remove_repositories(connection, installation, gone, told_us)
    return len(rows)


def _listed(place: Place, door: Door, installation: int) -> list[Mapping[str, Any]]:
    what = "give a token for the installation"
    path, sent = f"/app/installations/{installation}/access_tokens", {"permissions": {"metadata": "read"}}
    token = of(door.asked(what, "POST", path, 201, sent, is_safe=True), "token")
    if not isinstance(token, str):
        raise odd(what)
    own = Door(place.access.api, as_token(token), pause=place.pause)
    rows = own.rows("list the repositories", "/installation/repositories", {}, "repositories")
    if any(_id(row) is None or not isinstance(of(row, "full_name"), str) for row in rows):
        raise GitHubFailed("GitHub did not list the repositories, or answered what cannot be read: run it again")
    return rows


def _about(row: Mapping[str, Any]) -> dict[str, Any]:
    branch = row.get("default_branch")
    return {
        "full_name": row["full_name"],
        "default_branch": branch if isinstance(branch, str) else None,
        "private": row.get("private") is not False,
        "archived": row.get("archived") is True,
    }


def _said(row: object) -> dict[str, Any]:
    account, account_id = of(of(row, "account"), "login"), of(of(row, "account"), "id")
    said: dict[str, Any] = {"suspended_at": _moment(of(row, "suspended_at"))}
    said |= {"account": account} if isinstance(account, str) else {}
    return said | ({"account_id": account_id} if isinstance(account_id, int) else {})


def _ended(row: object) -> bool:
    return of(row, "suspended_at") is not None


def _moment(value: object) -> int | None:
    try:
        return None if value is None else int(datetime.fromisoformat(str(value)).timestamp())
    except (ValueError, OverflowError):
        return 0


def _id(row: object) -> int | None:
    found = of(row, "id")
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else None
