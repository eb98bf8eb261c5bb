"""What a template of dbt asks for: constants, loops over them, branches and macros followed as far as the text tells.

Source: https://docs.getdbt.com/reference/dbt-jinja-functions
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.lineage.declared.jinja import Block, blocks
from collectors.lineage.declared.jinja_expressions import value_of
from collectors.lineage.declared.jinja_macros import Macro, python_of
from collectors.lineage.declared.jinja_operations import (
    LONGEST,
    UNKNOWN,
    Relation,
    Unknown,
    Value,
    dotted,
    method,
    same,
    shown,
)

_STEPS, _DEPTH, _MOST_ITEMS = 20_000, 8, 60
_BUILT_IN = {
    "adapter", "exceptions", "modules", "target", "graph", "run_query", "log", "print", "return", "statement", "dbt",
    "load_result", "this", "api", "fromjson", "tojson", "fromyaml", "toyaml", "zip", "set", "flags", "invocation_id",
    "is_incremental", "caller", "loop", "range", "dict", "list", "namespace", "config", "env_var", "var", "doc",
    "debug", "local_md5", "render", "store_result", "store_raw_result", "write", "thread_id", "varargs", "kwargs",
}  # fmt: skip


class Asked(NamedTuple):
    """A call of ref() or source()."""

    how: str  # "ref" or "source"
    names: tuple[str, ...]  # empty: not known
    version: str
    line: int


@dataclass
class Template:
    """What was found in one template; its text with constants in the place of calls."""

    asked: list[Asked] = field(default_factory=list)
    config: dict[str, Value] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)  # macros that the tree does not hold
    text: str = ""
    is_cut: bool = False  # it goes on beyond what is followed


class _ReturnedError(Exception):
    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class _SpentError(Exception):
    """The budget ran out."""


def followed_template(
    body: list[Block], macros: Mapping[str, Macro], variables: Mapping[str, Value], start: int = 1
) -> Template:
    found = Template()
    run = _Run(found, macros, variables, start)
    try:
        found.text = run.body(body, {}, 0)
    except _ReturnedError:
        pass
    except (_SpentError, RecursionError):
        found.is_cut = True
    return found


class _Run:
    def __init__(self, found: Template, macros: Mapping[str, Macro], variables: Mapping[str, Value], line: int) -> None:
        self._found = found
        self._macros = macros
        self._variables = variables
        self._line = line
        self._left = _STEPS
        self._size = 0

    def body(self, body: list[Block], names: dict[str, Value], depth: int) -> str:
        parts: list[str] = []
        for block in body:
            self._spend()
            if not depth:
                self._line = block.line
            parts.append(self._block(block, names, depth))
            self._size += len(parts[-1]) if not depth else 0
            if self._size > LONGEST:
                raise _SpentError
        return "".join(parts)[:LONGEST]

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _SpentError

    def _block(self, block: Block, names: dict[str, Value], depth: int) -> str:
        match block.word:
            case "text":
                return block.rest
            case "show":
                value = self._asked(block.rest, names, depth)
                return shown(value)
            case "set" if block.body:
                names[block.rest.strip()] = self.body(block.body, names, depth)
            case "set":
                self._set(block.rest, names, depth)
            case "do":
                self._asked(block.rest, names, depth)
            case "if":
                return self._if(block, names, depth)
            case "for":
                return self._for(block, names, depth)
            case "snapshot" | "call" | "filter" | "block":
                if block.word == "call":
                    self._asked(
                        block.rest.partition("(")[2] and re.sub(r"^\([^()]*\)\s*", "", block.rest), names, depth
                    )
                return self.body(block.body, names, depth)
            case _:
                pass  # what defines, imports or documents shows nothing
        return ""

    def _set(self, text: str, names: dict[str, Value], depth: int) -> None:
        target, _, expression = text.partition("=")
        value = self._asked(expression, names, depth)
        for name in target.split(","):
            names[name.strip()] = value if "," not in target else UNKNOWN

    def _if(self, block: Block, names: dict[str, Value], depth: int) -> str:
        texts: list[str] = []
        states: list[dict[str, Value]] = []
        is_done = False
        for part in (block, *block.others):
            if is_done:
                break
            condition = True if part.word == "else" else self._asked(part.rest, names, depth)
            if condition is UNKNOWN or isinstance(condition, Unknown):
                branch = dict(names)
                texts.append(self.body(part.body, branch, depth))
                states.append(branch)
            elif condition:
                branch = dict(names)
                texts.append(self.body(part.body, branch, depth))
                states.append(branch)
                is_done = True
        states += [] if is_done else [dict(names)]
        for name in {name for state in states for name in state}:
            values = [state.get(name, UNKNOWN) for state in states]
            names[name] = (
                values[0] if all(value is values[0] or same(value, values[0]) for value in values) else UNKNOWN
            )
        return texts[0] if texts else ""

    def _for(self, block: Block, names: dict[str, Value], depth: int) -> str:
        target, _, expression = block.rest.partition(" in ")
        expression = re.sub(r"\s+recursive$", "", expression)
        values = self._asked(expression.partition(" if ")[0], names, depth)
        if isinstance(values, dict):
            values = list(values)
        if not isinstance(values, list | tuple) or len(values) > _MOST_ITEMS:
            values = [UNKNOWN]
        parts = []
        for value in values:
            inner = names  # what a loop sets is seen after it only in namespaces; lists grow in place
            for place, name in enumerate(part.strip(" ()") for part in target.split(",")):
                is_pair = "," in target and isinstance(value, list | tuple) and place < len(value)
                inner[name] = value[place] if is_pair else UNKNOWN if "," in target else value
            parts.append(self.body(block.body, inner, depth))
        return "".join(parts)

    def _asked(self, text: str, names: dict[str, Value], depth: int) -> Value:
        source = python_of(text)
        if not source or len(source) > 20_000:
            return UNKNOWN
        try:
            node = ast.parse(source, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return self._by_pattern(source, names, depth)
        return self.value(node, names, depth)

    def _by_pattern(self, text: str, names: dict[str, Value], depth: int) -> Value:
        """Of what Python cannot read, the calls alone."""
        value: Value = UNKNOWN
        for found in re.finditer(r"\b(ref|source)\s*\(([^()]{0,300})\)", text):
            try:
                node = ast.parse(found[0], mode="eval").body
            except (SyntaxError, ValueError):
                continue
            value = self.value(node, names, depth)
        return value

    def value(self, node: ast.expr, names: dict[str, Value], depth: int) -> Value:
        self._spend()
        return value_of(
            node, names, lambda part: self.value(part, names, depth), lambda call: self._call(call, names, depth)
        )

    def _call(self, node: ast.Call, names: dict[str, Value], depth: int) -> Value:
        args = [self.value(arg, names, depth) for arg in node.args if not isinstance(arg, ast.Starred)]
        words = {word.arg: self.value(word.value, names, depth) for word in node.keywords if word.arg}
        name = dotted(node.func)
        last = name.rpartition(".")[2]
        if name in {"ref", "source", "builtins.ref", "builtins.source"}:
            return self._relation(last, args, words)
        if name == "var":
            return self._variable(args, depth)
        if name == "env_var":
            return args[1] if len(args) > 1 else UNKNOWN
        if name == "config":
            self._found.config |= words
            return None
        if name == "return_":
            raise _ReturnedError(args[0] if args else None)
        if name == "adapter.dispatch":
            return self._macros.get(f"default__{args[0]}", UNKNOWN) if args else UNKNOWN
        if isinstance(node.func, ast.Call):
            made = self.value(node.func, names, depth)
            return self._invoked(made, args, words, depth) if isinstance(made, Macro) else UNKNOWN
        if isinstance(node.func, ast.Attribute) and name.partition(".")[0] in names:
            return method(self.value(node.func.value, names, depth), node.func.attr, args)
        if last in self._macros:
            return self._invoked(self._macros[last], args, words, depth)
        if isinstance(node.func, ast.Attribute) and not name:
            return method(self.value(node.func.value, names, depth), node.func.attr, args)
        if name and name.partition(".")[0] not in _BUILT_IN:
            self._found.foreign.add(name[:100])
        return UNKNOWN

    def _relation(self, how: str, args: list[Value], words: dict[str, Value]) -> Value:
        known = all(isinstance(arg, str) for arg in args) and 0 < len(args) < 3
        version = words.get("v", words.get("version"))
        if len(self._found.asked) >= 2_000:
            raise _SpentError
        self._found.asked.append(
            Asked(how, tuple(args) if known else (), str(version) if isinstance(version, str | int) else "", self._line)
        )
        return Relation(len(self._found.asked) - 1)

    def _variable(self, args: list[Value], depth: int) -> Value:
        if not args or not isinstance(args[0], str):
            return UNKNOWN
        value = self._variables.get(args[0], args[1] if len(args) > 1 else UNKNOWN)
        if isinstance(value, str) and "{{" in value and depth < _DEPTH:
            inner = blocks(value)
            if len(inner) == 1 and inner[0].word == "show":
                return self._asked(inner[0].rest, {}, depth + 1)
            return self.body(inner, {}, depth + 1)
        return value

    def _invoked(self, macro: Macro, args: list[Value], words: dict[str, Value], depth: int) -> Value:
        if depth >= _DEPTH:
            self._found.is_cut = True
            return UNKNOWN
        names: dict[str, Value] = {}
        for place, (name, default) in enumerate(macro.parameters):
            given = args[place] if place < len(args) else words.get(name, None if default else UNKNOWN)
            names[name] = self._asked(default, names, depth) if given is None and default else given
        try:
            return self.body(macro.body, names, depth + 1)
        except _ReturnedError as returned:
            return returned.value
