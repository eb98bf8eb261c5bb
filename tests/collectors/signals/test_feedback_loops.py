"""Predictions that come back."""

import pytest

from collectors.signals.feedback_loops import feedback_loops
from tests.collectors.signals.accesses import SHOP, access, pipeline

LOOP = ("fit < log.csv", "fit > m.pkl", "serve < m.pkl", "serve > shown.csv", "join < shown.csv", "join > log.csv")


def test_what_is_written_with_a_model_and_trained_on_again():
    found = feedback_loops(pipeline(*LOOP))
    assert (found.value, found.n) == (1, 1)
    assert [(row.subject, row.note) for row in found.evidence] == [
        ("shown.csv", "serve writes it; fit trains m.pkl on it")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        SHOP,
        ("fit < log.csv", "fit > m.pkl", "fit < m.pkl"),  # goes on where it stopped
        ("fit < log.csv", "fit > m.pkl", "add < log.csv", "add > log.csv"),  # a file brought up to date
        ("fit < log.csv", "fit > m.pkl", "serve < m.pkl", "serve > shown.csv"),
    ],
)
def test_no_loop(rows: tuple[str, ...]):
    assert feedback_loops(pipeline(*rows)).value == 0


def test_who_logs_a_model_does_not_predict_with_it():
    """Two copies of one notebook: each writes the same file, and hands on a model that the other made."""
    logs = access("serve < m.pkl")._replace(call="mlflow.log_artifact")
    rows = [row for row in LOOP if row != "serve < m.pkl"]
    assert feedback_loops(pipeline(*rows, logs)).value == 0
    assert feedback_loops(pipeline(*rows, logs._replace(call="joblib.load"))).value == 1


def test_absence_is_not_claimed_half_blind():
    assert feedback_loops(pipeline("fit < log.csv", "fit > m.pkl", "serve < ?")).value is None
    assert feedback_loops(pipeline(*LOOP, *["x < ?"] * 9)).value == 1
    assert feedback_loops(pipeline("a < b.csv")).value is None
