"""Scores against numbers."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import kinds, sites

FIXED, NAMED, LEARNT = SiteKind.FIXED_THRESHOLD, SiteKind.NAMED_THRESHOLD, SiteKind.LEARNT_THRESHOLD


@pytest.mark.parametrize(
    "line",
    [
        "if probability > 0.35: order()",
        "label = 'spam' if spam_prob >= 0.5 else 'ham'",
        "keep = scores[:, 1] > 0.7",
        "keep = [box for box in boxes if box.confidence > 0.25]",
        "if result['score'] < 0.8: skip()",
        "churn = model.predict_proba(rows)[:, 1] > 0.4",
        "mask = torch.sigmoid(out) > 0.5",
        "if float(pred) > 0.9: act()",
        "import numpy as np\nif np.max(probs) < 0.6: ask()",
        "if 0.2 < prob < 0.8: ask()",
        "if 0.3 >= similarity: drop()",
    ],
)
def test_a_score_against_a_number_is_a_fixed_threshold(line: str) -> None:
    assert kinds(line) == [FIXED]


@pytest.mark.parametrize(
    "line",
    [
        "if dropout_prob > 0.1: x()",
        "if mutation_prob > 0.3: x()",
        "import random\nprob = random.random()\nif prob < 0.15: mask()",
        "assert score > 0.9",
        "if score > 1.0: x()",
        "if score > 0: x()",
        "if probability < 1e-9: x()",
        "if abs(score - best) < 0.01: x()",
        "if score == 0.5: x()",
        "if loss < 0.1: x()",
        "if size > 0.5: x()",
        "accuracy = (pred > 0.5) == y_true",
        "print(accuracy_score(y, y_pred >= 0.5))",
        "def f1(y, pred):\n    hard = pred > 0.5\n    return hard",
        "if score > best: x()",
        "if np.mean(score) > 0.75: x()",
        "hard = y_prob > 0.5\nprint(f1_score(y, hard))",
    ],
)
def test_what_decides_nothing_is_none(line: str) -> None:
    assert kinds(line) == []


def test_a_name_for_the_threshold_is_counted_apart() -> None:
    assert kinds("if score > args.conf_thres: x()\nif prob > THRESHOLD: x()") == [NAMED, NAMED]


def test_curves_over_thresholds_are_seen() -> None:
    assert kinds("from sklearn.metrics import roc_curve\nfpr, tpr, cut = roc_curve(y, s)") == [LEARNT]


def test_the_place_is_the_comparison_with_the_function_around_it() -> None:
    text = "class Orders:\n    def decide(self, probability):\n        return 1 if probability > 0.35 else 0\n"
    (site,) = sites(text)
    assert site == (FIXED, 3, 3, "Orders.decide", "probability > 0.35", "probability")
