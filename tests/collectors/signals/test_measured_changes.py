from collectors.facts.files import Place
from collectors.facts.metrics import MetricChange, MetricChanges, Moved
from collectors.signals.measured_changes import measured_changes
from tests.builders import at, change, file, history, tree

FILES = tree(file("train.py", place=Place.ML_CODE), file("serve.py", place=Place.SERVING))
METRICS = MetricChanges((MetricChange("1", at(0), (Moved("metrics.json", "auc", 0.8, 0.8),)),))


def test_changes_of_models_with_metrics_beside_them():
    changes = history(
        change(1, "train.py", "metrics.json", commit="1"),
        change(2, "train.py", commit="2"),
        change(2, "train.py", commit="3", is_bot=True),
        change(2, "serve.py", commit="4"),
        change(3, "train.py", commit="5"),
        change(3, "train.py", commit="6", day=-400),
        day=1,
    )
    found = measured_changes(METRICS, changes, FILES)
    assert (found.value, found.n) == (1 / 3, 3)
    assert [row.subject for row in found.evidence] == ["5", "2"]


def test_no_committed_metrics_is_unknown_and_few_changes_are_listed():
    changes = history(change(1, "train.py", commit="2"), day=1)
    assert measured_changes(MetricChanges(), changes, FILES).value is None
    few = measured_changes(METRICS, changes, FILES)
    assert (few.value, [row.subject for row in few.evidence]) == (None, ["2"])
