"""Addresses of repositories: which are let through to git, and how they are shown and linked."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from collectors.git.errors import RefusedSource

SCP_LIKE = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!//)(?P<path>[^:]+)")
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
FORGES = re.compile(r"(github|gitlab|gitea|bitbucket|codeberg)\b|(^|\.)(github|gitlab|git)\.")
SAFE_PATH = re.compile(r"[\w~][\w.~+-]*(/[\w~][\w.~+-]*)+", re.ASCII)


class Address(NamedTuple):
    url: str  # as git gets it, with whatever credentials were typed
    shown: str  # without them
    protocol: str  # "https", "ssh", "file"; "http" only on this machine
    name: str  # "owner/name"
    web: str | None  # where permalinks start

    @property
    def folder(self) -> str:
        """A folder's name that no other address has."""
        digest = hashlib.sha256(self.shown.encode()).hexdigest()[:12]
        return f"{re.sub(r'[^A-Za-z0-9.-]+', '+', self.name).strip('.+') or 'repository'}-{digest}"


def address(source: str) -> Address | None:
    """The address that `source` is, or None where it is a path.

    Raises RefusedSource for options (`--upload-pack=…`), remote helpers (`ext::`, `fd::`), http to another machine,
    and whatever else git would take for more than an address.
    """
    if source.startswith("-"):
        raise RefusedSource(f"{source!r} is an option, not a repository: give a path or an https address")
    if re.search(r"[\x00-\x20\x7f]", source) and "://" in source:
        raise RefusedSource("the address holds a space or a control character: write it as the web page shows it")
    if re.match(r"\w*::", source):
        helper = source.partition("::")[0]
        raise RefusedSource(f"addresses of the kind {helper}:: can start programs and are not read: use https")
    if "://" in source:
        return _from_url(source)
    scp = SCP_LIKE.fullmatch(source)
    if scp is None or "/" in source.partition(":")[0]:
        return None
    if scp["host"].startswith("-") or scp["path"].startswith("-"):
        raise RefusedSource(f"{source!r} hides an option: give a path or an https address")
    return Address(source, source, "ssh", _name(scp["path"]), _web(scp["host"], scp["path"]))


def _from_url(source: str) -> Address:
    try:
        parts = urlsplit(source)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise RefusedSource(f"the address cannot be read ({error}): write it as the web page shows it") from error
    protocol = parts.scheme.lower()
    local = protocol == "http" and host in THIS_MACHINE
    if protocol not in {"https", "ssh", "file"} and not local:
        raise RefusedSource(f"addresses of the kind {protocol}:// are not read: use https, ssh or a path")
    hides_option = any(part.startswith("-") for part in (host, parts.path, parts.username or ""))
    if hides_option or (protocol != "file" and not host):
        raise RefusedSource("the address names no host: write it as the web page shows it")
    user = f"{parts.username}@" if protocol == "ssh" and parts.username else ""
    at = f"[{host}]" if ":" in host else host
    shown = f"{protocol}://{user}{at}{f':{port}' if port else ''}{parts.path.rstrip('/')}"
    web = None
    if protocol == "https" and port is None:
        web = _web(host, parts.path, typed=True)
    elif protocol == "ssh":
        web = _web(host, parts.path)
    return Address(source, shown, protocol, _name(parts.path), web)


def _name(path: str) -> str:
    parts = [part for part in path.removesuffix("/").removesuffix(".git").split("/") if part]
    return "/".join(parts[-2:]) or "repository"


def _web(host: str, path: str, *, typed: bool = False) -> str | None:
    """Where permalinks start. An ssh host is only believed to have a web page where it is named like a forge."""
    clean = path.strip("/").removesuffix(".git")
    if not re.fullmatch(r"[A-Za-z0-9.-]+", host) or not SAFE_PATH.fullmatch(clean):
        return None
    return f"https://{host}/{clean}" if typed or FORGES.search(host) else None
