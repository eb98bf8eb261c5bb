"""Snakefiles: rules as stages, and what they run. Python around them is passed over.

Source: https://snakemake.readthedocs.io/en/stable/snakefiles/rules.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collectors.facts.settings import Image, Inherited, Stage, Started, StartKind
from collectors.readers.images import image
from collectors.readers.nodes import plain
from collectors.readers.rows import Row
from collectors.readers.shell import HOLE, started_by

_RULE = re.compile(r"[ \t]*(?:rule|checkpoint|use[ \t]+rule)[ \t]*(\w*)[^:\n]*:[ \t]*(?:#.*)?")
_PART = re.compile(r"[ \t]+(\w+)[ \t]*:(.*)")
_TOP = re.compile(r"(include|configfile|snakefile|pepfile)[ \t]*:[ \t]*[rfb]?['\"]([^'\"\n]+)['\"]")
_TEXT = re.compile(r"""[rfbRFB]{0,2}(?:\"{3}((?:[^"\\]|\\.|"(?!""))*+)\"{3}|'{3}((?:[^'\\]|\\.|'(?!''))*+)'{3}
    |"((?:[^"\\\n]|\\.)*+)"|'((?:[^'\\\n]|\\.)*+)')""", re.VERBOSE | re.DOTALL)  # fmt: skip
_ROWS = 20_000
_RUN = {"script": StartKind.FILE, "notebook": StartKind.FILE, "shell": None, "conda": None, "container": None}


@dataclass
class _Rule:
    name: str
    line: int
    parts: dict[str, tuple[int, list[str]]] = field(default_factory=dict)  # first line, lines


def snakefile(text: str) -> Iterator[Row]:
    rules: list[_Rule] = []
    rule: _Rule | None = None
    part: list[str] | None = None
    for number, row in enumerate(text.split("\n")[:_ROWS], 1):
        if found := _RULE.fullmatch(row):
            rule, part = _Rule(found[1], number), None
            rules.append(rule)
        elif row.strip() and not row.startswith((" ", "\t", ")", "#")):
            rule = part = None
            if top := _TOP.match(row):
                yield _included(top[1], top[2], number)
        elif rule is not None and (found := _PART.fullmatch(row)):
            part = [found[2]]
            rule.parts[found[1]] = (number, part)
        elif part is not None:
            part.append(row)
    for each in rules:
        yield from _of(each)


def _included(how: str, target: str, line: int) -> Inherited:
    return Inherited(target, "reads" if how in {"configfile", "pepfile"} else "include", line)


def _of(rule: _Rule) -> Iterator[Row]:
    yield Stage(
        rule.name,
        rule.line,
        deps=tuple(_strings(rule, "input")),
        outs=tuple(_strings(rule, "output")),
        params=tuple(_strings(rule, "params")),
    )
    for part in ("script", "notebook"):
        for target in _strings(rule, part):
            yield Started(target, StartKind.FILE, rule.parts[part][0], rule.name)
    if "shell" in rule.parts:
        line, rows = rule.parts["shell"]
        yield from started_by("".join(_strings(rule, "shell", raw=True)), line, rule.name) if rows else ()
    for target in _strings(rule, "conda"):
        yield Inherited(target, "requirement", rule.parts["conda"][0])
    for part in ("container", "singularity"):
        for target in _strings(rule, part):
            yield from _image(target, rule.parts[part][0])


def _image(target: str, line: int) -> Iterator[Image]:
    return image(plain(target, line))


def _strings(rule: _Rule, part: str, raw: bool = False) -> Iterator[str]:
    """Strings of a part; {wildcards} are holes."""
    _, rows = rule.parts.get(part, (0, []))
    for found in _TEXT.finditer("\n".join(rows)):
        text = next((group for group in found.groups() if group is not None), "")
        holes = re.sub(r"(?<!\{)\{[^{}\n]+\}(?!\})", HOLE, text)
        yield holes.replace("\\n", "\n").replace('\\"', '"') if raw else holes[:500]
