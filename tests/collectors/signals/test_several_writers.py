"""Data with several writers."""

import pytest

from collectors.signals.several_writers import several_writers
from tests.collectors.signals.accesses import SHOP, access, pipeline


def test_two_jobs_that_write_one_file():
    found = several_writers(pipeline(*SHOP, "tune > models/model.pkl"))
    assert (found.value, found.n) == (1, 3)
    (row,) = found.evidence
    assert (row.subject, row.number) == ("src/train.py", 2)
    assert row.note == "the jobs train, tune write models/model.pkl"
    assert several_writers(pipeline(*SHOP)).value == 0


def test_two_stages_that_declare_one_output():
    assert several_writers(pipeline("a => x.csv", "b => x.csv")).value == 1


def test_what_one_stage_declares_and_its_code_writes_has_one_writer():
    assert several_writers(pipeline("a => x.csv", "a > x.csv")).value == 0


def test_one_script_that_two_jobs_run_is_one_writer():
    rows = [access(f"{job} > x.csv", 3, path="fit.py") for job in ("a", "b")]
    assert several_writers(pipeline(*rows)).value == 0


@pytest.mark.parametrize("name", ["out/plots", "metrics.json", "out/◌.csv", "params.yaml"])
def test_folders_numbers_and_patterns_are_left_out(name: str):
    found = several_writers(pipeline(*SHOP, f"one > {name}", f"two > {name}"))
    assert (found.value, found.n) == (0, 3)


def test_scripts_that_nobody_starts_are_left_out():
    assert several_writers(pipeline("- > a.csv")).value is None


def test_one_job_whose_code_stands_in_two_files_is_one_writer():
    rows = [access("fit > x.csv", 3, path=path) for path in ("fit.ipynb", "helpers.py")]
    assert several_writers(pipeline(*rows)).value == 0


def test_none_is_claimed_half_blind():
    blind = pipeline(*SHOP, *(f"look{at} > ?" for at in range(9)))
    assert several_writers(blind).reason == "only 9 of 18 places that read or write data tell which data"


def test_what_other_data_lies_in_is_a_folder_whatever_its_name():
    both = ("one > sets", "two > sets")
    assert several_writers(pipeline(*SHOP, *both)).value == 1
    assert several_writers(pipeline(*SHOP, *both, "three < sets/a.csv")).value == 0
