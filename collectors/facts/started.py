"""Which files of a tree are started from outside the code: nothing among them may be called dead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from posixpath import dirname, normpath

from collectors.facts.settings import Started, StartKind

_SOURCES = (".py", "/__init__.py", "/__main__.py", ".ipynb")


class Startable:
    """The paths of one tree, found by what declarations say of them."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = frozenset(paths)
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted(self._paths):
            self._by_name[path.rpartition("/")[2]].append(path)

    def found(self, started: Started, declared_in: str) -> frozenset[str]:
        """Paths that `started`, as declared in the file `declared_in`, may mean; empty where there is no such file.

        A path is looked for beside the file, then from the root, then by its end: in a container's file system, or
        below a folder that only the command knows. Rather too many than too few.
        """
        match started.kind:
            case StartKind.FILE | StartKind.ARGUMENT:
                return frozenset(self._files(started.target, declared_in))
            case StartKind.FOLDER:
                return frozenset(self._within(started.target, declared_in))
            case StartKind.MODULE:
                return frozenset(self._module(started.target, declared_in))
            case StartKind.FUNCTION:
                return frozenset(self._function(started.target, declared_in))
            case StartKind.TOOL:
                return frozenset()

    def _files(self, target: str, declared_in: str) -> Iterable[str]:
        beside, from_root = _joined(dirname(declared_in), target), _joined("", target)
        if "*" in target:
            beside_it = self._like(beside)
            return beside_it or self._like(from_root) or self._ending(target)
        exact = [path for path in (beside, from_root) if path in self._paths]
        return exact[:1] or self._ending(target)

    def _like(self, pattern: str) -> list[str]:
        return [path for path in self._paths if _fits(path, pattern) or _fits(f"/{path}", pattern)]

    def _ending(self, target: str) -> list[str]:
        """By the whole target as a path's end; of an absolute one, by the longest end that any path has."""
        parts = [part for part in target.split("/") if part not in {"", ".", ".."}]
        if not parts or "*" in target:
            return self._like("*/" + "/".join(parts)) if parts and re.search(r"\w", parts[-1]) else []
        named = self._by_name.get(parts[-1], [])
        for start in range(len(parts) if target.startswith("/") else 1):
            end = "/" + "/".join(parts[start:])
            found = [path for path in named if f"/{path}".endswith(end)]
            if found:
                return found
        return []

    def _within(self, target: str, declared_in: str) -> list[str]:
        for folder in (_joined(dirname(declared_in), target), _joined("", target)):
            if "*" in folder:
                found = self._like(f"{folder}/*")
            else:
                found = [path for path in self._paths if folder in {"", "."} or path.startswith(f"{folder}/")]
            if found:
                return found
        return []

    def _module(self, dotted: str, declared_in: str) -> list[str]:
        """The module's file, or its package's. One without a package stands beside the declaration or high up."""
        inner = dotted.strip(".").replace(".", "/")
        if not re.search(r"\w", inner):
            return []
        if "*" in inner:
            return [path for end in _SOURCES for path in self._like(f"*{inner}{end}")]
        found = []
        for end in _SOURCES:
            name = (inner + end).rpartition("/")[2]
            for path in self._by_name.get(name, []):
                above = f"/{path}".removesuffix(f"/{inner}{end}").strip("/")
                is_near = "/" in inner or above.count("/") < 1 or above == dirname(declared_in)
                if is_near and f"/{path}".endswith(f"/{inner}{end}"):
                    found.append(path)
        return found

    def _function(self, target: str, declared_in: str) -> Iterator[str]:
        module, colon, _ = target.partition(":")
        if colon and not module:
            yield declared_in
        elif colon and module.endswith((".py", ".ipynb")):
            yield from self._files(module, declared_in)
        elif colon:
            yield from self._module(module, declared_in)
        else:
            parts = target.split(".")
            for end in range(len(parts), 0, -1):
                found = self._module(".".join(parts[:end]), declared_in)
                if found:
                    yield from found
                    return


def _joined(folder: str, target: str) -> str:
    path = normpath(f"{folder}/{target.lstrip('/')}").lstrip("/")
    while path.startswith("../"):
        path = path[3:]
    return "" if path == "." else path


def _fits(path: str, pattern: str) -> bool:
    """Only "*" is special, and stands for any text. Leftmost finds suffice, so the time is linear."""
    if "*" not in pattern:  # a ".." took it away
        return path == pattern
    first, *middle, last = pattern.split("*")
    if not (path.startswith(first) and path.endswith(last) and len(path) >= len(first) + len(last)):
        return False
    place, end = len(first), len(path) - len(last)
    for piece in middle:
        place = path.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return True
