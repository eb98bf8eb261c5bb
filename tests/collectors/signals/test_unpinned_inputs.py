"""Inputs with and without a version, over a tree."""

import pytest

from collectors.signals.unpinned_inputs import unpinned_inputs
from tests.collectors.signals.declared import seen

PINS = {f"data/{name}.csv.dvc": f"outs:\n- md5: {'0' * 32}\n  path: {name}.csv\n" for name in "abc"}
URL = "https://data.example.org/daily.csv"
READ = f"import pandas as pd\nrows = pd.read_csv('{URL}')\n"
HUB = "from datasets import load_dataset\nload_dataset('imdb')\n"


def test_an_address_in_the_code_is_a_place():
    found = unpinned_inputs(*seen(PINS | {"fetch.py": READ}))
    assert (found.value, found.n) == (1 / 4, 4)
    assert [(spot.path, spot.line) for spot in found.spots] == [("fetch.py", 2)]


def test_loads_from_hubs_are_part_of_the_whole_and_listed_elsewhere():
    found = unpinned_inputs(*seen(PINS | {"fetch.py": HUB}))
    assert (found.value, found.n, found.spots) == (1 / 4, 4, ())


@pytest.mark.parametrize(
    ("path", "text", "share"),
    [
        ("conf/data.yaml", f"source:\n  url: {URL}\n", 1 / 4),
        ("conf/data.yaml", f"source:\n  url: {URL}\n  sha256: '0a1b'\n", 0),
        ("conf/data.yaml", "page: https://example.org/help\n", 0),
        ("requirements.txt", "shop @ git+https://example.org/a/shop.git@main\n", 1 / 4),
        ("requirements.txt", f"shop @ git+https://example.org/a/shop.git@{'0a' * 20}\n", 0),
        ("requirements/docs.txt", "theme @ git+https://example.org/a/theme.git@main\n", 0),
        ("requirements.txt", "numpy\n", 0),
        ("data/open.csv.dvc", "outs:\n- path: open.csv\n", 1 / 4),
        ("dvc.yaml", "stages:\n  fit:\n    cmd: python fit.py\n    deps: [rows.csv, data/a.csv]\n", 1 / 4),
    ],
)
def test_declared_inputs(path: str, text: str, share: float):
    found = unpinned_inputs(*seen(PINS | {path: text}))
    assert found.value == share
    assert len(found.spots) == (share > 0)


def test_a_library_that_is_built_is_no_input():
    text = "stages:\n  fit:\n    cmd: python fit.py\n    deps: [native/fast.so]\n"
    assert unpinned_inputs(*seen(PINS | {"dvc.yaml": text})).n == 3


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dvc.yaml", "stages:\n  fit:\n    cmd: python fit.py\n    deps: [src/gone.py]\n"),
        ("tests/test_flow.py", "from kedro.pipeline import node\nnode(fit, inputs='rows', outputs='model')\n"),
        ("flow.py", "from kedro.pipeline import node, Pipeline\nPipeline([node(fit, 'rows', 'model')])\n"),
    ],
)
def test_code_that_is_missing_and_names_in_a_catalogue_are_no_input(path: str, text: str):
    assert unpinned_inputs(*seen(PINS | {path: text})).n == 3


def test_what_stages_make_and_git_holds_is_no_input_and_a_lock_pins():
    made = "  a:\n    cmd: x\n    deps: [fit.py]\n    outs: [m.pkl]\n"
    stages = f"stages:\n{made}  b:\n    cmd: y\n    deps: [m.pkl, raw.csv]\n"
    lock = f"stages:\n  b:\n    deps:\n    - path: raw.csv\n      md5: {'1' * 32}\n"
    texts = PINS | {"dvc.yaml": stages, "fit.py": ""}
    assert (unpinned_inputs(*seen(texts)).n, unpinned_inputs(*seen(texts)).value) == (4, 1 / 4)
    assert unpinned_inputs(*seen(texts | {"dvc.lock": lock})).value == 0
    assert unpinned_inputs(*seen(texts | {"dvc.lock": ""})).value == 1 / 4
    assert unpinned_inputs(*seen(texts | {"dvc.lock": "schema: '2.0'\nstages: {}\n"})).value == 1 / 4


@pytest.mark.parametrize(
    ("path", "text"),
    [("data/empty.dvc", ""), ("conf/a.yaml", ""), ("b.py", "import dvc\nimport pooch\n"), ("dvc.lock", "")],
)
def test_empty_files_and_imports_change_nothing(path: str, text: str):
    before = unpinned_inputs(*seen(PINS | {"fetch.py": READ}))
    after = unpinned_inputs(*seen(PINS | {"fetch.py": READ, path: text}))
    assert (after.value, after.n) == (before.value, before.n)


def test_few_inputs_are_shown_without_a_share_and_none_is_unknown():
    found = unpinned_inputs(*seen({"fetch.py": READ}))
    assert (found.value, len(found.spots)) == (None, 1)
    assert unpinned_inputs(*seen({"fetch.py": "x = 1\n"})).value is None
