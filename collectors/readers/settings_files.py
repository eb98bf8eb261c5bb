"""Settings as rows: every value with the keys above it and its line, and what the file builds on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from collectors.facts.settings import ConfigKey, Inherited, Repeated, Started, StartKind, Value, ValueKind
from collectors.readers.masking import is_random, is_secret_name, masked, presentable
from collectors.readers.nodes import (
    Alias,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Text,
    child,
    followed,
    items,
    tables,
    text_at,
    texts,
)

LONG_LIST = 50
"""Plain values from which a list is one setting, by its length: it is data, or one thing to whoever edits it."""
LONGEST = 200
"""Characters of a value or key that are kept."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # PostgreSQL and terminals choke on them
_REFERENCE = re.compile(r"\$\{.*\}|\{\{.*\}\}|\$\(.*\)|%\(\w+\)s", re.DOTALL)
_BASES = {"_base_": "base", "_BASE_": "base", "base_config": "base", "extends": "extends", "extend": "extends",
          "inherit_from": "extends", "include": "include", "includes": "include", "__include__": "include",
          "include_config": "include"}  # fmt: skip
"""Keys under which mmengine, Detectron2, GitLab, ESLint, RuboCop and many more name what they build on."""
_SETTINGS = re.compile(r"\.(?:ya?ml|toml|jsonc?|json5|ini|cfg|conf|gin|py|mk)$")
_CLASS_KEYS = {"_target_", "class_path", "_partial_target_", "__target__"}
"""Hydra's, jsonargparse's and their relatives': a class or function that is made from the settings beside it."""
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?::[A-Za-z_]\w*)?")
_PYTHON_TAG = re.compile(r"!!python/(?:object(?:/apply|/new)?|name|module):([\w.]+)")
_NAME = re.compile(
    r"""^[ \t]*+(?:export[ \t]++)?([A-Za-z_][\w.]{0,99})[ \t]*+=(?:[ \t]*+(?:"(?:[^"\\]|\\(?s:.))*+"|'[^']*+'))?""",
    re.MULTILINE,
)  # fmt: skip


class _Place(NamedTuple):
    key: tuple[str, ...]
    node: Node
    line: int
    is_secret: bool = False  # because of what stands beside it


def keys_of(text: Text) -> Iterator[ConfigKey]:
    """Every setting, in the order of the text."""
    for number, document in enumerate(text.documents):
        if not isinstance(document, Scalar):  # a text alone sets nothing
            hides = text_at(document, "kind") == "Secret"
            todo = [_Place((), document, 1, hides)]
            while todo:
                place = todo.pop()
                yield from (row._replace(document=number) for row in _row(place))
                todo += reversed(list(_inside(place)))


def _row(place: _Place) -> Iterator[ConfigKey]:
    """The setting that a node is, if it is one by itself."""
    key, node, line, is_secret = place
    if isinstance(node, Alias):
        yield ConfigKey(key, _clean(node.name), ValueKind.ALIAS, line)
    elif isinstance(node, Scalar):
        value, kind = _value(node, key)
        hides = is_secret and isinstance(value, str) and kind is ValueKind.TEXT
        yield ConfigKey(key, *((None, ValueKind.SECRET) if hides else (value, kind)), line)
    elif node.tag:
        yield ConfigKey(key, _clean(node.tag), ValueKind.OPAQUE, line)
    elif isinstance(node, Mapping) and not node.pairs and key:
        yield ConfigKey(key, 0, ValueKind.TABLE, line)
    elif isinstance(node, Sequence) and key and _is_one(node):
        yield ConfigKey(key, len(node.items), ValueKind.LIST, line)


def _inside(place: _Place) -> Iterator[_Place]:
    key, node, _, is_secret = place
    if isinstance(node, Mapping):
        named = next(
            (value.text for name, value in node.pairs if name.text == "name" and isinstance(value, Scalar)), ""
        )
        for name, value in node.pairs:
            # Kubernetes and its like part a name from its value; its Secrets keep theirs under "data".
            hides = (name.text == "value" and is_secret_name(named)) or (
                is_secret and name.text in {"data", "stringData"}
            )
            yield _Place((*key, _part(name.text)), value, name.line, hides or (is_secret and key[:1] != ()))
    elif isinstance(node, Sequence) and not _is_one(node):
        for number, item in enumerate(node.items):
            yield _Place((*key, f"[{number}]"), item, item.line, is_secret)


def _is_one(node: Sequence) -> bool:
    return not node.items or (len(node.items) > LONG_LIST and all(isinstance(item, Scalar) for item in node.items))


def _value(node: Scalar, above: tuple[str, ...]) -> tuple[Value, ValueKind]:
    value = node.value
    if not isinstance(value, str):
        is_code = isinstance(value, int | float) and not isinstance(value, bool) and above and is_secret_name(above[-1])
        return (None, ValueKind.SECRET) if is_code else (value, node.kind)
    if node.kind is ValueKind.NUMBER or node.kind is ValueKind.DATE:
        return value, node.kind
    shown = masked(value[:4096], above)
    if shown is None:
        return None, ValueKind.SECRET
    shown = _clean(f"{node.tag} {shown}".strip() if node.tag else shown)
    is_reference = node.kind is ValueKind.TEXT and _REFERENCE.fullmatch(value[:4096])
    return shown, ValueKind.REFERENCE if is_reference else node.kind


def _clean(text: str) -> str:
    text = _CONTROL.sub("\ufffd", text)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _part(key: str) -> str:
    return _clean(presentable(key[:4096]) if len(key) >= 20 else key)


def repeated(text: Text) -> Iterator[Repeated]:
    """Keys that stand twice in one table."""
    for document in text.documents:
        for above, table in tables(document):
            first: dict[str, int] = {}
            for key, _ in table.pairs:
                if key.text in first and key.text not in {"<<", "?"}:
                    yield Repeated((*map(_part, above), _part(key.text)), key.line, first[key.text])
                first.setdefault(key.text, key.line)


def inherited(text: Text) -> Iterator[Inherited]:
    """What the file builds on: Hydra's defaults list, bases and includes of others, YAML's merges."""
    for document in text.documents:
        defaults = child(document, "defaults")
        if isinstance(defaults, Sequence):
            yield from (row for entry in defaults.items for row in _default(entry))
        for above, table in tables(document):
            for key, value in table.pairs:
                if key.text == "<<":
                    names = value.items if isinstance(value, Sequence) else [value]
                    yield from (Inherited(_clean(n.name), "merge", key.line) for n in names if isinstance(n, Alias))
                elif key.text in _BASES and len(above) <= 1:
                    yield from _bases(value, _BASES[key.text])


def _bases(value: Node, how: str) -> Iterator[Inherited]:
    for item in texts(value, depth=1):
        if isinstance(item.value, str) and (how != "include" or _SETTINGS.search(item.text)):
            yield Inherited(_clean(presentable(item.text[:4096])), how, item.line)
    for entry in items(value)[:100]:  # GitLab's `include: [{local: x.yml}]`
        if isinstance(entry, Mapping):
            for key, inner in entry.pairs:
                if key.text in {"local", "file", "remote", "template", "path"} and isinstance(inner, Scalar):
                    yield from _bases(inner, how)


def _default(entry: Node) -> Iterator[Inherited]:
    """Source: https://hydra.cc/docs/advanced/defaults_list/"""
    if isinstance(entry, Scalar):
        if entry.text != "_self_" and entry.kind is ValueKind.TEXT:
            yield Inherited(_clean(entry.text), "defaults", entry.line)
    elif isinstance(entry, Mapping):
        for key, value in entry.pairs:
            group = key.text.removeprefix("optional ").removeprefix("override ").strip().partition("@")[0].lstrip("/")
            for option in texts(value, depth=0):
                yield Inherited(_clean(f"{group}/{option.text}"), "defaults", option.line)


def made(text: Text) -> Iterator[Started]:
    """Classes and functions that settings name, for a program to make or call."""
    for document in text.documents:
        for _, table in tables(document):
            tag = _PYTHON_TAG.fullmatch(table.tag)
            if tag:
                yield Started(tag[1], StartKind.FUNCTION, table.line)
            module = next((value for key, value in table.pairs if key.text == "module_path"), None)
            for key, value in table.pairs:
                if isinstance(value, Scalar):
                    yield from _named(key.text, value, module)
                elif isinstance(value, Sequence):
                    yield from (each for item in value.items if isinstance(item, Scalar) for each in _tagged(item))


def _named(key: str, value: Scalar, module: Node | None) -> Iterator[Started]:
    yield from _tagged(value)
    if key in _CLASS_KEYS and _DOTTED.fullmatch(value.text):
        yield Started(value.text, StartKind.FUNCTION, value.line)
    elif key == "class" and isinstance(module := followed(module), Scalar) and value.text.isidentifier():
        yield Started(f"{module.text}:{value.text}", StartKind.FUNCTION, value.line)
    elif key in _MAY_BE_CLASSES and _DOTTED.fullmatch(value.text) and not value.text.endswith(_FILES):
        yield Started(value.text, StartKind.FUNCTION, value.line)


_MAY_BE_CLASSES = {"type", "class", "target", "callable", "func", "function", "factory", "handler"}
_FILES = (".py", ".csv", ".json", ".yaml", ".yml", ".txt", ".pkl", ".sh", ".parquet", ".html", ".md", ".com", ".org")


def _tagged(value: Scalar) -> Iterator[Started]:
    tag = _PYTHON_TAG.fullmatch(value.tag)
    if tag:
        yield Started(tag[1], StartKind.FUNCTION, value.line)


def names_in_env(text: str) -> Iterator[ConfigKey]:
    """The names a .env file sets. Values are passed over, also those of more than one line."""
    line, seen = 1, 0
    for match in _NAME.finditer(text):
        line += text.count("\n", seen, match.start(1))
        seen = match.start(1)
        if not is_random(match[1]):  # a line of a key that somebody pasted without quotes
            yield ConfigKey((match[1],), None, ValueKind.HIDDEN, line)
