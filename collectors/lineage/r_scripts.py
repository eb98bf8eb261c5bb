"""Reads and writes of data in R, as far as the text tells their names: literals, and what puts literals together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from posixpath import dirname
from typing import NamedTuple

from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.lineage.declared.sql import tables_of
from collectors.lineage.naming import Named, kind_of, named
from collectors.lineage.project import Project
from collectors.lineage.r_apis import APIS
from collectors.lineage.r_text import Call, Script, Token

ENDINGS = (".R", ".r", ".Rmd", ".rmd", ".qmd")
_LONGEST = 1024 * 1024
_MOST = 2_000
_DEPTH = 5
_LATER = "its path is put together while it runs"


_QUERIES = {"dbGetQuery", "dbSendQuery", "dbExecute", "dbSendStatement"}
_TABLES = {"dbReadTable": Access.READ, "dbWriteTable": Access.WRITE, "dbAppendTable": Access.WRITE}
_ASKED = frozenset({*APIS, *_QUERIES, *_TABLES, "setwd", "fromJSON"})
_HERE = {"here", "here::here"}
_PASSING = {"normalizePath", "path.expand", "url", "file", "gzfile"}
_JOINING = {"file.path", "fs::path", "path"}


class Started(NamedTuple):
    """A script that a job runs, and where."""

    script: str
    job: str
    folder: str = ""


def r_accesses(sources: Mapping[str, str], paths: Iterable[str], started: Iterable[Started] = ()) -> list[DataAccess]:
    """Accesses of R by path: scripts, R Markdown and Quarto. What nothing starts is a job of its own name. Sorted."""
    project = Project({}, frozenset(paths))
    homes = frozenset(
        dirname(path) for path in project.paths if path.endswith(".Rproj") or path.rpartition("/")[2] == "DESCRIPTION"
    )
    by_script: dict[str, list[Started]] = {}
    for one in started:
        by_script.setdefault(one.script, []).append(one)
    found: set[DataAccess] = set()
    for path, text in sources.items():
        if len(text) <= _LONGEST:
            script = Script(path, text)
            for one in by_script.get(path, [Started(path, path)]):
                folder = one.folder if path in by_script else None
                found.update(_of_script(_Reader(project, script, path, homes, folder), one.job))
    return sorted(found)


def _of_script(reader: _Reader, job: str) -> Iterator[DataAccess]:
    for call in reader.calls:
        for access, kind, found in reader.accesses(call):
            name = f"{call.package or _package(call)}::{call.function}"
            yield DataAccess(
                access, found.name, kind_of(found.name, kind), Origin.OBSERVED, reader.path, call.line,
                found.resolution, name, job, why=found.why,
            )  # fmt: skip


def _package(call: Call) -> str:
    api = APIS.get(call.function)
    return api.package if api else "jsonlite" if call.function == "fromJSON" else "DBI"


_Row = tuple[Access, NodeKind, Named]


class _Reader:
    def __init__(self, project: Project, script: Script, path: str, homes: frozenset[str], folder: str | None) -> None:
        self.path = path
        self.calls = [call for call in islice(script.calls(_ASKED), _MOST) if call.function not in script.assigned]
        self._project = project
        self._script = script
        self._folder = folder
        self._moves = any(call.function == "setwd" for call in self.calls)
        self._home = _home(path, homes)

    def accesses(self, call: Call) -> Iterator[_Row]:
        if call.function in _QUERIES:
            yield from self._of_query(call)
        elif call.function in _TABLES:
            yield from self._of_table(call)
        elif call.function == "fromJSON":
            tokens = _chosen(call, 0, ("txt",))
            if tokens and (found := self._named(tokens, call)).name.partition("?")[0].endswith(".json"):
                yield Access.READ, NodeKind.DATASET, found
        elif (api := APIS.get(call.function)) and _is_of(call.package, api.package):
            tokens = _chosen(call, api.place, api.names)
            if not tokens and call.is_piped and api.access is Access.READ:
                yield api.access, api.kind, Named("", Resolution.UNRESOLVED, _LATER)
            elif tokens and not _is_aside(tokens):
                found = self._named(tokens, call)
                if found.name or api.package != "grDevices":  # pdf() is a density, too
                    yield api.access, api.kind, found

    def _of_query(self, call: Call) -> Iterator[_Row]:
        text = self._text(_chosen(call, 1, ("statement",)), call)
        if text is None or HOLE in text:
            why = "its query is put together while it runs"
            yield Access.READ, NodeKind.DATASET, Named("", Resolution.UNRESOLVED, why)
            return
        tables = tables_of(text)
        for access, names in ((Access.READ, tables.reads), (Access.WRITE, tables.writes)):
            for name in names:
                yield access, NodeKind.DATASET, Named(f"sql://{HOLE}/{name}", Resolution.TEMPLATE)

    def _of_table(self, call: Call) -> Iterator[_Row]:
        text = self._text(_chosen(call, 1, ("name",)), call)
        known = text is not None and HOLE not in text
        found = Named(f"sql://{HOLE}/{(text or '').lower()}", Resolution.TEMPLATE)
        yield _TABLES[call.function], NodeKind.DATASET, found if known else Named("", Resolution.UNRESOLVED, _LATER)

    def _named(self, tokens: tuple[Token, ...], call: Call) -> Named:
        if len(tokens) == 1 and tokens[0].kind == "name" and self._script.is_given(tokens[0].text, call.at):
            return Named("", Resolution.PARAMETER, f"a caller hands over {tokens[0].text}"[:100])
        text = self._text(tokens, call)
        if not text or not text.strip(HOLE):
            return Named("", Resolution.UNRESOLVED, _LATER)
        is_here = any(token.text in _HERE for token in tokens)
        if self._moves and not is_here and not re.match(r"[/~]|[A-Za-z][A-Za-z0-9+.-]*:", text):
            return Named("", Resolution.UNRESOLVED, "the script changes its folder")
        return named(self._project, text, self._home if is_here else self._where(text))

    def _where(self, text: str) -> str:
        """Where it runs: as a job says; else the root of its project or its own folder, whichever has what it names."""
        if self._folder is not None:
            return self._folder
        beside = dirname(self.path)
        first = text.removeprefix("./")
        for folder in (self._home, beside, ""):
            if _holds(self._project, folder, first):
                return folder
        return beside if self.path.lower().endswith((".rmd", ".qmd")) or first.startswith("../") else self._home

    def _text(self, tokens: tuple[Token, ...], call: Call, depth: int = _DEPTH) -> str | None:
        """What an expression is as text, with holes; None where nothing of it is known."""
        if not tokens or not depth:
            return None
        first = tokens[0]
        if len(tokens) == 1:
            if first.kind == "string":
                return first.text
            values = self._script.assigned.get(first.text, []) if first.kind == "name" else []
            is_given = self._script.is_given(first.text, call.at)
            return self._text(values[0], call, depth - 1) if len(values) == 1 and not is_given else None
        if first.kind != "name" or tokens[1].text != "(" or tokens[-1].text != ")":
            return None
        arguments = list(_split(tokens[2:-1]))
        parts = [self._text(part, call, depth - 1) for name, part in arguments if not name]
        texts = [HOLE if part is None else part for part in parts]
        function = first.text.removeprefix("base::")
        if function in _JOINING | _HERE:
            return "/".join(texts)
        has_no_gap = any(name == "sep" and [one.text for one in part] == [""] for name, part in arguments)
        if function == "paste0" or (function == "paste" and has_no_gap):
            return "".join(texts)
        return texts[0] if function in _PASSING and texts else None


def _is_of(said: str, package: str) -> bool:
    """Whether a function may be that of `package`; feather and arrow have some of the same names."""
    return said in {"", package} or {said, package} <= {"arrow", "feather", "readr", "vroom"}


def _chosen(call: Call, place: int, names: Iterable[str]) -> tuple[Token, ...]:
    for name, tokens in call.arguments:
        if name in names:
            return tokens
    plain = [tokens for name, tokens in call.arguments if not name]
    place -= call.is_piped
    return plain[place] if 0 <= place < len(plain) else ()


def _is_aside(tokens: tuple[Token, ...]) -> bool:
    """No file: standard streams, text given as it is, and what Snakemake's rule declares."""
    first = tokens[0].text
    return first in {"snakemake", "stdin", "stdout", "stderr", "textConnection", "NULL", "I", "tempfile"} or (
        tokens[0].kind == "string" and (first in {"", "stdin"} or "\n" in first or len(first) > 300)
    )


def _split(tokens: tuple[Token, ...]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    depth, start = 0, 0
    for place, token in enumerate((*tokens, Token("comma", ",", 0))):
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth and token.kind == "comma":
            if place > start:
                part = tokens[start:place]
                is_named = len(part) > 2 and part[1].text == "=" and part[0].kind == "name"
                yield (part[0].text, part[2:]) if is_named else ("", part)
            start = place + 1


def _home(path: str, homes: frozenset[str]) -> str:
    """The nearest folder above with a project of RStudio or a package of R; else the root."""
    folder = dirname(path)
    while folder and folder not in homes:
        folder = dirname(folder)
    return folder


def _holds(project: Project, folder: str, text: str) -> bool:
    name = f"{folder}/{text}" if folder else text
    above = dirname(name)
    return project.holds(name) or (bool(dirname(text)) and above in project.folders)
