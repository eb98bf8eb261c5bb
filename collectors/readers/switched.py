"""Names that code turns on itself, or lets people turn on where they start it."""

from __future__ import annotations

import re

from collectors.facts.words import ANY_OPTION, digest

_TRUE = re.compile(r"True\b")
_OPTIONS = ("store_true", "BooleanOptionalAction", "is_flag", "DEFINE_bool", "typer.Option")
_MERGED = ("from_cli", "from_dotlist", "merge_with_dotlist", "merge_from_list", "merge_with_cli")
_PARSERS = ("jsonargparse", "simple_parsing", "pyrallis", "draccus", "tyro")
_ADD = r"add_argument(?<!\wadd_argument)\(\s*"  # an expression that begins with a plain text is quick
_ANY = {
    "add_argument": re.compile(rf"{_ADD}(?:f[\"']--?\{{|[\"']--?[\"']\s*\+|[\"']--?%s|[\"']--?\{{)"),
    "fire.Fire": re.compile(r"fire\.Fire(?<!\wfire\.Fire)\("),
    **{word: re.compile(rf"{word}(?<!\w{word})\b") for word in _MERGED},
    **{word: re.compile(rf"{word}\b(?:(?<=\bfrom {word})|(?<=\bimport {word}))") for word in _PARSERS},
    **{word: re.compile(rf"{word}(?<!\w{word})\(") for word in ("LightningCLI", "HfArgumentParser")},
}
"""Options made of whatever settings there are: a word that stands there, and what else does."""
_ADDED = re.compile(rf"{_ADD}(?:[\"']-\w[\"']\s*,\s*)?[\"']--?([A-Za-z][\w-]+)")
_GIVEN = re.compile(r"(?<!\w)(\w++)[\"'\]]*+\s*+(?::\s*[\w\[\] |]+\s*)?[=:]\Z")
_LAST = re.compile(r"\w*+")  # of a text read backwards
_OPTION = re.compile(r"--?([A-Za-z][\w-]+)")
_NAMED = re.compile(r"[\"'](\w+)[\"']")
_NEAR, _FAR = 80, 300  # characters looked at before, and for options on both sides


def switched(source: str) -> str:
    """`flag=True`, `flag: bool = True`, `{"flag": True}`, `cfg["flag"] = True` and options of command lines."""
    names: set[str] = set()
    if any(word in source and pattern.search(source) for word, pattern in _ANY.items()):
        names.add(ANY_OPTION)
    if "add_argument" in source:
        names.update(name.replace("-", "_") for name in _ADDED.findall(source))
    for match in _TRUE.finditer(source):
        name = _given(source[max(0, match.start() - _NEAR) : match.start()].rstrip())
        if name:
            names.add(name)
    for word in _OPTIONS:
        for match in re.finditer(re.escape(word), source) if word in source else ():
            around = source[max(0, match.start() - _FAR) : match.end() + _FAR]
            names.update(name.replace("-", "_") for name in _OPTION.findall(around))
            names.update(_NAMED.findall(around))
            names.update(re.findall(r"(\w+)\s*:", around))
    return digest(name.replace("_", "").lower().encode("utf-8", "replace") for name in names)


def _given(before: str) -> str:
    """The name that is given what stands behind `before`; "" where none is."""
    if before[-1:] not in ("=", ":"):
        return ""
    if ":" in before[:-1]:  # `flag: bool =`, perhaps
        given = _GIVEN.search(before)
        return given[1] if given else ""
    last = _LAST.match(before[:-1].rstrip().rstrip("\"']")[::-1])
    return last[0][::-1] if last else ""
