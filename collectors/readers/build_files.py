"""Makefiles and their kin, Dockerfiles, Procfiles, crontabs, shell scripts, Jenkinsfiles: what they start."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from collectors.facts.settings import Inherited, Started, StartKind
from collectors.readers.commands import SOURCE
from collectors.readers.images import image
from collectors.readers.nodes import plain
from collectors.readers.rows import Row
from collectors.readers.shell import HOLE, started_by

LONGEST = 2 * 1024 * 1024
"""Characters of one Makefile, variables filled in, that are looked at."""
_ROWS = 20_000
"""Lines of one file that are looked at."""
_VARIABLE = re.compile(r"\s*+(?:export\s++|override\s++)?([\w.-]++)\s*+(?:::?:?|\?|\+)?=\s*+(.*)")
_TARGET = re.compile(r"([^\s#:=][^#:=\t]{0,300}?)\s*::?(?!=)([^#]*)")
_USE = re.compile(r"\$\$|\$\(([^$(){}]*)\)|\$\{([^$(){}]*)\}|\$[@<^+?*%\w]")
_INCLUDE = re.compile(r"-?s?include\s+(\S+)")
_CONDITIONS = ("if", "else", "endif", "define", "endef")
_PASSES = 8  # of variables and functions within others
MOST_VARIABLES = 1_000


def makefile(text: str) -> Iterator[Row]:
    """Each recipe's commands, variables of the same file filled in.

    Source: https://www.gnu.org/software/make/manual/make.html
    """
    make = _Make({}, [])
    by = ""
    for line, row in _joined_rows(text, "\\"):
        if row.startswith("\t") or (by and row.startswith("  ") and not _VARIABLE.fullmatch(row)):
            yield from started_by(make.expanded(row.strip().lstrip("@-+ ")), line, by)
        elif found := _VARIABLE.fullmatch(row):
            make.named(found[1], found[2])
        elif found := _INCLUDE.match(row):
            yield Inherited(make.expanded(found[1])[:200], "include", line)
        elif (found := _TARGET.match(row)) and not row.startswith("."):
            by = found[1].strip()[:100]
            yield from _target(found[2], line, by, make)
        elif row.strip() and not row.startswith((" ", "#", *_CONDITIONS)):
            by = ""
        yield from (found for command in make.ran for found in started_by(command, line, by))
        make.ran.clear()
        if make.length > LONGEST:
            return


def _target(text: str, line: int, by: str, make: _Make) -> Iterator[Row]:
    needs, semicolon, recipe = text.partition(";")
    yield from _sources(make.expanded(needs), line, by)
    if semicolon:
        yield from started_by(make.expanded(recipe), line, by)


@dataclass
class _Make:
    variables: dict[str, str]  # as written
    ran: list[str]  # commands of $(shell …) met since somebody looked
    length: int = 0  # of all that was filled in

    def named(self, name: str, value: str) -> None:
        self.expanded(value)  # for the commands in it
        if len(self.variables) < MOST_VARIABLES:
            self.variables[name] = value[:300]

    def expanded(self, text: str) -> str:
        """Variables filled in from the innermost out, "$$" as one "$", what is not known "*"."""
        text = text.replace("$$", "\0")
        for _ in range(_PASSES):
            if "$" not in text or len(text) > 16_000:
                break
            text = _USE.sub(self._filled, text)
        self.length += len(text)
        return text.replace("\0", "$")

    def _filled(self, found: re.Match[str]) -> str:
        inner = found[1] or found[2] or ""
        if inner.startswith("shell ") and len(self.ran) < 100:
            self.ran.append(inner.removeprefix("shell ").replace("\0", "$"))
        return self.variables.get(inner.strip(), HOLE).replace("$$", "\0")


def _sources(text: str, line: int, by: str) -> Iterator[Started]:
    """Source files that a rule needs: a change in them is a reason to run it."""
    for word in text.split()[:200]:
        found = SOURCE.fullmatch(word)
        if found and not found[2] and re.search(r"\w", word.rpartition(".")[0]):
            yield Started(word.removeprefix("./"), StartKind.ARGUMENT, line, by)


def justfile(text: str) -> Iterator[Row]:
    """Recipes by indentation. Source: https://just.systems/man/en/"""
    by = ""
    for line, row in _joined_rows(text, "\\"):
        if row.startswith((" ", "\t")):
            yield from started_by(re.sub(r"\{\{.{0,300}?\}\}", HOLE, row.strip().lstrip("@-")), line, by)
        elif ":" in row and ":=" not in row and not row.startswith("#"):
            by = re.split(r"[\s:]", row.lstrip("@"))[0][:100]


def _joined_rows(text: str, mark: str) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them, by their first line's number; line ends are kept within."""
    kept: list[str] = []
    for number, row in enumerate(text.split("\n")[:_ROWS], 1):
        kept.append(row)
        if not row.endswith(mark):
            yield number - len(kept) + 1, "\n".join(kept)
            kept = []
    if kept:
        yield text.count("\n") + 2 - len(kept), "\n".join(kept)


_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)\s+(.*)", re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
_OPTIONS = re.compile(r"(?:--[\w-]+(?:=\S+)?\s+)+")


def dockerfile(text: str) -> Iterator[Row]:
    """Images built on, commands run, source files copied in.

    Source: https://docs.docker.com/reference/dockerfile/
    """
    variables: dict[str, str] = {}
    stages: set[str] = {"scratch", ""}
    for line, word, rest in _instructions(text):
        match word:
            case "FROM":
                yield from _base_image(_OPTIONS.sub("", rest).split(), line, stages, variables)
            case "ARG" | "ENV":
                for name, value in re.findall(r"([\w.]+)[= ](\"[^\"]*\"|'[^']*'|\S+)", rest[:10_000]):
                    variables[name] = value.strip("\"'")[:300]
            case "RUN" | "CMD" | "ENTRYPOINT":
                yield from _run(re.sub(r"\A(?:--[\w-]+(?:=\S+)?\s+)+", "", rest), line, word, variables)
            case "HEALTHCHECK" | "ONBUILD":
                inner = re.search(r"\b(?:CMD|RUN)\s+(.*)", rest, re.DOTALL)
                yield from _run(inner[1], line, word, variables) if inner else ()
            case "COPY" | "ADD":
                for source in re.split(r"[\s,\"\[\]]+", _OPTIONS.sub("", rest))[:100]:
                    if SOURCE.fullmatch(source) and not source.startswith("/"):
                        yield Started(source.removeprefix("./"), StartKind.ARGUMENT, line, word)
            case _:
                pass  # nothing that starts


def _base_image(parts: list[str], line: int, stages: set[str], variables: dict[str, str]) -> Iterator[Row]:
    base = _filled(parts[0], variables) if parts else ""
    if base.lower() not in stages:
        yield from image(plain(base, line))
    if len(parts) >= 3 and parts[1].lower() == "as":
        stages.add(parts[2].lower())


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, word, and the rest with its lines; comments and blank lines within one do not end it."""
    mark = "`" if re.match(r"#[ \t]*escape=`", text) else "\\"
    rows = text.split("\n")[:_ROWS]
    place = 0
    while place < len(rows):
        start = place
        kept: list[str] = []
        while place < len(rows):
            row = rows[place].rstrip()
            place += 1
            if kept and (not row or row.lstrip().startswith("#")):
                kept.append("\\")  # so that lines can be counted
                continue
            goes_on = row.endswith(mark)
            kept.append(row.removesuffix(mark) + "\\" if goes_on else row)
            if not goes_on:
                break
        found = _INSTRUCTION.match("\n".join(kept).rstrip("\\\n"))
        if found is None or kept[0].lstrip().startswith("#"):
            continue
        rest = found[2]
        document = _HEREDOC.search(rest) if found[1].upper() in {"RUN", "COPY", "ADD"} else None
        if document:
            stop = next((at for at in range(place, len(rows)) if rows[at].strip() == document[1]), len(rows))
            rest = "\n".join([rest, *rows[place : stop + 1]])
            place = stop + 1
        yield start + 1, found[1].upper(), rest


def _run(rest: str, line: int, by: str, variables: dict[str, str]) -> Iterator[Started]:
    rest = rest.strip()
    alone = re.match(r"<<-?\s*['\"]?(\w+)['\"]?[ \t]*\n", rest)
    if alone:  # the document is the script
        body = rest[alone.end() :].removesuffix(alone[1])
        yield from started_by(body, line + 1, by, variables=variables)
        return
    if rest.startswith("["):
        try:
            words = json.loads(rest)
        except (ValueError, RecursionError):
            words = None
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            rest = " ".join("'" + word.replace("'", "'\"'\"'") + "'" for word in words)
    yield from started_by(rest, line, by, variables=variables)


def _filled(text: str, variables: dict[str, str]) -> str:
    return re.sub(r"\$\{?(\w+)(?::?-([^}]*))?\}?", lambda found: variables.get(found[1], found[2] or HOLE), text)


def procfile(text: str) -> Iterator[Row]:
    for line, row in enumerate(text.split("\n")[:_ROWS], 1):
        name, colon, command = row.partition(":")
        if colon and re.fullmatch(r"[\w-]+", name.strip()):
            yield from started_by(command, line, name.strip())


_TIMES = re.compile(r"\s*(?:@\w+|(?:[\d*/,A-Za-z-]+\s+){4}[\d*/,A-Za-z-]+)\s+(.*)")


def crontab(text: str) -> Iterator[Row]:
    """Source: https://man7.org/linux/man-pages/man5/crontab.5.html"""
    for line, row in enumerate(text.split("\n")[:_ROWS], 1):
        found = _TIMES.fullmatch(row[:4_000])
        if found and not row.lstrip().startswith("#"):
            yield from started_by(found[1].replace("%", "\n"), line, "cron")


def script(text: str) -> Iterator[Row]:
    yield from started_by(text)


_STEP = re.compile(r"""\b(?:sh|bat|powershell|pwsh)\b[ \t]*\(?[ \t]*(?:script[ \t]*:[ \t]*)?("{3}|'{3}|"|')""")


def jenkinsfile(text: str) -> Iterator[Row]:
    line, seen = 1, 0
    for found in _STEP.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        stop = text.find(found[1], found.end())
        if stop > 0:
            yield from started_by(text[found.end() : stop], line, "sh")
