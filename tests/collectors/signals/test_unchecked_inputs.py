"""Inputs beside those that are tested."""

import pytest

from collectors.facts.files import Files
from collectors.facts.lineage import DataAccess
from collectors.facts.practices import Practices, Witness
from collectors.signals.unchecked_inputs import unchecked_inputs
from scoring.signal import Measurement
from tests.builders import file, tree
from tests.collectors.signals.accesses import pipeline

TESTED = Practices((Witness("data_tests", "src/check.py", None, "a step that checks data", True),), True)
SHOP = (
    "check < data/sales.csv",
    "check > data/valid.csv",
    "features < data/valid.csv",
    "features > data/rows.csv",
    "train < data/rows.csv",
    "train > models/a.pkl",
)
NONE = tree(file("src/check.py"))


def found(*rows: str | DataAccess, practices: Practices = TESTED, files: Files = NONE) -> Measurement:
    return unchecked_inputs(pipeline(*SHOP, *rows), practices, files)


def test_where_all_goes_through_the_test_nothing_goes_around_it():
    assert (found().value, found().n) == (0, 1)


def test_an_input_that_meets_tested_data_is_told_with_its_readers():
    measured = found("features < data/weather.csv")
    assert (measured.value, measured.n) == (1, 2)
    (row,) = measured.evidence
    assert row.subject == "data/weather.csv"
    assert row.note == "read by features, and by no job that tests data"


def test_the_way_from_its_source_is_not_told_again():
    rows = ("fetch < data/raw.csv", "fetch > data/weather.csv", "features < data/weather.csv")
    assert [row.subject for row in found(*rows).evidence] == ["data/weather.csv"]


def test_what_a_model_is_trained_on_beside_them_is_told():
    rows = ("stock < data/stock.csv", "stock > models/b.pkl")
    assert [row.subject for row in found(*rows).evidence] == ["data/stock.csv"]


@pytest.mark.parametrize(
    "row",
    [
        "check < data/weather.csv",  # tested
        "report < data/weather.csv",  # leads to no model
        "features < params.yaml",
        "features < data/◌.csv",
    ],
)
def test_what_does_not_go_around_it(row: str):
    assert found(row).value == 0


def test_a_job_whose_code_imports_the_tests_tests_what_it_reads_and_writes():
    importing = file("src/fetch.py")
    importing = importing._replace(summary=importing.summary._replace(imports=("check",), reaches=("check",)))
    rows = ("fetch > data/weather.csv", "features < data/weather.csv")
    assert found(*rows).value == 1
    assert found(*rows, files=tree(file("src/check.py"), importing)).value == 0


def test_files_kept_in_git_are_read_by_whoever_reads_the_commit():
    kept = tree(file("data/weather.csv"), file("lookups/a/b.csv"))
    assert found("features < data/weather.csv", "features < lookups/a", files=kept).value == 0


def test_without_a_test_in_use_that_names_its_data_or_without_training_nothing_is_known():
    idle = Practices((Witness("data_tests", "src/check.py", None, "x", False),), True)
    assert found(practices=idle).value is None
    assert found(practices=Practices()).value is None
    assert unchecked_inputs(pipeline(*SHOP[:4]), TESTED, NONE).value is None
