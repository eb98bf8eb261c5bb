"""GitHub's own description of its API, asked whether an exchange keeps to it, and for objects that do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator

DESCRIPTION: dict[str, Any] = json.loads((Path(__file__).parent / "openapi.json").read_text("utf-8"))
_HEAD: dict[str, Any] = DESCRIPTION["components"]["schemas"]["pull-request"]["properties"]["head"]["properties"]
for _of in ("repo", "user"):  # null where the fork or its owner is gone; the description forgets it here alone
    _HEAD[_of] = {"anyOf": [_HEAD[_of], {"type": "null"}]}
ANY_ROUTE = {301, 307, 401, 403, 404, 422, 429, 500, 502, 503}
"""Statuses that GitHub answers anywhere, described or not."""


class Exchange(NamedTuple):
    method: str
    target: str  # path and query, without a prefix
    sent: Any  # JSON, or None
    status: int
    answered: Any


class Operation(NamedTuple):
    path: str  # as described
    about: Mapping[str, Any]
    values: Mapping[str, str]  # of its path


def operation(method: str, path: str) -> Operation | None:
    """What a request asks for. Paths without parameters go before those with some."""
    for described in sorted(DESCRIPTION["paths"], key=lambda one: (one.count("{"), one)):
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(described))
        found = re.fullmatch(pattern, path)
        if found and method.lower() in DESCRIPTION["paths"][described]:
            values = {name: unquote(value) for name, value in found.groupdict().items()}
            return Operation(described, DESCRIPTION["paths"][described][method.lower()], values)
    return None


def violations(exchange: Exchange) -> Iterator[str]:
    """How an exchange breaks the description; also what a request says that the description does not know."""
    parts = urlsplit(exchange.target)
    found = operation(exchange.method, parts.path)
    said = f"{exchange.method} {exchange.target}"
    if found is None:
        yield f"{said}: no such operation is described"
        return
    yield from (f"{said}: {one}" for one in _of_request(found, parts.query, exchange.sent))
    yield from (f"{said}: {one}" for one in _of_response(found, exchange.status, exchange.answered))


def _of_request(found: Operation, query: str, sent: Any) -> Iterator[str]:
    known = {row["name"]: row for row in map(_resolved, found.about.get("parameters", ()))}
    for name, value in found.values.items():
        yield from _wrong(known[name]["schema"], _typed(known[name]["schema"], value), f"path {name}")
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in known or known[name]["in"] != "query":
            yield f"unknown query parameter {name}"
        else:
            yield from _wrong(known[name]["schema"], _typed(known[name]["schema"], value), f"query {name}")
    if "requestBody" not in found.about:
        if sent is not None:
            yield "a body is sent where none is described"
        return
    schema = found.about["requestBody"]["content"]["application/json"]["schema"]
    yield from _wrong(schema, sent, "request")
    if isinstance(sent, dict) and "properties" in schema:
        yield from (f"unknown key {key}" for key in sorted(set(sent) - set(schema["properties"])))


def _of_response(found: Operation, status: int, answered: Any) -> Iterator[str]:
    described = found.about["responses"].get(str(status))
    if described is None:
        if status not in ANY_ROUTE:
            yield f"status {status} is not described"
        return
    content = _resolved(described).get("content", {}).get("application/json")
    if content is not None and status < 400:
        yield from _wrong(content["schema"], answered, "answer")


def _resolved(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in value:
        return value
    kind, name = value["$ref"].removeprefix("#/components/").split("/")
    return _resolved(DESCRIPTION["components"][kind][name])


def _typed(schema: Mapping[str, Any], value: str) -> Any:
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    return {"true": True, "false": False}.get(value, value) if schema.get("type") == "boolean" else value


def _wrong(schema: Mapping[str, Any], value: Any, where: str) -> Iterator[str]:
    for error in _validator(json.dumps(schema)).iter_errors(value):
        yield f"{where}: at {error.json_path}: {error.message[:200]}"


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"components": DESCRIPTION["components"], **json.loads(schema)})


def made(name: str, /, **values: Any) -> dict[str, Any]:
    """An object of a described schema: what it must have, in its plainest form, under `values`."""
    schema = _resolved({"$ref": f"#/components/schemas/{name}"})
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    schema = _resolved(kinds[0]) if len(kinds) == 1 else schema  # which may also be null
    found = _least(schema)
    assert isinstance(found, dict)
    unknown = set(values) - set(schema.get("properties", values))
    assert not unknown, f"{name} has no {unknown}"
    return {**found, **values}


def _least(schema: Mapping[str, Any]) -> Any:
    schema = _resolved(schema)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            kinds = schema[word]
            return None if {"type": "null"} in kinds else _least(kinds[0])
    if "allOf" in schema:
        return {key: one for part in schema["allOf"] for key, one in _least(part).items()}
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        properties = schema.get("properties", {})
        return {key: _least(properties[key]) for key in schema.get("required", ()) if key in properties}
    plainest: dict[str, Any] = {"array": [], "boolean": False, "integer": 0, "number": 0, "null": None}
    formats = {"uri": "https://github.invalid/", "date-time": "2026-11-01T09:00:00Z", "email": "a@example.org"}
    return plainest.get(kind, formats.get(schema.get("format", ""), ""))
