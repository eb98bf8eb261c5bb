"""Lock files, line by line: parsing them whole takes seconds, and programs write them in one shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collectors.facts.settings import Requirement
from collectors.readers.json_text import read_json
from collectors.readers.nodes import child, pairs, text_at
from collectors.readers.requirement import caret, normalised

_NAME = re.compile(r'name = "([^"]*)"')
_VERSION = re.compile(r'version = "([^"]*)"')
_GROUP = re.compile(r'(?:category|groups) = \[?"([^"]*)"')
_HASH = re.compile(r"\bsha256[:\"]|sha256 = ")
_OWN = re.compile(r'source = \{ (?:editable|virtual|directory) = "')
_MOST = 20_000


def toml_lock(text: str) -> Iterator[Requirement]:
    """poetry.lock, uv.lock, pdm.lock, pylock.toml: one [[package]] (or [[packages]]) after the other.

    Sources: https://python-poetry.org/docs/basic-usage/, https://docs.astral.sh/uv/concepts/projects/layout/,
    https://packaging.python.org/en/latest/specifications/pylock-toml/
    """
    package: _Package | None = None
    for number, row in enumerate([*text.split("\n"), "["], 1):
        if row.startswith("[") and not row.startswith("[package."):
            begins = row.startswith(("[[package]]", "[[packages]]"))
            if package is not None:
                yield from package.locked()
            package = _Package() if begins else None
        elif package is not None:
            package.take(row, number)


@dataclass
class _Package:
    name: str = ""
    version: str = ""
    group: str = ""
    line: int = 0
    is_hashed: bool = False
    is_own: bool = False  # the project itself, or a package of its own

    def take(self, row: str, number: int) -> None:
        if not self.name and (found := _NAME.match(row)):
            self.name, self.line = found[1], number
        elif not self.version and (found := _VERSION.match(row)):
            self.version = found[1]
        elif found := _GROUP.match(row):
            self.group = "" if found[1] in {"main", "default"} else found[1]
        elif _HASH.search(row):
            self.is_hashed = True
        elif _OWN.match(row):
            self.is_own = True

    def locked(self) -> Iterator[Requirement]:
        if self.name and not self.is_own:
            specifier = f"=={self.version}" if self.version else ""
            name = normalised(self.name)
            yield Requirement(name, specifier[:200], bool(specifier), self.group, self.line, self.is_hashed)


def pipfile_lock(text: str) -> Iterator[Requirement]:
    """Raises UnreadError for what is not JSON."""
    document = read_json(text).documents[0]
    for part, group in (("default", ""), ("develop", "dev")):
        for name, value in pairs(child(document, part)):
            found = caret(name.text, text_at(value, "version") or text_at(value, "ref"), group, name.line)
            has_hash = child(value, "hashes") is not None
            yield from (row._replace(is_hashed=has_hash, is_pinned=row.is_pinned or has_hash) for row in found)


_ENTRY = re.compile(r"-\s+name:\s*['\"]?([\w.-]+)")
_FIELD = re.compile(r"\s+(version|category|manager|sha256):\s*['\"]?([^'\"\s]+)")
_ADDRESS = re.compile(r"(?:https?|file)://\S+/([\w.-]+?)-([\w.!+]+)-([\w.]+)\.(?:conda|tar\.bz2)(?:#\w+)?")


def conda_lock(text: str) -> Iterator[Requirement]:
    """conda-lock.yml: one entry for each platform. Source: https://conda.github.io/conda-lock/output/"""
    name = ""
    line = 0
    fields: dict[str, str] = {}
    for number, row in enumerate([*text.split("\n"), "- name: x"], 1):
        found = _ENTRY.match(row)
        if found:
            if name and fields.get("version"):
                group = "" if fields.get("category", "main") == "main" else fields["category"]
                yield Requirement(normalised(name), f"=={fields['version']}", True, group, line, "sha256" in fields)
            name, line, fields = found[1], number, {}
        elif field := _FIELD.match(row):
            fields.setdefault(field[1], field[2])


def explicit(text: str) -> Iterator[Requirement]:
    """`conda list --explicit`, and conda-lock's files of that form: one address a line."""
    for number, row in enumerate(text.split("\n")[:_MOST], 1):
        found = _ADDRESS.match(row.strip())
        if found:
            yield Requirement(normalised(found[1]), f"=={found[2]}", True, "", number, "#" in row)
