"""What the commands of a document start: scripts and modules that have to be there for its reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from collectors.facts.files import Told
from collectors.facts.settings import Started, StartKind
from collectors.readers.commands import started
from collectors.readers.shell import HOLE, LONGEST, Command, commands

_MOST = 200
_SOURCE = re.compile(r"[\w./+-]*[\w+-]\.(?:py|ipynb|sh|R|Rmd|jl)")
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:your?|my\w*|path|to|some|example|script|file(?:name)?|foo|bar|x{2,3}|\w+X|name|module|package)(?:[/_.-]|$)",
    re.IGNORECASE,
)
_MAKING = {
    "wget", "curl", "cp", "mv", "touch", "nano", "vi", "vim", "emacs", "code", "tee", "ln", "aria2c", "gdown", "scp",
    "rsync", "copy", "unzip", "tar", "install",
}  # fmt: skip
"""Programs after which the files that they name are there."""
_WRITTEN = re.compile(r">>?[ \t]*([\w./-]+)")


class Row(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def command(self) -> str: ...


def told(rows: Sequence[Row]) -> tuple[Told, ...]:
    """By line. Left out is what an earlier command brings, and what is only a placeholder or not known whole."""
    found = sorted(set(_told(rows)), key=lambda one: (one.line, one))
    return tuple(islice(found, _MOST))


def _told(rows: Sequence[Row]) -> Iterator[Told]:
    made: set[str] = set()
    for command in _read(rows):
        if command.words[0].rpartition("/")[2] in _MAKING:
            made |= {word.rpartition("/")[2].partition("?")[0] for word in command.words[1:]}
        made |= set(command.given.split("\0"))
        for start in started(command._replace(folder="", given="")):
            if _is_whole(start) and start.target.rpartition("/")[2] not in made:
                yield Told(start.target, start.line, start.kind is StartKind.MODULE, command.folder)


def _read(rows: Iterable[Row]) -> Iterator[Command]:
    """All commands of a document as one shell sees them, each at its own line; `given` names what was written to."""
    text: list[str] = []
    size = 0
    written: dict[int, list[str]] = {}
    for row in rows:
        size += len(row.command) + max(1, row.line - len(text))
        if size > LONGEST:
            break
        text += [""] * (row.line - 1 - len(text))
        text.append(re.sub(r"<<-?[ \t]*['\"]?\w+['\"]?", "", row.command))  # what it holds was left out before
        written[row.line] = [name.rpartition("/")[2] for name in _WRITTEN.findall(row.command)]
    for command in commands("\n".join(text)):
        yield command._replace(given="\0".join(written.get(command.line, ())))


def _is_whole(start: Started) -> bool:
    target = start.target
    if HOLE in target or target.startswith(("/", "~")) or len(target) > 300 or _PLACEHOLDER.search(target):
        return False
    if start.kind is StartKind.MODULE:
        return _MODULE.fullmatch(target) is not None
    return start.kind is StartKind.FILE and _SOURCE.fullmatch(target) is not None
