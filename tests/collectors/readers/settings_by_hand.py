"""Ways to read a text as a file of some name, and to say what is expected, in few words."""

from __future__ import annotations

from collectors.facts.settings import SettingsSummary, StartKind, Value
from collectors.readers.declarations import read_settings_file


def read(path: str, text: str | bytes) -> SettingsSummary:
    found = read_settings_file(path, text.encode() if isinstance(text, str) else text)
    assert found is not None
    return found


def values(path: str, text: str) -> dict[str, Value]:
    """Dotted name: value, of the first document."""
    return {row.name: row.value for row in read(path, text).keys}


def lines(path: str, text: str) -> dict[str, int]:
    return {row.name: row.line for row in read(path, text).keys}


def started(path: str, text: str) -> list[str]:
    """What is started, each with the first letter of its kind: "f train.py"."""
    return [f"{row.kind.value[:2]} {row.target}" for row in read(path, text).started if row.kind is not StartKind.TOOL]


def tools(path: str, text: str) -> list[str]:
    """Programs that are run, of those whose runs are kept."""
    return [row.target for row in read(path, text).started if row.kind is StartKind.TOOL]
