"""Reads that a stage does not declare."""

import pytest

from collectors.signals.undeclared_reads import undeclared_reads
from tests.collectors.signals.accesses import access, pipeline

DECLARED = ("train <= data/train.csv", "train < data/train.csv")


def test_a_read_that_is_not_declared_is_a_place():
    found = undeclared_reads(pipeline(*DECLARED, access("train < data/extra.csv", 26)))
    assert (found.value, found.n) == (1, 1)
    (spot,) = found.spots
    assert (spot.path, spot.line) == ("src/train.py", 26)
    assert spot.note == "stage train reads data/extra.csv, which is not among its dependencies"


def test_a_file_that_is_read_twice_counts_once():
    rows = [access("train < extra.csv", line) for line in (30, 26)]
    (spot,) = undeclared_reads(pipeline(*DECLARED, *rows)).spots
    assert spot.line == 26


@pytest.mark.parametrize(
    "row",
    [
        "train < src/helpers.py",
        "train < data/None",
        "train < None/labels.txt",
        "train < params.yaml",
        "train < config/model.json",
        "train < https://data.example.org/a.csv",
        "train < data/◌.csv",
        "other < data/extra.csv",  # declares nothing
        "- < data/extra.csv",
    ],
)
def test_what_is_no_undeclared_read(row: str):
    found = undeclared_reads(pipeline(*DECLARED, *["train < data/train.csv"] * 5, row))
    assert (found.value, found.spots) == (0, ())


def test_what_it_wrote_itself_is_none():
    assert undeclared_reads(pipeline(*DECLARED, "train > tmp.csv", "train < tmp.csv")).value == 0


@pytest.mark.parametrize("declared", ["data", "data/extra", "data/◌.csv"])
def test_wholes_and_parts_of_what_is_declared_are_declared(declared: str):
    read = "data/extra.csv" if declared != "data/extra" else "data"
    assert undeclared_reads(pipeline(f"train <= {declared}", f"train < {read}")).value == 0


def test_absence_is_claimed_only_where_reads_tell_their_data():
    assert undeclared_reads(pipeline(*DECLARED, "train < ?")).value is None
    found = undeclared_reads(pipeline(*DECLARED, "train < ?", "train < extra.csv"))
    assert found.value == 1  # one that was seen is there, whatever else was not


def test_without_declarations_or_code_it_is_unknown():
    assert undeclared_reads(pipeline("train < a.csv")).value is None
    assert undeclared_reads(pipeline("train <= a.csv", "other < b.csv")).value is None


def test_stages_whose_code_was_not_seen_lower_the_coverage():
    found = undeclared_reads(pipeline(*DECLARED, "shell <= a.csv"))
    assert (found.seen, found.total) == (1, 2)
