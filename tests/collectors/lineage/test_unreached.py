from __future__ import annotations

import ast

import pytest

from collectors.facts.lineage import Access, Resolution
from collectors.lineage.slimming import slim
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
    found = sorted(unreached(ast.parse(CODE).body, "a.py", {("a.py", 5)}), key=lambda seen: seen.line)
    assert [(seen.access, seen.call, seen.line) for seen in found] == [
        (Access.READ, "pandas.read_csv", 9),
        (Access.WRITE, "joblib.dump", 10),
        (Access.READ, "open", 11),
    ]
    assert {(seen.name, seen.resolution, seen.why) for seen in found} == {("", Resolution.UNRESOLVED, WHY)}


EVERYWHERE = """
def did_not():
    async def f(a, /, b: open(1) = open(2), *c, d=open(3), **e) -> open(4):
        async with open(5) as y, z: pass
        async for open(6).x in open(7): pass
        match open(8):
            case {'k': 1, **r} if open(9): pass
            case [1, *q] | C(x=2): open(10)
        try: pass
        except* open(11) as e: raise open(12) from open(13)
        return f'{open(14)!r:>{open(15)}}', lambda *a: (yield open(16)), [i async for i in open(17) if open(18)]
    @open(19)
    class A(open(20), metaclass=open(21)):
        x: int = open(22)
        del x[open(23)]
    {open(24): open(25), **open(26)}, [*open(27)], open(28)[open(29):open(30)], -open(31), open(32) + open(33)
    while open(34) and open(35): x = y = open(36) if open(37) else open(38)
    assert open(39), open(40)
    (x := open(41)) < open(42) < open(43)
    x += open(open(44))
"""


@pytest.mark.parametrize("is_slim", [False, True])
def test_calls_are_found_wherever_they_stand(is_slim: bool):
    body = ast.parse(EVERYWHERE).body
    if is_slim:
        slim(body)
    found = list(unreached(body, "a.py", set()))
    assert len(found) == EVERYWHERE.count("open(")
