"""Intermediate data that nobody reads."""

import pytest

from collectors.signals.unread_intermediates import unread_intermediates
from tests.collectors.signals.accesses import SHOP, access, pipeline


def test_what_is_written_beside_data_that_is_read():
    found = unread_intermediates(pipeline(*SHOP, access("prepare > data/valid.csv", 31)))
    assert (found.value, found.n) == (1, 3)
    assert [(row.subject, row.line) for row in found.evidence] == [("src/prepare.py", 31)]
    assert unread_intermediates(pipeline(*SHOP)).value == 0


def test_what_lies_in_a_folder_for_intermediates():
    assert unread_intermediates(pipeline(*SHOP, "prepare > data/interim/joined.csv")).value == 1


@pytest.mark.parametrize(
    "row",
    [
        "prepare > reports/plot.csv",  # an output of its own
        "prepare > data/predictions.csv",
        "prepare > data/metrics.csv",
        "prepare > data/scores_by_shop.csv",
        "prepare > data/scaler.pkl",
        "- > data/valid.csv",
    ],
)
def test_outputs_are_no_intermediates(row: str):
    assert unread_intermediates(pipeline(*SHOP, row)).value == 0


@pytest.mark.parametrize("read", ["later < data", "later < data/◌.csv", "later <= data/valid.csv"])
def test_read_by_the_folder_or_by_a_pattern_or_as_declared(read: str):
    named = ["later < data/test.csv"] * 5
    assert unread_intermediates(pipeline(*SHOP, "prepare > data/valid.csv", *named, read)).value == 0


def test_reads_without_a_name_may_be_of_it():
    wrote = (*SHOP, "prepare > data/valid.csv")
    found = unread_intermediates(pipeline(*wrote, "train < ?"))
    assert found.value == 1
    assert found.note == "1 of 6 places that read do not tell which data"
    assert unread_intermediates(pipeline(*wrote, *["train < ?"] * 3)).value is None


def test_no_pipeline_is_unknown():
    assert unread_intermediates(pipeline("- > a.csv")).value is None
