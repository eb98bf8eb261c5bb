"""Shell text into commands, and commands into what they start. Nothing is run; what only a run would tell is "*".

Rather a file too many than one too few: what these find, nobody calls dead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from posixpath import normpath
from typing import NamedTuple

from collectors.facts.settings import Started

LONGEST = 128 * 1024
"""Characters of one script that are looked at."""
MOST_COMMANDS = 3_000
MOST_WORDS = 2_000

_LONGEST_FOLDER = 500
HOLE = "*"
_TOKEN = re.compile(
    r"""(?P<space>[ \t\f\v]++|\\\n)
    |(?P<comment>\#[^\n]*+)
    |(?P<heredoc><<-?[ \t]*['"\\]?(?P<end>\w+)['"]?)
    |(?P<redirect>(?:&>>?|>[>&|]?|<<<|<[&>]?))
    |(?P<operator>&&|\|\|?|;;?|&|\n|\(|\))
    |(?P<word>(?:\\[^\n]|"(?:[^"\\]|\\(?s:.))*+"|'[^']*+'|\$?\{\{[^\n]{0,300}?\}\}|\$\((?:[^()\n]|\([^()\n]*+\))*+\)
        |\$\{[^}\n]{0,500}+\}|`[^`\n]*+`|[^\s"'\\;&|()<>`])++)
    |(?P<other>(?s:.))""",
    re.VERBOSE,
)
_PIECE = re.compile(
    r"""\\(?P<escaped>.)|"(?P<double>(?:[^"\\]|\\(?s:.))*+)"|'(?P<single>[^']*+)'|(?P<expression>\$?\{\{.{0,300}?\}\})
    |\$\((?P<inner>(?:[^()\n]|\([^()\n]*+\))*+)\)|`(?P<ticked>[^`\n]*+)`|\$\{(?P<braced>[^}\n]{0,500}+)\}|\$(?P<bare>\w+|[@*\#?$!-])
    |(?P<format>\{[^{},\s]{0,200}\})""",
    re.VERBOSE,
)
_ASSIGNED = re.compile(r"([A-Za-z_]\w*)\+?=(.*)", re.DOTALL)
_KEYWORDS = {
    "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}", "time", "exec", "case",
    "esac", "in",
}  # fmt: skip
_FAR = re.compile(r"[/~]|\*")


class Command(NamedTuple):
    words: tuple[str, ...]  # without assignments and keywords before it, never empty
    line: int
    folder: str = ""  # relative to where the shell starts; "" also where it can't be told
    given: str = ""  # text of a here document


def commands(text: str, line: int = 1, variables: Mapping[str, str] | None = None) -> Iterator[Command]:
    """Simple commands in the order of the text, those within $(…) before theirs. `line`: of the first line.

    `variables`: what is known of names; the text's own assignments are followed too.
    """
    return islice(_Shell(text[:LONGEST], line, dict(variables or {})).run(), MOST_COMMANDS)


class _Shell:
    def __init__(self, text: str, line: int, variables: dict[str, str]) -> None:
        self._text = text
        self._line = line
        self._variables = variables
        self._folder = ""
        self._folders: list[str] = []  # of the shells around this one
        self._inner: list[str] = []

    def run(self) -> Iterator[Command]:
        words: list[str] = []
        line, place, seen = self._line, 0, 0
        start = line
        end: str | None = None  # of a here document that begins on the next line
        given = ""
        skips = False
        while place < len(self._text):
            match = _TOKEN.match(self._text, place)
            if match is None:
                break
            line += self._text.count("\n", seen, place)
            seen, place = place, match.end()
            kind = match.lastgroup
            if kind == "word":
                if not skips and len(words) < MOST_WORDS:
                    start = start if words else line
                    words.append(self._unquoted(match[0]))
                skips = False
            elif kind in {"heredoc", "end"}:
                end = match["end"]
            elif kind == "redirect":
                skips = True
            elif kind == "operator":
                skips = False
                if match[0] == "\n" and end is not None:
                    given, place = self._document(place, end)
                    end = None
                yield from self._finished(words, start, given)
                self._moved(match[0])
                words, given = [], ""
        yield from self._finished(words, start, given)

    def _document(self, place: int, end: str) -> tuple[str, int]:
        found = re.compile(rf"^[ \t]*{end}[ \t]*$", re.MULTILINE).search(self._text, place)
        stop = found.start() if found else len(self._text)
        return self._text[place:stop], found.end() if found else stop

    def _moved(self, operator: str) -> None:
        if operator == "(":
            self._folders.append(self._folder)
        elif operator == ")" and self._folders:
            self._folder = self._folders.pop()

    def _finished(self, words: list[str], line: int, given: str) -> Iterator[Command]:
        inner, self._inner = self._inner, []
        for text in inner:
            yield from islice(_Shell(text, line, self._variables).run(), 20)
        rest = self._without_prefix(words)
        for word in words[: len(words) - len(rest)]:
            assigned = _ASSIGNED.fullmatch(word)
            if assigned and "." in assigned[2]:
                yield Command(("=", assigned[2]), line, self._folder)  # SCRIPT=a.py, for a program that asks for it
        if not rest:
            return
        if rest[0] in {"cd", "pushd"}:
            target = next((word for word in rest[1:] if not word.startswith("-")), "")
            is_lost = _FAR.match(target) or HOLE in target or len(self._folder) > _LONGEST_FOLDER
            self._folder = "" if is_lost else joined(self._folder, target)
            return
        if rest[0] in {"export", "readonly", "local", "declare"}:
            self._without_prefix(rest[1:])
            return
        yield Command(tuple(rest), line, self._folder, given)

    def _without_prefix(self, words: list[str]) -> list[str]:
        place = 0
        for place, word in enumerate(words):
            assigned = _ASSIGNED.fullmatch(word)
            if assigned and len(assigned[2]) < 1_000 and len(self._variables) < 500:
                self._variables[assigned[1]] = assigned[2]
            elif not assigned and word not in _KEYWORDS:
                return words[place:]
        return []

    def _unquoted(self, word: str) -> str:
        if not re.search(r"[\\\"'$`{]", word):
            return word
        return _PIECE.sub(self._piece, word)[:1_000]

    def _piece(self, match: re.Match[str]) -> str:
        kind, text = match.lastgroup, match[match.lastgroup or 0] or ""
        match kind:
            case "escaped":  # src\\train.py is Windows' way to part folders
                return f"/{text}" if text.isalnum() or text in "_." else text
            case "single":
                return text
            case "double":
                return _PIECE.sub(self._piece, text) if len(text) < 20_000 else text
            case "inner" | "ticked":
                self._inner.append(text)
                return HOLE
            case "braced" | "bare":
                return self._variables.get(re.split(r"[:%#/^,\[-]", text)[0] or text, HOLE)
            case _:
                return HOLE


def joined(folder: str, path: str) -> str:
    """`path` as seen from where `folder` is; absolute and home paths stay. "" is the folder itself."""
    if not path or path.startswith(("/", "~")) or "://" in path:
        return path or folder
    found = normpath(f"{folder}/{path}" if folder else path)
    return "" if found == "." else found


def started_by(
    text: str, line: int = 1, by: str = "", folder: str = "", variables: Mapping[str, str] | None = None
) -> Iterator[Started]:
    """What a shell text starts. `line`: of its first line; `folder`: where it runs."""
    known = tuple(variables.items()) if variables else ()
    return (found._replace(by=by) for found in _started(text[:LONGEST], line, folder, known))


@lru_cache(maxsize=64)  # an alias of YAML may stand for the same text ten thousand times
def _started(text: str, line: int, folder: str, variables: tuple[tuple[str, str], ...]) -> tuple[Started, ...]:
    from collectors.readers.commands import started

    found = (
        row
        for command in commands(text, line, dict(variables))
        for row in started(command._replace(folder=joined(folder, command.folder)))
    )
    return tuple(islice(found, MOST_COMMANDS))
