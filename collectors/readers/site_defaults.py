"""Models and optimisers, and whether anybody chose their hyper-parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import OPTIMISERS, TUNED, words
from collectors.readers.site_text import Found, Text, keywords

_LEARNERS = ("sklearn.", "cuml.", "xgboost.", "lightgbm.", "catboost.")
_ASIDE = words(
    """
    random_state seed random_seed n_jobs nthread thread_count verbose verbosity silent logging_level copy_X copy_x
    probability warm_start allow_writing_files use_label_encoder enable_categorical cat_features handle device task_type
    """
)
"""Arguments that choose how it runs or what it tells, not what it learns."""
_MAIN = {"ElasticNet": ("alpha", "l1_ratio")}
"""Models that take all of these to say what they learn, in the order of their arguments."""
_BATCHES = frozenset({"batch_size", "batch_sampler", "sampler", "collate_fn"})
"""What decides how many rows come at a time."""
_RATES = frozenset({"lr", "learning_rate"})
_SEARCH = re.compile(
    r"SearchCV|\boptuna\b|\bhyperopt\b|\bskopt\b|\bray\.tune\b|\btpot\b|validation_curve|param_(?:grid|dist|space)"
    r"|['\"]\w{1,60}__\w{1,60}['\"]|\.set_params\(|\.load_model\(|\[['\"]lr['\"]\]\s*="
)
"""Somebody looks for the best values, or sets them, elsewhere in the text."""


def defaults(text: Text) -> Iterator[Found]:
    for name, call in text.marks.calls:
        if name in TUNED or name in OPTIMISERS or name == "DataLoader":
            yield from _built(name, call, text)


def _built(name: str, call: ast.Call, text: Text) -> Iterator[Found]:
    given = keywords(call)
    if given is None or any(isinstance(argument, ast.Starred) for argument in call.args):
        return
    chosen, lacks = _chosen(name, call, set(given), text)
    if chosen:
        yield Found(SiteKind.CHOSEN_HYPERPARAMETERS, call, name)
    elif lacks and not text.holds(_SEARCH):
        yield Found(SiteKind.DEFAULT_HYPERPARAMETERS, call, f"{name} {lacks}")


def _chosen(name: str, call: ast.Call, given: set[str], text: Text) -> tuple[bool, str]:
    """Whether something was chosen, and what is left to the library; ("" where the call is not known)."""
    dotted = text.name_of(call)
    if name in TUNED and dotted.startswith(_LEARNERS):
        main = _MAIN.get(name, ())
        if main and len(call.args) < len(main):
            lacks = [one for one in main[len(call.args) :] if one not in given]
            return not lacks, f"without {' and '.join(lacks)}"
        return bool(call.args or given - _ASIDE), "as the library sets it"
    if dotted.startswith("torch.optim."):
        of_all = bool(call.args) and isinstance(
            call.args[0], ast.Call
        )  # groups of parameters may have rates of their own
        return len(call.args) > 1 or bool(given & _RATES), "without a learning rate" if of_all else ""
    if dotted == "torch.utils.data.DataLoader":
        return len(call.args) > 1 or bool(given & _BATCHES), "without a batch size: one row at a time"
    if ".optimizers." in dotted and "keras" in dotted:
        return bool(call.args or given & _RATES), "without a learning rate"
    return False, ""
