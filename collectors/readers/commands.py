"""What one command starts: scripts, modules, functions, and the source files it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, takewhile

from collectors.facts.practice_names import RUNNERS, TOOLS, is_kept
from collectors.facts.settings import Started, StartKind
from collectors.readers.shell import HOLE, Command, commands, joined

SOURCE = re.compile(
    r"([\w./@+*\[\]~ -]*[\w*\]]\."
    r"(?:py|pyw|ipynb|sh|bash|zsh|ksh|ps1|bat|cmd|R|r|Rmd|qmd|jl|sql|js|mjs|cjs|ts|tsx|rb|pl|php|lua|scala|smk|m))"
    r"(?:::?([\w.*]+))?"
)
_PYTHON = re.compile(r"(?:python|pypy|ipython|bpython|pythonw|py)[\d.]*(?:\.exe)?")
_SHELLS = {
    "bash", "sh", "zsh", "dash", "ksh", "ash", "source", ".", "fish", "pwsh", "powershell", "sbatch", "qsub", "bsub",
}  # fmt: skip
_RUNNERS = {
    "torchrun", "accelerate", "deepspeed", "horovodrun", "composer", "colossalai", "spark-submit", "pyspark",
    "papermill", "streamlit", "panel", "voila", "chainlit", "gradio", "marimo", "modal", "fastapi", "jupyter",
    "coverage", "kernprof", "mprof", "memray", "scalene", "py-spy", "viztracer", "locust", "Rscript", "R", "quarto",
    "julia", "node", "ts-node", "tsx", "deno", "bun", "ruby", "perl", "php", "lua", "snakemake", "nextflow",
    "dagster", "dagster-webserver", "dagit", "prefect", "metaflow", "guild", "wandb", "ray", "mpirun", "mpiexec",
    "srun", "flask", "manim", "sphinx-build", "runipy", "ploomber", "blender", "nbexec", "taipy", "solara", "shiny",
    "mesop", "debugpy", "cProfile", "pdb", "trace", "runpy", "xargs",
}  # fmt: skip
"""Commands whose first script is run."""
_SERVERS = {
    "uvicorn", "gunicorn", "hypercorn", "daphne", "waitress-serve", "uwsgi", "granian", "celery", "bentoml",
    "serve", "flask", "prefect", "dramatiq", "arq", "huey_consumer", "huey_consumer.py", "faust", "rq", "taskiq",
    "streamlit", "luigi", "dagster", "modal", "locust", "airflow", "mlserver", "chalice", "functions-framework",
    "flask-script", "sanic", "robyn", "litestar", "fastapi", "ray", "runpy", "pytest", "dagster-webserver", "dagit",
    "pdoc", "zenml", "kfp", "mypy", "ddtrace-run",
}  # fmt: skip
"""Commands that are told a module or an attribute of one."""
_SILENT = {
    "echo", "printf", "rm", "cat", "ls", "git", "grep", "egrep", "fgrep", "rg", "sed", "awk", "find", "touch",
    "chmod", "chown", "mkdir", "wget", "diff", "head", "tail", "wc", "which", "type", "alias", "apt", "apt-get",
    "apk", "yum", "dnf", "brew", "pip", "pip3", "conda", "mamba", "micromamba", "ruff", "black", "isort", "flake8",
    "pylint", "mypy", "pyright", "autopep8", "yapf", "bandit", "pyupgrade", "pycodestyle", "pydocstyle", "prettier",
    "eslint", "shellcheck", "zip", "tar", "test", "[", "[[", "pre-commit", "codespell", "doc8", "radon", "vulture",
    "autoflake", "sonar-scanner", "md5sum", "sha256sum", "less", "tree", "du", "stat", "file", "FROM", "unset",
    "set", "trap", "read", "shift", "exit", "return", "kill", "sleep", "wait", "umask", "ulimit", "true", "false",
    "gh", "hub", "cargo", "aws", "gsutil", "gcloud", "az", "lychee", "typos", "cspell", "nbstripout", "jupytext",
}  # fmt: skip
"""Commands that run nothing they are given. `conda run`, `pip install .` and the like are asked about first."""
_CARRIES = {"-m", "--module", "-A", "--app", "--module-name", "-w", "--working-module", "--python-module"}
_MODULE = re.compile(r"[A-Za-z_][\w*]*(?:\.[\w*]+)*")
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w*]*(?:\.[\w*]+)*:[A-Za-z_][\w.]*(?:\(.*\))?", re.DOTALL)
_IMPORT = re.compile(
    r"(?:^|[;\n:])[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*))"
)
_PYTHON_VALUES = {"-W", "-X", "-Q", "--check-hash-based-pycs"}
_SYSTEM = re.compile(r"/(?:usr/(?!src/|app/)|(?:bin|sbin|etc|lib\w*|dev|proc|sys)/)|~/\.")
_MOUNTED = re.compile(r"([\w./*-]+):/[^:]*(?::\w+)?")  # docker run -v file:/where:ro
_NAMED = re.compile(r"\w[\w.*/-]*\.")  # **/*.py names nothing
_VENV = re.compile(r"(?:.*/)?(?:bin/|Scripts/)?(?:activate(?:\.\w+)?|\.env(?:\.\w+)?|\.\w*rc|\.profile)")
_BRINGS = {"install", "add", "pip", "uninstall", "download", "update-check"}
"""Words of commands that bring a program in and do not run it."""
_BEFORE = {"-m", "--", "--rm", "-T", "-q", "-v"}
_IN_TESTS = re.compile(r"(?:^|/)tests?/.")
"""A folder below a test's own: what runs there is a sample."""
_PLAIN = re.compile(r"[A-Za-z][\w.-]*")
_QUOTING = {"eval", "ssh", "su", "parallel", "watch", "concurrently"}
"""Commands that are given others as texts."""
_WRAPPERS = {"uv", "pipx", "poetry", "pdm", "hatch", "rye", "pixi", "conda", "mamba", "micromamba", "pipenv"}
_BINARIES = {"bin", "sbin", "Scripts", ".", "", HOLE}
_DEPTH = 3


def started(command: Command, depth: int = _DEPTH) -> Iterator[Started]:
    """`by` is left empty. Paths are joined to the folder the command runs in."""
    words = command.words
    yield from _tool(command)
    if _base(words[0]) in _WRAPPERS and "run" in words[:4]:
        words = tuple(dropwhile(lambda word: word.startswith("-"), words[words.index("run") + 1 :])) or words
    if words[0] == "for":
        yield from _given(command, words[3:], set())
    elif _base(words[0]) not in _SILENT or "run" in words[:3]:
        yield from _running(command, words, depth)


def _tool(command: Command) -> Iterator[Started]:
    """The program itself, where its runs are kept: "dbt test" of `poetry run dbt test --select x`."""
    words = command.words
    if _base(words[0]) in _SILENT or _BRINGS & set(words[:5]):
        return
    for place, word in enumerate(words[:8]):
        name = _base(word)
        if name in TOOLS and (place == 0 or words[place - 1] in _BEFORE or not words[place - 1].startswith("-")):
            follow = [name, *takewhile(_PLAIN.fullmatch, (one for one in words[place + 1 :] if one[:1] != "-"))][:3]
            if is_kept(" ".join(follow)) and (name in RUNNERS or not _IN_TESTS.search(command.folder)):
                yield Started(" ".join(follow), StartKind.TOOL, command.line)
            return


def _running(command: Command, words: tuple[str, ...], depth: int) -> Iterator[Started]:
    """The first word that is an interpreter or a runner decides how the rest is read; what stands before wraps it."""
    found: set[str] = set()
    for place, word in enumerate(words):
        name, rest = _base(word), words[place + 1 :]
        if _PYTHON.fullmatch(name):
            return (yield from _python(command, rest, found))
        if name in _SHELLS and (place == 0 or name not in {".", "source"}):
            return (yield from _shell(command, rest, found, depth))
        if name in _QUOTING and depth:
            return (yield from _quoted(command, rest, depth))
        if name in _RUNNERS or name in _SERVERS:
            return (yield from _runner(command, name, rest, found))
    if _is_path(words[0]):
        yield _file(command, words[0], StartKind.FILE)
        found.add(words[0])
    yield from _given(command, words, found)
    return None


def _quoted(command: Command, words: tuple[str, ...], depth: int) -> Iterator[Started]:
    for word in words[:20]:
        if " " in word:
            yield from _nested(command, word, depth)


def _base(word: str) -> str:
    """The name of a program: not the end of a path that is something else, as in `-v /home/x:/streamlit`."""
    folder, slash, name = word.rpartition("/")
    return name if slash and folder.rpartition("/")[2] in _BINARIES and ":" not in word else word


def _is_path(word: str) -> bool:
    if _SYSTEM.match(word) or word.startswith(("-", "http:", "https:")) or word == ".":
        return False
    source = SOURCE.fullmatch(word)
    if source:
        return not source[2]
    return "/" in word and re.fullmatch(r"\.{0,2}/?[\w.*/-]*\w", word) is not None


def _file(command: Command, word: str, kind: StartKind) -> Started:
    return Started(joined(command.folder, word), kind, command.line)


def _python(command: Command, words: tuple[str, ...], found: set[str]) -> Iterator[Started]:
    place = 0
    while place < len(words):
        word = words[place]
        if re.fullmatch(r"-[bBdEiIOsSuv]*c", word):
            yield from _imports(command, words[place + 1] if place + 1 < len(words) else "")
            return
        if module := re.fullmatch(r"-[bBdEiIOsSuv]*m([\w.]*)", word):
            yield from _module(command, ((module[1],) if module[1] else ()) + words[place + 1 :], found)
            return
        if word == "-":
            break
        if word in _PYTHON_VALUES:
            place += 1
        elif not word.startswith("-"):
            if word != HOLE and not _SYSTEM.match(word):
                yield _file(command, word, StartKind.FILE)
                found.add(word)
            yield from _given(command, words[place + 1 :], found)
            return
        place += 1
    yield from _imports(command, command.given)


def _module(command: Command, words: tuple[str, ...], found: set[str]) -> Iterator[Started]:
    if not words or not _MODULE.fullmatch(words[0]):
        return
    name = words[0]
    yield Started(name, StartKind.MODULE, command.line)
    tool = name.partition(".")[0]
    launches = tool in _RUNNERS | _SERVERS or name.startswith(("torch.distributed", "torch.utils.bottleneck"))
    if tool in _SILENT:
        return
    if launches:
        yield from _runner(command, "torchrun" if tool == "torch" else tool, words[1:], found)
    else:
        yield from _given(command, words[1:], found)


def _runner(command: Command, name: str, words: tuple[str, ...], found: set[str]) -> Iterator[Started]:
    """The first script is run, or the module that an option carries; what follows is given to it."""
    runs = name in _RUNNERS and not (name == "jupyter" and _only_shows(words))
    for place, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in _CARRIES and not (name == "pytest" or (name == "jupyter" and option == "-m")):
            value = value if equals else words[place + 1] if place + 1 < len(words) else ""
            if _ATTRIBUTE.fullmatch(value):
                yield Started(_called(value), StartKind.FUNCTION, command.line)
            elif _MODULE.fullmatch(value) and not SOURCE.fullmatch(value):
                yield Started(value, StartKind.MODULE, command.line)
        elif name in _SERVERS and _ATTRIBUTE.fullmatch(word) and not SOURCE.fullmatch(word):
            yield Started(_called(word), StartKind.FUNCTION, command.line)
        elif (
            name in {"dramatiq", "arq", "huey_consumer", "gunicorn", "celery"}
            and _MODULE.fullmatch(word)
            and "." in word
        ):
            yield Started(word, StartKind.FUNCTION, command.line)
        elif _PYTHON.fullmatch(_base(word)) and (name in {"ray", "mpirun", "mpiexec", "srun", "xargs", "accelerate"}):
            yield from _python(command, words[place + 1 :], found)
            return
        elif (source := SOURCE.fullmatch(word)) and word not in found:
            found.add(word)
            if source[2]:
                yield Started(f"{joined(command.folder, source[1])}:{source[2]}", StartKind.FUNCTION, command.line)
            else:
                yield _file(command, word, StartKind.FILE if runs else StartKind.ARGUMENT)
            runs = False
    yield from _given(command, words, found)


def _only_shows(words: tuple[str, ...]) -> bool:
    """Whether Jupyter opens or converts a notebook, and runs no cell of it."""
    return not any(word in {"execute", "run"} or word.startswith(("--execute", "--ExecutePre")) for word in words)


def _called(attribute: str) -> str:
    return attribute.partition("(")[0]


def _shell(command: Command, words: tuple[str, ...], found: set[str], depth: int) -> Iterator[Started]:
    for place, word in enumerate(words):
        if re.fullmatch(r"-[a-z]*c", word):
            if depth and place + 1 < len(words):
                yield from _nested(command, words[place + 1], depth)
            return
        if not word.startswith(("-", "+")) and word not in {"pipefail", "errexit"}:
            if word != HOLE and not _SYSTEM.match(word) and "://" not in word and not _VENV.fullmatch(word):
                yield _file(command, word, StartKind.FILE)
                found.add(word)
            yield from _given(command, words[place + 1 :], found)
            return
    if command.given and depth:
        yield from _nested(command, command.given, depth)


def _nested(command: Command, text: str, depth: int) -> Iterator[Started]:
    for inner in commands(text):
        folder = joined(command.folder, inner.folder)
        yield from started(inner._replace(line=command.line, folder=folder), depth - 1)


def _imports(command: Command, code: str) -> Iterator[Started]:
    for match in _IMPORT.finditer(code[:20_000]):
        for name in (match[1] or match[2]).split(","):
            yield Started(name.strip(), StartKind.MODULE, command.line)


def _given(command: Command, words: tuple[str, ...], found: set[str]) -> Iterator[Started]:
    """Source files among the words: used, if not run. A text of several words is a command to some."""
    for word in words:
        value = word.partition("=")[2] if word.startswith("-") and "=" in word else word
        mounted = _MOUNTED.fullmatch(value)
        value = mounted[1] if mounted else value
        source = SOURCE.fullmatch(value)
        if source and value not in found and not _SYSTEM.match(value) and _NAMED.search(source[1]):
            found.add(value)
            if source[2]:
                yield Started(f"{joined(command.folder, source[1])}:{source[2]}", StartKind.FUNCTION, command.line)
            else:
                yield _file(command, value, StartKind.ARGUMENT)
