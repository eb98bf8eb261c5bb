"""A file's place in figure 1 of the paper: what it does decides before its name, and where neither does, nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import pairwise

from collectors.facts.files import FileKind, Place, Summary
from collectors.readers.ml_packages import package_of
from collectors.readers.place_names import LANGUAGES, OWN_NAME, SETTINGS, TOOLS, WHOLE_NAME, WORDS, Name
from collectors.readers.place_uses import MANIFESTS, STRONG_USE, WEAK_USE, Rule

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+\d?[a-z]?|\d+")  # HTTPServer: HTTP, Server; k8s stays whole
# configs/train_small.py sets options of a training; it does not train.
_SETTINGS = re.compile(r"(?:^|/)(?:conf|configs?|cfgs?|settings)(?:/|$)", re.IGNORECASE)
NOTHING = "nothing that it imports, calls or is named decides"


def place_of(path: str, kind: FileKind, summary: Summary) -> Place | None:
    """None unless the kind is CODE, TEST or CONFIGURATION."""
    found = placed(path, kind, summary)
    return found[0] if found else None


def placed(path: str, kind: FileKind, summary: Summary) -> tuple[Place, str] | None:
    """The place, and why: a clause whose subject is the file, such as "it builds a model: sklearn.svm.SVC"."""
    match kind:
        case FileKind.TEST:
            return Place.TESTS, "it is a test"
        case FileKind.CONFIGURATION:
            return (
                _by_use(path, summary, MANIFESTS)
                or _by_name(path, SETTINGS)
                or (Place.CONFIGURATION, "it holds settings")
            )
        case FileKind.CODE:
            return (
                _by_name(path, TOOLS)
                or LANGUAGES.get(summary.language or "")
                or _by_use(path, summary, STRONG_USE)
                or _by_words(path)
                or _by_use(path, summary, WEAK_USE)
                or (Place.UNCLASSIFIED, NOTHING)
            )
        case _:
            return None


def _by_name(path: str, names: Iterable[Name]) -> tuple[Place, str] | None:
    return next(((name.place, name.reason) for name in names if name.path.search(path)), None)


def _by_use(path: str, summary: Summary, rules: Iterable[Rule]) -> tuple[Place, str] | None:
    if not (summary.imports or summary.calls or summary.estimators):
        return None
    for rule in rules:
        witness = _witness(summary, rule) if not rule.path or rule.path.search(path) else None
        if witness:
            return rule.place, f"{rule.reason}: {witness}"
    return None


def _witness(summary: Summary, rule: Rule) -> str | None:
    """The name that makes the rule fit; None where one of its conditions does not hold."""
    found = None
    if rule.imports:
        found = _first(summary.imports, rule.imports)
        if found is None:
            return None
    if rule.calls:
        found = _first(summary.calls, rule.calls)
        if found is None:
            return None
    if rule.also and _first(summary.calls, rule.also) is None:
        return None
    if rule.without and _first(summary.imports, rule.without) is not None:
        return None
    if rule.models:
        found = next(iter(summary.estimators), None)
    return found


def _first(names: Iterable[str], wanted: AbstractSet[str]) -> str | None:
    return next((name for name in names if package_of(name, wanted)), None)


def _by_words(path: str) -> tuple[Place, str] | None:
    """The part of the path nearest to the file decides; a part that speaks of two places decides nothing."""
    folder, _, name = path.rpartition("/")
    if _SETTINGS.search(folder):
        return Place.CONFIGURATION, "it stands among settings"
    stem = name.partition(".")[0]
    if stem in WHOLE_NAME:
        return WHOLE_NAME[stem], f"it is named for it: {stem}"
    parts = [stem, *reversed(folder.split("/"))]
    for depth, part in enumerate(parts):
        found = [said for said in _said(part) if depth == 0 or said[1] not in OWN_NAME]
        if len({place for place, _ in found}) == 1:
            place, word = found[0]
            return place, f"it is named for it: {word.replace('_', ' ')}"
    return None


@lru_cache(maxsize=4096)
def _said(part: str) -> tuple[tuple[Place, str], ...]:
    words = [word.lower() for word in _WORD.findall(part)]
    pairs = [f"{first}_{second}" for first, second in pairwise(words)]
    named = [pair for pair in pairs if pair in WORDS] or [word for word in words if word in WORDS]
    return tuple((WORDS[word], word) for word in named)
