"""Summaries of declarations as JSON and back, for caches: compact, stable, defaults left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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
    StartKind,
    ValueKind,
)

_ROWS: Mapping[str, Any] = {
    "keys": ConfigKey,
    "repeated": Repeated,
    "inherits": Inherited,
    "started": Started,
    "stages": Stage,
    "requirements": Requirement,
    "images": Image,
    "data": PinnedData,
}


def to_json(summary: SettingsSummary) -> str:
    fields = {
        name: value
        for name, value in summary._asdict().items()
        if name == "read_as" or value != SettingsSummary._field_defaults[name]
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> SettingsSummary:
    fields = json.loads(text)
    for name, row in _ROWS.items():
        if name in fields:
            fields[name] = tuple(_typed(row(*map(_tuples, values))) for values in fields[name])
    return SettingsSummary(**fields)


def _tuples(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _typed(row: Any) -> Any:
    if isinstance(row, ConfigKey):
        return row._replace(kind=ValueKind(row.kind))
    return row._replace(kind=StartKind(row.kind)) if isinstance(row, Started) else row
