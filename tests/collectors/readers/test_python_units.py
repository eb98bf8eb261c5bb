"""Functions and classes of a text: their places, bodies, bases and interfaces."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.units import Unit
from collectors.readers.python_units import MOST
from collectors.readers.reading import summarise

BODY = """
    rows = load(path, sep=",")
    rows = rows[rows["price"] > 3.5]
    rows["log"] = np.log1p(rows["price"])
    rows["week"] = rows["day"].dt.isocalendar().week
    rows["promo"] = rows["promo"].fillna(0)
    return rows.drop(columns=["day"])
"""


def units(text: str) -> list[Unit]:
    return list(summarise("train.py", text.encode()).units)


def body(text: str) -> str:
    return units(text)[0].body


def test_what_stands_in_a_function_is_part_of_it():
    text = "def f():\n    def g(): pass\n    class K: pass\n\nclass A:\n    class B:\n        def m(self): pass\n"
    assert [(one.symbol, one.line, one.end_line, one.is_class) for one in units(text)] == [
        ("f", 1, 3, False),
        ("A", 5, 7, True),
        ("A.B", 6, 7, True),
        ("A.B.m", 7, 7, False),
    ]


def test_bases_are_absolute_and_methods_those_of_the_class_itself():
    text = "from torch import nn\nclass Net(nn.Module, Generic[T], Own):\n def fit(self): 0\n async def go(self): 0\n"
    assert units(text)[0][5:7] == (("torch.nn.Module", "Generic", "Own"), ("fit", "go"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3.5", "1e3"),
        ('","', "'''a\nb'''"),
        ('["price"] > 3.5]', "['price']  >  3.5]  # cheap"),
        ("\n    rows[", "\n\n    # week by week\n    rows["),
        ("\n    rows = load", '\n    """Rows of\n\n    one day."""\n    rows = load'),
        ("load(path, ", "load(\n        path,\n        "),
        ('","', "'#'"),
    ],
)
def test_texts_numbers_comments_and_white_space_make_no_other_body(before: str, after: str) -> None:
    assert before in BODY
    changed = BODY.replace(before, after, 1)
    assert body(f"def f(path):{changed}") == body(f"def g(path):{BODY}") != ""


@pytest.mark.parametrize(("before", "after"), [("log1p", "log2p"), (" > ", " < "), ("week\n", "day\n")])
def test_names_and_operators_do(before: str, after: str) -> None:
    assert before in BODY
    assert body(f"def f(path):{BODY.replace(before, after, 1)}") != body(f"def f(path):{BODY}")


def test_a_short_body_has_no_digest():
    assert body("def f(x):\n    return x + 1\n") == ""
    assert body('def f(x):\n    """' + "word " * 100 + '"""\n') == ""
    assert body("def f(x):\n    " + "a = 1; " * 12 + "b\n") == ""  # 49 tokens
    assert body("def f(x):\n    " + "a = 1; " * 12 + "b = 1\n") != ""


@pytest.mark.parametrize(
    ("signature", "counts"),
    [
        ("f(a: float, b: 'pd.DataFrame', c: dict[str, list[int]], d: Optional[np.ndarray]) -> torch.Tensor", (0, 5, 0)),
        ("f(a: Price, b: Literal['x'], c: Annotated[float, Unit], d: DataFrame[Sales]) -> Path", (5, 0, 0)),
        ("f(a, b=1, *args, c=None, **more)", (0, 0, 3)),
        ("f(flag: bool, other: bool | None = None) -> None", (0, 0, 0)),
        ("_f(a, b)", (0, 0, 0)),
        ("f(a: Callable[[float], float])", (1, 0, 0)),
    ],
)
def test_what_a_function_is_given(signature: str, counts: tuple[int, int, int]) -> None:
    assert units(f"def {signature}:\n    pass\n")[0][7:] == counts


def test_an_annotation_too_large_to_look_through_is_a_type_of_its_own():
    assert units(f"def f(a: {' | '.join(['int'] * 300)}): pass\n")[0][-3:] == (1, 0, 0)


def test_a_result_counts_where_there_is_one():
    assert units("def f():\n    return 1\n")[0].untyped == 1
    assert units("def f():\n    yield 1\n")[0].untyped == 1
    assert units("def f():\n    return\n")[0].untyped == 0


def test_self_is_no_parameter_and_methods_of_private_classes_are_private():
    text = """
class A:
    def __init__(self, a): pass
    @staticmethod
    def s(a): pass
    @classmethod
    def c(cls, a): pass
    def __len__(self): return 1
"""
    assert [one.untyped for one in units(text)] == [0, 1, 1, 1, 0]
    assert [one.untyped for one in units(text.replace("class A", "class _A"))] == [0, 0, 0, 0, 0]


def test_units_are_kept_up_to_a_limit():
    assert len(units("def f(): pass\n" * (MOST + 5))) == MOST


def test_cells_of_a_notebook_are_one_text():
    cells = [{"cell_type": "code", "source": source} for source in ("import os\n%time", "def f(a):\n    return a")]
    text = json.dumps({"metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "cells": cells})
    assert [one.symbol for one in summarise("a.ipynb", text.encode()).units] == ["f"]


@given(
    st.lists(
        st.sampled_from(['"""', "'''", '"', "'", "\\", "#", "\n    ", "1e-5", "x", "==", " ", "(", ")"]), max_size=60
    )
)
def test_any_text_is_read(pieces: list[str]) -> None:
    units("def f():\n    " + "".join(pieces) + "\n")
