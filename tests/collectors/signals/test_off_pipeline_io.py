"""Reads and writes that no pipeline runs."""

from collectors.facts.data_graph import Lineage
from collectors.signals.off_pipeline_io import off_pipeline_io
from scoring.signal import Measurement
from tests.collectors.signals.accesses import SHOP, access, pipeline
from tests.collectors.signals.declared import seen


def outside(lineage: Lineage, makefile: str = "all:\n\techo\n") -> Measurement:
    return off_pipeline_io(lineage, seen({"Makefile": makefile, "explore.py": ""})[1])


def test_places_that_nobody_starts():
    rows = [access("- < a.csv", line, path="explore.py") for line in (1, 2, 3)]
    found = outside(pipeline(*SHOP, *rows))
    assert (found.value, found.n) == (3 / 12, 12)
    assert [(row.subject, row.number) for row in found.evidence] == [("explore.py", 3)]


def test_a_place_that_any_job_runs_is_inside():
    rows = [access("- < a.csv", 1, path="io.py"), access("train < a.csv", 1, path="io.py")]
    assert outside(pipeline(*SHOP, *rows)).value == 0


def test_without_any_pipeline_or_with_few_places_it_is_unknown():
    assert outside(pipeline("- < a.csv", "- < b.csv", "- < c.csv")).value is None
    assert outside(pipeline("train < a.csv")).value is None


def test_a_script_is_inside_where_a_command_runs_it():
    rows = [access("explore.py < a.csv", line, path="explore.py") for line in (1, 2, 3)]
    assert outside(pipeline(*SHOP, *rows)).value == 3 / 12
    assert outside(pipeline(*SHOP, *rows), "all:\n\tpython explore.py\n").value == 0
    assert outside(pipeline(*rows)).value is None
