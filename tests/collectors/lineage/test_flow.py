from __future__ import annotations

from tests.lineage_by_hand import rows, seen

READ = "import pandas as pd\n"


def test_a_condition_that_is_known_runs_one_branch():
    assert seen(READ + "FAST = False\nif FAST:\n    pd.read_csv('a')\nelse:\n    pd.read_csv('b')") == ["r b"]


def test_of_an_unknown_condition_both_branches_run_and_values_are_joined():
    code = "p = 'a'\nif input():\n    p = 'b'\nelif input():\n    p = 'c'\npd.read_csv(p)"
    assert seen(READ + code) == ["r a", "r b", "r c"]


def test_a_branch_that_leaves_does_not_go_on():
    code = (
        "def f(x):\n    if x is None:\n        return pd.read_csv('none')\n    if input():\n"
        "        raise ValueError\n    return pd.read_csv(x)\n"
    )
    assert seen(READ + code + "f('a')") == ["r a"]
    assert seen(READ + code + "f(None)") == ["r none"]


def test_the_end_of_the_program_ends_it():
    assert seen(READ + "import sys\nsys.exit(0)\npd.read_csv('a')") == []


def test_raise_system_exit_of_main_runs_main():
    code = "def main():\n    pd.read_csv('a')\n    return 0\nif __name__ == '__main__':\n    raise SystemExit(main())"
    assert seen(READ + code) == ["r a"]


def test_loops_over_known_things_are_unrolled():
    code = (
        "for i, (n, m) in enumerate({'a': 1, 'b': 2}.items()):\n    pd.read_csv(f'{n}{m}{i}')\n"
        "for x, y in zip(['c'], ['d']):\n    pd.read_csv(x + y)"
    )
    assert seen(READ + code) == ["r a10", "r b21", "r cd"]


def test_a_long_loop_is_one_turn_with_any_of_them():
    assert seen(READ + "for i in range(1000):\n    pd.read_csv(f'a/{i}.csv')") == ["r a/◌.csv"]


def test_comprehensions():
    code = (
        "fs = [f'{n}.csv' for n in ('a', 'b') if n != 'b']\n[pd.read_csv(f) for f in fs]\n"
        "d = {n: n + '.json' for n in 'xy'}\npd.read_json(d['x'])"
    )
    assert seen(READ + code) == ["r a.csv", "r x.json"]


def test_or_gives_the_default():
    assert seen(READ + "def f(p=None):\n    p = p or 'a'\n    pd.read_csv(p)\nf()\nf('b')") == ["r a", "r b"]


def test_try_runs_its_body_and_its_handlers():
    code = "try:\n    pd.read_csv('a')\nexcept FileNotFoundError:\n    pd.read_csv('b')\nfinally:\n    pd.read_csv('c')"
    assert seen(READ + code) == ["r a", "r b", "r c"]


def test_match():
    code = (
        "x = 'a'\nmatch x:\n    case 'b':\n        pd.read_csv('b')\n    case 'a' | 'c':\n"
        "        pd.read_csv('a')\n    case _:\n        pd.read_csv('z')"
    )
    assert seen(READ + code) == ["r a"]


def test_global_and_nonlocal_names():
    code = (
        "P = 'a'\ndef f():\n    global P\n    P = 'b'\nf()\npd.read_csv(P)\ndef g():\n    q = 'c'\n"
        "    def h():\n        nonlocal q\n        q = 'd'\n    h()\n    pd.read_csv(q)\ng()"
    )
    assert seen(READ + code) == ["r b", "r d"]


def test_decorators_closures_lambdas_and_partials():
    code = """
from functools import partial, wraps
def logged(f):
    @wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner
@logged
def load(path, kind="csv"):
    return pd.read_csv(f"{path}.{kind}")
load("a")
partial(load, kind="txt")("b")
(lambda p: load(p))("c")
list(map(load, ["d"]))
def outer(root):
    def inner(name):
        return load(f"{root}/{name}")
    return inner
outer("e")("f")
"""
    assert seen(READ + code) == ["r a.csv", "r b.txt", "r c.csv", "r d.csv", "r e/f.csv"]


def test_threads_and_executors_call_what_they_are_handed():
    code = """
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
def load(p):
    pd.read_csv(p)
with ThreadPoolExecutor() as pool:
    pool.submit(load, "a")
    pool.map(load, ["b"])
Thread(target=load, args=("c",)).start()
"""
    assert seen(READ + code) == ["r a", "r b", "r c"]


def test_generators_and_contexts():
    code = """
from contextlib import contextmanager
def names():
    yield "a"
    yield "b"
@contextmanager
def place():
    yield "c"
for n in names():
    pd.read_csv(n)
with place() as p:
    pd.read_csv(p)
"""
    assert seen(READ + code) == ["r a", "r b", "r c"]


def test_what_flowed_into_a_write_is_told():
    code = """
import joblib, json
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
model = Model()
model.fit(train)
joblib.dump(model, "model.pkl")
scores = {"auc": auc(model.predict(test))}
with open("scores.json", "w") as f:
    json.dump(scores, f)
pd.DataFrame().to_csv("empty.csv")
"""
    sources = {row.name: row.sources for row in rows(READ + code) if row.access == "write"}
    assert sources == {"model.pkl": ("train.csv",), "scores.json": ("test.csv", "train.csv"), "empty.csv": ()}


def test_a_type_is_asked_before_one_value_becomes_a_list():
    code = """
        import pandas as pd
        def save(frames, names):
            if type(frames) is not list:
                frames = [frames]
            if type(names) == str:
                names = [names]
            for frame, name in zip(frames, names):
                frame.to_csv(name.replace(".csv", "_b.csv"))
        x = pd.read_csv("a.csv")
        save([x, x], ["p.csv", "q.csv"])
        save(x, "r.csv")
    """
    assert seen(code) == ["r a.csv", "w p_b.csv", "w q_b.csv", "w r_b.csv"]


def test_values_that_live_for_one_call_alone_are_told_apart():
    """The next one may lie at the same place in memory."""
    for value, part in (("{{'path': '{}'}}", "'path'"), ("['{}']", "0")):
        calls = "".join(f"save({value.format(number)})\n" for number in range(100, 130))
        code = f"def save(options):\n    open(options[{part}], 'w')\n\n{calls}"
        assert seen(code) == [f"w {number}" for number in range(100, 130)]


def test_a_library_calls_a_function_that_it_is_handed():
    code = """
import serving
def load(batch):
    table = pd.read_csv("lookup.csv")
    return table
def show(batch):
    return load(batch)
serving.Dataset().prepare(show)
serving.start(handler=load)
"""
    assert seen(READ + code) == ["r lookup.csv"]
