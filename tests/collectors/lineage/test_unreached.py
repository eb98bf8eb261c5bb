from __future__ import annotations

import ast

from collectors.facts.lineage import Access, Resolution
from collectors.lineage.unreached import WHY, unreached

CODE = """
import pandas as pd
from joblib import dump

def ran(path):
    pd.read_csv(path)

def did_not(path, frame):
    pd.read_csv(path)
    dump(frame, path)
    open(path)
    frame.to_csv()
    frame.save(path)
"""


def test_calls_in_functions_that_did_not_run_are_said_to_be_unresolved():
    found = list(unreached(ast.parse(CODE).body, "a.py", {("a.py", 5)}))
    assert [(seen.access, seen.call, seen.line) for seen in found] == [
        (Access.READ, "pandas.read_csv", 9),
        (Access.WRITE, "joblib.dump", 10),
        (Access.READ, "open", 11),
    ]
    assert {(seen.name, seen.resolution, seen.why) for seen in found} == {("", Resolution.UNRESOLVED, WHY)}
