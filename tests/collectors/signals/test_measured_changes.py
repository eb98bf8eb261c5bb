from collectors.facts.declarations import Declared, declarations
from collectors.facts.files import FileKind, Place
from collectors.facts.metrics import MetricChange, MetricChanges, Moved
from collectors.facts.settings import ConfigKey, SettingsSummary, ValueKind
from collectors.signals.measured_changes import measured_changes
from tests.builders import at, change, file, history, tree

FILES = tree(
    file("train.py", place=Place.ML_CODE),
    file("serve.py", place=Place.SERVING),
    file("params.yaml", kind=FileKind.CONFIGURATION, place=Place.CONFIGURATION, language="YAML"),
)
DEPTH = ConfigKey(("model", "depth"), 3, ValueKind.INTEGER, 1)
SETTINGS = declarations([Declared("params.yaml", SettingsSummary("YAML", keys=(DEPTH,)))], ["params.yaml"])
METRICS = MetricChanges((MetricChange("1", at(0), (Moved("metrics.json", "auc", 0.8, 0.8),)),))


def test_changes_of_models_with_metrics_beside_them():
    changes = history(
        change(1, "train.py", "metrics.json", commit="1"),
        change(2, "train.py", commit="2"),
        change(2, "train.py", commit="3", is_bot=True),
        change(2, "serve.py", commit="4"),
        change(3, "train.py", commit="5"),
        change(3, "train.py", commit="6", day=-400),
        change(3, "params.yaml", commit="7"),
        day=1,
    )
    found = measured_changes(METRICS, changes, FILES, SETTINGS)
    assert (found.value, found.n) == (1 / 4, 4)
    assert [row.subject for row in found.evidence] == ["7", "5", "2"]


def test_no_committed_metrics_is_unknown_and_few_changes_are_listed():
    changes = history(change(1, "train.py", commit="2"), day=1)
    assert measured_changes(MetricChanges(), changes, FILES, SETTINGS).value is None
    few = measured_changes(METRICS, changes, FILES, SETTINGS)
    assert (few.value, [row.subject for row in few.evidence]) == (None, ["2"])
