"""What tables of settings start, whoever reads them: GitHub and GitLab workflows, compose, Kubernetes, tox, systemd, …

Programs name their commands alike, so that one walk over all tables finds them. Where the program is not known, only
commands that name a script, module or function count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from collectors.facts.settings import Started, StartKind, ValueKind
from collectors.readers.commands import SOURCE
from collectors.readers.images import image
from collectors.readers.nodes import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Text,
    child,
    followed,
    pairs,
    tables,
    texts,
)
from collectors.readers.rows import Row
from collectors.readers.shell import HOLE, joined, started_by

COMMANDS = {
    "cmd", "cmds", "command", "commands", "run", "script", "scripts", "before_script", "after_script", "entrypoint",
    "entry", "entry_point", "entry-point", "args", "exec", "execute", "bash_command", "shell", "program", "python_file",
    "startcommand", "start_command", "buildcommand", "build_command", "execstart", "execstartpre", "commands_pre",
    "commands_post", "before_install", "script_path", "source_file", "source_script", "python_script", "notebook_path",
    "code_path", "main_file", "main_python_file_uri", "pythonfile", "predict", "train", "service", "job_command",
    "run_command", "preparecommand", "postcreatecommand", "prestartcommand", "init_script", "setup_script",
}  # fmt: skip
"""Keys, in small letters, under which programs are told what to run."""
_GENERAL = {"start", "test", "build", "install", "setup", "main", "bin", "lint", "serve", "deploy"}
"""Keys that hold commands where the program is known, and anything elsewhere."""
_FILTERS = {
    "omit", "exclude", "excludes", "exclude_lines", "extend-exclude", "ignore", "ignores", "ignore_paths", "paths",
    "paths-ignore", "paths_ignore", "files", "files-ignore", "nav", "skip", "skips",
    "cache-dependency-path", "branches", "watch",
    "source", "sources", "url", "write_to", "version_file", "version_path", "title", "description", "label", "name",
    "docs",
}  # fmt: skip
"""Keys whose paths are looked at, skipped or shown."""
_FOLDERS = ("working-directory", "working_directory", "workdir", "workingDirectory", "directory")
_EXPRESSION = re.compile(r"\$?\{\{.{0,300}?\}\}")
_NAMES = {"jobs", "services", "stages", "steps", "tasks", "entry_points", "scripts", "targets", "pipelines"}


class _File(NamedTuple):
    known: bool
    names: bool
    has_reader: bool
    seen: set[int]  # ids of nodes whose commands were read: an alias stands for them again


class _Table(NamedTuple):
    by: str
    folder: str
    variables: dict[str, str]
    is_python: bool  # its `run` is a program, not a shell's text
    has_image: bool  # its `image` is what it runs on: not what it builds or pushes, nor a machine


def commanded(text: Text, known: bool, names: bool = True, has_reader: bool = False) -> Iterator[Row]:
    """What every table's commands start.

    `known`: whether the file is for certain read by a program that runs things; `names`: whether a path of source code
    that stands as a value is used, and not left out of coverage, checked or linked to; `has_reader`: whether commands
    are told by a reader that knows the file's own rules.
    """
    file = _File(known, names, has_reader, set())
    for document in text.documents:
        for above, table in tables(document):
            told = _told(above, table)
            for key, value in table.pairs:
                if above[-1:] != ("with",) or key.text != "script":  # JavaScript, to github-script
                    yield from _of_pair(key.text.lower(), value, told, file)


def _told(above: tuple[str, ...], table: Mapping) -> _Table:
    """What of a table's own keys says how its commands are to be read."""
    own = {key.text: value for key, value in table.pairs}
    said = {name: value.text for name, value in own.items() if isinstance(value, Scalar)}
    folder = next((said[name] for name in _FOLDERS if name in said), "")
    # The job, service, stage or task that the table is, or lies in.
    named = next((inner for name, inner in pairwise(above) if name in _NAMES), "")
    return _Table(
        by=(named or said.get("name", "") or (above[-1] if above else ""))[:100],
        folder="" if HOLE in folder or "{" in folder else joined("", folder),
        variables={key.text: value.text for key, value in pairs(own.get("env")) if isinstance(value, Scalar)},
        is_python=said.get("shell", "").startswith("python"),
        has_image="build" not in own and above[-1:] not in (("with",), ("machine",)),
    )


def _of_pair(name: str, value: Node, told: _Table, file: _File) -> Iterator[Row]:
    if name in COMMANDS or (file.known and name in _GENERAL):
        if file.has_reader:
            return
        yield from _commands(value, told, file)
    elif file.known and name == "image":
        yield from (each for inner in _images(value) for each in image(inner) if told.has_image)
    elif file.known and name == "uses" and isinstance(value, Scalar):
        yield from _action(value, told.by)
    elif file.names and name not in _FILTERS:
        listed = value.items if isinstance(value, Sequence) else [value]
        yield from (row for item in listed if isinstance(item, Scalar) for row in _source(item, told.by))


def _commands(value: Node, told: _Table, file: _File) -> Iterator[Row]:
    node = followed(value) or value
    if id(node) in file.seen:
        return
    file.seen.add(id(node))
    for command in _lines(node):
        text, line = _EXPRESSION.sub(HOLE, command.text), command.first_line
        if told.is_python:
            text = f"python - <<EOF_\n{text}\nEOF_"
        found = started_by(text, line, told.by, told.folder, told.variables)
        yield from (row for row in found if file.known or _is_sure(row))


def _lines(value: Node) -> Iterator[Scalar]:
    """Commands one by one: a list whose first item is one word is one command, told as words."""
    value = followed(value) or value
    if isinstance(value, Scalar):
        if value.kind is ValueKind.TEXT:
            yield value
        return
    if not isinstance(value, Sequence):
        return
    words = [item for item in map(followed, value.items[:2_000]) if isinstance(item, Scalar)]
    if len(words) == len(value.items[:2_000]) and words and not re.search(r"\s", words[0].text.strip()):
        quoted = " ".join(_quoted(word.text) for word in words)
        yield Scalar(quoted, quoted, ValueKind.TEXT, words[0].line)
    else:
        yield from texts(value)


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./=:@%+-]+|\$[({]?\w+[)}]?", word) else "'" + word.replace("'", "'\"'\"'") + "'"


def _images(value: Node) -> Iterator[Scalar]:
    value = followed(value) or value
    if isinstance(value, Scalar):
        yield value
    elif isinstance(name := child(value, "name"), Scalar):
        yield name


def _action(value: Scalar, by: str) -> Iterator[Row]:
    """An action or workflow of the repository itself. Source: https://docs.github.com/actions/reference"""
    if value.text.startswith("./"):
        is_file = value.text.endswith((".yml", ".yaml"))
        yield Started(value.text[2:].rstrip("/"), StartKind.FILE if is_file else StartKind.FOLDER, value.line, by)
    elif value.text.startswith("docker://"):
        yield from image(value)


def _source(value: Scalar, by: str) -> Iterator[Started]:
    """A path of source code as a value."""
    if value.kind is ValueKind.TEXT and len(value.text) < 500 and "." in value.text and "*" not in value.text:
        found = SOURCE.fullmatch(_EXPRESSION.sub(HOLE, value.text))
        if found and " " not in value.text and re.search(r"\w", found[1].rpartition(".")[0]):
            target = joined("", found[1])
            if found[2]:
                yield Started(f"{target}:{found[2]}", StartKind.FUNCTION, value.line, by)
            else:
                yield Started(target, StartKind.ARGUMENT, value.line, by)


def _is_sure(row: Started) -> bool:
    if row.kind is StartKind.TOOL:
        return False
    return row.kind is not StartKind.FILE or SOURCE.fullmatch(row.target) is not None
