"""What is not seen, present, in use; and what moves nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.practice_names import PRACTICES, practices_called
from scoring.signal import IN_USE, NOT_SEEN, PRESENT
from tests.collectors.facts.practices_by_hand import CI, MODEL, WORKFLOW, level, practised

TRACKED = "import mlflow\n\n\ndef main():\n    mlflow.log_metric('auc', 0.9)\n"
RUN_IT = {WORKFLOW: CI.format("python train.py")}
EXPECTS = "def test_rows(rows):\n    rows.expect_column_values_to_not_be_null('id')\n"
DBT = "models:\n  - name: orders\n    columns:\n      - name: id\n        tests: [unique, not_null]\n"


def test_a_call_is_present_and_in_use_where_something_starts_it():
    assert level({"train.py": TRACKED}, "experiment_tracking") == PRESENT
    assert level({"train.py": TRACKED, **RUN_IT}, "experiment_tracking") == IN_USE


def test_code_is_started_by_way_of_imports_relative_ones_too():
    package = {"shop/__init__.py": "", "shop/log.py": TRACKED, "shop/train.py": "from .log import main\nmain()\n"}
    start = {WORKFLOW: CI.format("python -m shop.train")}
    assert level(package, "experiment_tracking") == PRESENT
    assert level({**package, **start}, "experiment_tracking") == IN_USE
    absolute = {**package, "shop/train.py": "from shop import log\nlog.main()\n"}
    assert level({**absolute, **start}, "experiment_tracking") == IN_USE
    apart = {**package, "shop/train.py": "import json\njson.dumps({})\n"}
    assert level({**apart, **start}, "experiment_tracking") == PRESENT


def test_the_evidence_says_where_and_why():
    (row,) = practised({"train.py": TRACKED, **RUN_IT}).of("experiment_tracking")
    assert (row.path, row.line, row.is_used) == ("train.py", 5, True)
    assert row.note == "mlflow.log_metric is called: in code that is started"


def test_without_machine_learning_it_is_unknown_and_with_it_not_seen():
    assert level({"a.py": "print(1)\n"}, "data_tests") is None
    assert level({"a.py": MODEL}, "data_tests") == NOT_SEEN


def test_a_test_counts_where_a_job_runs_the_tests():
    tests = {"a.py": MODEL, "tests/test_rows.py": EXPECTS}
    assert level(tests, "data_tests") == PRESENT
    assert level({**tests, WORKFLOW: CI.format("python -m pytest -q")}, "data_tests") == IN_USE
    assert level({**tests, WORKFLOW: CI.format("pip install pytest")}, "data_tests") == PRESENT
    assert level({**tests, WORKFLOW: CI.format("echo pytest")}, "data_tests") == PRESENT


def test_a_target_that_a_job_makes_is_run_and_others_are_for_a_person():
    tests = {"a.py": MODEL, "tests/test_rows.py": EXPECTS}
    make = {"Makefile": "check: lint\n\tpytest -q\n\nlint:\n\truff check .\n"}
    assert level({**tests, **make}, "data_tests") == PRESENT
    assert level({**tests, **make, WORKFLOW: CI.format("make lint")}, "data_tests") == PRESENT
    assert level({**tests, **make, WORKFLOW: CI.format("make check")}, "data_tests") == IN_USE


def test_a_script_that_a_job_runs_is_looked_into():
    script = {"a.py": MODEL, "models/schema.yml": DBT, "run.sh": "set -e\ndbt test --target prod\n"}
    assert level(script, "data_tests") == PRESENT
    assert level({**script, WORKFLOW: CI.format("bash run.sh")}, "data_tests") == IN_USE


def test_declared_tests_of_dbt_are_in_use_where_dbt_runs_them():
    assert level({"a.py": MODEL, "models/schema.yml": DBT}, "data_tests") == PRESENT
    assert level({"models/schema.yml": DBT, WORKFLOW: CI.format("dbt docs generate")}, "data_tests") == PRESENT
    assert level({"models/schema.yml": DBT, WORKFLOW: CI.format("poetry run dbt test")}, "data_tests") == IN_USE


def test_checks_of_the_teams_own_count_where_they_are_a_step():
    own = {"a.py": MODEL, "shop/validate/rows.py": "import pandas as pd\n\n\ndef problems(rows):\n    return rows\n"}
    stage = {"dvc.yaml": "stages:\n  look:\n    cmd: python -m shop.validate.rows\n"}
    assert level(own, "data_tests") == NOT_SEEN
    assert level({**own, **stage}, "data_tests") == IN_USE


def test_requests_that_are_counted_are_no_watch_on_predictions():
    counted = "from prometheus_client import Counter\n\nSEEN = Counter('seen', 'x')\nmodel.predict(x)\n"
    start = {WORKFLOW: CI.format("python serve.py")}
    assert level({"a.py": MODEL, "serve.py": counted, **start}, "prediction_monitoring") == NOT_SEEN


def test_an_empty_folder_that_is_pinned_is_no_data():
    pinned = {"a.py": MODEL, "data.dvc": "outs:\n- md5: d751713988987e9331980363e24189ce.dir\n  path: data\n"}
    assert level(pinned, "versioned_data") == NOT_SEEN


def test_a_script_that_only_the_run_names_starts_nothing():
    loop = {WORKFLOW: CI.format("bash all.sh"), "all.sh": "for f in *.py; do python $f; done\n"}
    assert level({"train.py": TRACKED, **loop}, "experiment_tracking") == PRESENT


def test_pinned_data_is_in_use_where_a_stage_reads_it():
    pinned = {"a.py": MODEL, "data/a.csv.dvc": "outs:\n- md5: 1b2a3c4d5e6f708192a3b4c5d6e7f809\n  path: a.csv\n"}
    stages = {"dvc.yaml": "stages:\n  fit:\n    cmd: python a.py\n    deps: [data/a.csv]\n"}
    other = {"dvc.yaml": "stages:\n  fit:\n    cmd: python a.py\n    deps: [data/b.csv]\n"}
    assert level(pinned, "versioned_data") == PRESENT
    assert level({**pinned, **other}, "versioned_data") == PRESENT
    assert level({**pinned, **stages}, "versioned_data") == IN_USE
    assert level({**pinned, WORKFLOW: CI.format("dvc pull")}, "versioned_data") == IN_USE


def test_metrics_are_kept_where_they_are_committed():
    stages = {
        "a.py": MODEL,
        "dvc.yaml": "stages:\n  fit:\n    cmd: x\n    metrics:\n      - m.json:\n          cache: false\n",
    }
    assert level(stages, "experiment_tracking") == PRESENT
    assert level({**stages, "m.json": '{"auc": 0.9}'}, "experiment_tracking") == IN_USE


def test_a_pipeline_is_run_by_a_job_and_not_by_its_own_stages():
    stages = {"a.py": MODEL, "dvc.yaml": "stages:\n  fit:\n    cmd: dvc repro other\n"}
    assert level(stages, "pipeline_test") == NOT_SEEN
    assert level({**stages, "Makefile": "all:\n\tdvc repro\n"}, "pipeline_test") == NOT_SEEN
    assert level({**stages, WORKFLOW: CI.format("dvc repro")}, "pipeline_test") == IN_USE


def test_a_curve_that_is_drawn_picks_no_threshold():
    drawn = "from sklearn.metrics import roc_curve\n\nfpr, tpr, cuts = roc_curve(y, p)\nplot(fpr, tpr)\n"
    picked = drawn + "best = cuts[(tpr - fpr).argmax()]\n"
    assert level({"a.py": MODEL, "cut.py": drawn}, "learnt_thresholds") == NOT_SEEN
    assert level({"a.py": MODEL, "cut.py": picked}, "learnt_thresholds") == PRESENT
    assert level({"a.py": MODEL, "cut.py": picked, WORKFLOW: CI.format("python cut.py")}, "learnt_thresholds") == IN_USE


def test_seeds_are_repeated_by_a_loop():
    loop = "for seed in range(5):\n    run(seed)\n"
    assert level({"a.py": MODEL, "b.py": loop}, "repeated_seeds") == PRESENT
    for other in ("for step in range(5)", "for seed in sorted(rows['seed'].unique())", "for seed in [1]"):
        assert level({"a.py": MODEL, "b.py": f"{other}:\n    run(seed)\n"}, "repeated_seeds") == NOT_SEEN
    for other in ("for seed in SEEDS", "for seed in [1, 2]", "for seed in args.seeds"):
        assert level({"a.py": MODEL, "b.py": f"{other}:\n    run(seed)\n"}, "repeated_seeds") == PRESENT


def test_a_sample_for_tests_is_no_practice():
    sample = {
        "a.py": MODEL,
        "tests/project/models/schema.yml": DBT,
        WORKFLOW: CI.format("cd tests/project && dbt build"),
    }
    assert level(sample, "data_tests") == NOT_SEEN
    assert level(sample, "pipeline_test") == NOT_SEEN


def test_a_package_does_not_testify_to_itself():
    own = {"mlflow/__init__.py": "", "mlflow/model.py": MODEL, "mlflow/a.py": TRACKED}
    assert level(own, "experiment_tracking") == NOT_SEEN


def test_a_notebook_is_present_until_a_job_runs_it():
    cells = '{"metadata": {"kernelspec": {"name": "python3"}}, "cells": [{"cell_type": "code", "source": %s}]}'
    notebook = {"a.py": MODEL, "look.ipynb": cells % '"import wandb\\nwandb.init()"'}
    assert level(notebook, "experiment_tracking") == PRESENT
    assert level({**notebook, WORKFLOW: CI.format("papermill look.ipynb out.ipynb")}, "experiment_tracking") == IN_USE


IDLE = {
    "unused.py": "import mlflow\nimport pandera\nfrom evidently.report import Report\nimport feast, mabwiser\n",
    "tests/__init__.py": "",
    "requirements.txt": "mlflow==2.1\nwandb\ngreat_expectations\nevidently\nprometheus-client\nfeast\n",
    "poetry.lock": "",
    "uv.lock": "version = 1\n",
    "dvc.yaml": "stages: {}\n",
    "runbook.md": "",
    "CODEOWNERS": "",
    "ablation.py": "",
    "feature_store.yaml": "",
    "configs/tests.yaml": "tests: []\n",
}
BASES = (
    {"a.py": MODEL},
    {"a.py": MODEL, "train.py": TRACKED},
    {"a.py": MODEL, "train.py": TRACKED, **RUN_IT},
    {"a.py": MODEL, "models/schema.yml": DBT, ".github/workflows/dbt.yml": CI.format("dbt build")},
)


@given(st.sampled_from(BASES), st.sets(st.sampled_from(sorted(IDLE)), min_size=1))
def test_what_is_there_and_not_used_moves_nothing(base: dict[str, str], added: set[str]):
    before, after = practised(base), practised({**base, **{path: IDLE[path] for path in added}})
    for name in PRACTICES:
        assert after.measured(name).value == before.measured(name).value


@given(st.sampled_from(BASES), st.sampled_from(BASES))
def test_more_testimony_never_lowers_a_level(one: dict[str, str], other: dict[str, str]):
    for name in PRACTICES:
        both = level({**one, **other}, name)
        assert both is not None
        assert both >= max(level(one, name) or 0, level(other, name) or 0)


@pytest.mark.parametrize(
    ("dotted", "known", "expected"),
    [
        ("mlflow.log_metric", True, ("experiment_tracking",)),
        ("mlflow.log_metric", False, ()),
        ("pandera.typing.DataFrame", True, ("data_tests",)),
        ("panderax.Check", True, ()),
        ("validator.expect_column_values_to_be_unique", False, ("data_tests",)),
        ("expect", False, ()),
        ("mlflow.set_tracking_uri", True, ()),
        ("session.rollback", False, ()),
        ("rollback_model", False, ("automatic_response",)),
        ("cap_orders", False, ("action_limits",)),
        ("fallback_model.predict", False, ()),
        ("metrics_by_slice", False, ("sliced_evaluation",)),
        ("sklearn.ensemble.RandomForestClassifier", True, ()),
        ("sklearn.ensemble.StackingRegressor", True, ("ensembles",)),
    ],
)
def test_which_calls_testify(dotted: str, known: bool, expected: tuple[str, ...]):
    assert practices_called(dotted, known) == expected


@given(st.text(max_size=60), st.booleans())
def test_no_name_breaks_the_catalogue(name: str, known: bool):
    assert set(practices_called(name, known)) <= set(PRACTICES)
