"""What stands in an event, as far as it can be relied on. Pure.

Tolerant: GitHub's events grow fields, old ones lack some, and any may be null or odd.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from github_app.todo import RepositoryTold

Payload = Mapping[str, Any]
WORD = re.compile(r"[a-z][a-z0-9_]{0,59}")
"""Names of events and actions."""
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_LARGEST = (1 << 63) - 1
_LONGEST_NAME = 200


def dig(value: Any, *keys: str) -> Any:
    """What stands under these keys, one inside the other; None where anything on the way is missing or odd."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def number(value: Any, *keys: str) -> int | None:
    """An id as GitHub gives them, and as a database holds them."""
    found = dig(value, *keys)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 < found <= _LARGEST else None


def text(value: Any, *keys: str) -> str | None:
    found = dig(value, *keys)
    return found if isinstance(found, str) and 0 < len(found) <= _LONGEST_NAME else None


def action_of(payload: Payload) -> str | None:
    found = text(payload, "action")
    return found if found and WORD.fullmatch(found) else None


def repository_told(row: Any) -> RepositoryTold | None:
    id_, private, archived = number(row, "id"), dig(row, "private"), dig(row, "archived")
    if id_ is None:
        return None
    return RepositoryTold(
        id_,
        text(row, "full_name"),
        text(row, "default_branch"),
        private if isinstance(private, bool) else None,
        archived if isinstance(archived, bool) else None,
    )


def repositories(payload: Payload, key: str) -> tuple[RepositoryTold, ...]:
    rows = dig(payload, key)
    told = map(repository_told, rows if isinstance(rows, list) else [])
    return tuple({one.id: one for one in told if one is not None}.values())


def commit(value: Any, *keys: str) -> str | None:
    found = text(value, *keys)
    return found if found and _COMMIT.fullmatch(found) else None


def moment(value: Any, *keys: str) -> int | None:
    try:
        at = datetime.fromisoformat(text(value, *keys) or "")
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
