"""The GitHub App that this mldebt is: told by the environment, else by what `mldebt setup` wrote."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TypeVar
from urllib.parse import urlsplit

from mldebt.settings import GITHUB, SettingsError, api_of, host_url

FOLDER = "app"
"""Under MLDEBT_HOME."""
TOLD, KEY = "app.json", "private-key.pem"
LARGEST = 64 << 10
OWN = (
    "MLDEBT_APP_ID",
    "MLDEBT_APP_KEY",
    "MLDEBT_APP_KEY_FILE",
    "MLDEBT_WEBHOOK_SECRET",
    "MLDEBT_CLIENT_ID",
    "MLDEBT_CLIENT_SECRET",
    "MLDEBT_APP_SLUG",
)
_Kept = TypeVar("_Kept")
_BEGINNING, _END = "-----BEGIN ", " PRIVATE KEY-----"


@dataclass(frozen=True, slots=True)
class AppAccess:
    app_id: int
    private_key: str = field(repr=False)  # PEM
    webhook_secrets: tuple[str, ...] = field(repr=False)  # two while one takes the other's place; never none
    client_id: str
    client_secret: str = field(repr=False)
    slug: str  # its bot is called slug[bot]
    server: str  # https://github.com, or an Enterprise server
    api: str
    public_url: str  # where GitHub and people reach this mldebt; without a slash at its end

    @property
    def secrets(self) -> tuple[str, ...]:
        """Those that cannot be told by their form."""
        return (*self.webhook_secrets, self.client_secret)

    @property
    def bot(self) -> str:
        """The login that it writes under."""
        return f"{self.slug}[bot]"


def read_app_access(environment: Mapping[str, str], home: Path) -> AppAccess | None:
    """None where no App is configured.

    An App is told whole: by `MLDEBT_APP_ID` and what goes with it, or by the folder. Beside the folder the environment
    may replace the webhook secrets and the address alone, which change while the App stays. Raises SettingsError where
    one is told in part.
    """
    told = {name: environment.get(name, "").strip() for name in (*OWN, "MLDEBT_URL")}
    if told["MLDEBT_APP_ID"]:
        return _from_environment(environment, told)
    if app_folder(home).exists():
        return _from_folder(app_folder(home), told)
    given = [name for name in OWN if told[name]]
    if given:
        raise SettingsError(f"{given[0]} is set and MLDEBT_APP_ID is not: set it too, or run `mldebt setup`")
    return None


def public_url(value: str, name: str) -> str:
    """An address to which a path can be added. Raises SettingsError."""
    url = host_url({name: value}, name)
    if not url or urlsplit(url).path:
        raise SettingsError(f"{name} is no address of a server: write https://host")
    return url


def _from_environment(environment: Mapping[str, str], told: Mapping[str, str]) -> AppAccess:
    app_id = told["MLDEBT_APP_ID"]
    if not (app_id.isascii() and app_id.isdigit() and 0 < int(app_id) < 1 << 53):
        raise SettingsError("MLDEBT_APP_ID is no number: copy it from the App's page at GitHub")
    keys = ("MLDEBT_APP_KEY", "MLDEBT_APP_KEY_FILE")
    missing = [name for name in (*OWN, "MLDEBT_URL") if name not in keys and not told[name]]
    if not any(told[name] for name in keys):
        missing.append("MLDEBT_APP_KEY or MLDEBT_APP_KEY_FILE")
    if missing:
        raise SettingsError(f"MLDEBT_APP_ID is set and {', '.join(missing)} is not: set it too, or run `mldebt setup`")
    if all(told[name] for name in keys):
        raise SettingsError("MLDEBT_APP_KEY and MLDEBT_APP_KEY_FILE are both set: keep one of them")
    name = next(name for name in keys if told[name])
    key = told[name] if name == "MLDEBT_APP_KEY" else _text(Path(told[name]).expanduser(), name)
    server = host_url(environment, "GITHUB_SERVER_URL") or GITHUB
    return AppAccess(
        int(app_id),
        _pem(key, name),
        _secrets(told["MLDEBT_WEBHOOK_SECRET"]),
        told["MLDEBT_CLIENT_ID"],
        told["MLDEBT_CLIENT_SECRET"],
        told["MLDEBT_APP_SLUG"],
        server,
        host_url(environment, "GITHUB_API_URL") or api_of(server),
        public_url(told["MLDEBT_URL"], "MLDEBT_URL"),
    )


def _from_folder(folder: Path, told: Mapping[str, str]) -> AppAccess:
    path = folder / TOLD
    try:
        kept = json.loads(_text(path, "MLDEBT_HOME"))
        names = ("client_id", "client_secret", "slug", "server", "api", "url")
        texts = {name: _kept(kept[name], str) for name in names}
        app_id, secrets = _kept(kept["app_id"], int), tuple(_kept(one, str) for one in kept["webhook_secrets"])
        _kept(secrets, tuple)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise SettingsError(
            f"{path} is not as `mldebt setup` wrote it: restore it, or remove {folder} and run `mldebt setup` again"
        ) from None
    return AppAccess(
        app_id,
        _pem(_text(folder / KEY, "MLDEBT_HOME"), str(folder / KEY)),
        _secrets(told["MLDEBT_WEBHOOK_SECRET"]) or secrets,
        texts["client_id"],
        texts["client_secret"],
        texts["slug"],
        host_url(texts, "server"),
        host_url(texts, "api"),
        public_url(told["MLDEBT_URL"] or texts["url"], "MLDEBT_URL"),
    )


def _kept(value: object, kind: type[_Kept]) -> _Kept:
    if not isinstance(value, kind) or not value:
        raise ValueError(kind)
    return value


def _text(path: Path, name: str) -> str:
    """A small file. What it holds is never part of the message."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode("utf-8")
    except UnicodeDecodeError:
        raise SettingsError(f"{name}: {path} is no text") from None
    except OSError as error:
        why = error.strerror or "the system refuses"
        raise SettingsError(f"{name}: {path} cannot be read ({why}): is it there, and yours?") from None


def _pem(key: str, name: str) -> str:
    """The key, whose line ends a variable may spell as \\n."""
    lines = key.replace("\\n", "\n").strip()
    if not lines.startswith(_BEGINNING) or _END not in lines.partition("\n")[0]:
        raise SettingsError(f"{name} holds no private key: it begins with {_BEGINNING}RSA{_END}")
    return f"{lines}\n"


def _secrets(value: str) -> tuple[str, ...]:
    secrets = tuple(value.split())
    if len(secrets) > 2:
        raise SettingsError("MLDEBT_WEBHOOK_SECRET holds more than two secrets: the old one and the new one are enough")
    return secrets


def app_folder(home: Path) -> Path:
    return home / FOLDER


def keep_app(access: AppAccess, home: Path) -> None:
    """Write the folder, whole or not at all, for its owner alone. Raises SettingsError where there is one."""
    told = {
        "app_id": access.app_id,
        "slug": access.slug,
        "client_id": access.client_id,
        "client_secret": access.client_secret,
        "webhook_secrets": list(access.webhook_secrets),
        "server": access.server,
        "api": access.api,
        "url": access.public_url,
    }
    folder, draft = app_folder(home), None
    try:
        draft = Path(mkdtemp(prefix=".app-", dir=home))  # 0700
        _write(draft / KEY, access.private_key)
        _write(draft / TOLD, f"{json.dumps(told, indent=2)}\n")
        draft.rename(folder)  # fails where there is one, unless it is empty
        _sync(home)
    except OSError as error:
        if draft is not None:
            rmtree(draft, ignore_errors=True)
        why = error.strerror or "the system refuses"
        raise SettingsError(f"{folder} cannot be written ({why}): nothing of the App was kept") from None


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
