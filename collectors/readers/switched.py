"""Names that code turns on itself, or lets people turn on where they start it."""

from __future__ import annotations

import re

from collectors.facts.words import ANY_OPTION, digest

_ON = re.compile(
    r"\bTrue\b|\bstore_true\b|\bBooleanOptionalAction\b|\bis_flag\b|\bDEFINE_bool(?:ean)?\b|\btyper\.Option\b"
)
_ANY = re.compile(
    r"\badd_argument\(\s*(?:f[\"']--?\{|[\"']--?[\"']\s*\+|[\"']--?%s|[\"']--?\{)"
    r"|\b(?:from_cli|from_dotlist|merge_with_dotlist|merge_from_list|merge_with_cli)\b|\bfire\.Fire\("
)
"""Options made of whatever settings there are."""
_GIVEN = re.compile(r"(\w+)[\"'\]]*\s*(?::\s*[\w\[\] |]+\s*)?[=:]\s*\Z")
_OPTION = re.compile(r"--?([A-Za-z][\w-]+)")
_NAMED = re.compile(r"[\"'](\w+)[\"']")
_NEAR, _FAR = 80, 300  # characters looked at before, and for options on both sides


def switched(source: str) -> str:
    """`flag=True`, `flag: bool = True`, `{"flag": True}`, `cfg["flag"] = True` and options of command lines."""
    names: set[str] = {ANY_OPTION} if _ANY.search(source) else set()
    for match in _ON.finditer(source):
        start, end = match.span()
        if match[0] == "True":
            given = _GIVEN.search(source[max(0, start - _NEAR) : start])
            if given:
                names.add(given[1])
        else:
            around = source[max(0, start - _FAR) : end + _FAR]
            names.update(name.replace("-", "_") for name in _OPTION.findall(around))
            names.update(_NAMED.findall(around))
            names.update(re.findall(r"(\w+)\s*:", around))
    return digest(name.replace("_", "").lower().encode("utf-8", "replace") for name in names)
