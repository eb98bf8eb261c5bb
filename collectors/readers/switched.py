"""Names that code turns on itself, or lets people turn on where they start it."""

from __future__ import annotations

import re

from collectors.facts.words import ANY_OPTION, digest

_TRUE = re.compile(r"True\b")
_OPTIONS = ("store_true", "BooleanOptionalAction", "is_flag", "DEFINE_bool", "typer.Option")
_MAY_BE_ANY = (
    "add_argument", "_cli", "_dotlist", "_from_list", "fire.Fire", "jsonargparse", "LightningCLI", "tyro",
    "simple_parsing", "HfArgumentParser", "pyrallis", "draccus",
)  # fmt: skip
_ANY = re.compile(
    r"\badd_argument\(\s*(?:f[\"']--?\{|[\"']--?[\"']\s*\+|[\"']--?%s|[\"']--?\{)"
    r"|\b(?:from_cli|from_dotlist|merge_with_dotlist|merge_from_list|merge_with_cli)\b|\bfire\.Fire\("
    r"|\b(?:from|import) (?:jsonargparse|simple_parsing|pyrallis|draccus|tyro)\b|\b(?:LightningCLI|HfArgumentParser)\("
)
"""Options made of whatever settings there are."""
_ADDED = re.compile(r"\badd_argument\(\s*(?:[\"']-\w[\"']\s*,\s*)?[\"']--?([A-Za-z][\w-]+)")
_GIVEN = re.compile(r"(?<!\w)(\w++)[\"'\]]*+\s*+(?::\s*[\w\[\] |]+\s*)?[=:]\s*\Z")
_SETS = ("=", ":")
_OPTION = re.compile(r"--?([A-Za-z][\w-]+)")
_NAMED = re.compile(r"[\"'](\w+)[\"']")
_NEAR, _FAR = 80, 300  # characters looked at before, and for options on both sides


def switched(source: str) -> str:
    """`flag=True`, `flag: bool = True`, `{"flag": True}`, `cfg["flag"] = True` and options of command lines."""
    names: set[str] = set()
    if any(word in source for word in _MAY_BE_ANY) and _ANY.search(source):
        names.add(ANY_OPTION)
    if "add_argument" in source:
        names.update(name.replace("-", "_") for name in _ADDED.findall(source))
    for match in _TRUE.finditer(source):
        before = source[max(0, match.start() - _NEAR) : match.start()]
        given = _GIVEN.search(before) if before.rstrip()[-1:] in _SETS else None
        if given:
            names.add(given[1])
    for word in _OPTIONS:
        for match in re.finditer(re.escape(word), source) if word in source else ():
            around = source[max(0, match.start() - _FAR) : match.end() + _FAR]
            names.update(name.replace("-", "_") for name in _OPTION.findall(around))
            names.update(_NAMED.findall(around))
            names.update(re.findall(r"(\w+)\s*:", around))
    return digest(name.replace("_", "").lower().encode("utf-8", "replace") for name in names)
