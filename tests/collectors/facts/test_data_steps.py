"""What jobs do, told from what they read and write."""

import pytest

from collectors.facts.data_steps import Step, is_code, is_no_model, is_settings, is_whole, places, steps, words_of
from tests.collectors.signals.accesses import SHOP, access, pipeline


def of(*rows: str) -> Step:
    (step,) = steps(access(row) for row in rows)
    return step


def test_a_pipelines_jobs() -> None:
    found = {step.name: step for step in pipeline(*SHOP).steps}
    assert [name for name, step in found.items() if step.trains] == ["train"]
    assert [name for name, step in found.items() if step.evaluates] == ["evaluate"]
    assert found["train"].inputs == {"data/train.csv"}  # settings are none
    assert found["train"].models_written == {"models/model.pkl"}


def test_who_reads_a_model_and_writes_data_predicts() -> None:
    serve = of("serve < m.pkl", "serve < x.csv", "serve > shown.csv")
    assert serve.predicts == {"shown.csv"}
    assert not serve.evaluates
    assert of("fit < x.csv", "fit > m.pkl", "fit < m.pkl", "fit > shown.csv").predicts == frozenset()


@pytest.mark.parametrize("name", ["scaler.pkl", "models/LabelEncoder.pkl", "vocab.pt", "X_train.pkl", "perm_imp.pkl"])
def test_fitted_steps_rows_and_importances_are_no_models(name: str) -> None:
    assert is_no_model(name)
    assert not of("prepare < x.csv", f"prepare > {name}").trains


def test_a_model_by_its_name_is_one() -> None:
    assert not any(map(is_no_model, ["models/model.pkl", "test_model.pkl", "bert.pt", "output/clf.pkl"]))


def test_who_copies_a_model_or_is_named_an_evaluation_trains_none() -> None:
    copied = access("push > s3://shop/final.pkl")._replace(call="boto3.upload_file")
    assert not any(step.trains for step in steps([access("push < x.csv"), copied]))
    assert not of("evaluate < x.csv", "evaluate < m.pkl", "evaluate > best.pkl").trains
    assert of("train_and_evaluate < x.csv", "train_and_evaluate > m.pkl").trains


def test_a_declared_model_counts_where_no_code_was_seen() -> None:
    assert of("fit <= x.csv", "fit => m.pkl").trains
    assert not of("fit <= x.csv", "fit => m.pkl", "fit < x.csv").trains


def test_who_declares_files_and_who_only_hands_data_on() -> None:
    declared = access("fit <= x.csv")
    words = ("deps", "input", "inputs", "prerequisites", "zenml.inputs", "self")
    calls = {word: declared._replace(call=word) for word in words}
    assert [call for call, row in calls.items() if Step("fit", (row,), True).declares] == [
        "deps", "input", "inputs", "prerequisites",
    ]  # fmt: skip


def test_names_of_code_and_settings() -> None:
    assert all(map(is_code, ["src/a.py", "b.IPYNB", "q.sql"]))
    assert all(map(is_settings, ["params.yaml", "conf/model.json", "config/base", "a/schema.json", ".env"]))
    assert not any(map(is_code, ["data", "a.csv", "https://x.example/a.py"]))
    assert not any(map(is_settings, ["data/rows.json", "a.csv", "reconfigured.json"]))
    assert words_of("out/X_trainFinal-v2.csv") == {"x", "train", "final", "v2"}


def test_a_job_and_a_script_of_one_name_are_two() -> None:
    rows = [access("fit.py < a.csv", path="fit.py"), access("- < b.csv", path="fit.py")]
    assert [(step.name, step.is_started) for step in steps(rows)] == [("fit.py", False), ("fit.py", True)]


def test_a_table_is_known_without_its_server() -> None:
    assert is_whole("sql://◌/orders")
    assert not any(map(is_whole, ["sql://◌/◌", "sql://db/◌", "a/◌.csv", ""]))


def test_places_that_tell_their_data() -> None:
    assert places(pipeline("a < x.csv", "a < ?", "b <= y.csv")) == (1, 2)
    assert places([]).is_blind
    assert not places(pipeline(*["a < x.csv"] * 4, "a < ?")).is_blind
    assert places(pipeline(*["a < x.csv"] * 3, "a < ?")).is_blind
