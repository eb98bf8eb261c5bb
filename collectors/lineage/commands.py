"""Commands of a shell into entries: which script of the tree runs, with which words, where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from posixpath import basename, normpath

from collectors.facts.lineage import HOLE
from collectors.lineage.entries import Entry
from collectors.readers import shell
from collectors.readers.nodes import UnreadError, child, followed, pairs, text_at
from collectors.readers.shell import Command, commands, joined
from collectors.readers.toml_text import read_toml

_PYTHON = re.compile(r"(?:python|pypy|ipython|py)[\d.]*(?:\.exe)?")
_SHELLS = {"bash", "sh", "zsh", "dash", "ksh", "source", "."}
_RUNNERS = {"torchrun", "accelerate", "deepspeed", "horovodrun", "spark-submit", "streamlit", "coverage", "kernprof",
            "mprof",
            "ray", "mpirun", "xvfb-run", "jupyter", "papermill", "ipython"}  # fmt: skip
_WITH_VALUE = {"-W", "-X", "--check-hash-based-pycs"}
_SCRIPT = re.compile(r"[^\s=]+\.(?:py|ipynb)")
_DEPTH = 3

Texts = Callable[[str], str | None]


def entries_of(
    text: str,
    paths: frozenset[str],
    job: str = "",
    folder: str = "",
    *,
    scripts: Mapping[str, str] | None = None,
    read: Texts = lambda _path: None,
) -> Iterator[Entry]:
    """Entries of a shell text.

    `folder`: where it runs; `scripts`: console scripts by name; `read`: the text of a shell script.
    """
    yield from _of_text(text, paths, Entry("", (), folder, job), scripts or {}, read, _DEPTH)


def _of_text(
    text: str, paths: frozenset[str], about: Entry, scripts: Mapping[str, str], read: Texts, depth: int
) -> Iterator[Entry]:
    known = {str(place): word for place, word in enumerate(about.argv or (), 1)}
    for command in commands(text, variables=known):
        folder = joined(about.folder, command.folder)
        here = about._replace(folder="" if folder == "." else folder)
        yield from _of_command(command, paths, here, scripts, read, depth)


def _of_command(
    command: Command, paths: frozenset[str], about: Entry, scripts: Mapping[str, str], read: Texts, depth: int
) -> Iterator[Entry]:
    words = command.words
    for place, word in enumerate(words[:12]):
        name, rest = basename(word), words[place + 1 :]
        if _PYTHON.fullmatch(name):
            yield from _of_python(rest, paths, about)
            return
        if name in _SHELLS and depth and rest:
            if rest[0] == "-c" and len(rest) > 1:
                yield from _of_text(rest[1], paths, about._replace(argv=()), scripts, read, depth - 1)
                return
            found = next((word for word in rest if not word.startswith("-")), "")
            yield from _of_shell(
                found, rest[rest.index(found) + 1 :] if found else (), paths, about, scripts, read, depth
            )
            return
        if name in _RUNNERS:
            yield from _of_runner(rest, paths, about)
            return
        if word.endswith(".sh") and place == 0 and depth:
            yield from _of_shell(word, rest, paths, about, scripts, read, depth)
            return
        if word.endswith(".py") and place == 0:
            yield from _started(word, rest, paths, about)
            return
        if name in scripts and place <= 2:
            yield from _of_console(scripts[name], rest, paths, about)
            return


def _of_shell(
    word: str,
    rest: tuple[str, ...],
    paths: frozenset[str],
    about: Entry,
    scripts: Mapping[str, str],
    read: Texts,
    depth: int,
) -> Iterator[Entry]:
    path = joined(about.folder, word)
    text = read(path) if path in paths else None
    if text:
        yield from _of_text(text, paths, about._replace(argv=rest), scripts, read, depth - 1)


def _of_python(words: tuple[str, ...], paths: frozenset[str], about: Entry) -> Iterator[Entry]:
    place = 0
    while place < len(words):
        word = words[place]
        if word in {"-m", "--module"} and place + 1 < len(words):
            name = words[place + 1]
            rest = words[place + 2 :]
            path = _module(name, paths, about.folder)
            if path:
                yield about._replace(script=path, argv=_plain(rest))
            else:
                yield from _of_runner(rest, paths, about)
            return
        if word in {"-c", "-"}:
            return
        if word in _WITH_VALUE:
            place += 1
        elif not word.startswith("-"):
            yield from _started(word, words[place + 1 :], paths, about)
            return
        place += 1


def _started(word: str, rest: tuple[str, ...], paths: frozenset[str], about: Entry) -> Iterator[Entry]:
    path = normpath(joined(about.folder, word.replace("\\", "/")))
    if path in paths:
        yield about._replace(script=path, argv=_plain(rest))


def _of_runner(words: tuple[str, ...], paths: frozenset[str], about: Entry) -> Iterator[Entry]:
    """The first script among the words; what follows is given to it."""
    for place, word in enumerate(words):
        if _SCRIPT.fullmatch(word):
            argv = None if word.endswith(".ipynb") else _plain(words[place + 1 :])
            path = normpath(joined(about.folder, word))
            if path in paths:
                yield about._replace(script=path, argv=argv)
            return
        if word == "-m" and place + 1 < len(words) and (found := _module(words[place + 1], paths, about.folder)):
            yield about._replace(script=found, argv=_plain(words[place + 2 :]))
            return


def _of_console(target: str, rest: tuple[str, ...], paths: frozenset[str], about: Entry) -> Iterator[Entry]:
    module, _, function = target.partition(":")
    path = _module(module.strip(), paths, about.folder)
    if path:
        yield about._replace(
            script=path, argv=_plain(rest), function=function.strip().partition(".")[0].partition(" ")[0]
        )


def _module(name: str, paths: frozenset[str], folder: str) -> str | None:
    parts = name.replace(".", "/")
    for base in (folder, "", "src", f"{folder}/src"):
        for ending in (".py", "/__main__.py", "/__init__.py"):
            path = f"{base}/{parts}{ending}".lstrip("/")
            if path in paths:
                return path
    return None


def _plain(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.replace(shell.HOLE, HOLE) for word in words)


def console_scripts(text: str) -> dict[str, str]:
    """Of pyproject.toml: names of commands, each with "module:function"."""
    try:
        documents = read_toml(text).documents
    except UnreadError:
        return {}
    found: dict[str, str] = {}
    for document in documents:
        for above in (("project", "scripts"), ("tool", "poetry", "scripts")):
            for name, value in pairs(child(document, *above)):
                target = followed(value)
                text = getattr(target, "text", "") or text_at(target, "callable")
                if ":" in text:
                    found[name.text] = text
    return found
