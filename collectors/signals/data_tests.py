"""Tests of data."""

from __future__ import annotations

import re

from collectors.facts.declarations import Declarations
from collectors.facts.practices import Practices
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import LEVEL, SHOW, Measurement

_TABLE = re.compile(r"(sources\[\d+\]\.tables\[\d+\])\.(.*)")
_TESTS = re.compile(r"(?:^|\.)(?:data_)?tests\[\d+\]")


@signal(debt=Debt.DATA_TESTING_DEBT, unit=LEVEL, better="higher", status=SHOW, says="Data tests: {value}.", remedy=True)
def data_tests(practices: Practices, declarations: Declarations) -> Measurement:
    """Whether data is checked before something learns from it: not seen, present, in use.

    Great Expectations, pandera, TensorFlow Data Validation, Deepchecks, soda and their kin, expectations on columns,
    and tests that a dbt project declares. In use: called in code that something starts, in a test that a job runs, or
    by `dbt test` or `soda scan` in a job.

    Of the tables that a dbt project declares as its sources, the details say how many have a test.

    Why it matters: data takes the place of code in such a system; who would ship that much code untested?
    Pay it off: begin with the inputs that decide most: columns, types, ranges, shares of missing values; let the
    pipeline stop.
    Cannot see: checks written by hand with other names, checks in databases and warehouses, and whether an
    expectation means anything.
    Ask: Which data test failed last quarter, and was the test wrong or the data?
    Source: Sculley et al. 2015, section 8 (data testing debt). Breck et al. 2017, The ML Test Score,
    https://doi.org/10.1109/BigData.2017.8258038: half for what is there, the rest for what runs.
    """
    return practices.measured("data_tests", _sources(declarations))


def _sources(declarations: Declarations) -> tuple[tuple[str, float], ...]:
    """Tables that a dbt project declares as its sources, and those of them with a test; none where it declares none."""
    tested: dict[str, bool] = {}
    for path, key in declarations.keys:
        table = _TABLE.match(key.name)
        if table:
            where = f"{path} {table[1]}"
            tested[where] = tested.get(where, False) or _TESTS.search(table[2]) is not None
    if not tested:
        return ()
    return (("declared sources", float(len(tested))), ("of them with a test", float(sum(tested.values()))))
