"""Who may see and decide what: values, and the one question that every page asks. `app.py` binds who answers it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from mldebt.failure import Failure


class Role(StrEnum):
    SEE = "see"  # read access on GitHub
    DECIDE = "decide"  # write access on GitHub: also answers, goals and reviews


class AccessFailed(Failure):
    """A person may not, or it cannot be known. One sentence that names nothing that is stored."""


class NotSignedIn(AccessFailed):
    """There is no session, or not any more."""


class NotChecked(AccessFailed):
    """What somebody may see cannot be asked for now, and what was known of it is too old."""


class NotSeen(AccessFailed):
    """Not stored, or not for this person: the same answer to both."""


class NotDecided(AccessFailed):
    """This person may look at a repository, and no more."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person in front of a page. Repositories by the store's ids; None: all that there are."""

    user: int | None = None  # GitHub's number of the account; None: whoever is at this machine
    login: str = ""
    sees: frozenset[int] | None = None
    decides: frozenset[int] | None = None
    hosted: frozenset[int] = frozenset()  # the same by GitHub's numbers, also of what was never scanned

    @property
    def visible(self) -> tuple[int, ...] | None:
        """As a key of caches: two people share what is kept only where they may see the same."""
        return None if self.sees is None else tuple(sorted(self.sees))

    def may_see(self, repository_id: int) -> bool:
        return self.sees is None or repository_id in self.sees

    def may_decide(self, repository_id: int) -> bool:
        return self.may_see(repository_id) and (self.decides is None or repository_id in self.decides)


EVERYONE = Viewer()


class Access(Protocol):
    """Who is there, by the cookies of the request that opened a page."""

    def viewer(self, cookies: Mapping[str, str]) -> Viewer:
        """Asked anew in each run of a page. Raises NotSignedIn, NotChecked or StoreError."""

    def visit(self, cookies: Mapping[str, str], name: str) -> None:
        """Somebody opens an address that names a repository: whoever may see it by now, will. Raises as `viewer`."""


class LocalAccess:
    """Without sign-in: whoever reaches the server, which serves this machine only, may do everything."""

    def viewer(self, cookies: Mapping[str, str]) -> Viewer:  # noqa: ARG002
        return EVERYONE

    def visit(self, cookies: Mapping[str, str], name: str) -> None:
        """Nothing is hidden."""


class HandedOut:
    """Of which repositories the files tell that pages made for download, by the files' digests; the newest."""

    KEPT = 2_000

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, frozenset[int]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, content: bytes, repository_id: int) -> bytes:
        """The same content."""
        key = sha256(content).digest()
        with self._lock:
            self._known[key] = self._known.pop(key, frozenset()) | {repository_id}
            while len(self._known) > self.KEPT:
                self._known.popitem(last=False)
        return content

    def repositories(self, content: bytes) -> frozenset[int]:
        with self._lock:
            return self._known.get(sha256(content).digest(), frozenset())


handed_out = HandedOut()

_bound: list[Access] = [LocalAccess()]
"""One server to a process, so one of these."""


OUT_OF_REACH = "the store is busy or out of reach just now: try again in a while"
"""What others than this machine's owner are told of a store that fails: files and hosts stand in the log alone."""


def is_local() -> bool:
    """Whether it is this machine's owner who looks."""
    return isinstance(_bound[0], LocalAccess)


def bind(access: Access) -> None:
    _bound[0] = access


def bound() -> Access:
    return _bound[0]
