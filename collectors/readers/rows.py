"""What readers of declarations yield, and how it becomes one summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

from collectors.facts.settings import (
    ConfigKey,
    Image,
    Inherited,
    PinnedData,
    Repeated,
    Requirement,
    SettingsSummary,
    Stage,
    Started,
)
from collectors.readers.masking import presentable

Row = ConfigKey | Repeated | Inherited | Started | Stage | Requirement | Image | PinnedData
MOST: Mapping[type, int] = {
    ConfigKey: 5_000,
    Repeated: 500,
    Inherited: 500,
    Started: 2_000,
    Stage: 500,
    Requirement: 5_000,
    Image: 500,
    PinnedData: 2_000,
}
"""Rows of each sort that are kept of one file."""
_LOOKED_AT = 100_000
"""Rows after which nobody looks further: aliases can make many of few bytes."""

_LONGEST = 500  # characters of a text that is kept
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # PostgreSQL and terminals choke on them

_T = TypeVar("_T", bound=Row)


def summary_of(read_as: str, rows: Iterable[Row]) -> SettingsSummary:
    """Rows by sort, each once and by line; settings stay in the order of the text."""
    found: dict[type, dict[Row, None]] = {sort: {} for sort in MOST}
    left_out = 0
    for found_row in islice(rows, _LOOKED_AT):
        row = _presentable(found_row)
        kept = found[type(row)]
        if len(kept) < MOST[type(row)]:
            kept[row] = None
        elif row not in kept:
            left_out += 1

    def of(sort: type[_T]) -> tuple[_T, ...]:
        chosen = [row for row in found[sort] if isinstance(row, sort)]
        return tuple(chosen if sort is ConfigKey else sorted(chosen, key=lambda row: row.line))

    return SettingsSummary(
        read_as,
        keys=of(ConfigKey),
        repeated=of(Repeated),
        inherits=of(Inherited),
        started=of(Started),
        stages=of(Stage),
        requirements=of(Requirement),
        images=of(Image),
        data=of(PinnedData),
        left_out=left_out,
    )


def _presentable(row: Row) -> Row:
    """Texts short, without control characters and, but for values that were looked at before, without secrets."""
    above: tuple[str, ...] | None = ()
    if isinstance(row, ConfigKey | Repeated):
        above = None
    elif isinstance(row, PinnedData | Requirement | Image):
        above = ("hash",)  # that of the content which is meant
    fields: list[Any] = [_field(value, above) for value in row]
    return type(row)(*fields)


def _field(value: object, above: tuple[str, ...] | None) -> object:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return _text(value, above)
    return tuple(_text(part, above) for part in value) if isinstance(value, tuple) else value


def _text(text: str, above: tuple[str, ...] | None) -> str:
    shown = text[: 4 * _LONGEST]
    if above is not None and len(shown) >= 8:
        shown = presentable(shown, above)
    shown = _CONTROL.sub("\ufffd", shown)
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
