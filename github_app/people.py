"""What GitHub lets a person see: asked with that person's own token, so that it answers as it would there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, islice, repeat
from typing import Any
from urllib.parse import quote

from github_app.client import Door, for_a_page, odd
from github_app.conversation import of
from github_app.port import GitHubFailed, Gone, Moved, NotAllowed, Person
from mldebt.access import Role

WRITES = ("push", "maintain", "admin")


PAGE = 100
"""Rows that GitHub tells at a time."""
AT_ONCE = 10
"""Pages that are asked for together: the first of somebody with thousands of repositories is not the last."""
MOST_PAGES = 300
"""In all: GitHub lets a person ask 5,000 times an hour. What lies beyond is seen by whoever opens its address."""
PATIENCE = 25.0
"""Seconds for all pages together."""
INSTALLATIONS = "list the installations that you may see"
REPOSITORIES = "list the repositories that you may see"


class People:
    """One person. A fresh one for each check: its connections are not to be shared between threads."""

    def __init__(self, api: str, token: str) -> None:
        self._open = partial(for_a_page, api, token)
        self._door = self._open()

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
        until = time.monotonic() + PATIENCE
        own = threading.local()

        def page(installation: int, number: int) -> tuple[int, list[Any]]:
            if time.monotonic() > until:
                raise GitHubFailed(f"GitHub takes too long to {REPOSITORIES}: try again")
            if not hasattr(own, "door"):
                own.door = self._open()
            return _page(own.door, installation, number)

        installations = list(self._installations())[:MOST_PAGES]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            firsts = list(threads.map(page, installations, repeat(1)))
            left = (
                (installation, number)
                for installation, (there, _) in zip(installations, firsts, strict=True)
                for number in range(2, -(-there // PAGE) + 1)
            )
            others = list(threads.map(lambda one: page(*one), islice(left, MOST_PAGES - len(firsts))))
        rows = chain.from_iterable(rows for _, rows in (*firsts, *others))
        return {number: role for number, role in map(_role, rows) if role is not None}

    def _installations(self) -> Iterator[int]:
        for row in self._door.rows(INSTALLATIONS, "/user/installations", {}, "installations"):
            number = of(row, "id")
            if not isinstance(number, int):
                raise odd(INSTALLATIONS)
            if of(row, "suspended_at") is None:
                yield number

    def repository(self, full_name: str) -> tuple[int, Role] | None:
        """One that is called so, if the person may see it: a public one too. Raises GitHubFailed."""
        owner, _, name = full_name.partition("/")
        try:
            row = self._door.asked("tell of the repository", "GET", f"/repos/{quote(owner, '')}/{quote(name, '')}")
        except (NotAllowed, Gone, Moved):
            return None
        number, role = _role(row)
        return None if role is None else (number, role)


def _page(door: Door, installation: int, number: int) -> tuple[int, list[Any]]:
    """How many repositories of an installation the person may see, and some of them."""
    path, asked = f"/user/installations/{installation}/repositories", {"per_page": PAGE, "page": number}
    try:
        found = door.asked(REPOSITORIES, "GET", path, query=asked)
    except (NotAllowed, Gone):  # not, or not any more
        return 0, []
    rows, there = of(found, "repositories"), of(found, "total_count")
    if not isinstance(rows, list) or not isinstance(there, int):
        raise odd(REPOSITORIES)
    return there, rows


def _role(row: Any) -> tuple[int, Role | None]:
    number, may = of(row, "id"), of(row, "permissions")
    if not isinstance(number, int):
        raise odd(REPOSITORIES)
    if not isinstance(may, Mapping) or may.get("pull") is not True:
        return number, None
    return number, Role.DECIDE if any(may.get(word) is True for word in WRITES) else Role.SEE
