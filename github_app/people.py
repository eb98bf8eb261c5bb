"""What GitHub lets a person see: asked with that person's own token, so that it answers as it would there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from github_app.client import for_a_page, odd
from github_app.conversation import of
from github_app.port import Gone, Moved, NotAllowed, Person
from mldebt.access import Role

WRITES = ("push", "maintain", "admin")


class People:
    """One person. A fresh one for each check: its connections are not to be shared between threads."""

    def __init__(self, api: str, token: str) -> None:
        self._door = for_a_page(api, token)

    def who(self) -> Person:
        """Raises GitHubFailed; Unauthorized where the token is not valid any more."""
        what = "tell who you are"
        found = self._door.asked(what, "GET", "/user")
        number, login = of(found, "id"), of(found, "login")
        if not isinstance(number, int) or not isinstance(login, str):
            raise odd(what)
        return Person(number, login)

    def repositories(self) -> dict[int, Role]:
        """Of all installations of the App that the person can reach: GitHub's ids. Raises GitHubFailed."""
        what = "list the installations that you may see"
        found: dict[int, Role] = {}
        for row in self._door.rows(what, "/user/installations", {}, "installations"):
            number = of(row, "id")
            if not isinstance(number, int):
                raise odd(what)
            if of(row, "suspended_at") is None:
                found |= self._of(number)
        return found

    def _of(self, installation: int) -> dict[int, Role]:
        what, path = "list the repositories that you may see", f"/user/installations/{installation}/repositories"
        try:
            rows = self._door.rows(what, path, {}, "repositories")
        except (NotAllowed, Gone):  # not, or not any more
            return {}
        return {number: role for number, role in map(_role, rows) if role is not None}

    def repository(self, full_name: str) -> tuple[int, Role] | None:
        """One that is called so, if the person may see it: a public one too. Raises GitHubFailed."""
        owner, _, name = full_name.partition("/")
        try:
            row = self._door.asked("tell of the repository", "GET", f"/repos/{quote(owner, '')}/{quote(name, '')}")
        except (NotAllowed, Gone, Moved):
            return None
        number, role = _role(row)
        return None if role is None else (number, role)


def _role(row: Any) -> tuple[int, Role | None]:
    number, may = of(row, "id"), of(row, "permissions")
    if not isinstance(number, int):
        raise odd("list the repositories that you may see")
    if not isinstance(may, Mapping) or may.get("pull") is not True:
        return number, None
    return number, Role.DECIDE if any(may.get(word) is True for word in WRITES) else Role.SEE
