"""Who is signed in here, and what GitHub lets them see: asked with each person's own token, every ten minutes.

A session lives in the store, by the digest of its cookie; what is granted beside it. The token lives in the memory of
this process alone: it is written nowhere, and goes with the process, with the session and with a no of GitHub's. A
session whose token is gone holds until its grant ends, and then begins anew with one more visit to GitHub.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from github_app.lasting import HOLDS, IDLE, LIVES, holds, is_due, is_open
from github_app.oauth import Token
from github_app.port import GitHubFailed, Gone, NotAllowed, Person, Unauthorized
from mldebt.access import NotChecked, NotSignedIn, Role, Viewer
from mldebt.store import sessions
from mldebt.store.engine import Store
from mldebt.store.errors import StoreError
from mldebt.store.sessions import Begun

NOTED = 600
"""Seconds between two notes that a session is used: a look at a page writes nothing else."""
TRIED_AGAIN = 15
"""Seconds after a GitHub that failed."""
LOOKED_UP, LOOKED_UP_AGAIN = 20, 60
"""Names in addresses that one session may ask GitHub for in so many seconds."""
QUICK, LONGEST = 1.0, 30.0
"""Seconds that a page waits for GitHub: while what was told before still holds, and when it does not any more."""
ASKED_TOGETHER = 8
"""People about whom GitHub is asked at a time."""
REMEMBERED = 1.0
"""Seconds for which a look at the store serves a page's many questions."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")
ENDED = "your session ended: sign in again"
DOWN = "for ten minutes GitHub could not be asked, or its answer not be kept: try again in a while"


class Asked(Protocol):
    """GitHub, as one person sees it."""

    def who(self) -> Person: ...
    def repositories(self) -> dict[int, Role]: ...
    def repository(self, full_name: str) -> tuple[int, Role] | None: ...


@dataclass
class _Known:
    """What this process alone knows of a session."""

    token: Token | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    asking: Future[None] | None = None
    failed_at: float = 0.0
    looked_up: dict[str, float] = field(default_factory=dict)
    remembered: tuple[float, Viewer] | None = None


class SignedIn:
    """Binds `mldebt.access.Access` to GitHub. Safe to share between threads."""

    def __init__(
        self,
        cookie: str,
        store: Callable[[], Store],
        asked: Callable[[str], Asked],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.cookie = cookie  # its name
        self._store, self._asked, self._clock = store, asked, clock
        self._known: dict[bytes, _Known] = {}
        self._threads = ThreadPoolExecutor(ASKED_TOGETHER, "mldebt-access")
        self._lock = threading.Lock()

    def begin(self, token: Token, instead_of: str = "") -> str:
        """Open a session for whoever has the token: the value of its cookie, which nobody knew before.

        Raises GitHubFailed where GitHub does not tell who that is, or what may be seen.
        """
        asked = self._asked(token.value)
        person, roles = asked.who(), asked.repositories()
        now, value = self._now(), secrets.token_urlsafe(32)
        begun = Begun(_digest(value), person.id, person.login, now, now, now + min(LIVES, token.seconds), 0)
        self.end(instead_of)
        with self._store().writing() as connection:
            sessions.forget_sessions(connection, now, now - IDLE)
            sessions.begin_session(connection, begun)
            sessions.keep_grants(connection, person.id, _words(roles), now + HOLDS)
        with self._lock:
            self._known[begun.id] = _Known(token)
        self._forget_tokens()
        return value

    def end(self, value: str) -> Token | None:
        """End the session of a cookie; its token, where there is one."""
        if not value:
            return None
        id_ = _digest(value)
        with self._store().writing() as connection:
            sessions.end_session(connection, id_)
        return self._drop(id_)

    def is_open(self, value: str) -> bool:
        """Whether there is a session, whatever may be seen in it. Raises StoreError."""
        return bool(value) and self._session(_digest(value)) is not None

    def viewer(self, cookies: Mapping[str, str]) -> Viewer:
        id_ = self._id(cookies)
        known = self._of(id_)
        if known.remembered and 0 <= self._clock() - known.remembered[0] < REMEMBERED:
            return known.remembered[1]
        begun = self._checked(id_, known)
        with self._store().reading() as connection:
            rows = sessions.granted(connection, begun.person, self._now())
        viewer = Viewer(
            begun.person,
            begun.login,
            frozenset(row.repository_id for row in rows if row.repository_id is not None),
            frozenset(row.repository_id for row in rows if row.repository_id is not None and row.role == Role.DECIDE),
            frozenset(row.repository for row in rows),
        )
        known.remembered = self._clock(), viewer
        return viewer

    def visit(self, cookies: Mapping[str, str], name: str) -> None:
        """GitHub is asked by the address alone: whether it is stored here takes no part, so nobody can tell by it."""
        id_ = self._id(cookies)
        known = self._of(id_)
        begun = self._checked(id_, known)
        if known.token is None or not NAME.fullmatch(name) or not self._may_look_up(known, name):
            return
        with self._answers(id_, begun.person):
            try:
                found = self._asked(known.token.value).repository(name)
            except Unauthorized:
                raise
            except GitHubFailed:
                return
        if found is not None:
            with self._store().writing() as connection:
                sessions.keep_grant(connection, begun.person, found[0], found[1], self._now() + HOLDS)
            known.remembered = None

    def _checked(self, id_: bytes, known: _Known) -> Begun:
        """The session, whose grant holds. Raises NotSignedIn or NotChecked."""
        try:
            begun = self._session(id_)
        except StoreError:
            if known.token is None:  # whatever cookies come while the store is down, they take no room
                self._drop(id_)
            raise
        if begun is None:
            self._drop(id_)
            raise NotSignedIn(ENDED)
        if self._now() - begun.seen_at >= NOTED:
            with suppress(StoreError), self._store().writing() as connection:  # a scan that writes is not waited for
                sessions.use_session(connection, id_, self._now())
        if not is_due(begun, self._now()):
            return begun
        with known.lock:  # pages of one session that come at once: one of them asks
            begun = self._still(id_)
            if not is_due(begun, self._now()):
                return begun
            if known.asking is None:
                known.asking = self._threads.submit(self._ask_once, id_, known, begun)
            asking = known.asking
        with suppress(TimeoutError):
            asking.result(QUICK if holds(begun, self._now()) else LONGEST)
        begun = self._still(id_)
        if not holds(begun, self._now()):
            raise NotChecked(DOWN)
        return begun

    def _still(self, id_: bytes) -> Begun:
        begun = self._session(id_)
        if begun is None:
            raise NotSignedIn(ENDED)
        return begun

    def _ask_once(self, id_: bytes, known: _Known, begun: Begun) -> None:
        try:
            self._ask(id_, known, begun)
        finally:
            with known.lock:
                known.asking = None

    def _ask(self, id_: bytes, known: _Known, begun: Begun) -> None:
        """What may be seen, anew; where that fails, what was known holds until its end."""
        is_held = holds(begun, self._now())
        if known.token is None:
            if not is_held:
                with self._store().writing() as connection:
                    sessions.end_session(connection, id_)
                raise NotSignedIn(ENDED)
            return
        if 0 <= self._clock() - known.failed_at < TRIED_AGAIN:
            return
        with self._answers(id_, begun.person):
            try:
                roles = self._asked(known.token.value).repositories()
            except (Unauthorized, NotAllowed, Gone):
                raise
            except GitHubFailed:
                known.failed_at = self._clock()
            else:
                self._keep(known, begun.person, roles, may_fail=is_held)

    def _keep(self, known: _Known, person: int, roles: Mapping[int, Role], *, may_fail: bool) -> None:
        """Raises StoreError where another writes for long, unless it may fail: then it is tried again in a moment."""
        try:
            with self._store().writing() as connection:
                sessions.keep_grants(connection, person, _words(roles), self._now() + HOLDS)
        except StoreError:
            known.failed_at = self._clock()
            if not may_fail:
                raise

    @contextmanager
    def _answers(self, id_: bytes, person: int) -> Iterator[None]:
        """A no of GitHub's ends the session at once, and has this person's other ones ask anew."""
        try:
            yield
        except (Unauthorized, NotAllowed, Gone):
            with self._store().writing() as connection:
                sessions.end_session(connection, id_)
                sessions.ask_again(connection, person=person)
            self._drop(id_)
            with self._lock:
                for one in self._known.values():
                    one.remembered = None
            raise NotSignedIn("GitHub does not let you in any more: sign in again") from None

    def _session(self, id_: bytes) -> Begun | None:
        with self._store().reading() as connection:
            begun = sessions.session_of(connection, id_)
        return begun if begun is not None and is_open(begun, self._now()) else None

    def _may_look_up(self, known: _Known, name: str) -> bool:
        now = self._clock()
        with self._lock:
            recent = {one: at for one, at in known.looked_up.items() if 0 <= now - at < LOOKED_UP_AGAIN}
            may = name not in recent and len(recent) < LOOKED_UP
            known.looked_up = {**recent, name: now} if may else recent
        return may

    def _id(self, cookies: Mapping[str, str]) -> bytes:
        value = cookies.get(self.cookie, "")
        if not value:
            raise NotSignedIn("sign in to see what is stored here")
        return _digest(value)

    def _of(self, id_: bytes) -> _Known:
        """A session that this process did not begin is known without a token, until it is over."""
        with self._lock:
            return self._known.get(id_) or self._known.setdefault(id_, _Known())

    def _drop(self, id_: bytes) -> Token | None:
        with self._lock:
            known = self._known.pop(id_, None)
        return known.token if known else None

    def _forget_tokens(self) -> None:
        """Of sessions that are over."""
        with self._lock:
            ids = list(self._known)
        with self._store().reading() as connection:
            begun = sessions.every_session(connection)
        for id_ in set(ids) - {one.id for one in begun if is_open(one, self._now())}:
            self._drop(id_)

    def _now(self) -> int:
        return int(self._clock())


def _digest(value: str) -> bytes:
    return sha256(value.encode("utf-8", "surrogatepass")).digest()


def _words(roles: Mapping[int, Role]) -> dict[int, str]:
    return {number: role.value for number, role in roles.items()}
