"""INI and CFG into nodes, by `configparser` without interpolation. A text without sections is one section."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile

from collectors.facts.settings import ValueKind
from collectors.readers.nodes import MOST_NODES, TOO_MANY, Mapping, Node, Scalar, Sequence, Text, UnreadError, plain
from collectors.readers.yaml_text import resolved

_NONE = "\0none"  # the section of a text without sections, and a default section that no text has
# configparser's own expression takes time by the square of white space within a line.
_GAP = re.compile(r"(?<=[^\s])[^\S\n]{30,}+(?=[^\s])")
_MOST_BAD = 100
_ANY = re.compile(r"\s*[^\s#;]")
_NAMELESS = re.compile(r"\s*[=:]")
_VALUELESS = re.compile(r"(?![#;\s])[^=:]+$")
_DELIMITED = re.compile(r"[=:]")
_SECTION = re.compile(r"\[(.+)\]")


def read_ini(text: str) -> Text:
    """One document: sections hold options, as written. Raises UnreadError with the reason."""
    rows = _GAP.sub(" ", text.replace("\0", "\ufffd")).split("\n")
    if len(rows) > MOST_NODES:
        raise UnreadError(TOO_MANY)
    _refuse(rows, _NAMELESS)
    try:
        return _read(rows, ())
    except configparser.MissingSectionHeaderError:
        pass
    except configparser.Error as error:
        raise UnreadError(_reason(error)) from None
    _refuse(takewhile(lambda row: not _DELIMITED.search(row), rows), _ANY)
    _refuse(rows, _VALUELESS)
    try:
        return _read(rows, (f"[{_NONE}]",))
    except configparser.Error as error:
        raise UnreadError(_reason(error, lines_before=1)) from None


def _refuse(rows: Iterable[str], bad: re.Pattern[str]) -> None:
    """configparser takes time by the square of the lines that it can't read: so many are no INI."""
    found = list(islice((number for number, row in enumerate(rows, 1) if bad.match(row)), _MOST_BAD))
    if len(found) == _MOST_BAD:
        raise UnreadError(f"it is not valid INI (line {found[0]})")


class _Numbered(configparser.RawConfigParser):
    """Names of options carry their line, so that none is lost where two are alike."""

    line = 0

    def optionxform(self, optionstr: str) -> str:
        name, mark, number = optionstr.partition("\0")
        return optionstr if mark and number.isdigit() and not name.endswith(" ") else f"{name.strip()}\0{self.line}"

    def numbered(self, rows: list[str], before: tuple[str, ...]) -> Iterator[str]:
        """Each line with its number at the end, which the parser keeps as a part of the value."""
        yield from before
        for number, row in enumerate(rows, 1):
            self.line = number
            yield f"{row}\0{number}\n" if row.strip() else "\n"


def _read(rows: list[str], before: tuple[str, ...]) -> Text:
    parser = _Numbered(
        strict=False, interpolation=None, default_section=f"{_NONE}default", allow_no_value=not before
    )  # without sections and values, anything would be INI
    try:
        parser.read_file(parser.numbered(rows, before))
    except AttributeError:  # a key without a value that goes on in the next line: configparser of old versions
        raise UnreadError(f"it is not valid INI (line {parser.line})") from None
    heads: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        found = _SECTION.match(row.strip())
        if found:
            heads.setdefault(found[1], number)
    root = Mapping(1)
    for name in parser.sections():
        line = heads.get(name, 1)
        section = Mapping(line)
        for option, value in parser.items(name, raw=True):
            said, _, place = option.partition("\0")
            at = int(place or line)
            section.pairs.append((plain(said, at), _value(value, at)))
        if name == _NONE:
            root.pairs += section.pairs
        else:
            root.pairs.append((plain(name, line), section))
    return Text((root,))


def _value(value: str | None, line: int) -> Node:
    """One line is a value; lines below an empty one are a list; other lines are one text."""
    lines = [row.partition("\0") for row in (value or "").split("\n")]
    found = [plain(text.strip(), int(number or line)) for text, _, number in lines if text.strip()]
    if not found:
        return Scalar("", None, ValueKind.NULL, line)
    if not lines[0][0].strip():
        return Sequence(found[0].line, "", list(found))
    if len(found) == 1:
        return resolved(found[0].text, line)
    return plain("\n".join(row.text for row in found), line)


def _reason(error: configparser.Error, lines_before: int = 0) -> str:
    errors = getattr(error, "errors", None)
    line = errors[0][0] if errors else getattr(error, "lineno", None)
    return f"it is not valid INI{f' (line {line - lines_before})' if line else ''}"
