"""Reads and writes that no pipeline runs."""

from collectors.signals.off_pipeline_io import off_pipeline_io
from tests.collectors.signals.accesses import SHOP, access, pipeline


def test_places_that_nobody_starts():
    rows = [access("- < a.csv", line, path="explore.py") for line in (1, 2, 3)]
    found = off_pipeline_io(pipeline(*SHOP, *rows))
    assert (found.value, found.n) == (3 / 12, 12)
    assert [(row.subject, row.number) for row in found.evidence] == [("explore.py", 3)]


def test_a_place_that_any_job_runs_is_inside():
    rows = [access("- < a.csv", 1, path="io.py"), access("train < a.csv", 1, path="io.py")]
    assert off_pipeline_io(pipeline(*SHOP, *rows)).value == 0


def test_without_any_pipeline_or_with_few_places_it_is_unknown():
    assert off_pipeline_io(pipeline("- < a.csv", "- < b.csv", "- < c.csv")).value is None
    assert off_pipeline_io(pipeline("train < a.csv")).value is None
