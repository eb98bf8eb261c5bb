"""Programs that code starts: Python of the tree is followed as a command line would start it."""

from __future__ import annotations

import re
from posixpath import join, normpath

from collectors.facts.lineage import HOLE
from collectors.lineage.machine import Run, library
from collectors.lineage.modules import run_module
from collectors.lineage.naming import ROOT
from collectors.lineage.telling import options, text_of
from collectors.lineage.values import NONE, Call, Items, Scope, Unknown, Value
from collectors.readers import shell

_PYTHON = re.compile(rf"(?:.*/)?(?:python|pypy)[\d.]*(?:\.exe)?|{HOLE}")
_WITH_VALUE = {"-W", "-X"}
_MOST_PROGRAMS, _MOST_WORDS = 30, 100


@library("subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output", "subprocess.Popen",
         "os.system", "os.popen")  # fmt: skip
def started(run: Run, scope: Scope, call: Call) -> Value:
    given = call.given(0, "args", "command", "cmd") or NONE
    if run.is_started:
        folder = _folder(run, call.given(None, "cwd"))
        for option in options(given):
            for words, inside in _commands(option, call.line):
                _follow(run, words, normpath(join(folder, inside)) if folder is not None else None)
    return Unknown("it is what a program says")


@library("runpy.run_path")
def run_path(run: Run, scope: Scope, call: Call) -> Value:
    text = text_of(call.given(0, "path_name") or NONE)
    if run.is_started and text:
        _follow(run, [HOLE, text], run.folder)
    return Unknown("it is what a script defines")


def _folder(run: Run, given: Value | None) -> str | None:
    """Where it runs, from the root; None where that is not known."""
    text = text_of(given) if given is not None else None
    if given is None or text == "None":
        return run.folder
    if text is None or HOLE in text:
        return None
    if text.startswith(ROOT):
        return text[len(ROOT) :].strip("/")
    return None if text.startswith(("/", "~")) else join(run.folder, text)


def _commands(value: Value, line: int) -> list[tuple[list[str], str]]:
    """Words of each command, and the folder it changed to."""
    if isinstance(value, Items):
        words = [_word(item) for item in value.items[:_MOST_WORDS]]
        return [(words if value.rest is None else [*words, HOLE], "")]
    text = text_of(value)
    if not text or len(text) > shell.LONGEST:
        return []
    found = shell.commands(text, line)
    return [([word.replace(shell.HOLE, HOLE) for word in one.words], one.folder) for one in found]


def _word(value: Value) -> str:
    text = text_of(value)
    return HOLE if text is None else text


def _follow(run: Run, words: list[str], folder: str | None) -> None:
    if folder is None or not words or not _PYTHON.fullmatch(words[0]):
        return
    folder = "" if folder == "." else folder
    place = 1
    while place < len(words) and words[place].startswith("-") and words[place] != "-m":
        place += 2 if words[place] in _WITH_VALUE else 1
    script = _script(run, words[place : place + 2], folder)
    if words[place : place + 1] == ["-m"]:
        place += 1
    argv = tuple(words[place + 1 :])
    if not script or script in run.above or len(run.programs) >= _MOST_PROGRAMS:
        return
    if (script, argv, folder) not in run.programs:
        run.programs.add((script, argv, folder))
        _start(run, script, argv, folder)


def _script(run: Run, words: list[str], folder: str) -> str:
    if words[:1] == ["-m"]:
        found = run.project.found(words[1], "", "", folder) if len(words) > 1 else None
        path = f"{found}__main__.py" if found and found.endswith("/") else found or ""
    else:
        text = words[0] if words else ""
        is_inside = text.startswith(ROOT)
        path = normpath(text[len(ROOT) :].strip("/") if is_inside else join(folder, text.replace("\\", "/")))
    return path if path in run.project.sources and path.endswith(".py") else ""


def _start(run: Run, script: str, argv: tuple[str, ...], folder: str) -> None:
    """It shares what is left of the budget, and what it reads and writes its starter does."""
    inner = Run(run.project, folder, argv, script, run.steps, run.log, run.depth)
    inner.above, inner.programs, inner.called = (*run.above, script), run.programs, run.called
    inner.unsure = run.unsure
    try:
        run_module(inner, run.project.module(script, "__main__"))
    finally:
        run.steps = inner.steps
