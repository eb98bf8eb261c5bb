"""Assets of Dagster, and of Prefect.

Sources: https://docs.dagster.io/guides/build/assets, https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from collectors.facts.lineage import Access, DataAccess, Origin, Resolution
from collectors.lineage.declared.naming import kind_of, named
from collectors.lineage.declared.python_files import Function, PythonFile, given, last, parts, text
from collectors.lineage.declared.rows import Entry, Row

_MAKING = {"asset", "multi_asset", "graph_asset", "graph_multi_asset", "observable_source_asset"}
_NO_DATA = ("Resource", "Config", "Context", "Client", "Pool", "IOManager", "Session", "Engine", "Settings")
_FIRST = {"context", "config", "self"}


class _Asset(NamedTuple):
    key: str
    file: PythonFile
    node: Function
    mark: ast.Call | None


def dagster(files: Sequence[PythonFile]) -> Iterator[Row]:
    """An asset is known by its key in all files, "dagster://prefix/name"."""
    found = [asset for file in files if file.imports_any("dagster") for asset in _assets(file)]
    keys = {asset.node.name: asset.key for asset in found} | {asset.key: asset.key for asset in found}
    for asset in found:
        yield from _of_asset(asset, keys)


def _assets(file: PythonFile) -> Iterator[_Asset]:
    for node in file.nodes:
        if not isinstance(node, Function):
            continue
        for mark in node.decorator_list:
            called = mark.func if isinstance(mark, ast.Call) else mark
            if last(called) in _MAKING and file.origin(called).startswith("dagster"):
                call = mark if isinstance(mark, ast.Call) else None
                yield _Asset(_key_of(node.name, call), file, node, call)


def _key_of(name: str, mark: ast.Call | None) -> str:
    if mark is None:
        return name
    if (key := given(mark, "key")) is not None and (found := _key(key, {})):
        return found
    named_ = text(given(mark, "name")) or name
    prefix = [text(part) for part in parts(given(mark, "key_prefix"))]
    return "/".join([*(part for part in prefix if part), named_])


def _key(node: ast.expr, keys: dict[str, str]) -> str:
    """A key by any of its spellings; "" where it is not known."""
    match node:
        case ast.Constant(value=str() as key):
            return keys.get(key, key)
        case ast.Name(id=name):
            return keys.get(name, "")
        case ast.Call(func=function, args=args, keywords=words):
            inner = [*args[:1], *(word.value for word in words if word.arg in {"key", "asset", "path", "asset_key"})]
            if last(function) in {"AssetKey", "AssetSpec", "AssetDep", "SourceAsset", "AssetIn", "AssetOut"} and inner:
                pieces = [_key(part, keys if last(function) != "AssetKey" else {}) for part in parts(inner[0])]
                return "/".join(pieces) if all(pieces) else ""
            return ""
        case ast.List(elts=inner):
            pieces = [text(part) for part in inner]
            return "/".join(pieces) if all(pieces) else ""
        case _:
            return ""


def _of_asset(asset: _Asset, keys: dict[str, str]) -> Iterator[Row]:
    mark, node = asset.mark, asset.node
    reads = [
        _key(part, keys)
        for word in ("deps", "non_argument_deps")
        for part in parts(given(mark, word) if mark else None)
    ]
    ins = given(mark, "ins") if mark else None
    renamed: dict[str, str] = {}
    if isinstance(ins, ast.Dict):
        pairs = zip(ins.keys, ins.values, strict=True)
        renamed = {text(name): _key(value, keys) or text(name) for name, value in pairs if name is not None}
    for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
        if argument.arg in renamed:
            reads.append(renamed[argument.arg])
        elif argument.arg in keys or (argument.arg not in _FIRST and not _is_no_data(argument)):
            reads.append(keys.get(argument.arg, argument.arg))
    writes = [asset.key]
    if mark is not None and last(mark).endswith("multi_asset"):
        writes, more = _several(mark, keys)
        reads += more
    for way, names, word in ((Access.READ, reads, "deps"), (Access.WRITE, writes, "asset")):
        for key in dict.fromkeys(filter(None, names)):
            name = f"dagster://{key[:200]}"
            yield DataAccess(
                way,
                name,
                kind_of(name),
                Origin.DECLARED,
                asset.file.path,
                node.lineno,
                call=f"dagster.{word}",
                job=asset.key,
            )
    yield Entry(asset.file.path, (), "", asset.key, asset.file.path, node.lineno, True, node.name)


def _several(mark: ast.Call, keys: dict[str, str]) -> tuple[list[str], list[str]]:
    """What a multi_asset makes, and what its specs depend on."""
    outs = given(mark, "outs")
    writes = [text(name) for name in outs.keys if name is not None] if isinstance(outs, ast.Dict) else []
    reads: list[str] = []
    for spec in parts(given(mark, "specs")):
        writes.append(_key(spec, {}))
        if isinstance(spec, ast.Call):
            reads += [_key(part, keys) for part in parts(given(spec, "deps"))]
    return writes, reads


def _is_no_data(argument: ast.arg) -> bool:
    if argument.annotation is None:
        return False
    said = ast.unparse(argument.annotation)[:200]
    return any(word in said for word in _NO_DATA)


def prefect_assets(file: PythonFile) -> Iterator[Row]:
    """`@materialize("s3://…", asset_deps=[…])`."""
    if not file.imports_any("prefect"):
        return
    for node in file.nodes:
        for mark in node.decorator_list if isinstance(node, Function) else ():
            if isinstance(mark, ast.Call) and last(mark) == "materialize" and isinstance(node, Function):
                job = f"{file.path}:{node.name}" if file.folder else node.name
                targets = [(Access.WRITE, arg) for arg in mark.args]
                targets += [(Access.READ, part) for part in parts(given(mark, "asset_deps"))]
                for way, target in targets:
                    if address := uri_of(file, target):
                        name, resolution = named(file.tree, address)
                        yield _named(file, way, name, resolution, node.lineno, "prefect.materialize", job)


def _named(
    file: PythonFile, way: Access, name: str, resolution: Resolution, line: int, call: str, job: str
) -> DataAccess:
    return DataAccess(way, name, kind_of(name), Origin.DECLARED, file.path, line, resolution, call, job)


def uri_of(file: PythonFile, node: ast.expr) -> str:
    """The address of an asset: a text, a name that stands for one, or a call that is given it."""
    for _ in range(5):
        if isinstance(node, ast.Call):
            inner = given(node, "key") or given(node, "uri") or (node.args[0] if node.args else None)
            if last(node) not in {"Asset", "Dataset", "AssetAlias", "DatasetAlias"} or inner is None:
                return ""
            node = given(node, "uri") or inner
        elif isinstance(node, ast.Name):
            if node.id in file.constants:
                return file.constants[node.id]
            value = next((value for name, value in _assigned(file) if name == node.id), None)
            if value is None:
                return ""
            node = value
        else:
            return text(node)
    return ""


def _assigned(file: PythonFile) -> Iterator[tuple[str, ast.expr]]:
    for part in file.nodes:
        if isinstance(part, ast.Assign):
            yield from ((target.id, part.value) for target in part.targets if isinstance(target, ast.Name))
