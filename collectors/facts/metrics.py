"""Numbers about a model that were committed, and the changes that moved them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

ENOUGH_RERUNS = 3
"""Of fewer runs of the same code nobody can tell what is noise."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LOWER = {
    "loss", "err", "error", "rmse", "mse", "mae", "mape", "smape", "rmsle", "msle", "perplexity", "ppl", "wer", "cer",
    "mer", "nll", "logloss", "brier", "ece", "fpr", "fnr", "eer", "fid", "bpb", "bpc", "latency", "deviance",
    "divergence", "kl", "hinge", "misclassification",
}  # fmt: skip
_HIGHER = {
    "accuracy", "acc", "auc", "auroc", "auprc", "roc", "f1", "fbeta", "precision", "recall", "r2", "map", "ndcg", "mrr",
    "iou", "miou", "dice", "bleu", "rouge", "meteor", "mcc", "kappa", "sensitivity", "specificity", "tpr", "tnr",
    "score", "jaccard", "psnr", "ssim", "correlation", "pearson", "spearman",
}  # fmt: skip


@cache
def direction(name: str) -> int:
    """1 where more of a metric is better, -1 where less is, 0 where its name does not tell.

    By the words of the last part of the name: `test.roc_auc` is better when it rises, `log_loss` when it falls.
    """
    words = {word.lower() for word in _WORD.findall(name.rpartition(".")[2][:200])}
    words |= {word.lower() for word in re.findall(r"[A-Za-z]+\d", name.rpartition(".")[2][:200])}
    if words & _LOWER:
        return -1
    return 1 if words & _HIGHER else 0


class Moved(NamedTuple):
    """One metric before and after a change; equal where it stood still."""

    path: str
    name: str  # dotted, from the root of the file
    before: float
    after: float

    @property
    def gain(self) -> float | None:
        """How much better, as a share of what it was; negative for worse, None where better is not known."""
        sign = direction(self.name)
        if not sign:
            return None
        if self.before == self.after:
            return 0.0
        gain = sign * (self.after - self.before) / (abs(self.before) or abs(self.after))
        return gain if math.isfinite(gain) else None


class MetricChange(NamedTuple):
    """A commit, no merge, that wrote files of metrics which were there before."""

    commit: str  # hex
    at: int  # committer date, seconds since 1970 UTC
    metrics: tuple[Moved, ...]  # those that stand in the file before and after

    @property
    def gains(self) -> tuple[tuple[Moved, float], ...]:
        return tuple((one, one.gain) for one in self.metrics if one.gain is not None)

    @property
    def is_move(self) -> bool:
        return any(one.before != one.after for one in self.metrics)


@dataclass(frozen=True)
class MetricChanges:
    """Changes of committed metrics up to `as_of`, oldest first. What was tracked elsewhere is not here."""

    rows: tuple[MetricChange, ...] = ()
    as_of: int = 0

    def __iter__(self) -> Iterator[MetricChange]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def noise(self, reruns: Collection[str]) -> Mapping[str, float]:
        """By metric, the largest share by which it moved in `reruns`, commits (hex) that changed nothing else.

        Without a metric of which there are fewer than ENOUGH_RERUNS.
        """
        seen: defaultdict[str, list[float]] = defaultdict(list)
        for row in self.rows:
            if row.commit in reruns:
                for one, gain in row.gains:
                    seen[one.name].append(abs(gain))
        return {name: max(moves) for name, moves in sorted(seen.items()) if len(moves) >= ENOUGH_RERUNS}
