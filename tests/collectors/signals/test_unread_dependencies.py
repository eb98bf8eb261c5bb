"""Dependencies that nobody reads."""

import pytest

from collectors.signals.unread_dependencies import unread_dependencies
from tests.collectors.signals.accesses import access, pipeline

STAGE = ("train <= data/train.csv", "train < data/train.csv", "train > model.pkl")


def test_a_declared_file_that_is_never_read_is_a_place():
    found = unread_dependencies(pipeline(*STAGE, access("train <= data/old.csv", 12)))
    assert (found.value, found.n) == (1, 1)
    assert [(row.subject, row.line) for row in found.evidence] == [("dvc.yaml", 12)]


@pytest.mark.parametrize(
    "row",
    [
        "train <= src/train.py",
        "train <= native/libquantile.so",
        "train <= params.yaml",
        "train <= data",
        "train <= data/◌.csv",
        "train <= data/train.csv.meta",
    ],
)
def test_code_settings_wholes_and_names_with_holes_are_left_out(row: str):
    assert unread_dependencies(pipeline(*STAGE, row)).value == 0


@pytest.mark.parametrize("row", ["train < ?", "train > ?", "train < !", "train < data/◌.csv", "train <= ?"])
def test_a_stage_with_anything_unnamed_is_not_judged(row: str):
    assert unread_dependencies(pipeline(*STAGE, "train <= data/old.csv", row)).value is None


def test_nor_is_one_of_which_no_dependency_is_seen_to_be_read():
    assert unread_dependencies(pipeline("a <= x.csv", "a > y.csv")).value is None
    assert unread_dependencies(pipeline("a <= x.csv")).value is None


def test_nor_one_whose_file_was_not_followed_to_the_end():
    found = unread_dependencies(pipeline(*STAGE, "train <= data/old.csv", exhausted=("src/train.py",)))
    assert found.value is None


def test_what_is_judged_is_the_coverage():
    found = unread_dependencies(pipeline(*STAGE, "other <= x.csv", "other < ?"))
    assert (found.value, found.seen, found.total) == (0, 1, 2)
