"""Permanent links to what is said of a repository, at the host that has it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, quote_from_bytes, urlsplit

from scoring.report.text import visible

BYTE = re.compile(r"\\x([89a-f][0-9a-f])", re.IGNORECASE)  # how a path spells a byte that is not UTF-8


@lru_cache(maxsize=64)
def web_base(web: str | None) -> str | None:
    """A repository's address, if it is one that a link may start with: https, a host, nothing that hides."""
    if not web or visible(web, len(web)) != web:
        return None
    try:
        parts = urlsplit(web)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    if parts.scheme != "https" or not has_host or parts.username or parts.password or parts.query or parts.fragment:
        return None
    return f"https://{parts.netloc}{quote(parts.path, safe='/~')}".rstrip("/")


def permalink(
    web: str | None, kind: str, subject: str, commit: str, line: int | None = None, end_line: int | None = None
) -> str | None:
    """Where a row of evidence stands at its host, fixed to the commit. None where no address is known.

    `kind` is one of evidence: "file", "folder", "branch", "commit", "request", "issue".
    GitLab has a `/-/` in its paths.
    """
    base = web_base(web)
    if base is None or not subject:
        return None
    is_gitlab = "gitlab" in (urlsplit(base).hostname or "")
    start = f"{base}/-" if is_gitlab else base
    if kind == "commit":
        return f"{start}/commit/{quote(subject, safe='')}"
    if kind == "branch":
        return f"{start}/tree/{quoted_path(subject.removeprefix('origin/'))}"
    if kind in ("request", "issue"):
        return _numbered(start, "issues" if kind == "issue" else "merge_requests" if is_gitlab else "pull", subject)
    if kind in ("file", "folder") and commit:
        lines = _lines(line, end_line, "-" if is_gitlab else "-L")
        return f"{start}/{'blob' if kind == 'file' else 'tree'}/{quote(commit, safe='')}/{quoted_path(subject)}{lines}"
    return None


def _numbered(start: str, where: str, subject: str) -> str | None:
    number = subject.rpartition("/")[2]
    return f"{start}/{where}/{number}" if number.isascii() and number.isdigit() else None


def _lines(first: int | None, last: int | None, until: str) -> str:
    if not first:
        return ""
    return f"#L{first}{until}{last}" if last and last > first else f"#L{first}"


def quoted_path(path: str) -> str:
    """A path as a part of an address."""
    # Bytes that are not UTF-8 travel as surrogates, and come out as the bytes that git holds.
    raw = BYTE.sub(lambda match: chr(0xDC00 + int(match[1], 16)), path)
    return quote_from_bytes(raw.encode("utf-8", "surrogateescape"), safe="/~")
