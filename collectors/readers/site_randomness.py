"""Calls that draw random numbers, and whether a seed is in sight."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import (
    ALWAYS_RANDOM,
    DRAWS,
    ENSEMBLES,
    RESAMPLED,
    SEED_ARGUMENTS,
    SHUFFLED,
    SOLVED,
    words,
)
from collectors.readers.site_text import Found, Lines, Text, called, keywords, number

_NUMPY, _TORCH, _ALL = "numpy", "torch", "all"
_BY_KEY = re.compile(r"""['"](?:\w{1,80}__)?(?:random_state|seed)['"]""")
_STARTS = frozenset({"init", "means_init"})
"""Of a clustering: where it starts. Given as numbers, nothing is drawn."""
_GLOBAL = {
    "numpy.random.seed": _NUMPY,
    "numpy.random.set_state": _NUMPY,
    "random.seed": "python",
    "tensorflow.random.set_seed": "tensorflow",
    "tensorflow.set_random_seed": "tensorflow",
    "tensorflow.random.set_random_seed": "tensorflow",
    "tensorflow.compat.v1.set_random_seed": "tensorflow",
}

_STATES = (
    ("numpy.random.", _NUMPY),
    ("torch.", _TORCH),
    ("tensorflow.random.", "tensorflow"),
    ("random.", "python"),
)
"""How calls that draw begin, and the global state that they draw from."""
_LOADER = "torch.utils.data.DataLoader"
_LEARNING = words("torch tensorflow keras sklearn xgboost lightgbm catboost transformers jax")


def randomness(text: Text) -> Iterator[Found]:
    seeds = {call: seeded for call in text.marks.seeds if (seeded := _seeds(call, text))}
    yield from (Found(SiteKind.GLOBAL_SEED, call, source) for call, source in seeds.items())
    sources = set(seeds.values())
    if _ALL not in sources:
        yield from _draws_outside(text, sources)
    inner = {part for name, call in text.marks.calls if name in ENSEMBLES for part in _within(call)}
    for name, call in text.marks.calls:
        source = _source(name, call, text)
        if source is None or call in inner:
            continue
        given = keywords(call)
        if given is None:
            continue  # **settings may hold a seed
        said = [given[argument] for argument in SEED_ARGUMENTS if argument in given]
        is_said = any(not (isinstance(one, ast.Constant) and one.value is None) for one in said)
        is_seeded = is_said or _ALL in sources or source in sources
        if not is_seeded and text.holds(_BY_KEY):
            continue  # a grid or a dictionary of settings may name it
        yield Found(
            SiteKind.SEEDED if is_seeded else SiteKind.UNSEEDED,
            call,
            name if is_seeded else f"{name} draws from {source}",
        )


def _draws_outside(text: Text, sources: set[str]) -> Iterator[Found]:
    """Numbers drawn as a script or notebook runs, beside machine learning. Functions leave seeding to their callers."""
    calls = [(name, call) for name, call in text.marks.calls if name in DRAWS]
    if not calls or not any(name.partition(".")[0] in _LEARNING for name in text.imports):
        return
    functions = Lines(scope for scope in text.marks.scopes if not isinstance(scope, ast.ClassDef))
    for name, call in calls:
        dotted = text.name_of(call)
        source = next((held for start, held in _STATES if dotted == f"{start}{name}"), None)
        if dotted == _LOADER and _seeds_workers(call):
            source = _TORCH
        if source and source not in sources and call.lineno not in functions and not _is_given_seed(call):
            yield Found(SiteKind.UNSEEDED_DRAW, call, f"{name} draws from {source}")


def _seeds_workers(call: ast.Call) -> bool:
    """Whether the loader draws an order, or a seed for each of its workers."""
    given = keywords(call) or {}
    workers, shuffle = given.get("num_workers"), given.get("shuffle")
    return (workers is not None and number(workers) != 0) or (
        isinstance(shuffle, ast.Constant) and shuffle.value is True
    )


def _is_given_seed(call: ast.Call) -> bool:
    given = keywords(call)
    return given is None or "worker_init_fn" in given or any(argument in given for argument in SEED_ARGUMENTS)


def _source(name: str, call: ast.Call, text: Text) -> str | None:
    """Which global state the call draws from; None where it is not known to draw."""
    dotted = text.name_of(call)
    if dotted.startswith(("sklearn.", "cuml.", "imblearn.")):
        return _NUMPY if _draws(name, call) else None
    if dotted == "torch.utils.data.random_split":
        return _TORCH
    if name == "sample" and isinstance(call.func, ast.Attribute) and "pandas" in text.imports:
        return _NUMPY if _is_sample(call) else None
    if name == "train_test_split" and isinstance(call.func, ast.Attribute) and "datasets" in text.imports:
        return _NUMPY if _shuffles(call) else None
    return None


def _within(call: ast.Call) -> Iterator[ast.AST]:
    for given in (*call.args, *(keyword.value for keyword in call.keywords)):
        yield from ast.walk(given)


def _draws(name: str, call: ast.Call) -> bool:
    if name in SHUFFLED:
        return any(
            keyword.arg == "shuffle" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            for keyword in call.keywords
        )
    if name in SOLVED:
        return any(
            keyword.arg == "solver" and isinstance(keyword.value, ast.Constant) and keyword.value.value in SOLVED[name]
            for keyword in call.keywords
        )
    if any(keyword.arg in _STARTS and not isinstance(keyword.value, ast.Constant) for keyword in call.keywords):
        return False
    if name == "train_test_split" and not _shuffles(call):
        return False
    return name in ALWAYS_RANDOM or name in RESAMPLED


def _shuffles(call: ast.Call) -> bool:
    """Unless it is told not to, or by a name."""
    return not any(
        keyword.arg == "shuffle" and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is True)
        for keyword in call.keywords
    )


def _is_sample(call: ast.Call) -> bool:
    """`.sample(frac=…)` is of a data frame; `.sample(5)` may be of anything."""
    return any(keyword.arg == "frac" and number(keyword.value) is not None for keyword in call.keywords)


def _seeds(call: ast.Call, text: Text) -> str:
    """The global state that the call seeds; wrappers such as seed_everything seed all."""
    dotted = text.name_of(call)
    if called(call) == "set_params":
        return _ALL if any(keyword.arg == "random_state" for keyword in call.keywords) else ""
    if dotted in _GLOBAL:
        return _GLOBAL[dotted]
    if dotted.startswith("torch."):
        return _TORCH
    return _ALL if dotted and not dotted.endswith(".seed") else ""  # env.seed(1) seeds a game
