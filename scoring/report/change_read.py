"""A change as JSON, read again. Whoever wrote it is not trusted: what does not fit is refused, not mended."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from scoring.finding import LONGEST, Finding
from scoring.finding.acceptance import Acceptance, Reason
from scoring.finding.difference import Difference
from scoring.report.change import MOST, SCHEMA, Change, Commits
from scoring.report.data_change import DataChange, DataEdge
from scoring.signal import Definition

LARGEST = 8_000_000
"""Bytes of a change; one with all lists full has two to three millions."""
_LONGEST_NAME = 4_096
_HIGHEST = 1_000_000_000
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SOMEBODY = Acceptance("*", "*", Reason.INTENDED, "", "9999-12-31", "")
_Read = TypeVar("_Read")


class Unreadable(ValueError):  # noqa: N818  it is not a bug of ours
    """A clause: what of it does not fit."""


class Source(NamedTuple):
    """What is known without it, and so never taken from it."""

    repository: str
    web: str | None
    rules: Mapping[str, Definition]  # by name


def change_of(raw: bytes, source: Source) -> Change:
    """As far as a comment shows it. Who accepted what is not kept. Raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable(f"it is larger than {LARGEST:,} bytes")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is not JSON") from error
    whole = _Object(value, "")
    if whole.text("$schema") != SCHEMA or whole.number("schema_version") != 1:
        raise Unreadable(f"it is not {SCHEMA}")
    names = whole.list("rules", _name)
    unknown = sorted(set(names) - set(source.rules))
    if unknown:
        raise Unreadable(f"it names rules that are not known here: {', '.join(unknown[:3])}")
    rules = {name: source.rules[name] for name in names}
    unread = tuple(whole.list("unread", lambda one, at: _unread(_Object(one, at))))
    partial = whole.list("partial", _text)
    data = whole.object("data")
    return Change(
        repository=source.repository,
        web=source.web,
        commits=_commits(whole),
        difference=Difference(
            tuple(_findings(whole, "added", rules) + _findings(whole, "accepted", rules, _SOMEBODY)),
            tuple(_findings(whole, "paid", rules)),
        ),
        rules=tuple(rules.values()),
        files=whole.number("files"),
        unread=unread,
        partial=tuple(partial[: max(0, len(partial) - len(unread))]),
        data=DataChange(tuple(data.list("added", _edge)), tuple(data.list("lost", _edge))),
        unlisted=_beyond(whole, "added", "accepted", "paid") + _beyond(data, "added", "lost"),
    )


class _Object:
    """A JSON object, asked for what it must hold."""

    def __init__(self, value: Any, at: str) -> None:
        if not isinstance(value, dict):
            raise Unreadable(f"{at or 'it'} is not an object")
        self._value = value
        self._at = at

    def text(self, key: str, limit: int = _LONGEST_NAME) -> str:
        return _text(self._of(key), self._name(key), limit)

    def path(self, key: str) -> str:
        """Bytes that are not UTF-8 may stand in it as git's paths have them, other halves of characters may not."""
        found = self.text(key)
        try:
            found.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError as error:
            raise Unreadable(f"{self._name(key)} is not a path") from error
        return found

    def number(self, key: str, least: int = 0) -> int:
        found = self._of(key)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= _HIGHEST:
            raise Unreadable(f"{self._name(key)} is not a number that can be meant")
        return found

    def commit(self, key: str) -> str:
        found = self.text(key)
        if not _COMMIT.fullmatch(found):
            raise Unreadable(f"{self._name(key)} is not a commit")
        return found

    def object(self, key: str) -> _Object:
        return _Object(self._of(key), self._name(key))

    def list(self, key: str, read: Callable[[Any, str], _Read]) -> list[_Read]:
        found = self._of(key)
        if not isinstance(found, list) or len(found) > MOST:
            raise Unreadable(f"{self._name(key)} is not a list of at most {MOST:,}")
        return [read(one, f"{self._name(key)}[{n}]") for n, one in enumerate(found)]

    def _of(self, key: str) -> Any:
        if key not in self._value:
            raise Unreadable(f"{self._name(key)} is missing")
        return self._value[key]

    def _name(self, key: str) -> str:
        return f"{self._at}.{key}" if self._at else key


def _text(value: Any, at: str, limit: int = _LONGEST_NAME) -> str:
    if not isinstance(value, str) or len(value) > limit:
        raise Unreadable(f"{at} is not a text of at most {limit:,} characters")
    return value


def _name(value: Any, at: str) -> str:
    return _text(value, at, 100)


def _commits(whole: _Object) -> Commits:
    base, head = whole.object("base"), whole.object("head")
    return Commits(
        base.text("name"), base.commit("commit"), head.text("name"), head.commit("commit"), whole.commit("merge_base")
    )


def _unread(one: _Object) -> tuple[str, str]:
    return one.text("path"), one.text("reason")


def _beyond(holder: _Object, *names: str) -> int:
    found = holder.object("beyond")
    return sum(found.number(name) for name in names)


def _findings(
    whole: _Object, key: str, rules: Mapping[str, Definition], accepted: Acceptance | None = None
) -> list[Finding]:
    return whole.list(key, lambda one, at: _finding(_Object(one, at), rules, at, accepted))


def _finding(one: _Object, rules: Mapping[str, Definition], at: str, accepted: Acceptance | None) -> Finding:
    rule = one.text("rule")
    meant = rules[rule].rule if rule in rules else None
    if meant is None:
        raise Unreadable(f"{at}.rule was not compared")
    line = one.number("line", 1)
    return Finding(
        id="",
        rule=rule,
        debt=meant.debt,
        path=one.path("path"),
        line=line,
        end_line=max(line, one.number("end_line", 1)),
        symbol="",
        snippet=one.text("snippet", LONGEST),
        note="",
        severity=meant.severity,
        effort=meant.effort,
        accepted=accepted,
    )


def _edge(value: Any, at: str) -> DataEdge:
    one = _Object(value, at)
    access = one.text("access")
    if access not in ("read", "write"):
        raise Unreadable(f"{at}.access is neither read nor write")
    ends = one.text("source"), one.text("target")
    data, job = ends if access == "read" else ends[::-1]
    return DataEdge(access, data, job, one.text("file"), 0, "", False, False, True, "resolved")
