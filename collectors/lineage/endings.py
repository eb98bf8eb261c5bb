"""Endings that libraries put behind the name that they are given."""

from __future__ import annotations

from posixpath import basename, splitext

from collectors.facts.lineage import HOLE
from collectors.lineage.telling import joined, options, text_of
from collectors.lineage.values import NONE, Call, Const, PathText, Value

_ALWAYS = {
    "numpy.save": ".npy",
    "numpy.savez": ".npz",
    "numpy.savez_compressed": ".npz",
    "scipy.sparse.save_npz": ".npz",
    "pycaret.classification.save_model": ".pkl",
    "pycaret.regression.save_model": ".pkl",
}
_AGENTS = ("stable_baselines3.", "stable_baselines.", "sb3_contrib.")
_WITHOUT_ONE = {"savefig": ".png"}
_ARCHIVES = {"zip": ".zip", "tar": ".tar", "gztar": ".tar.gz", "bztar": ".tar.bz2", "xztar": ".tar.xz"}


def ending_given(name: str, target: Value, call: Call) -> Value:
    """The target with the ending that the call adds to it, unless it has it or its own end is not known."""
    if name == "shutil.make_archive":
        archive = _ARCHIVES.get(text_of(call.given(1, "format") or NONE) or "", f".{HOLE}")
        return joined(_with(option, archive) for option in options(target))
    ending = ".zip" if name.startswith(_AGENTS) and name.endswith(".save") else _ALWAYS.get(name)
    if ending:
        return joined(_with(option, ending) for option in options(target))
    ending = _WITHOUT_ONE.get(name.rpartition(".")[2])
    if ending and "format" not in call.keywords:
        return joined(option if _has_one(option) else _with(option, ending) for option in options(target))
    return target


def _with(value: Value, ending: str) -> Value:
    text = text_of(value) if isinstance(value, Const | PathText) else None
    if not text or not isinstance(getattr(value, "value", text), str) or text.endswith((ending, HOLE)):
        return value
    return Const(text + ending)


def _has_one(value: Value) -> bool:
    last = basename(text_of(value) or "")
    return HOLE in last or splitext(last)[1] != ""
