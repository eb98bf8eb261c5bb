"""Which Python files of a tree import which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_Parts = tuple[str, ...]
DYNAMIC = "?"
"""Begins a module that is named when the program runs; "*" at its end stands for what the text does not tell."""


class Importing(NamedTuple):
    """A file with what it imports, as `Summary` holds it."""

    path: str
    imports: tuple[str, ...]
    reaches: tuple[str, ...]


class Modules:
    """The Python files of one tree, found by what imports say of them.

    Where the search path is not known a name may mean several files: rather too many than too few.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths: dict[_Parts, str] = {}
        self._by_last: defaultdict[str, list[_Parts]] = defaultdict(list)
        for path in paths:
            if path.endswith((".py", ".pyi")):
                parts = tuple(path.rpartition(".")[0].split("/"))
                parts = parts[:-1] if parts[-1] == "__init__" else parts
                if parts and parts not in self._paths:
                    self._by_last[parts[-1]].append(parts)
                self._paths[parts] = path

    def reached(self, file: Importing) -> frozenset[str]:
        """Files that it may import, packages above them with their `__init__.py` included."""
        folder = tuple(file.path.split("/")[:-1])
        found: set[str] = set()
        for dotted in file.imports:
            found.update(self._absolute(tuple(dotted.split(".")), folder))
        for entry in file.reaches:
            if entry.startswith(DYNAMIC):
                found.update(self._dynamic(entry[1:], folder))
            else:
                module, _, names = entry.partition(":")
                for name in names.split(","):
                    found.update(self._imported_from(module, name, folder))
        return frozenset(found - {file.path})

    def _imported_from(self, module: str, name: str, folder: _Parts) -> Iterator[str]:
        bare = module.lstrip(".")
        level = len(module) - len(bare)
        named = (*(bare.split(".") if bare else ()), *((name,) if name not in {"*", ""} else ()))
        if not level:
            yield from self._absolute(named, folder)
        elif level - 1 <= len(folder):
            base = folder[: len(folder) - level + 1]
            yield from self._upwards((*base, *named), len(base))

    def _absolute(self, parts: _Parts, folder: _Parts) -> Iterator[str]:
        for end in range(len(parts), 0, -1):
            fitting = [one for one in self._by_last.get(parts[end - 1], ()) if one[-end:] == parts[:end]]
            near = [one for one in fitting if one[:-end] == folder[: len(one) - end]]
            for one in near or fitting:
                yield from self._upwards(one, len(one) - end)
            if fitting:
                return

    def _upwards(self, parts: _Parts, root: int) -> Iterator[str]:
        """The module, and each package between it and where the search began."""
        for end in range(root, len(parts) + 1):
            path = self._paths.get(parts[:end])
            if path:
                yield path

    def _dynamic(self, name: str, folder: _Parts) -> Iterator[str]:
        """`name` as given to import_module; of one with "*" every module that begins alike."""
        known, star, _ = name.partition("*")
        bare = known.lstrip(".")
        if not star:
            yield from (
                self._imported_from(known, "", folder)
                if bare != known
                else self._absolute(tuple(bare.split(".")), folder)
            )
            return
        above, _, begun = bare.rpartition(".")
        package = tuple(above.split(".")) if above else ()
        if not package and not folder:
            return  # any module at all
        for parts, path in self._paths.items():
            if package:
                inside = any(
                    parts[at : at + len(package)] == package
                    and "".join(parts[at + len(package) :][:1]).startswith(begun)
                    for at in range(len(parts) - len(package))
                )
            else:
                inside = parts[: len(folder)] == folder and parts[-1].startswith(begun)
            if inside:
                yield path


def imported_by(files: Iterable[Importing], paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each file that another imports, with those that do, sorted."""
    modules = Modules(paths)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        for path in modules.reached(file):
            found[path].append(file.path)
    return {path: tuple(sorted(by)) for path, by in sorted(found.items())}
