"""Summaries as JSON and back, for caches: compact, stable, defaults left out.

For named tuples whose fields are plain values, tuples of plain values, or tuples of rows; a row is a named tuple whose
fields are plain values, enums or tuples of plain values.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from enum import EnumType
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints
from zlib import crc32

_ENCODER = json.JSONEncoder(separators=(",", ":"))
_T = TypeVar("_T", bound=tuple[Any, ...])


class NotASummaryError(ValueError):
    """The text was not written by `to_json` for this type, or for another shape of it."""


class _Row(NamedTuple):
    make: Callable[..., Any]
    changed: tuple[tuple[int, Callable[[Any], Any]], ...]  # places of enums and tuples, and what makes them


class _Shape(NamedTuple):
    defaults: dict[str, Any]
    rows: dict[str, _Row]


def to_json(summary: tuple[Any, ...]) -> str:
    """JSON of what differs from an empty summary: most blobs have few of the fields."""
    defaults = _shape(type(summary)).defaults
    fields = zip(type(summary)._fields, summary, strict=True)  # type: ignore[attr-defined]
    differing = {name: value for name, value in fields if name not in defaults or value != defaults[name]}
    return _ENCODER.encode(differing)


def from_json(summary: type[_T], text: str | bytes) -> _T:
    """What `to_json` wrote. Raises NotASummaryError."""
    rows = _shape(summary).rows
    try:
        fields: dict[str, Any] = json.loads(text)
        for name, value in fields.items():
            if isinstance(value, list):
                fields[name] = tuple(_made(rows[name], value) if name in rows else value)
        return summary(**fields)
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise NotASummaryError from error


def fingerprint(*summaries: type) -> int:
    """31 bits that change with the names of fields, of the summaries and of their rows."""
    names = [f"{kind.__name__}({_names(kind)})" for kind in summaries]
    return crc32(";".join(names).encode()) & 0x7FFF_FFFF


def _names(kind: type) -> str:
    rows = _shape(kind).rows
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    return ",".join(f"{name}({','.join(rows[name].make._fields)})" if name in rows else name for name in fields)  # type: ignore[attr-defined]


def _made(row: _Row, values: list[list[Any]]) -> list[Any]:
    for at, make in row.changed:
        for fields in values:
            fields[at] = make(fields[at])
    make_row = row.make
    return [make_row(*fields) for fields in values]


@cache
def _shape(kind: type) -> _Shape:
    rows = {}
    for name, hint in get_type_hints(kind).items():
        inner: Any = next(iter(get_args(hint)), None)
        if get_origin(hint) is tuple and hasattr(inner, "_fields"):
            hints = enumerate(get_type_hints(inner).values())
            rows[name] = _Row(inner, tuple((at, how) for at, one in hints if (how := _maker(one))))
    return _Shape(dict(kind._field_defaults), rows)  # type: ignore[attr-defined]


def _maker(hint: Any) -> Callable[[Any], Any] | None:
    if isinstance(hint, EnumType):
        by_name: dict[str, Any] = dict(hint.__members__)
        members = {member.value: member for member in by_name.values()}
        return members.__getitem__
    return tuple if get_origin(hint) is tuple else None
