"""Scores held against a number: written in the code, named, or learnt."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import CURVES, SCORES, words
from collectors.readers.site_text import Found, Lines, Text, called

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SCORE = words(
    """
    prob probs proba probas probability probabilities score scores logit logits conf confs confidence
    confidences pred preds prediction predictions sim sims similarity similarities
    """
)
_OTHER = words(
    """
    drop dropout keep mask mutation crossover aug augment flip noise random swap shuffle teacher epsilon explore
    loss tol delta diff err error change p pvalue transition edge insert delete replace sampling move switch
    mixup cutmix accept acceptance rewire skip apply transform
    """
)
"""Beside "prob": how often something is done at random, not what a model says."""
_NAMED = re.compile(r"thres|cutoff|cut_off|min_score|min_conf|min_prob|min_sim", re.IGNORECASE)
_METRIC = re.compile(
    r"accuracy|precision|recall|f1|f_?beta|(?:^|[_.])m?iou|dice|metric|jaccard|auc|mcc|specificity|sensitivity|confusion"
    r"|hamming",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"(?:(?<![a-z])(?:acc|f1|f?beta|iou|dice|tp|fp|tn|fn|[tf]pr|correct|hits)|accuracy|precision|recall|confusion|report"
    r"|plot_roc|(?:calc|compute)_metrics|positives?|negatives?)_?\w{0,20}\s*(?:\(|[+]?=[^=])"
    r"|==\s*\(?(?:y|label|target|batch)|\)\s*==|\.eq\(|(?:mean|sum)\(\)",
    re.IGNORECASE,
)
"""A line that counts hits and misses."""
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_NEVER = frozenset({ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn})
_WRAPPERS = words("float item max min numpy squeeze detach cpu array asarray tolist flatten ravel")
_DICE = re.compile(r"rand|uniform|dice|coin|bernoulli", re.IGNORECASE)
_LEAST = 0.01
"""Up to it a number is a tolerance."""
_NEAR = 3  # lines in which a metric follows


def thresholds(text: Text) -> Iterator[Found]:
    marks = text.marks
    for name, call in marks.calls:
        if name in CURVES:
            yield Found(SiteKind.LEARNT_THRESHOLD, call, name)
    if marks.compares:
        scores = _Scores(text)
        yield from (found for node in marks.compares if (found := scores.compared(node)))


class _Scores:
    def __init__(self, text: Text) -> None:
        self._text = text
        self._checks = Lines(text.marks.asserts)
        self._dice: dict[str, bool] = {}

    @cached_property
    def _metrics(self) -> Lines:
        return Lines(scope for scope in self._text.marks.scopes if _METRIC.search(scope.name))

    def compared(self, node: ast.Compare) -> Found | None:
        if _NEVER.issuperset(map(type, node.ops)) or node.lineno in self._checks:
            return None
        sides = [node.left, *node.comparators]
        for operator, *pair in zip(node.ops, sides, sides[1:], strict=False):
            if isinstance(operator, _ORDER):
                for subject, bound in (pair, pair[::-1]):
                    kind = self._kind(node, bound)
                    name = self._score(subject) if kind else ""
                    if kind and name:
                        return Found(kind, node, name)
        return None

    def _kind(self, node: ast.Compare, bound: ast.expr) -> SiteKind | None:
        value = bound.value if isinstance(bound, ast.Constant) else None
        if isinstance(value, float) and _LEAST < value < 1:
            return None if self._counts(node, value) else SiteKind.FIXED_THRESHOLD
        return SiteKind.NAMED_THRESHOLD if _is_named(_last(bound)) else None

    def _counts(self, node: ast.Compare, value: float) -> bool:
        """Whether scores become classes to count hits: for a metric; at one half also just before one, or in it."""
        is_half = value == 0.5
        if is_half and node.lineno in self._metrics:
            return True
        rows = self._text.rows[node.lineno - 1 : node.lineno + (_NEAR if is_half else 0)]
        return any(_COUNTS.search(row[:1_000]) for row in rows)

    def _score(self, node: ast.expr) -> str:
        """The name of a score; "" for what is none."""
        for _ in range(6):
            if isinstance(node, ast.Call):
                last = called(node)
                if last in SCORES:
                    return last
                inner = self._wrapped(node) if last in _WRAPPERS else None
                if inner is None:
                    return ""
                node = inner
            elif isinstance(node, ast.Subscript) and not isinstance(_key(node), str):
                node = node.value
            else:
                break
        name = _last(node)
        return "" if not _is_score(name) or (isinstance(node, ast.Name) and self._is_dice(name)) else name

    def _wrapped(self, call: ast.Call) -> ast.expr | None:
        """np.max(x), float(x): the argument; x.max(): what it hangs on."""
        if call.args and (isinstance(call.func, ast.Name) or self._text.name_of(call).startswith(("numpy.", "torch."))):
            return call.args[0]
        return call.func.value if isinstance(call.func, ast.Attribute) else None

    def _is_dice(self, name: str) -> bool:
        """Whether the name was given a random number."""
        if name not in self._dice:
            self._dice[name] = any(
                isinstance(part, ast.Call) and _DICE.search(self._text.name_of(part))
                for value in self._text.values.get(name, ())
                for part in ast.walk(value)
            )
        return self._dice[name]


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    key = _key(node) if isinstance(node, ast.Subscript) else None
    return key if isinstance(key, str) else ""


def _key(node: ast.Subscript) -> object:
    return node.slice.value if isinstance(node.slice, ast.Constant) else None


@lru_cache(maxsize=4096)
def _is_named(name: str) -> bool:
    return _NAMED.search(name[:100]) is not None


@lru_cache(maxsize=4096)
def _is_score(name: str) -> bool:
    parts = [part.lower() for part in _WORD.findall(name[:100])]
    while parts and (parts[-1].isdigit() or len(parts[-1]) == 1):
        parts.pop()
    return bool(parts) and parts[-1] in _SCORE and not _OTHER & set(parts)
