"""Methods of texts. What is not known of a text stays a hole in what is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from collectors.facts.lineage import HOLE
from collectors.lineage.folding import in_text
from collectors.lineage.telling import joined, options, text_of, truth
from collectors.lineage.values import LONGEST_TEXT, Call, Const, Items, Native, OneOf, Table, Unknown, Value

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:![rsa])?(?::([^{}]*))?\}")
_SIMPLE = {"lower", "upper", "strip", "lstrip", "rstrip", "title", "capitalize", "swapcase", "casefold", "expandtabs"}
_TRIMS = {"removeprefix", "removesuffix"}
_TESTS = {"startswith", "endswith", "isdigit", "isalpha", "isalnum", "isupper", "islower", "isnumeric", "isspace"}


def text_method(text: str, name: str) -> Value:
    if name == "format":
        return Native(name, lambda run, scope, call: _formatted(text, call))
    if name == "join":
        return Native(name, lambda run, scope, call: _joined(text, call))
    if name in {"split", "rsplit", "splitlines", "partition", "rpartition"}:
        return Native(name, lambda run, scope, call: _split(text, name, call))
    if name == "replace":
        return Native(name, lambda run, scope, call: _replaced(text, call))
    if name in _SIMPLE:
        return Native(name, lambda run, scope, call: _simple(text, name, call))
    if name in _TRIMS:
        return Native(name, lambda run, scope, call: _trimmed(text, name, call))
    if name in _TESTS:
        return Native(name, lambda run, scope, call: _tested(text, name, call))
    if name in {"encode", "decode", "__str__"}:
        return Native(name, lambda run, scope, call: Const(text))
    if name == "format_map":
        return Native(name, lambda run, scope, call: _from_map(text, call))
    if name == "zfill":
        return Native(name, lambda run, scope, call: _zeros(text, call))
    return Native(
        name,
        lambda run, scope, call: (
            Const(HOLE) if name in {"center", "ljust", "rjust", "translate"} else Unknown("it is a number")
        ),
    )


def _formatted(template: str, call: Call) -> Value:
    return _fields(template, list(call.args), call.keywords)


def _from_map(template: str, call: Call) -> Value:
    given = call.given(0)
    entries = given.entries if isinstance(given, Table) else {}
    return _fields(template, [], {key: value for key, value in entries.items() if isinstance(key, str)})


def _fields(template: str, args: list[Value], keywords: dict[str, Value]) -> Value:
    place = -1

    def one(match: re.Match[str]) -> str:
        nonlocal place
        if match[0] in {"{{", "}}"}:
            return match[0][0]
        if not match[1]:
            place += 1
        field = match[1] or str(place)
        place_of = int(field) if field.isdigit() else -1
        value = keywords.get(field) if place_of < 0 else args[place_of] if place_of < len(args) else None
        return HOLE if value is None or isinstance(value, OneOf) else in_text(value, match[2] or "")

    spread = [position for position, value in enumerate(args) if isinstance(value, OneOf)]
    if len(spread) == 1:
        where = spread[0]
        whole = [
            _fields(template, [*args[:where], option, *args[where + 1 :]], keywords) for option in options(args[where])
        ]
        return joined(whole)
    return Const(_FIELD.sub(one, template[:LONGEST_TEXT])[:LONGEST_TEXT])


def _joined(separator: str, call: Call) -> Value:
    given = call.given(0)
    if isinstance(given, Items):
        parts = [in_text(item) for item in given.items[:200]] + ([HOLE] if given.rest is not None else [])
        return Const(separator.join(parts)[:LONGEST_TEXT])
    return Const(HOLE)


def _split(text: str, name: str, call: Call) -> Value:
    by = call.given(0, "sep")
    most = call.given(1, "maxsplit")
    value = by.value if isinstance(by, Const) else None
    separator = value if isinstance(value, str) else None
    if by is not None and (not isinstance(value, str | None) or value == ""):
        return Items([], "list", Const(HOLE))
    count = most.value if isinstance(most, Const) and isinstance(most.value, int) else -1
    found: list[str] | tuple[str, ...]
    if name == "split":
        found = text.split(separator, count)
    elif name == "rsplit":
        found = text.rsplit(separator, count)
    elif name == "splitlines":
        found = text.splitlines()
    elif separator is None:
        return Unknown("it is a part of a text")
    else:
        found = text.partition(separator) if name == "partition" else text.rpartition(separator)
    if HOLE in text:
        # a hole may hold separators too: the first and last parts are told, how many there are is not
        return Items([Const(part) for part in found[:100]])
    return Items([Const(part) for part in found[:100]])


def _replaced(text: str, call: Call) -> Value:
    old, new = call.given(0), call.given(1)
    before = text_of(old) if old is not None else None
    if not before or HOLE in before or new is None:
        return Const(HOLE)
    found = [Const(text.replace(before, in_text(option))[:LONGEST_TEXT]) for option in options(new)]
    return joined(found)


def _simple(text: str, name: str, call: Call) -> Value:
    method: Callable[..., str] = getattr(text, name)
    given = call.given(0)
    if given is None or name not in {"strip", "lstrip", "rstrip"}:
        return Const(method())
    letters = text_of(given)
    return Const(method(letters)) if letters and HOLE not in letters else Const(text)


def _trimmed(text: str, name: str, call: Call) -> Value:
    part = text_of(call.given(0) or Unknown(""))
    method: Callable[[str], str] = getattr(text, name)
    return Const(method(part)) if part and HOLE not in part else Const(text)


def _tested(text: str, name: str, call: Call) -> Value:
    if name not in {"startswith", "endswith"}:
        return Unknown("it is a condition") if HOLE in text else Const(bool(getattr(text, name)()))
    given = call.given(0)
    parts = [text_of(item) for item in given.items] if isinstance(given, Items) else [text_of(given)] if given else []
    if not parts or any(part is None or HOLE in part for part in parts):
        return Unknown("it is a condition")
    for part in parts:
        if part is not None and (text.startswith(part) if name == "startswith" else text.endswith(part)):
            return Const(True)
    is_open = text.startswith(HOLE) if name == "startswith" else text.endswith(HOLE)
    return Unknown("it is a condition") if is_open else Const(False)


def _zeros(text: str, call: Call) -> Value:
    given = call.given(0)
    width = given.value if isinstance(given, Const) else None
    return Const(text.zfill(width)) if isinstance(width, int) and width < 100 and truth(Const(text)) else Const(HOLE)
