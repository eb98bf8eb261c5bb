"""What the person who runs mldebt may set, read once from the environment that is handed in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PORT = 8501
GITHUB = "https://github.com"
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
HOST = re.compile(r"[\w.:\[\]-]+")
SCHEMES = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
JOBS, JOBS_TOTAL = 2, 16
LARGEST_MB = 2_048


class SettingsError(Exception):
    """A setting cannot be used. One sentence that names it and says what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path  # MLDEBT_HOME: what mldebt keeps; absolute
    database_url: str  # DATABASE_URL
    port: int = PORT  # PORT: the dashboard's
    engine: str = ""  # ENGINE_URL: where jobs are kept, if not where `engine_url` says
    jobs: int = JOBS  # MLDEBT_JOBS: how many run at a time in one process
    jobs_total: int = JOBS_TOTAL  # MLDEBT_JOBS_TOTAL: and in all processes together
    weekly: bool = True  # MLDEBT_WEEKLY: whether the server scans each stored repository once a week
    largest: int = LARGEST_MB << 20  # MLDEBT_LARGEST_MB: bytes of a repository whose pull requests are fetched

    @property
    def engine_url(self) -> str:
        """On PostgreSQL jobs are kept beside the store, else in a file of their own."""
        if self.engine:
            return self.engine
        return f"sqlite:///{self.home / 'engine.db'}" if self.database_url.startswith("sqlite") else self.database_url

    @property
    def deliveries_url(self) -> str:
        """On PostgreSQL deliveries are kept in the store, else in a file of their own: a scan holds the store's lock
        while it reads a long history, and GitHub waits for 10 seconds only."""
        return f"sqlite:///{self.home / 'inbox.db'}" if self.database_url.startswith("sqlite") else self.database_url

    @property
    def mirrors(self) -> Path:
        """Bare mirrors of scanned URLs. Disposable: a scan makes them again."""
        return self.home / "mirrors"

    @property
    def cache(self) -> Path:
        """What readers saw in blobs, of this machine alone. Disposable."""
        return self.home / "cache.db"

    @property
    def ages(self) -> Path:
        """Replays of histories, one file for each repository, of this machine alone. Disposable."""
        return self.home / "ages"

    @property
    def shown_database_url(self) -> str:
        """The database without a password: the file, or the URL."""
        return _shown(self.database_url)

    @property
    def shown_engine_url(self) -> str:
        return _shown(self.engine_url)


@dataclass(frozen=True, slots=True)
class TrackerAccess:
    """A token, and the one GitHub that it is sent to."""

    token: str = field(repr=False)  # MLDEBT_GITHUB_TOKEN, else GITHUB_TOKEN; empty where there is none
    server: str = GITHUB  # GITHUB_SERVER_URL: where its web pages are
    api: str = "https://api.github.com"  # GITHUB_API_URL


def read_tracker_access(environment: Mapping[str, str]) -> TrackerAccess:
    """As GitHub Actions sets them; an Enterprise server is named by GITHUB_SERVER_URL. Raises SettingsError."""
    told = {name: environment.get(name, "").strip() for name in ("MLDEBT_GITHUB_TOKEN", "GITHUB_TOKEN")}
    token = told["MLDEBT_GITHUB_TOKEN"] or told["GITHUB_TOKEN"]
    if not token.isascii() or not token.isprintable() or " " in token:
        raise SettingsError("the token for GitHub holds characters that none has: copy it again into GITHUB_TOKEN")
    server = host_url(environment, "GITHUB_SERVER_URL") or GITHUB
    return TrackerAccess(token, server, host_url(environment, "GITHUB_API_URL") or api_of(server))


def host_url(environment: Mapping[str, str], name: str) -> str:
    """An address that a token may be sent to, without a slash at its end; empty where it is not set."""
    value = environment.get(name, "").strip().rstrip("/")
    try:
        parts = urlsplit(value)
        sound = bool(parts.hostname) and not (parts.username or parts.query or parts.fragment)
        sound &= bool(HOST.fullmatch(parts.netloc))
        sound &= parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    except ValueError:
        sound = False
    if value and not sound:
        raise SettingsError(f"{name} is no address that a token may be sent to: write https://host")
    return value


def api_of(server: str) -> str:
    host = urlsplit(server).netloc
    return f"https://api.{host}" if host == "github.com" or host.endswith(".ghe.com") else f"{server}/api/v3"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from `MLDEBT_*`, `DATABASE_URL`, `ENGINE_URL` and `PORT`; an empty one is not set. Touches no file.

    Raises SettingsError.
    """
    home = _home(environment.get("MLDEBT_HOME", ""))
    url = environment.get("DATABASE_URL", "").strip() or f"sqlite:///{home / 'mldebt.db'}"
    engine = environment.get("ENGINE_URL", "").strip()
    jobs = _number(environment, "MLDEBT_JOBS", JOBS)
    return Settings(
        home,
        _checked_url(url),
        _port(environment.get("PORT", "").strip()),
        _checked_url(engine, "ENGINE_URL") if engine else "",
        jobs,
        max(jobs, _number(environment, "MLDEBT_JOBS_TOTAL", JOBS_TOTAL)),
        _is_on(environment, "MLDEBT_WEEKLY"),
        _number(environment, "MLDEBT_LARGEST_MB", LARGEST_MB, most=1_000_000) << 20,
    )


def make_home(settings: Settings) -> None:
    """Make the home folder, for its owner alone: it holds copies of private repositories. Raises SettingsError."""
    home = settings.home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise SettingsError(f"MLDEBT_HOME is {home}, which is a file: set it to a folder") from None
    except OSError as error:
        why = error.strerror or "the system refuses"
        raise SettingsError(f"the folder {home} cannot be made ({why}): set MLDEBT_HOME to one that can") from None
    if not os.access(home, os.W_OK | os.X_OK):
        raise SettingsError(f"the folder {home} may not be written: set MLDEBT_HOME to one that may")


def _home(value: str) -> Path:
    if value:
        try:
            return Path(value).expanduser().absolute()
        except (RuntimeError, ValueError):
            raise SettingsError(f"MLDEBT_HOME is {value!r}, and there is no such user: write the whole path") from None
    from platformdirs import user_data_path

    return user_data_path("mldebt", appauthor=False)


def _shown(url: str) -> str:
    if url.startswith("sqlite:///"):
        return url.removeprefix("sqlite:///")
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    hidden = f"{user.partition(':')[0]}{at}{host}"
    return parts._replace(netloc=hidden, query="").geturl()


def _checked_url(url: str, name: str = "DATABASE_URL") -> str:
    """Only the scheme is told in the message: the rest may hold a password."""
    scheme, separator, rest = url.partition("://")
    try:
        urlsplit(url).port  # noqa: B018 - raises where it is no number
        sound = bool(separator) and scheme in SCHEMES and (scheme != "sqlite" or rest.startswith("/"))
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(f"{name} is malformed: write sqlite:///path or postgresql://user@host/name")
    return url


def _port(value: str) -> int:
    if not value:
        return PORT
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65_536):
        raise SettingsError(f"PORT is {value!r}: write a number from 1 to 65535")
    return int(value)


def _number(environment: Mapping[str, str], name: str, default: int, most: int = 1_000) -> int:
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= most):
        raise SettingsError(f"{name} is {value!r}: write a number from 1 to {most}")
    return int(value)


def _is_on(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "").strip().lower()
    if value not in {"", "on", "off"}:
        raise SettingsError(f"{name} is {value!r}: write on or off")
    return value != "off"
