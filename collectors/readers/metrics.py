"""Files of metrics: few numbers under names, written by a program."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from collectors.facts.settings import ValueKind
from collectors.readers.json_text import read_json
from collectors.readers.masking import presentable
from collectors.readers.nodes import Scalar, Text, UnreadError, pairs, tables
from collectors.readers.text import decoded, is_binary
from collectors.readers.toml_text import read_toml
from collectors.readers.yaml_text import read_yaml

LARGEST = 64 * 1024
"""Bytes: what is larger lists results one by one."""
MOST = 60
"""Numbers of one file; what holds more is a table, not a summary."""
_LONGEST = 120

_NAME = re.compile(
    r"(?:^|/)(?:[\w.-]*(?:metrics?|scores?|eval(?:uation)?|performance|accuracy|auc)[\w.-]*)\.(?:json|ya?ml|toml|metric)$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"config|schema|param|setting|dashboard|grafana|prometheus|test_|/tests?/|alert", re.IGNORECASE)
_FORMATS: Mapping[str, Callable[[str], Text]] = MappingProxyType(
    {"yaml": read_yaml, "yml": read_yaml, "toml": read_toml, "json": read_json, "metric": read_json}
)


def is_metrics_file(path: str) -> bool:
    """By its name alone; whether it holds metrics, its contents tell."""
    return _NAME.search(path[-300:]) is not None and _OTHER.search(path) is None


def metrics_in(path: str, content: bytes) -> dict[str, float]:
    """Numbers by their dotted names; empty for what is no file of metrics. Never raises.

    Lists are curves, not summaries, and are left aside.
    """
    if len(content) > LARGEST or is_binary(content):
        return {}
    text = decoded(content)
    read = _FORMATS.get(path.rpartition(".")[2].lower(), read_json)
    try:
        parsed = read(text)
    except UnreadError:
        return {}
    found: dict[str, float] = {}
    for document in parsed.documents:
        if isinstance(document, Scalar):
            found |= _number(path.rpartition("/")[2].rpartition(".")[0], document)
        for above, table in tables(document):
            for key, value in pairs(table):
                if isinstance(value, Scalar):
                    found |= _number(".".join((*above, key.text)), value)
                if len(found) > MOST:
                    return {}
    return found


def _number(name: str, value: Scalar) -> dict[str, float]:
    if value.kind not in (ValueKind.NUMBER, ValueKind.INTEGER) or isinstance(value.value, str | bool | None):
        return {}
    try:
        return {presentable(name[:_LONGEST]): float(value.value)}
    except OverflowError:
        return {}
