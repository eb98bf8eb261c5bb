"""Python that declares flows: a file with its imports, and where the functions that it names stand."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from collectors.lineage.declared.commands import module_at
from collectors.lineage.declared.rows import Tree
from collectors.readers.python_flows import is_flow
from collectors.readers.shell import joined

LARGEST = 1024 * 1024
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class PythonFile:
    path: str
    module: ast.Module
    tree: Tree
    _files: dict[str, PythonFile | None] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.module))

    @cached_property
    def imports(self) -> dict[str, str]:
        """What names stand for: "module" or "module:name"."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name.partition(".")[0]] = alias.name
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{'.' * node.level}{node.module or ''}:{alias.name}"
        return found

    @cached_property
    def functions(self) -> dict[str, Function]:
        return {node.name: node for node in self.module.body if isinstance(node, Function)}

    @cached_property
    def constants(self) -> dict[str, str]:
        """Texts that names of the module stand for."""
        return {
            target.id: said
            for node in self.module.body
            if isinstance(node, ast.Assign) and (said := text(node.value))
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def imports_any(self, *tools: str) -> bool:
        return any(origin.lstrip(".").partition(":")[0].partition(".")[0] in tools for origin in self.imports.values())

    def origin(self, node: ast.expr) -> str:
        """Dotted, as the library calls it: "dagster.asset"; "" where it is no import."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.imports:
            return ""
        return ".".join([self.imports[node.id].replace(":", "."), *reversed(parts)])

    def function(self, name: str) -> tuple[PythonFile, Function] | None:
        """A function by the name that this file knows it by, followed through imports of the tree."""
        here: PythonFile | None = self
        for _ in range(4):
            if here is None:
                return None
            if name in here.functions:
                return here, here.functions[name]
            origin = here.imports.get(name, "")
            module, colon, inner = origin.partition(":")
            if not colon:
                return None
            below = here.at(f"{module}.{inner}" if module.strip(".") else f"{module}{inner}")
            here, name = here.at(module) or below, inner
            if here is not None and name not in here.functions and name not in here.imports and below is not None:
                here = below
        return None

    def at(self, module: str) -> PythonFile | None:
        """A module of the tree by its name as this file writes it."""
        level = len(module) - len(module.lstrip("."))
        name = module[level:]
        if level:
            base = "/".join(self.path.split("/")[:-level])
            stem = joined(base, name.replace(".", "/")) if name else base
            ends = (f"{stem}.py", f"{stem}/__init__.py".lstrip("/"))
            path = next((end for end in ends if end in self.tree.paths), "")
        else:
            path = module_at(self.tree, name, self.folder) or self._near(name)
        if path and path not in self._files:
            self._files[path] = None
            self._files[path] = parsed(self.tree, path, self._files)
        return self._files.get(path)

    def _near(self, name: str) -> str:
        """As seen from the folders around this file."""
        folder = self.folder
        while folder:
            folder = folder.rpartition("/")[0]
            if found := module_at(self.tree, name, folder):
                return found
        return ""


def parsed(tree: Tree, path: str, known: dict[str, PythonFile | None] | None = None) -> PythonFile | None:
    text = tree.read(path)
    if text is None or len(text) > LARGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return PythonFile(path, ast.parse(text), tree, {} if known is None else known)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def flow_files(tree: Tree, paths: Iterator[str]) -> Iterator[PythonFile]:
    """Those of the paths that import an orchestrator."""
    known: dict[str, PythonFile | None] = {}
    for path in paths:
        text = tree.read(path)
        if text is not None and is_flow(text.encode(errors="replace")):
            found = parsed(tree, path, known)
            if found is not None:
                yield found


def last(node: ast.expr) -> str:
    """The last part of a dotted name, of what is called too."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def given(call: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in call.keywords if word.arg == name), None)


def text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def parts(node: ast.expr | None) -> list[ast.expr]:
    """Of a list, tuple or set its items, of a dictionary its values; any other value is one."""
    if node is None:
        return []
    if isinstance(node, ast.Dict):
        return node.values[:500]
    return node.elts[:500] if isinstance(node, ast.List | ast.Tuple | ast.Set) else [node]
