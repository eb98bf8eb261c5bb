"""The door to PyGithub. A fresh one for each run or job: its connections are not to be shared.

Of PyGithub the requests are used (keys, tokens, pauses between writes) and not the objects: those complete themselves
from whatever an answer holds, and fail in ways of their own where it is not what GitHub describes. What is tried again
is decided here: what reads, edits or deletes, after a failure of the other side; a post never, since it may have been
stored although its answer was lost.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import unquote

import jwt
import requests
from github import Auth, Github, GithubException
from urllib3 import Retry
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import MaxRetryError
from urllib3.response import BaseHTTPResponse

from github_app.port import GitHubFailed, Gone, Invalid, Moved, NotAllowed, RateLimited, Unauthorized

NO_KEY = "the App's private key cannot be used: set MLDEBT_APP_KEY to what GitHub gave"
SECONDS = 15
LONGEST_WAIT = 120.0
"""Seconds that a rate limit may ask a run to wait for; a run that would wait longer ends."""
TRIES = 4
SECONDARY = 60.0
"""Seconds to wait at a limit that does not say for how long; twice as long each time."""
_PAGE = 100
_MOST_PAGES = 100
_TOLD = 200
"""Characters of GitHub's own words."""
_CURSOR = re.compile(r"<[^<>]*[?&]cursor=([\w%.=-]{1,300})[^<>]*>;[^<>]*\brel=\"next\"")
_REPEATABLE = {"GET", "PATCH", "PUT", "DELETE"}


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, Any]
    value: Any  # JSON; None where it is none

    @property
    def said(self) -> str:
        told = self.value.get("message") if isinstance(self.value, dict) else None
        return str(told or "no reason given")[:_TOLD]


class _Once(Retry):
    """Nothing is repeated below this module, and no redirect followed, where PyGithub would lose the query."""

    def __init__(self, **_: Any) -> None:
        super().__init__(total=1, status_forcelist={301}, allowed_methods=None, respect_retry_after_header=False)

    def increment(
        self,
        method: str | None = None,  # noqa: ARG002
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if response is not None:
            raise GithubException(response.status, {"message": "Moved Permanently"})
        raise MaxRetryError(_pool, url or "", error)  # type: ignore[arg-type]


@dataclass
class Door:
    """`address` is GITHUB_API_URL; `auth` is who asks, `renew` gets a token anew that ended before its time."""

    address: str
    auth: Auth.Auth
    renew: Callable[[], Auth.Auth] | None = None
    pause: float = 1.0  # seconds between two writes, and before the first repetition
    longest_wait: float = LONGEST_WAIT
    seconds: int = SECONDS  # for one answer
    tries: int = TRIES

    def __post_init__(self) -> None:
        self._open()

    def _open(self) -> None:
        self._requester = Github(
            auth=self.auth,
            base_url=self.address,
            timeout=self.seconds,
            retry=_Once(),
            seconds_between_requests=None,
            seconds_between_writes=self.pause,
            user_agent="mldebt",
        ).requester

    def rows(self, what: str, path: str, asked: Mapping[str, str], under: str = "") -> list[Any]:
        """All pages of a list, which stands `under` a key where it is not the answer itself."""
        rows: list[Any] = []
        for page in range(1, _MOST_PAGES + 1):
            found = self.asked(what, "GET", path, query={**asked, "per_page": _PAGE, "page": page})
            if under:
                found = found.get(under) if isinstance(found, dict) else None
            if not isinstance(found, list):
                raise odd(what)
            rows += found
            if len(found) < _PAGE:
                return rows
        raise GitHubFailed(f"GitHub did not {what}: there are more than {_PAGE * _MOST_PAGES:,}")

    def pages(self, what: str, path: str, asked: Mapping[str, str]) -> Iterator[list[Any]]:
        """A list without numbers of pages, page by page: of an answer's link to the next only the cursor is taken."""
        cursor: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            answer = self._answer(what, "GET", path, (200,), None, {**asked, "per_page": _PAGE, **cursor}, True)
            if not isinstance(answer.value, list):
                raise odd(what)
            yield answer.value
            found = _CURSOR.search(str(answer.headers.get("link", "")))
            if found is None:
                return
            cursor = {"cursor": unquote(found[1])}

    def asked(
        self,
        what: str,
        verb: str,
        path: str,
        expected: int | tuple[int, ...] = 200,
        sent: object = None,
        query: Mapping[str, Any] | None = None,
        *,
        is_safe: bool | None = None,
    ) -> Any:
        """The answer's JSON. `what` is said where it fails. `is_safe`: whether twice does no harm, else by the verb."""
        wanted = expected if isinstance(expected, tuple) else (expected,)
        repeatable = verb in _REPEATABLE if is_safe is None else is_safe
        return self._answer(what, verb, path, wanted, sent, query, repeatable).value

    def _answer(
        self,
        what: str,
        verb: str,
        path: str,
        wanted: tuple[int, ...],
        sent: object,
        query: Mapping[str, Any] | None,
        repeatable: bool,
    ) -> _Answer:
        renew = self.renew
        for turn in range(self.tries):
            is_last = turn == self.tries - 1
            try:
                answer = self._once(what, verb, path, sent, query)
            except GitHubFailed:
                if is_last or not repeatable:
                    raise
                self._wait(turn)
                continue
            if answer.status in wanted:
                return answer
            if answer.status == 401 and renew is not None:
                self.auth, renew = renew(), None
                self._open()
                if not repeatable:
                    raise GitHubFailed(f"{_sentence(what, answer)}: run it again")
            elif _is_limit(answer):
                told = _told_to_wait(answer)
                seconds = self.pause * SECONDARY * 2**turn if told is None else told
                if is_last or not repeatable or seconds > self.longest_wait:
                    sentence = f"{_sentence(what, answer)}: ask again later"
                    raise RateLimited(sentence, seconds, is_told=told is not None)
                time.sleep(seconds)
            elif answer.status < 500 or is_last or not repeatable:
                raise _refused(what, answer)
            else:
                self._wait(turn)
        raise odd(what)

    def _wait(self, turn: int) -> None:
        time.sleep(self.pause * 2**turn)

    def _once(self, what: str, verb: str, path: str, sent: object, query: Mapping[str, Any] | None) -> _Answer:
        try:
            status, headers, text = self._requester.requestJson(verb, path, dict(query) if query else None, None, sent)
        except GithubException as error:
            return _Answer(error.status, error.headers or {}, error.data)
        except (requests.RequestException, OSError):
            raise GitHubFailed(f"GitHub could not be reached to {what}: run it again") from None
        except (jwt.PyJWTError, ValueError, TypeError):  # its words may hold what it could not read
            raise GitHubFailed(NO_KEY) from None
        try:
            value = json.loads(text) if text else None
        except (ValueError, RecursionError):
            value = None
        return _Answer(status, headers, value)


def with_token(address: str, token: str, *, pause: float = 1.0) -> Door:
    return Door(address, Auth.Token(token), pause=pause)


def for_a_page(address: str, token: str) -> Door:
    """Somebody waits for the answer: not for long, and not at a rate limit."""
    return Door(address, Auth.Token(token), pause=0.1, longest_wait=0.0, seconds=6, tries=2)


def as_token(token: str) -> Auth.Auth:
    return Auth.Token(token)


def as_app(app_id: int, private_key: str) -> Auth.Auth:
    """Signs for ten minutes at most, as GitHub wants it. The key is not looked at before it is used."""
    if not private_key:
        raise GitHubFailed(NO_KEY)
    return Auth.AppAuth(app_id, sign_func=lambda claims: jwt.encode(claims, _opened(private_key), "RS256"))


@lru_cache(maxsize=2)
def _opened(private_key: str) -> Any:
    """Opening a key takes a tenth of a second, since it is looked whether it fits."""
    return jwt.get_algorithm_by_name("RS256").prepare_key(private_key)


def _is_limit(answer: _Answer) -> bool:
    """Whether it is a rate limit that refused, the one for an hour or one of the others."""
    if answer.status != 403:
        return answer.status == 429
    return _is_spent(answer) or "retry-after" in answer.headers or "rate limit" in answer.said.lower()


def _is_spent(answer: _Answer) -> bool:
    return str(answer.headers.get("x-ratelimit-remaining", "")) == "0"


def _told_to_wait(answer: _Answer) -> float | None:
    after, reset = (str(answer.headers.get(name, "")) for name in ("retry-after", "x-ratelimit-reset"))
    if after.isascii() and after.isdigit():
        return float(after)
    if _is_spent(answer) and reset.isascii() and reset.isdigit():
        return max(0.0, int(reset) - time.time()) + 1
    return None


def _sentence(what: str, answer: _Answer) -> str:
    return f"GitHub did not {what} ({answer.status}: {answer.said})"


_WHY: dict[int, tuple[type[GitHubFailed], str]] = {
    400: (Invalid, ""),
    401: (Unauthorized, ": the token is not valid, or not any more"),
    403: (NotAllowed, ": the token may not"),
    404: (Gone, ": it is not there, or the token may not see it"),
    410: (Gone, ": it is not there, or the token may not see it"),
    422: (Invalid, ""),
}


def _refused(what: str, answer: _Answer) -> GitHubFailed:
    if answer.status < 300:
        return odd(what)
    if answer.status < 400:
        return Moved(f"{_sentence(what, answer)}: the repository has moved; run it again")
    kind, why = _WHY.get(answer.status, (GitHubFailed, ": run it again"))
    return kind(f"{_sentence(what, answer)}{why}")


def odd(what: str) -> GitHubFailed:
    return GitHubFailed(f"GitHub did not {what}, or answered what cannot be read: run it again")
