"""Files through time: every version of a file in one text.

A woven text says which lines stood while which events had happened:

    @@ from lightgbm until cleanup     the lines below, up to the next @@, stand from one event until another
    @@ always                          (how a text begins)
    @@ was old/place.py until tidy     the file had another name until an event
    rate = ⟦0.1¦slower: 0.05¦slowest: 0.02⟧     of these, the last whose event has happened

A line that held alternatives and is left blank is left out. A file without lines does not exist.
So a set of events gives a tree, and two branches merge by uniting their sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

_ALTERNATIVES = re.compile("⟦([^⟧]*)⟧")
_GUARD = re.compile(r"@@ (?:always|(?:from (?P<start>\S+))?\s*(?:until (?P<end>\S+))?)")
_FORMER = re.compile(r"@@ was (?P<path>\S+) until (?P<event>\S+)")


class Section(NamedTuple):
    lines: tuple[str, ...]
    start: str | None = None  # event from which the lines stand
    end: str | None = None  # event from which they are gone

    def stands(self, events: Set[str]) -> bool:
        return (self.start is None or self.start in events) and self.end not in events


@dataclass(frozen=True)
class Woven:
    """One file's text through time."""

    path: str  # today's
    sections: tuple[Section, ...]
    former: tuple[tuple[str, str], ...] = ()  # (path, event that ended it), oldest first

    def path_at(self, events: Set[str]) -> str:
        return next((path for path, event in self.former if event not in events), self.path)

    def text_at(self, events: Set[str]) -> str | None:
        """The file's text once `events` have happened, or None where it does not exist."""
        lines = [line for section in self.sections if section.stands(events) for line in _chosen(section.lines, events)]
        while lines and not lines[-1].strip():
            lines.pop()
        return "\n".join([*lines, ""]) if lines else None

    @property
    def events(self) -> frozenset[str]:
        """Every event that changes this file."""
        guards = {event for section in self.sections for event in (section.start, section.end) if event}
        text = "\n".join(line for section in self.sections for line in section.lines)
        inline = {event for found in _ALTERNATIVES.findall(text) for event, _ in _later(found)}
        return frozenset(guards | inline | {event for _, event in self.former})


def weave(path: str, text: str) -> Woven:
    """A woven text as written. Raises ValueError at a line that begins with @@ and is no guard."""
    former: list[tuple[str, str]] = []
    sections: list[Section] = []
    start = end = None
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("@@"):
            lines.append(line)
        elif moved := _FORMER.fullmatch(line):
            former.append((moved["path"], moved["event"]))
        elif guard := _GUARD.fullmatch(line):
            sections.append(Section(tuple(lines), start, end))
            lines, start, end = [], guard["start"], guard["end"]
        else:
            raise ValueError(f"{path}: not a guard: {line}")
    sections.append(Section(tuple(lines), start, end))
    return Woven(path, tuple(section for section in sections if section.lines), tuple(former))


def _chosen(lines: Iterable[str], events: Set[str]) -> Iterator[str]:
    for line in lines:
        if "⟦" not in line:
            yield line
            continue
        chosen = _ALTERNATIVES.sub(lambda found: _choice(found[1], events), line)
        if chosen.strip():
            yield chosen.rstrip()


def _choice(alternatives: str, events: Set[str]) -> str:
    first = alternatives.split("¦", 1)[0]
    return next((text for event, text in reversed(_later(alternatives)) if event in events), first)


def _later(alternatives: str) -> list[tuple[str, str]]:
    """(event, text) of every alternative but the first."""
    found = []
    for alternative in alternatives.split("¦")[1:]:
        event, colon, text = alternative.partition(":")
        if not colon or " " in event:
            raise ValueError(f"an alternative begins with an event and a colon: {alternative!r}")
        found.append((event, text.removeprefix(" ")))
    return found
