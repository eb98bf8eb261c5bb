"""Numbers that decide how a model learns, in the call that builds it or its optimizer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.models import model_in
from collectors.readers.site_names import words
from collectors.readers.site_text import Found, Text, keywords

_OPTIMIZERS = re.compile(
    r"(?:torch\.optim|torch_optimizer|(?:tensorflow\.)?(?:python\.)?keras\.optimizers|tensorflow\.train|apex\.optimizers|bitsandbytes\.optim)"
    r"\.(?:\w+\.)?[A-Z]\w*\Z"
)
_ARGUMENTS = re.compile(
    r"(?:transformers|trl|peft|setfit|sentence_transformers)\.(?:\w+\.)*(?:\w*TrainingArguments|LoraConfig)\Z"
)
"""Classes whose arguments are hyperparameters, though they are no models."""
_MODELS = words(
    """
        sklearn xgboost lightgbm catboost ngboost prophet implicit lightfm surprise imblearn pyod hdbscan umap lifelines
        cuml pyspark statsforecast neuralforecast darts river tpot interpret gluonts pmdarima
    """
)
"""Packages whose models take their hyperparameters where they are built."""
_NEITHER = words(
    """
    random_state seed random_seed data_seed n_jobs nthread num_threads thread_count num_workers
    dataloader_num_workers verbose verbosity silent logging_steps save_steps eval_steps save_total_limit num_labels
    num_classes num_class n_classes input_shape input_dim input_size output_size n_features cache_size device
    gpu_id device_id missing copy_X precompute warm_start y_min y_max report_to seasonal_periods m freq n_out
    input_chunk_length output_chunk_length h horizon random_seed_ memory period metric_period logging_freq
    local_rank lineno eps tol
    """
)
"""Arguments that tell what a model is for, or how a run is watched, not how it learns."""
_SWITCHES = frozenset({0, 1, -1})
"""Whole numbers, and 0.0, that turn something on or off, or mean all of it."""


def hyperparameters(text: Text) -> Iterator[Found]:
    for call in text.marks.built:
        dotted = text.name_of(call)
        if "." in dotted and _learns(dotted):
            yield from _set(call, dotted)


def _learns(dotted: str) -> bool:
    if _OPTIMIZERS.match(dotted) or _ARGUMENTS.match(dotted):
        return True
    return dotted.partition(".")[0] in _MODELS and model_in(dotted) == dotted


def _set(call: ast.Call, dotted: str) -> Iterator[Found]:
    given = keywords(call)
    if given is None:
        yield Found(SiteKind.SET_HYPERPARAMETER, call)
        return
    said = {name: value for name, value in given.items() if name not in _NEITHER}
    if _OPTIMIZERS.match(dotted) and len(call.args) > 1:
        said["the rate"] = call.args[1]
    fixed = [name for name, value in said.items() if _is_number(value)]
    if fixed:
        yield Found(SiteKind.FIXED_HYPERPARAMETER, call, f"{dotted.rpartition('.')[2]}: {', '.join(fixed[:6])}")
    elif any(not isinstance(value, ast.Constant | ast.List | ast.Tuple | ast.UnaryOp) for value in said.values()):
        yield Found(SiteKind.SET_HYPERPARAMETER, call)


def _is_number(node: ast.expr) -> bool:
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return value not in _SWITCHES or (isinstance(value, float) and value != 0)
