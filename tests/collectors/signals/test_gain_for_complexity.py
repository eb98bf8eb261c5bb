from collectors.facts.metrics import MetricChange, MetricChanges, Moved
from collectors.signals.gain_for_complexity import gain_for_complexity
from tests.builders import at, change, file, history, tree

FILES = tree(file("train.py"))


def measured(commit: str, before: float, after: float) -> MetricChange:
    return MetricChange(commit, at(0), (Moved("metrics.json", "auc", before, after),))


def test_growth_without_any_gain_is_counted():
    rows = (measured("1", 0.8, 0.8), measured("2", 0.8, 0.9), measured("3", 0.9, 0.85), measured("4", 0.8, 0.8))
    changes = history(
        change(1, "train.py", commit="1", lines=200),
        change(1, "train.py", commit="2", lines=20),
        change(1, "params.yaml", "requirements.txt", commit="3", lines=3),
        change(1, "metrics.json", commit="4"),  # added nothing that people write
    )
    found = gain_for_complexity(MetricChanges(rows), changes, FILES)
    assert (found.value, found.n) == (2 / 3, 3)
    assert [(row.subject, row.note) for row in found.evidence] == [
        ("1", "200 lines more; auc stood still"),
        ("3", "6 lines more; auc went from 0.9 to 0.85"),
    ]


def test_a_gain_within_noise_is_none():
    rows = (*(measured(f"r{n}", 0.8, 0.84) for n in range(3)), *(measured(str(n), 0.8, 0.82) for n in range(3)))
    changes = history(
        *(change(1, "metrics.json", commit=f"r{n}") for n in range(3)),
        *(change(1, "train.py", commit=str(n)) for n in range(3)),
    )
    found = gain_for_complexity(MetricChanges(rows), changes, FILES)
    assert (found.value, found.n, found.note) == (1.0, 3, "")


def test_without_growth_or_metrics_it_is_unknown():
    shrinks = history(change(1, "train.py", commit="1", lines=0))
    assert gain_for_complexity(MetricChanges((measured("1", 0.8, 0.8),)), shrinks, FILES).value is None
    assert gain_for_complexity(MetricChanges(), shrinks, FILES).value is None
