"""gin: bindings as settings, `@function` references as starts.

Source: https://github.com/google/gin-config/blob/master/docs/index.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.facts.settings import ConfigKey, Inherited, Started, StartKind, ValueKind
from collectors.readers.masking import masked, presentable
from collectors.readers.rows import Row
from collectors.readers.yaml_text import resolved

_BINDING = re.compile(r"([A-Za-z_][\w./]*)[ \t]*=[ \t]*(.*)", re.DOTALL)
_INCLUDE = re.compile(r"include[ \t]+['\"]([^'\"\n]+)['\"]")
_IMPORT = re.compile(r"(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+([\w.]+)")
_CALLED = re.compile(r"@(?:[\w./]*/)?([A-Za-z_][\w.]*)")
_QUOTED = re.compile(r"""("([^"\\\n]|\\.)*+"|'([^'\\\n]|\\.)*+')""")
_LONGEST = 200


def gin(text: str) -> Iterator[Row]:
    """`scope/module.function.parameter = value`: the parameter is the last part of the key, the rest the first."""
    for line, statement in _statements(text):
        if found := _INCLUDE.fullmatch(statement):
            yield Inherited(found[1], "include", line)
        elif (found := _IMPORT.fullmatch(statement)) is not None:
            yield Started(f"{found[1]}.{found[2]}" if found[1] else found[2], StartKind.MODULE, line)
        elif found := _BINDING.fullmatch(statement):
            yield _key(found[1], found[2].strip(), line)
            yield from (Started(name, StartKind.FUNCTION, line) for name in _CALLED.findall(found[2][:10_000]))
            name = found[1].rpartition(".")[0].rpartition("/")[2]
            if name:
                yield Started(name, StartKind.FUNCTION, line)


def _key(name: str, value: str, line: int) -> ConfigKey:
    function, dot, parameter = name.rpartition(".")
    key = tuple(presentable(part[:1_000]) for part in ((function, parameter) if dot else (name,)))
    if value.startswith(("@", "%")):
        return ConfigKey(key, value[:_LONGEST], ValueKind.REFERENCE, line)
    if _QUOTED.fullmatch(value):
        value = value[1:-1]
        kept = masked(value[:4_000], key)
        return ConfigKey(
            key, None if kept is None else kept[:_LONGEST], ValueKind.SECRET if kept is None else ValueKind.TEXT, line
        )
    if value == "None":
        return ConfigKey(key, None, ValueKind.NULL, line)
    if value.startswith(("[", "(", "{")):  # as written: whoever compares two files compares the text
        kept = masked(" ".join(value[:4_000].split()), key)
        return ConfigKey(key, (kept or "")[:_LONGEST], ValueKind.TEXT, line)
    found = resolved(value, line)
    return ConfigKey(key, found.value if not isinstance(found.value, str) else found.value[:_LONGEST], found.kind, line)


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Statements without comments, those in brackets over several lines as one."""
    kept: list[str] = []
    depth = first = 0
    for number, row in enumerate(text.split("\n"), 1):
        bare = _QUOTED.sub(lambda found: "_" * len(found[0]), row)
        mark = bare.find("#")
        if mark >= 0:
            row, bare = row[:mark], bare[:mark]  # noqa: PLW2901
        if not kept:
            first = number
        kept.append(row.rstrip().removesuffix("\\"))
        depth += sum(bare.count(mark) for mark in "([{") - sum(bare.count(mark) for mark in ")]}")
        if depth <= 0 and not row.rstrip().endswith(("\\", "=")):
            statement = "\n".join(kept).strip()
            if statement:
                yield first, statement
            kept, depth = [], 0
    if kept and "\n".join(kept).strip():
        yield first, "\n".join(kept).strip()
