"""Ids of findings: what stands in a place, apart from how it is formatted."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

DIGITS = 12
ID = re.compile(rf"[0-9a-f]{{{DIGITS}}}(?:-[1-9][0-9]{{0,8}})?")

_PREFIX = re.compile(r"(?<![\w'\"])([rbuf]{1,2})(?=['\"])", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"(?<![\w.])(?:0[xob][0-9a-f_]+|[0-9][0-9_.]*(?:e[+-]?[0-9_]+)?j?)", re.IGNORECASE | re.ASCII)
_TRAILING = re.compile(r",(?=\s*(?:[)\]}=;]|$))")
_NO_MATTER = re.compile(r"[\s'\"`\\();]+")


def normalised(snippet: str) -> str:
    """What a formatter leaves alone.

    White space, quotes, brackets around expressions, commas at the end of lists, semicolons, line continuations, and
    the case of prefixes and numbers go. Names, operators and values stay: a rule that does not care for a value hands
    over a key in place of the snippet. Different texts may become one; they are then told apart by their order.
    """
    text = _PREFIX.sub(lambda prefix: prefix[1].lower().replace("u", ""), snippet)
    text = _NUMBER.sub(lambda number: number[0].lower(), text)
    return _NO_MATTER.sub("", _TRAILING.sub("", text.replace("\\\n", " ")))


def digest(rule: str, symbol: str, text: str) -> str:
    """Of one place, whatever the path; `text` is a snippet or a key."""
    spelled_out = "\0".join((rule, symbol, normalised(text)))
    return hashlib.sha256(spelled_out.encode("utf-8", "backslashreplace")).hexdigest()[:DIGITS]


def told_apart(places: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """An id for each (rule, symbol, text), in their order; no two are the same, also where digests meet."""
    seen: Counter[str] = Counter()
    for place in places:
        one = digest(*place)
        seen[one] += 1
        yield one if seen[one] == 1 else f"{one}-{seen[one]}"
