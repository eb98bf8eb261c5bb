"""Signing in through the App: where a browser is sent, what it must bring back, and the exchange of its code.

Nothing is kept on the server between the two. The browser holds a cookie of a nonce, an end and a page to return to;
`state` is their keyed digest, so a cookie or a state made elsewhere fits no other half; the verifier of PKCE is another
such digest, and never leaves the server. The code itself is GitHub's, and good once.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple, Protocol
from urllib.parse import urlencode

from github_app.port import GitHubFailed
from mldebt.failure import Failure

CALLBACK = "/auth/callback"
MINUTES = 10
"""For the way to GitHub and back."""
SECONDS = 10.0
LONGEST_NEXT = 1_500
LARGEST_ANSWER = 64 << 10
_HOURS = 8
"""How long a token lives that does not say so."""


class Forged(Failure):
    """What came back was not begun here, or not in this browser, or too long ago."""


class Refused(Failure):
    """GitHub gave no token for the code."""


class Client(Protocol):
    """What an App is known by to those who sign in (`mldebt.app_access.AppAccess` has more)."""

    @property
    def client_id(self) -> str: ...
    @property
    def client_secret(self) -> str: ...
    @property
    def server(self) -> str: ...
    @property
    def public_url(self) -> str: ...


class Begun(NamedTuple):
    address: str  # at GitHub
    cookie: str


class Returned(NamedTuple):
    verifier: str
    next: str  # path and query of this server


class Token(NamedTuple):
    """Of a person. Never stored, logged or shown."""

    value: str
    seconds: int  # it lives

    def __repr__(self) -> str:
        return f"Token({self.seconds} s)"


def begin(client: Client, nonce: str, next_: str, now: int) -> Begun:
    """`nonce`: 32 random bytes, as text."""
    kept = f"{nonce}.{now + 60 * MINUTES}.{_text(safe_next(next_).encode())}"
    challenge = _text(sha256(_keyed(client, "verifier", kept).encode()).digest())
    asked = {
        "client_id": client.client_id,
        "redirect_uri": f"{client.public_url}{CALLBACK}",
        "state": _keyed(client, "state", kept),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return Begun(f"{client.server}/login/oauth/authorize?{urlencode(asked)}", kept)


def returned(client: Client, cookie: str, state: str, now: int) -> Returned:
    """Raises Forged."""
    if not cookie or not hmac.compare_digest(_keyed(client, "state", cookie).encode(), state.encode()):
        raise Forged("this sign-in was not begun in this browser, or another one was begun since")
    _, end, wanted = cookie.split(".")  # our own: the state fits
    if now >= int(end):
        raise Forged(f"this sign-in was begun more than {MINUTES} minutes ago")
    return Returned(_keyed(client, "verifier", cookie), urlsafe_b64decode(f"{wanted}==").decode())


def safe_next(wanted: str) -> str:
    """A path of this server with its query; the start page in place of anything else."""
    is_plain = wanted.isascii() and wanted.isprintable() and " " not in wanted and "\\" not in wanted
    is_path = wanted.startswith("/") and not wanted.startswith(("//", "/auth/"))
    return wanted if is_plain and is_path and len(wanted) <= LONGEST_NEXT else "/"


def exchange(client: Client, code: str, verifier: str) -> Token:
    """Raises Refused where GitHub does not take the code, GitHubFailed where it does not answer."""
    import requests  # a server without an App does not pay for it

    sent = {
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "code": code,
        "redirect_uri": f"{client.public_url}{CALLBACK}",
        "code_verifier": verifier,
    }
    try:
        with requests.post(
            f"{client.server}/login/oauth/access_token",
            json=sent,
            headers={"Accept": "application/json", "User-Agent": "mldebt"},
            auth=lambda request: request,  # else a .netrc is looked into
            timeout=SECONDS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            told = json.loads(answer.raw.read(LARGEST_ANSWER, decode_content=True) or b"null")
            status = answer.status_code
    except (requests.RequestException, OSError):
        raise GitHubFailed("GitHub could not be reached to sign in: try again") from None
    except (ValueError, RecursionError):
        raise GitHubFailed("GitHub answered what cannot be read: try again") from None
    return _token(told, status)


def _token(told: object, status: int) -> Token:
    values = told if isinstance(told, dict) else {}
    value, lives = values.get("access_token"), values.get("expires_in", _HOURS * 3600)
    if status == 200 and isinstance(value, str) and value.isascii() and value.isprintable() and value:
        return Token(value, lives if isinstance(lives, int) and lives > 0 else _HOURS * 3600)
    if status >= 500 or status == 429:
        raise GitHubFailed(f"GitHub did not sign you in ({status}): try again")
    raise Refused("GitHub did not take the code of this sign-in: it is good once, and for ten minutes")


def _keyed(client: Client, purpose: str, text: str) -> str:
    """43 characters that nobody makes without the App's secret."""
    key = hmac.digest(client.client_secret.encode(), b"mldebt sign-in", "sha256")
    return _text(hmac.digest(key, f"{purpose}:{text}".encode(), "sha256"))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
