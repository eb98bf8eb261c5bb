"""Each practice by its signal: in use, present, not seen, unknown, and the debt and words of each."""

from __future__ import annotations

import pytest

from collectors.facts.declarations import Declarations
from collectors.facts.practice_names import PRACTICES
from collectors.facts.practices import Practices
from collectors.registry import discover
from scoring.signal import IN_USE, LEVEL, NOT_SEEN, PRESENT, SHOW, Signal
from tests.builders import history
from tests.collectors.facts.practices_by_hand import CI, MODEL, WORKFLOW, declared, practised

SIGNALS = {signal.definition.name: signal for signal in discover() if signal.definition.unit == LEVEL}
STARTED = {WORKFLOW: CI.format("python run.py")}
DEPLOYED = {WORKFLOW: CI.format("kubectl apply -f deploy/")}
OBJECT = "apiVersion: v1\nkind: {}\nspec: {{}}\n"

USED: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "data_tests": ({"run.py": "import pandera as pa\n\n\nclass Rows(pa.DataFrameModel):\n    pass\n"}, STARTED),
    "prediction_monitoring": ({"run.py": "from evidently.presets import ClassificationPreset as C\nC()\n"}, STARTED),
    "alert_rules": (
        {"deploy/rules.yaml": "groups:\n- name: a\n  rules:\n  - alert: Late\n    expr: up == 0\n"},
        DEPLOYED,
    ),
    "action_limits": ({"run.py": "def cap_orders(n):\n    return min(n, 10)\n\n\ncap_orders(3)\n"}, STARTED),
    "upstream_freshness": (
        {"models/s.yml": "sources:\n- name: a\n  freshness:\n    warn_after: {count: 1, period: day}\n"},
        {WORKFLOW: CI.format("dbt source freshness")},
    ),
    "automatic_response": ({"deploy/r.yaml": OBJECT.format("Rollout")}, DEPLOYED),
    "ensembles": ({"run.py": "from sklearn.ensemble import VotingClassifier\nVotingClassifier([])\n"}, STARTED),
    "sliced_evaluation": ({"run.py": "def error_by_store(x):\n    return x\n\n\nerror_by_store(1)\n"}, STARTED),
    "learnt_thresholds": ({"run.py": "from a import find_best_threshold\nfind_best_threshold()\n"}, STARTED),
    "versioned_data": ({"run.py": "import dvc.api\ndvc.api.read('a')\n"}, STARTED),
    "ablation_runs": ({"run.py": "import lofo\nlofo.LOFOImportance()\n"}, STARTED),
    "exploration": ({"run.py": "from mabwiser.mab import MAB\nMAB([1])\n"}, STARTED),
    "declared_consumers": (
        {"models/e.yml": "exposures:\n- name: board\n  depends_on: [ref('x')]\n"},
        {WORKFLOW: CI.format("dbt build")},
    ),
    "data_catalogue": ({"run.py": "from feast import FeatureStore\nFeatureStore()\n"}, STARTED),
    "experiment_tracking": ({"run.py": "import wandb\nwandb.init()\n"}, STARTED),
    "repeated_seeds": ({"run.py": "for seed in range(3):\n    go(seed)\n"}, STARTED),
    "pipeline_test": ({"run.py": "x = 1\n"}, {WORKFLOW: CI.format("snakemake --cores 1")}),
    "runbooks_and_owners": (
        {
            "deploy/r.yaml": "groups:\n- rules:\n  - alert: Late\n    annotations:\n      runbook_url: https://a.example/b\n"
        },
        DEPLOYED,
    ),
}
"""What testifies, and what runs it."""


def measured(name: str, texts: dict[str, str]) -> Signal:
    facts = {Practices: practised(texts), type(history()): history(), Declarations: declared(texts)}
    signal = SIGNALS[name]
    return Signal(signal.definition, signal(*(facts[need] for need in signal.needs)))


def test_declared_sources_are_counted_with_those_that_have_a_test():
    tables = "sources:\n- name: a\n  tables:\n  - name: x\n    columns:\n    - tests: [unique]\n  - name: y\n"
    found = measured("data_tests", {"a.py": MODEL, "models/src.yml": tables})
    assert dict(found.measurement.details) == {"declared sources": 2, "of them with a test": 1}
    assert measured("data_tests", {"a.py": MODEL}).measurement.details == ()


def test_every_practice_has_its_signal_and_its_sample():
    assert set(SIGNALS) == set(PRACTICES) == set(USED)


@pytest.mark.parametrize("name", USED)
def test_a_practice_is_in_use_where_something_runs_it(name: str):
    there, running = USED[name]
    signal = measured(name, {"a.py": MODEL, **there, **running})
    assert signal.measurement.value == IN_USE
    assert signal.sentence.endswith(": in use.")
    assert signal.measurement.evidence


@pytest.mark.parametrize("name", sorted(set(USED) - {"pipeline_test"}))
def test_it_is_present_where_nothing_seen_runs_it(name: str):
    signal = measured(name, {"a.py": MODEL, **USED[name][0]})
    assert signal.measurement.value == PRESENT
    assert signal.sentence.endswith(": present, use not seen.")


@pytest.mark.parametrize("name", USED)
def test_it_is_not_seen_where_only_what_runs_is_there(name: str):
    assert measured(name, {"a.py": MODEL}).measurement.value == NOT_SEEN
    assert measured(name, {"a.py": "print(1)\n"}).measurement.value is None


@pytest.mark.parametrize("name", SIGNALS)
def test_it_is_a_level_that_moves_no_letter_and_looks_for_a_remedy(name: str):
    definition = SIGNALS[name].definition
    assert (definition.better, definition.status, definition.remedy) == ("higher", SHOW, True)
    assert definition.debt is not None
