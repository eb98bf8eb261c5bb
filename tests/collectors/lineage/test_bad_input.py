"""Whatever the code: it ends, it does not raise, and what is not known says why."""

from __future__ import annotations

import ast
import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.facts.lineage import Resolution
from collectors.lineage.entries import observed
from tests.lineage_by_hand import rows, seen

READ = "import pandas as pd\n"


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    return f(x + 1)\nf(1)",
        "def f(x):\n    return g(x)\ndef g(x):\n    return f(x)\nf('a')",
        "class A:\n    def __getattr__(self, name):\n        return getattr(self, name + 'x')\nA().y",
        "class A:\n    def __iter__(self):\n        return self\nfor x in A():\n    pass",
        "class A:\n    def __enter__(self):\n        with self as x:\n            return x\nwith A() as a:\n    pass",
        "class A(A):\n    pass\nA()",
        "class A:\n    pass\nA.__bases__ = (A,)\nclass B(A, A):\n    pass\nB().x()",
        "while True:\n    x = [x for x in range(10)]",
        "x = []\nx.append(x)\nprint(x)\nfor y in x:\n    open(y)",
        "x = {}\nx['x'] = x\nopen(x['x'])",
        "f = lambda f: f(f)\nf(f)",
        "x = 'a'\nfor i in range(12):\n    x = x + x\nopen(x)",
        "x = 2 ** 10 ** 10\nopen(str(x))",
        "x = 1\nwhile x:\n    x = x * x * 10 ** 300\nopen(str(x))",
        "x = [[]] * 10 ** 9\nopen(x)",
        "eval('open(1)')\nexec('x = 1')\nopen(x)",
        "print 'python 2'",
        "def f(:\n",
        "\0",
        "x = " + "(" * 300 + ")" * 300,
        "x = " + "-" * 3_000 + "1",
        "x = " + "+".join(["'a'"] * 20_000),
        "x = [" + "1," * 100_000 + "]",
        "x" + ".a" * 3_000,
        "f" + "()" * 3_000,
        "\n".join(f"{' ' * i}if x:" for i in range(90)) + "\n" + " " * 90 + "pass",
        "def f():\n    yield from f()\nlist(f())",
        "import main\nfrom main import *\nmain.main.main",
        "def d(f):\n    return d\n@d\n@d\ndef f(): pass\nf(f)(f)",
        "nonlocal x",
        "from .... import x\nfrom . import y\nimport a.b.c.d",
        "match x:\n    case [1, *y] | {'a': y}:\n        open(y)\n    case _:\n        pass",
        ("async def f():\n    async with a as b, c:\n        async for x in b:\n            await x\n"
         "import asyncio\nasyncio.run(f())"),
        "super().x\nsuper(1, 2).y\nclass A:\n    super().z",
        "del x\nglobal y\ny = 1\n*a, b = 1\n(a, b), c = 1, 2\na[0], a.b = 1",
        ("import argparse\np = argparse.ArgumentParser()\np.add_argument()\np.add_argument(1)\n"
         "p.parse_args([1, None]).x"),
        "'{'.format()\n'{0.a[b]}'.format(1)\n'%'.__mod__(1)\n'%(' % {}\n'%s %s' % 1",
        "open()\nopen(open)\nopen(open('a'))\nwith open(*a, **b) as f:\n    f.write()",
        "import pathlib\npathlib.Path(1, None) / 2\npathlib.Path() / pathlib\npathlib.Path('a').parents[9]",
        "''.split('')\n'a'.join(1)\n'a'[5]\n'a'[::0]\n[1][::0]\n{}[[]]\n(1,)['a']",
        "range(1, 2, 0)\nrange('a')\nrange(10 ** 30)\nzip()\nmap()\nnext()\nmin()\nint('x')\nint('9' * 5000)",
    ],
)  # fmt: skip
def test_odd_programs_do_no_harm(code):
    before = time.process_time()
    for row in rows(code):
        assert row.name or row.why
    assert time.process_time() - before < 20


def test_endless_work_ends_within_the_budget():
    calls = "\n".join(f"def f{n}(x):\n    for i in range(12):\n        f{n + 1}(x + str(i))" for n in range(11))
    code = f"{READ}{calls}\ndef f11(x):\n    pd.read_csv(x)\nf0('a')\npd.read_csv('last.csv')"
    before = time.process_time()
    assert rows(code)
    assert time.process_time() - before < 30


def test_a_settings_file_that_grows_by_aliases_does_not():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    code = (
        "import yaml\nimport pandas as pd\nc = yaml.safe_load(open('c.yaml'))\npd.read_csv(c['i'][0][0])\n"
        "pd.read_csv('b.csv')"
    )
    assert "r b.csv" in seen(code, files={"c.yaml": bomb})


def test_what_is_executed_as_text_is_not_known_and_says_so():
    (row,) = rows(READ + "pd.read_csv(eval(input()))")
    assert row.resolution is Resolution.UNRESOLVED
    assert "made while it runs" in row.why


NAMES = st.sampled_from(["a", "b", "path", "f", "g", "self"])
LEAVES = st.one_of(
    NAMES,
    st.sampled_from(
        ["'x.csv'", "1", "None", "[]", "{}", "open", "pd.read_csv", "Path('d')", "sys.argv", "...", "(1, 'y')"]
    ),
)


def _grown(inner):
    return st.one_of(
        st.tuples(inner, st.sampled_from(["+", "/", "%", "|", " or ", " and ", " in ", " is ", "*"]), inner).map(
            "({0[0]}{0[1]}{0[2]})".format
        ),
        st.tuples(inner, inner).map("({0[0]})({0[1]})".format),
        st.tuples(inner, inner).map("({0[0]})[{0[1]}]".format),
        inner.map("({}).{}".format("{}", "name").format),
        inner.map("({}).parent".format),
        inner.map("({}).format(1)".format),
        inner.map("[x for x in {}]".format),
        inner.map("(lambda self, a=1, *b, **f: {})".format),
        inner.map("f'{{{}}}/x'".format),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
    )


EXPRESSIONS = st.recursive(LEAVES, _grown, max_leaves=12)


@st.composite
def programs(draw, depth=2):
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        form = draw(st.integers(0, 9 if depth else 3))
        name, value = draw(NAMES), draw(EXPRESSIONS)
        if form < 2:
            lines.append(f"{name} = {value}")
        elif form == 2:
            lines.append(value)
        elif form == 3:
            lines.append(f"{name}.{draw(NAMES)} = {value}")
        else:
            head = draw(
                st.sampled_from(
                    [
                        "if {}:",
                        "for a in {}:",
                        "while {}:",
                        "with {} as b:",
                        "def f(self, path={}):",
                        "class g({}):",
                        "try:",
                    ]
                )
            )
            body = draw(programs(depth - 1))
            lines.append(head.format(value))
            lines += [f"    {line}" for line in body.split("\n")]
            if head == "try:":
                lines += ["except Exception as a:", f"    {value}", "finally:", "    pass"]
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(programs())
def test_no_program_makes_it_raise(code):
    with contextlib.suppress(SyntaxError):
        ast.parse(code)
    whole = "import sys\nimport pandas as pd\nfrom pathlib import Path\n" + code
    found = observed({"main.py": whole})
    assert found == observed({"main.py": whole})
    assert list(found) == sorted(found)
    assert all(row.name or row.why for row in found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text):
    observed({"main.py": text, "a.ipynb": text}, ["x.yaml"], lambda _path: text)


PROGRAM = """
import pandas as pd
from pathlib import Path
{root} = Path("data")
def {load}({name}, {kind}="csv"):
    {path} = {root} / f"{{{name}}}.{{{kind}}}"
    if {path}.exists():
        return pd.read_csv({path})
    return None
for {name} in ["train", "test"]:
    {path} = {load}({name})
    {path}.to_csv({root} / "out" / {name})
"""
PLAIN = dict.fromkeys(("root", "load", "name", "kind", "path"))


@settings(max_examples=60, deadline=None)
@given(st.permutations(["alpha", "beta", "x1", "frame", "_q", "données", "load_it"]))
def test_the_names_of_variables_change_nothing(names):
    one = PROGRAM.format(**{name: name for name in PLAIN})
    other = PROGRAM.format(**dict(zip(PLAIN, names, strict=False)))
    assert seen(one) == seen(other) == ["r data/test.csv", "r data/train.csv", "w data/out/test", "w data/out/train"]


def test_of_a_large_tree_the_same_is_seen_with_less_memory():
    code = """
        import os, sys
        class Store:
            root: str = "data"
            def names(self):
                yield from ("a", "b")
                yield "c"
        def save(frame, *parts):
            frame.to_csv(os.path.join(*parts) + ".csv")
        def main(argv):
            store = Store()
            for name in store.names():
                save(None or object(), store.root, f"{name}_{argv[0]}")
        if __name__ == "__main__":
            main(sys.argv[1:])
    """
    padding = {f"pad{number}.py": "#" * 1_000_000 for number in range(4)}
    found = rows({"main.py": code}, "x")
    assert [row.name for row in found] == ["data/a_x.csv", "data/b_x.csv", "data/c_x.csv"]
    assert rows({"main.py": code, **padding}, "x") == found
