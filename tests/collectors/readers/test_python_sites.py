"""Sites of whole texts: order, caps, masks, and what hostile texts cost."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import from_json, to_json
from collectors.facts.files import Summary
from collectors.facts.sites import Site, SiteKind
from collectors.readers.python_sites import LONGEST, MOST
from collectors.readers.reading import summarise
from tests.collectors.readers.sites_by_hand import sites

LINES = [
    "import pandas as pd",
    "from sklearn.model_selection import train_test_split",
    "if prob > 0.5: x()",
    "path = '/home/ada/data/a.csv'",
    "df = df.head(100)",
    "train_test_split(df)",
    "def f(a, b=1):",
    "    return a[0].b(c)(d)[e:1]",
    "class A:",
    "x = y = z, *w = 1",
    "lambda: score > 0.4",
    "async def g(): await h()",
    "*a, b = c",
    "del x, y[0]",
]


def test_sites_stand_by_line_and_survive_the_cache() -> None:
    summary = summarise("a.py", "\n".join(LINES[:6]).encode())
    assert [site.line for site in summary.sites] == sorted(site.line for site in summary.sites)
    assert {site.kind for site in summary.sites} >= {SiteKind.FIXED_THRESHOLD, SiteKind.LOCAL_PATH, SiteKind.UNSEEDED}
    again = from_json(Summary, to_json(summary))
    assert again == summary
    assert {type(site) for site in again.sites} == {Site}
    assert {type(site.kind) for site in again.sites} == {SiteKind}


@given(st.lists(st.sampled_from(LINES)).map("\n".join))
def test_no_text_makes_it_fail(text: str) -> None:
    summary = summarise("a.py", text.encode())
    rows = text.count("\n") + 1
    assert all(1 <= site.line <= site.end_line <= rows for site in summary.sites)


def test_few_of_a_kind_are_kept_of_one_file() -> None:
    assert len(sites("if prob > 0.5: x()\n" * (MOST + 9))) == MOST


def test_a_secret_is_masked_before_it_is_kept() -> None:
    text = (
        "from transformers import AutoModel\nAutoModel.from_pretrained('org/m', token='hf_abcdefghijklmnopqrstuvwxyz')"
    )
    (site,) = sites(text)
    assert "hf_" not in site.snippet
    assert "***" in site.snippet


def test_a_long_place_is_cut_and_put_on_one_line() -> None:
    text = "from sklearn.cluster import KMeans\nKMeans(\n    n_clusters=" + "1 +\n  " * 200 + "1)"
    (site,) = sites(text, SiteKind.UNSEEDED)
    assert len(site.snippet) <= LONGEST
    assert "\n" not in site.snippet
    assert (site.line, site.end_line) == (2, 203)


def test_letters_of_many_bytes_do_not_shift_the_place() -> None:
    assert sites("π = 'ä' if prob > 0.5 else 'ö'")[0].snippet == "prob > 0.5"


def test_a_notebook_counts_lines_within_its_cells_joined() -> None:
    cells = [
        {"cell_type": "code", "source": "%matplotlib inline\nx = 1"},
        {"cell_type": "code", "source": "prob > 0.5"},
    ]
    notebook = {"metadata": {"kernelspec": {"language": "python"}}, "cells": cells}
    (site,) = summarise("a.ipynb", json.dumps(notebook).encode()).sites
    assert (site.kind, site.line) == (SiteKind.FIXED_THRESHOLD, 3)


@pytest.mark.parametrize(
    "text",
    [
        "def f(): pass\n" * 20_000 + "if prob > 0.5: x()\n" * 10_000,
        "prob = " + "f(" * 50 + ")" * 50 + "\n" + "if prob > 0.5: x()\n" * 20_000,
        "assert x\n" * 20_000 + "if prob > 0.5: x()\n" * 10_000,
        "from sklearn.model_selection import train_test_split\nfrom sklearn.decomposition import PCA\nx = x"
        + ".drop()" * 300
        + "\n"
        + "x = PCA().fit_transform(x)\ntrain_test_split(x)\n" * 5_000,
        "from transformers import AutoModel\n" + "AutoModel.from_pretrained(NAME)\n" * 10_000,
    ],
    ids=["functions", "one name", "assertions", "flow", "loads"],
)
def test_texts_made_to_be_slow_are_read(text: str) -> None:
    assert summarise("a.py", text.encode()).unread is None
