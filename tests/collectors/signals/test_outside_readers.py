"""Readers of a pipeline's data that it knows nothing of."""

import pytest

from collectors.signals.outside_readers import outside_readers
from tests.collectors.signals.accesses import access, pipeline

STAGES = ("prepare <= data/raw.csv", "prepare => data/rows.csv", "train <= data/rows.csv", "train => models/a.pkl")


def test_a_read_of_an_output_by_what_no_stage_runs_is_told_with_its_place():
    found = outside_readers(pipeline(*STAGES, access("- < data/rows.csv", 7), "train < data/rows.csv"))
    assert (found.value, found.n) == (1, 2)
    (row,) = found.evidence
    assert row.line == 7
    assert row.note == "data/rows.csv is read, and no stage was seen to run this"


@pytest.mark.parametrize("row", ["mail < data/rows.csv", "mail < models/a.pkl", "scripts/mail.py < data/rows.csv"])
def test_scripts_and_jobs_that_declare_nothing_are_outside(row: str):
    assert outside_readers(pipeline(*STAGES, row)).value == 1


@pytest.mark.parametrize(
    "row",
    [
        "train < data/rows.csv",
        "- < data/raw.csv",  # the pipeline does not make it
        "- < data/◌.csv",
        "- > data/rows.csv",
        "- < data/other.csv",
    ],
)
def test_what_is_no_reader_outside(row: str):
    assert outside_readers(pipeline(*STAGES, row)).value == 0


def test_a_stage_that_declares_what_it_writes_alone_is_inside():
    found = outside_readers(pipeline(*STAGES, "plot => plots/a.csv", "plot < data/rows.csv"))
    assert found.value == 0


def test_tables_of_databases_are_left_to_others():
    assert outside_readers(pipeline(*STAGES, "load => sql://◌/rows", "- < sql://◌/rows")).value == 0


def test_numbers_about_models_are_for_everybody():
    assert outside_readers(pipeline(*STAGES, "train => metrics.json", "- < metrics.json")).value == 0


def test_where_no_stage_declares_what_it_makes_nothing_is_known():
    assert outside_readers(pipeline("train < data/rows.csv", "train > models/a.pkl")).value is None
    assert outside_readers(pipeline("train <= data/rows.csv")).value is None
