"""Python: names, lines, notes, and text that does not parse."""

import io
import sysconfig
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.files import DebtNote
from collectors.readers.lines import Lines, count, line_count
from collectors.readers.python import Module, comments_in, read_python

LIBRARY = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("[a-f]*.py"))


def read(text: str) -> Module:
    return read_python(text, has_notes=True)


@pytest.mark.parametrize(
    ("text", "imports"),
    [
        ("import a.b.c as d, e\n", ("a.b.c", "e")),
        ("from a.b import c\n", ("a.b",)),
        ("from . import a\nfrom .b import c\nfrom .. import d\n", ()),
        ("try:\n    import a\nexcept ImportError:\n    a = None\n", ("a",)),
        ("def f():\n    import a\n", ("a",)),
        ("from sklearn import preprocessing, svm\n", ("sklearn.preprocessing", "sklearn.svm")),
        ("from sklearn import config_context\n", ("sklearn",)),
        ("from google.cloud import storage\n", ("google.cloud.storage",)),
        ("from a import *\n", ("a",)),
    ],
)
def test_imports_are_dotted_and_absolute(text: str, imports: tuple[str, ...]) -> None:
    assert read(text).imports == imports


@pytest.mark.parametrize(
    ("text", "estimators"),
    [
        ("from sklearn.svm import SVC\nSVC()\n", ("sklearn.svm.SVC",)),
        ("from sklearn.svm import SVC as M\nm = [M(C=c) for c in x]\n", ("sklearn.svm.SVC",)),
        ("import sklearn.svm\nsklearn.svm.SVC()\n", ("sklearn.svm.SVC",)),
        ("from sklearn import svm\nsvm.SVC()\n", ("sklearn.svm.SVC",)),
        ("from sklearn.svm import SVC\n", ()),
        ("from sklearn.preprocessing import StandardScaler\nStandardScaler()\n", ()),
        ("import xgboost as xgb\nxgb.train({}, xgb.DMatrix(x))\n", ("xgboost.train",)),
        ("import torchvision.models as m\nm.resnet50()\n", ("torchvision.models.resnet50",)),
        (
            "from transformers import AutoModel, AutoTokenizer\nAutoModel.from_pretrained('x')\nAutoTokenizer('x')\n",
            ("transformers.AutoModel",),
        ),
        ("import tensorflow as tf\ntf.keras.models.Sequential()\n", ("keras.Sequential",)),
        ("import tensorflow as tf\nkeras = tf.keras\nkeras.Sequential()\n", ("keras.Sequential",)),
        ("from keras import Sequential\nSequential()\n", ("keras.Sequential",)),
        ("import statsmodels.formula.api as smf\nsmf.ols('y ~ x')\n", ("statsmodels.formula.api.ols",)),
        ("import torch.nn as nn\nclass Net(nn.Module): pass\nclass Big(Net): pass\n", ("Big", "Net")),
        ("class Big(Net): pass\nimport torch\nclass Net(torch.nn.Module): pass\n", ("Big", "Net")),
        ("from pytorch_lightning import LightningModule\nclass M(LightningModule): pass\n", ("M",)),
        ("from sklearn.base import BaseEstimator\nclass M(BaseEstimator): pass\n", ("M",)),
        (
            "from sklearn.base import BaseEstimator as B, TransformerMixin as T\nclass S(B, T): pass\n",
            (),
        ),
        ("from sklearn.svm import SVC\nclass Mine(SVC): pass\n", ("Mine",)),
        ("class Net(Module): pass\n", ()),
        ("def SVC(): pass\nSVC()\n", ()),
    ],
)
def test_models_are_found_where_they_are_built_or_defined(text: str, estimators: tuple[str, ...]) -> None:
    assert read(text).estimators == estimators


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("import pandas as pd\npd.read_sql(q, c)\npd.read_csv('x')\n", ("pandas.read_sql",)),
        ("from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef f(): pass\n", ("fastapi.FastAPI",)),
        ("model.fit(x)\nloss.backward()\nmodel.score(x)\n", (".backward", ".fit")),
        ("from torch.utils.data import Dataset\nclass D(Dataset): pass\n", ("torch.utils.data.Dataset",)),
        ("from ray import serve\n@serve.deployment\nclass A: pass\n", ("ray.serve.deployment",)),
    ],
)
def test_calls_that_decide_a_place_are_kept_and_no_others(text: str, calls: tuple[str, ...]) -> None:
    assert read(text).calls == calls


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('"""Doc.\n\n# not a comment line of its own\n"""\n', Lines(0, 3, 1)),
        ('def f():\n    """Doc."""\n    return 1  # one\n', Lines(2, 1, 0)),
        ('def f(): "doc"\n', Lines(1, 0, 0)),
        ('"""doc"""; x = 1\n', Lines(1, 0, 0)),
        ('"""doc\n"""; x = 1\n', Lines(1, 1, 0)),
        ('x = """\n# text\n\n"""\n# comment\n', Lines(3, 1, 1)),
        ('x = ("a"\n# between\n"b")\n', Lines(2, 1, 0)),
        ("x = f'''\n# {a}\n'''\n", Lines(3, 0, 0)),
        ('x = 1\n"""attribute"""\n', Lines(1, 1, 0)),
        ("", Lines(0, 0, 0)),
        ("x = 1", Lines(1, 0, 0)),
        ("é = 'é'; \"é\"\n", Lines(1, 0, 0)),
    ],
)
def test_docstrings_are_comments_and_mixed_lines_are_code(text: str, lines: Lines) -> None:
    assert read(text).lines == lines


def test_notes_are_found_in_comments_alone() -> None:
    text = '''"""TODO: no"""
x = "# FIXME no"  # hack:  really
# nothing
    # todo(ada): later
url = "http://xxx"
mastodon = 1  # mastodont, xxxl
'''
    assert read(text.replace("    #", "#")).notes == (
        DebtNote("HACK", "hack: really", 2),
        DebtNote("TODO", "todo(ada): later", 4),
    )


def test_control_characters_do_not_survive_in_notes() -> None:
    (note,) = read("x = 1  # TODO \x1b[31m red\x00\n".replace("\x00", "")).notes
    assert note.text == "TODO [31m red"


PYTHON_2 = """import cPickle, numpy as np
from sklearn.svm import SVC

class Net(nn.Module):
    '''Doc.'''

import torch.nn as nn
print 'training'  # TODO: Python 3
clf = SVC()
clf.fit(x)
"""


def test_python_2_is_read_by_pattern_and_says_so() -> None:
    module = read(PYTHON_2)
    assert module.unread == "it is not valid Python 3; only names were looked for"
    assert module.imports == ("cPickle", "numpy", "sklearn.svm", "torch.nn")
    assert module.estimators == ("Net", "sklearn.svm.SVC")
    assert module.calls == (".fit", "torch.nn.Module")[:1]
    assert module.lines == Lines(7, 1, 2)
    assert module.notes == (DebtNote("TODO", "TODO: Python 3", 8),)


HOSTILE = {
    "10,000 elif": "if a:\n    pass\n" + "elif b:\n    pass\n" * 10_000,
    "signs": "-" * 100_000 + "1\n",
    "a sum": "+".join(["a"] * 100_000) + "\n",
    "brackets": "(" * 10_000 + "\n",
    "calls": "f" + "()" * 50_000 + "\n",
    "a long number": "x = " + "9" * 10_000 + "\n",
    "null": "x = '\0'\n",
    "surrogates": "x = '\ud800'\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_parsed_has_a_reason_and_its_lines(name: str) -> None:
    module = read("import torch\n" + HOSTILE[name])
    assert module.unread
    assert module.imports == ("torch",)
    assert sum(module.lines) == line_count(HOSTILE[name]) + 1


def test_deep_but_legal_nesting_is_read() -> None:
    text = "".join("    " * depth + "if a:\n" for depth in range(15)) + "    " * 15 + "import torch\n"
    assert read(text).imports == ("torch",)


def test_old_escapes_do_not_warn() -> None:
    assert read("x = '\\d'\n").unread is None


def test_many_strings_on_one_line_are_counted_once() -> None:
    assert read("'a';" * 20_000 + "\n").lines == Lines(1, 0, 0)


@pytest.mark.parametrize("path", LIBRARY, ids=[path.stem for path in LIBRARY])
def test_comments_are_those_of_pythons_own_tokenizer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    expected = [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
    assert [(comment.line, comment.text) for comment in comments_in(text)] == expected


statements = st.sampled_from(
    [
        "x = 1",
        "# note",
        '"""doc"""',
        "x = '''\n# in\n'''",
        "def f():\n    '''d'''\n    return 1",
        "class A(B):\n    pass",
        "",
    ]
)


@given(st.lists(statements, max_size=8))
def test_pattern_and_tree_count_alike(rows: list[str]) -> None:
    text = "\n".join(rows) + "\n"
    assert read(text).lines == count(text, "Python")


@given(st.lists(statements, min_size=1, max_size=8))
def test_wrapping_in_a_function_adds_one_line_of_code(rows: list[str]) -> None:
    text = "\n".join([*rows, "x = 1"]) + "\n"
    indented = "def g():\n" + "".join(f"    {row}" if row.strip() else row for row in text.splitlines(keepends=True))
    before, after = read(text).lines, read(indented).lines
    assert after == (before.code + 1, before.comment, before.blank)
