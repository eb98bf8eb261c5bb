"""Commands of a job into entries: which Python and R they run, with which words, and where. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from collectors.facts.lineage import HOLE, Resolution
from collectors.lineage.declared.docker import inside
from collectors.lineage.declared.naming import named
from collectors.lineage.declared.rows import Doubt, DoubtKind, Entry, Row, Tree
from collectors.readers import shell
from collectors.readers.nodes import UnreadError, child, pairs, text_at
from collectors.readers.shell import Command, joined

_PYTHON = re.compile(r"(?:.*/)?(?:python|pypy|ipython|pythonw|py|coverage)[\d.]*(?:\.exe)?")
_WITH_VALUE = {"-W", "-X", "-Q", "--check-hash-based-pycs"}
_LAUNCHERS = {
    "torchrun", "accelerate", "deepspeed", "horovodrun", "composer", "spark-submit", "mpirun", "mpiexec", "srun",
    "kernprof", "mprof", "scalene", "streamlit", "chainlit", "modal", "ray", "runipy", "papermill", "jupyter",
    "marimo", "viztracer", "py-spy", "memray", "dagster", "prefect",
}  # fmt: skip
"""Commands whose first script is run with the words after it."""
_WRAPPERS = {"uv", "pipx", "poetry", "pdm", "hatch", "rye", "pixi", "conda", "mamba", "micromamba", "pipenv"}
_TAKING = {
    "-n", "--name", "-p", "--prefix", "--with", "--group", "--extra", "--python", "--env-file", "--cwd",
    "--directory", "--project", "-e", "--environment",
}  # fmt: skip
"""Options of the wrappers that take a word."""
_SHELLS = {"bash", "sh", "zsh", "dash", "source", "."}
_ALONE = {"time", "nohup", "nice", "sudo", "exec", "env", "stdbuf", "xvfb-run", "command", "caffeinate"}
_HARMLESS = {
    "activate", "apt", "apt-get", "black", "cd", "chmod", "chown", "conda", "date", "deactivate", "docker",
    "docker-compose", "done", "echo", "esac", "exit", "export", "false", "fi", "find", "flake8", "for", "git", "if",
    "isort", "ln", "ls", "make", "mamba", "mkdir", "module", "mypy", "npm", "open", "pip", "pip3", "poetry", "popd",
    "pre-commit", "printf", "pushd", "pwd", "pylint", "pytest", "read", "return", "rm", "rmdir", "ruff", "set",
    "shift", "sleep", "source", "test", "then", "touch", "trap", "tree", "true", "ulimit", "unset", "uv", "wait",
    "which", "while", "xdg-open",
}  # fmt: skip
"""Programs that read and write no data of a pipeline."""
_DEPTH = 3
_NUMBER_BEFORE = re.compile(r"(?<=\s)\d(?=[<>])")  # 2>&1
_HERE = re.compile(r"\$\(pwd\)|\$\{PWD\}|\$PWD\b|`pwd`")
_FAR = re.compile(r"\bcd[ \t]+((?:/|~|\$)[^\s;&|)]{1,300})")
_SCRIPT = re.compile(r".*\.(?:py|pyw|ipynb)")
_R = re.compile(r".*\.[Rr]")


class Job(NamedTuple):
    """Who runs a command, and where that is declared."""

    name: str
    path: str
    folder: str = ""


def entries(tree: Tree, text: str, job: Job, line: int) -> Iterator[Row]:
    """Each Python script, module and notebook that a shell text runs; what it names and the tree lacks is a doubt."""
    yield from _of_text(tree, text, job, line, _DEPTH)


def _of_text(tree: Tree, text: str, job: Job, line: int, depth: int) -> Iterator[Row]:
    text = _HERE.sub(".", text)
    text = _NUMBER_BEFORE.sub("", text.replace(shell.HOLE, HOLE)[: shell.LONGEST])
    text = _FAR.sub(lambda match: f"cd {_here(tree, match[1])}", text)
    for command in shell.commands(text, line):
        folder = joined(job.folder, command.folder)
        words = tuple(word.replace(shell.HOLE, HOLE) for word in command.words)
        yield from _of_command(tree, command._replace(words=words, folder=folder), job, depth)


def _here(tree: Tree, folder: str) -> str:
    """A folder of somebody's machine or image, where its end lies in the tree."""
    name, resolution = named(tree, folder)
    return name if resolution is Resolution.RELOCATED else HOLE


def _of_command(tree: Tree, command: Command, job: Job, depth: int) -> Iterator[Row]:
    words = _unwrapped(command.words)
    if within := inside(words, command.folder):
        command = command._replace(folder=within.folder)
        words = _unwrapped(within.words)
    if not words:
        return
    name = words[0].rpartition("/")[2]
    if _PYTHON.fullmatch(words[0]) or _is_variable(words):
        yield from _python(tree, command, words[1:], job)
    elif name == "Rscript" and (place := _r_script(words)):
        yield from _script(tree, command, words[place], words[place + 1 :], job)
    elif name in _LAUNCHERS:
        yield from _launched(tree, command, words[1:], job)
    elif name in _SHELLS and len(words) > 1:
        yield from _shell(tree, command, words[1:], job, depth)
    elif _SCRIPT.fullmatch(words[0]) and ("/" in words[0] or joined(command.folder, words[0]) in tree.paths):
        yield from _script(tree, command, words[0], words[1:], job)
    elif words[0].endswith((".sh", ".bash")):
        yield from _shell(tree, command, words, job, depth)
    elif found := _console_scripts(tree).get(words[0]):
        yield from _called(tree, command, found, words[1:], job)
    elif name not in _HARMLESS and re.fullmatch(r"\w[\w.+-]*", name):
        yield _doubt(command, job, f"it runs {name[:60]}, which is not followed")


def _r_script(words: tuple[str, ...]) -> int:
    """Place of the script among the words of Rscript; 0 where its code stands in the command, or elsewhere."""
    place = next((place for place, word in enumerate(words[1:], 1) if not word.startswith("-")), 0)
    return place if _R.fullmatch(words[place]) and "-e" not in words[:place] else 0


def _is_variable(words: tuple[str, ...]) -> bool:
    """`$PYTHON train.py`: which Python runs it does not matter."""
    return words[0] == HOLE and len(words) > 1 and (words[1] == "-m" or _SCRIPT.fullmatch(words[1]) is not None)


def _unwrapped(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without what only prepares: `poetry run`, `conda run -n env`, `time`, `env A=1`."""
    for _ in range(4):
        if words and words[0] in _WRAPPERS and "run" in words[:3]:
            words = words[words.index("run") + 1 :]
            while words and words[0].startswith("-"):
                words = words[2 if words[0] in _TAKING else 1 :]
        elif words and words[0] in _ALONE:
            words = words[1:]
            while words and (words[0].startswith("-") or re.fullmatch(r"\w+=.*", words[0], re.DOTALL)):
                words = words[1:]
    return words


def _python(tree: Tree, command: Command, words: Sequence[str], job: Job) -> Iterator[Row]:
    place = 1 if words[:1] == ("run",) else 0  # coverage run
    while place < len(words):
        word = words[place]
        if re.fullmatch(r"-[bBdEiIOsSuv]*c", word):
            yield _doubt(command, job, "its code stands in the command itself")
            return
        if module := re.fullmatch(r"-[bBdEiIOsSuv]*m([\w.]*)", word):
            rest = words[place + 1 :] if not module[1] else (module[1], *words[place + 1 :])
            yield from _module(tree, command, rest, job)
            return
        if word in _WITH_VALUE:
            place += 1
        elif not word.startswith("-"):
            yield from _script(tree, command, word, words[place + 1 :], job)
            return
        place += 1


def _script(tree: Tree, command: Command, script: str, argv: Sequence[str], job: Job) -> Iterator[Row]:
    text = script.replace("\\", "/")
    if HOLE in text:
        yield _doubt(command, job, "which script it runs is put together elsewhere")
        return
    if HOLE in command.folder:
        yield _doubt(command, job, "it runs in a folder that is not in the tree")
        return
    relocated = named(tree, text)[0] if text.startswith(("/", "~")) else ""
    for path in (joined(command.folder, text), joined("", text.lstrip("/")), relocated):
        for candidate in (path, f"{path}/__main__.py", f"{path}.py"):
            if candidate in tree.paths:
                yield _entry(command, candidate, argv, job)
                return
    path = joined(command.folder, text)
    yield Doubt(job.path, command.line, DoubtKind.MISSING, f"it runs {path[:200]}, which is not in the tree", job.name)


def _module(tree: Tree, command: Command, words: Sequence[str], job: Job) -> Iterator[Row]:
    if not words:
        return
    name = words[0]
    if name.partition(".")[0] in _LAUNCHERS or name in {
        "torch.distributed.launch",
        "torch.distributed.run",
        "cProfile",
        "pdb",
    }:
        yield from _launched(tree, command, words[1:], job)
        return
    if found := module_at(tree, name, command.folder, runs=True):
        yield _entry(command, found, words[1:], job)._replace(is_module=True)
    elif HOLE in name:
        yield _doubt(command, job, "which module it runs is put together elsewhere")
    elif "/" in name or name.endswith(".py"):
        yield Doubt(
            job.path, command.line, DoubtKind.MISSING, f"it runs {name[:200]} as a module: no module's name", job.name
        )
    elif any(folder == name.partition(".")[0] for folder in tree.top):
        why = f"it runs the module {name[:200]}, which is not in the tree"
        yield Doubt(job.path, command.line, DoubtKind.MISSING, why, job.name)
    elif name.partition(".")[0] not in _HARMLESS:
        yield _doubt(command, job, f"it runs {name[:60]}, which is not followed")


def module_at(tree: Tree, name: str, folder: str, *, runs: bool = False) -> str:
    """Path of a module as seen from a folder; of a package what runs when it is run. "" where it is not here."""
    parts = name.replace(".", "/")
    for base in dict.fromkeys((folder, "", joined(folder, "src"), "src")):
        stem = joined(base, parts)
        for end in (".py", "/__main__.py", "/__init__.py") if runs else (".py", "/__init__.py"):
            if stem + end in tree.paths:
                return stem + end
    return ""


def _launched(tree: Tree, command: Command, words: Sequence[str], job: Job) -> Iterator[Row]:
    """The first script among the words, or the module after -m, whatever options stand before."""
    for place, word in enumerate(words):
        if word in {"-m", "--module"} and place + 1 < len(words):
            yield from _module(tree, command, words[place + 1 :], job)
            return
        if _PYTHON.fullmatch(word) and "." not in word:
            yield from _python(tree, command, words[place + 1 :], job)
            return
        if _SCRIPT.fullmatch(word):
            is_notebook = word.endswith(".ipynb")
            yield from _script(tree, command, word, () if is_notebook else words[place + 1 :], job)
            return


def _shell(tree: Tree, command: Command, words: Sequence[str], job: Job, depth: int) -> Iterator[Row]:
    inner = job._replace(folder=command.folder)
    for place, word in enumerate(words):
        if re.fullmatch(r"-[a-z]*c", word):
            if depth and place + 1 < len(words):
                yield from (_at(row, command.line) for row in _of_text(tree, words[place + 1], inner, 1, depth - 1))
            return
        if word.startswith(("-", "+")) or word == "pipefail":
            continue
        path = joined(command.folder, word)
        text = tree.read(path)
        if text is not None and depth:
            yield from (
                _at(row, command.line) for row in _of_text(tree, _numbered(text, words[place:]), inner, 1, depth - 1)
            )
        elif HOLE not in path and not re.search(r"activate|\.env|rc$|^[/~]", path):
            why = f"it runs {path[:200]}, which is not in the tree"
            yield Doubt(job.path, command.line, DoubtKind.MISSING, why, job.name)
        return


def _numbered(text: str, words: Sequence[str]) -> str:
    """A script with the words it is given in the places of $1, $2 and "$@"."""
    plain = [word if re.fullmatch(rf"[\w./=:,@%+{HOLE}-]+", word) else f"'{word}'" for word in words if "'" not in word]
    text = re.sub(r"\"?\$\{?[@*]\}?\"?", lambda _: " ".join(plain[1:])[:1_000], text[: shell.LONGEST])
    return re.sub(r"\$\{?([1-9])\}?", lambda found: (plain[int(found[1]) :] or [HOLE])[0][:500], text)[: shell.LONGEST]


def _at(row: Row, line: int) -> Row:
    return row._replace(line=line) if isinstance(row, Entry | Doubt) else row


def _called(tree: Tree, command: Command, target: str, argv: Sequence[str], job: Job) -> Iterator[Row]:
    module, _, function = target.partition(":")
    found = module_at(tree, module.strip(), "")
    if found:
        name = re.split(r"[\s\[]", function.strip())[0]
        yield _entry(command, found, argv, job)._replace(is_module=True, function=name)


def _console_scripts(tree: Tree) -> dict[str, str]:
    """Commands that the project itself installs."""
    try:
        document = tree.document("pyproject.toml")
    except UnreadError:
        return {}
    found: dict[str, str] = {}
    for where in (("project", "scripts"), ("tool", "poetry", "scripts")):
        table = child(document, *where)
        found |= {key.text: text_at(table, key.text) for key, _ in pairs(table)}
    return found


def _entry(command: Command, script: str, argv: Sequence[str], job: Job) -> Entry:
    return Entry(script, tuple(argv), command.folder, job.name, job.path, command.line)


def _doubt(command: Command, job: Job, why: str) -> Doubt:
    return Doubt(job.path, command.line, DoubtKind.UNRESOLVED, why, job.name)
