from collectors.facts.metrics import MetricChange, MetricChanges, Moved
from collectors.signals.metric_trade_offs import metric_trade_offs
from tests.builders import at, change, file, history, tree

FILES = tree(file("train.py"))


def measured(commit: str, **metrics: tuple[float, float]) -> MetricChange:
    return MetricChange(commit, at(0), tuple(Moved("metrics.json", name, *pair) for name, pair in metrics.items()))


def test_better_here_and_worse_there_is_a_trade():
    rows = (
        measured("1", auc=(0.8, 0.9), loss=(0.2, 0.3)),
        measured("2", auc=(0.8, 0.9), loss=(0.2, 0.1)),
        measured("3", auc=(0.9, 0.8), epochs=(3, 9)),
        measured("4", epochs=(3, 9)),  # its name tells nothing
        measured("5", auc=(0.9, 0.9), loss=(0.1, 0.1)),  # nothing moved
    )
    changes = history(*(change(1, "train.py", commit=row.commit) for row in rows))
    found = metric_trade_offs(MetricChanges(rows), changes, FILES)
    assert (found.value, found.n) == (1 / 3, 3)
    assert [(row.subject, row.note) for row in found.evidence] == [("1", "auc got better, loss worse")]
    assert "noise" in found.note


def test_what_runs_of_the_same_code_move_too_is_no_trade():
    reruns = tuple(measured(f"r{n}", auc=(0.8, 0.84), loss=(0.2, 0.21)) for n in range(3))
    rows = (
        *reruns,
        measured("1", auc=(0.8, 0.82), loss=(0.2, 0.201)),
        measured("2", auc=(0.8, 0.9), loss=(0.2, 0.3)),
    )
    ran_again = [change(1, "metrics.json", "dvc.lock", commit=row.commit) for row in reruns]
    changes = history(*ran_again, change(1, "train.py", commit="1"), change(1, "params.yaml", commit="2"))
    found = metric_trade_offs(MetricChanges(rows), changes, FILES)
    assert [row.subject for row in found.evidence] == ["2"]
    assert found.note == ""


def test_too_few_are_listed_and_none_is_unknown():
    changes = history(change(1, "train.py", commit="1"))
    few = metric_trade_offs(MetricChanges((measured("1", auc=(0.8, 0.9), loss=(0.2, 0.3)),)), changes, FILES)
    assert (few.value, [row.subject for row in few.evidence]) == (None, ["1"])
    assert metric_trade_offs(MetricChanges(), changes, FILES).value is None
