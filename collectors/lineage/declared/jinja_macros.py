"""Macros that a file of dbt defines, and expressions of Jinja as Python reads them."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from collectors.lineage.declared.jinja import Block

_OWN = re.compile(r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(~)|\b(return|from|class|with|as|import)\b(?=\s*[=(])""")


class Macro(NamedTuple):
    name: str
    parameters: tuple[tuple[str, str], ...]  # with defaults as written
    body: list[Block]


def macros_of(body: list[Block], found: dict[str, Macro]) -> None:
    """Adds the macros that a file defines."""
    for block in body:
        if block.word == "macro":
            name, _, rest = block.rest.partition("(")
            found[name.strip()] = Macro(name.strip(), _parameters(rest.rpartition(")")[0]), block.body)


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    try:
        spec = ast.parse(f"lambda {python_of(text)}: 0", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    if not isinstance(spec, ast.Lambda):
        return ()
    names = [argument.arg for argument in spec.args.args]
    defaults = [""] * (len(names) - len(spec.args.defaults)) + [ast.unparse(node) for node in spec.args.defaults]
    return tuple(zip(names, defaults, strict=True))


def python_of(text: str) -> str:
    """An expression of Jinja as Python reads it: "~" joins texts, and Python's own words get a stroke."""
    return _OWN.sub(lambda match: match[1] or (f"{match[3]}_" if match[3] else "+"), text.replace("\n", " ")).strip()
