"""The code of one tree: modules by path, imports resolved, settings files when asked for."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from posixpath import dirname
from typing import Any

from collectors.lineage.slimming import cut, slim
from collectors.lineage.values import Module, Value
from collectors.readers.nodes import Text

LARGEST = 1024 * 1024
_LIBRARIES = frozenset(
    [
        "pandas",
        "numpy",
        "torch",
        "tensorflow",
        "keras",
        "sklearn",
        "yaml",
        "joblib",
        "matplotlib",
        "transformers",
        "datasets",
        "mlflow",
        "dvc",
        "requests",
        "polars",
        "dask",
        "pyspark",
        "hydra",
        "omegaconf",
        "click",
        "typer",
        "fire",
        "cv2",
        "PIL",
        "scipy",
        "xgboost",
        "lightgbm",
        "catboost",
        "wandb",
        "boto3",
        "box",
    ]
) | frozenset(sys.stdlib_module_names)


_ROOTS = ("dvc.yaml", "pyproject.toml", "setup.py", "setup.cfg", "MLproject", "params.yaml")
_ENVIRONMENTS = ("requirements.txt", "Pipfile", "environment.yml", "environment.yaml", "conda.yaml")
_SETTINGS_WORDS = {"config", "configs", "configuration", "cfg", "conf", "params", "parameters", "settings"}
_FILE_WORDS = re.compile(r"_?(?:path|filepath|file|filename|ya?ml)$")
_SETTINGS_FILE = re.compile(r"(?:[^./][^/]*/)*([^./][^/]*)\.ya?ml")
_LARGE = 3_000_000  # characters, from which memory counts more than a twentieth of the time
_MOST_CHARACTERS = 9_000_000
"""Of source code whose trees are kept: each takes some forty bytes."""


class Project:
    """What all runs over one tree share. `settings` gives the text of a small file, None where there is none."""

    def __init__(
        self,
        sources: Mapping[str, str],
        paths: frozenset[str] = frozenset(),
        settings: Callable[[str], str | None] = lambda _path: None,
    ) -> None:
        self.sources = sources
        self.paths = paths | frozenset(sources)
        self.settings = settings
        self.memo: dict[
            object, tuple[Value, dict[Any, None], list[Value]]
        ] = {}  # results of calls that hang on their arguments alone
        self.openly: dict[tuple[str, int], Value] = {}  # what functions give to nobody knows which arguments
        self._parsed: dict[str, tuple[list[ast.stmt], str]] = {}
        self._characters = 0  # of what is parsed now
        self._is_large = sum(map(len, sources.values())) > _LARGE
        # Caches of this one: those of a class would keep every tree that was ever followed.
        self.found = lru_cache(maxsize=65536)(self._found)
        self.root_of = lru_cache(maxsize=4096)(self._root_of)
        self.parsed_settings: dict[str, Text] = {}
        self._generators: dict[ast.AST, bool] = {}
        self._counted: dict[ast.AST, list[ast.expr]] = {}
        self._yields: dict[str, list[int]] = {}  # lines that hold the word
        self.folders = frozenset(folder for path in self.paths for folder in _above(path))
        self.finished: dict[tuple[str, str], tuple[Module, dict[Any, None]]] = {}
        """Modules that were imported, with what they read and wrote, by path and working directory."""

    @cached_property
    def top(self) -> frozenset[str]:
        return frozenset(folder for folder in self.folders if folder and "/" not in folder)

    def parsed(self, path: str) -> tuple[list[ast.stmt], str]:
        """The body of a module, and why it is empty."""
        found = self._parsed.get(path)
        if found is None:
            found = self._parsed[path] = self._parse(self.sources[path])
            self._characters += len(self.sources[path])
        return found

    def _parse(self, text: str) -> tuple[list[ast.stmt], str]:
        if len(text) > LARGEST:
            return [], "it is larger than 1 MiB"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                body = ast.parse(text).body
        except (SyntaxError, ValueError):
            return [], "it is not valid Python 3"
        except (RecursionError, MemoryError):
            return [], "it is nested too deeply to parse"
        if self._is_large:
            slim(body)
        return body, ""

    def is_generator(self, node: ast.AST, path: str) -> bool:
        found = self._generators.get(node)
        if found is None:
            lines = self._yields.get(path)
            if lines is None:
                lines = self._yields[path] = _lines_with("yield", self.sources.get(path, ""))
            first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None)
            found = self._generators[node] = any(first <= line <= (last or line) for line in lines) and any(
                isinstance(inner, ast.Yield | ast.YieldFrom) for inner in ast.walk(node)
            )
        return found

    def counted(self, body: list[ast.stmt]) -> list[ast.expr]:
        """Names and attributes that a loop adds to, at any depth of its body."""
        found = self._counted.get(body[0])
        if found is None:
            found = self._counted[body[0]] = [
                node.target
                for statement in body
                for node in ast.walk(statement)
                if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name | ast.Attribute)
            ]
        return found

    def module(self, path: str, name: str) -> Module:
        body, unread = self.parsed(path)
        return Module(path, name, {}, body, unread)

    def _found(self, name: str, importer: str, script: str, folder: str) -> str | None:
        """Path of the module `name`; None where it is a library's. A folder without __init__.py ends with "/"."""
        parts = name.replace(".", "/")
        near = (dirname(script), folder, "", "src")
        for base in near:
            if found := self._at(f"{base}/{parts}" if base else parts):
                return found
        if name.partition(".")[0] in _LIBRARIES:
            return None
        for base in _above(importer):
            for inner in (base, f"{base}/src" if base else "src"):
                if found := self._at(f"{inner}/{parts}" if inner else parts):
                    return found
        return None

    def _root_of(self, path: str) -> str:
        """The nearest folder above that looks like the root of a project; the tree's own where none does."""
        for names in (_ROOTS, _ENVIRONMENTS):
            for folder in _above(path):
                if any((f"{folder}/{name}" if folder else name) in self.paths for name in names):
                    return folder
        return ""

    @lru_cache(maxsize=1024)  # noqa: B019
    def settings_of(self, option: str) -> str:
        """The only settings file of the tree that an option of this name can mean; "" where none or several are."""
        word = _FILE_WORDS.sub("", option.lower())
        exact = self._settings_files.get(word, [])
        says_so = word != option.lower() or not _SETTINGS_WORDS.isdisjoint(re.split("[_-]", word))
        if exact and not says_so:
            return ""  # the name of a service is no file of its settings
        if exact or word not in _SETTINGS_WORDS:
            return exact[0] if len(exact) == 1 else ""
        found = [path for name in sorted(_SETTINGS_WORDS) for path in self._settings_files.get(name, [])]
        return found[0] if len(found) == 1 else ""

    def settings_called(self, name: str) -> str:
        """The only settings file of this name; "" where there is none, or several."""
        stem, _, ending = name.rpartition(".")
        found = self._settings_files.get(stem.lower(), []) if ending in {"yaml", "yml"} else []
        return found[0] if len(found) == 1 else ""

    @cached_property
    def _settings_files(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            if match := _SETTINGS_FILE.fullmatch(path):
                found.setdefault(match[1].lower(), []).append(path)
        return found

    def holds(self, path: str) -> bool:
        """Whether the tree has the path, or pinned data in its place, or its folder."""
        return path in self.paths or path in self.folders or f"{path}.dvc" in self.paths

    def mentions(self, path: str) -> bool:
        """Whether the tree has this very path, or its pipeline makes it."""
        if path in self.paths or f"{path}.dvc" in self.paths:
            return True
        name = path.rpartition("/")[2]
        return bool(name) and any(path in text for text in self._pipelines)

    @cached_property
    def _pipelines(self) -> tuple[str, ...]:
        return tuple(self.settings(path) or "" for path in ("dvc.yaml", "dvc.lock") if path in self.paths)

    def forget(self) -> None:
        """What was parsed and worked out, where it grew large. Only time is lost."""
        if self._characters > _MOST_CHARACTERS:
            self.close()

    def close(self) -> None:
        """Let go of all that was parsed. Functions and the names around them hold one another, so trees are cut."""
        for body, _ in self._parsed.values():
            cut(body)
        self._characters = 0
        self._parsed.clear()
        self.finished.clear()
        self.memo.clear()
        self.openly.clear()
        self._generators.clear()
        self._counted.clear()

    def relative(self, name: str, level: int, importer: str) -> str | None:
        base = dirname(importer)
        for _ in range(level - 1):
            if not base:
                return None
            base = dirname(base)
        parts = name.replace(".", "/")
        return self._at(f"{base}/{parts}".strip("/") if parts else base)

    def _at(self, stem: str) -> str | None:
        if stem + ".py" in self.sources:
            return stem + ".py"
        if stem + "/__init__.py" in self.sources:
            return stem + "/__init__.py"
        return stem + "/" if stem in self._code_folders else None

    @cached_property
    def _code_folders(self) -> frozenset[str]:
        return frozenset(folder for path in self.sources if path.endswith(".py") for folder in _above(path)) | {""}


def _lines_with(word: str, text: str) -> list[int]:
    """As the parser counts them: other line ends than these are none."""
    if word not in text:
        return []
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [number for number, row in enumerate(rows, 1) if word in row]


def _above(path: str) -> Iterator[str]:
    """Folders that hold a path, nearest first, the root as ""."""
    while path:
        path = path.rpartition("/")[0]
        yield path
