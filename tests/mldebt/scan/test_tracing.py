"""Data followed through a real repository: declared, observed, and kept until the tree changes."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from collectors.facts.data_graph import Lineage
from collectors.facts.files import Files
from collectors.facts.lineage import Origin
from collectors.git.repository import Repository, open_repository
from mldebt.scan import tracing
from mldebt.scan.tracing import trace
from mldebt.scan.trees import Trees
from mldebt.store.cache import Cache
from tests.repos.histories import START, Content, commit, empty_repository

FILES: dict[str | bytes, Content] = {
    "dvc.yaml": b"stages:\n  fit:\n    cmd: python src/fit.py\n    deps: [data/train.csv]\n    outs: [model.pkl]\n",
    "params.yaml": b"extra: data/extra.csv\n",
    "src/fit.py": b"""
import joblib
import pandas as pd
import yaml

params = yaml.safe_load(open("params.yaml"))
rows = pd.read_csv("data/train.csv")
more = pd.read_csv(params["extra"])
joblib.dump(rows, "model.pkl")
""",
    "look.ipynb": json.dumps(
        {
            "cells": [{"cell_type": "code", "source": "import pandas as pd\npd.read_csv('data/extra.csv')"}],
            "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
            "nbformat": 4,
        }
    ).encode(),
    "analysis/look.R": b"library(arrow)\nread_parquet('data/deep.parquet')\n",
    "tests/test_fit.py": b"import pandas as pd\n\npd.read_csv('tests/small.csv')\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = empty_repository(tmp_path / "shop")
    commit(made, FILES, at=START)
    return open_repository(str(made), tmp_path / "mirrors", lambda _: None)


def traced(repository: Repository, home: Path) -> Lineage:
    with closing(Cache(home / "cache.db")) as cache:
        files = Trees(repository, cache, lambda _done, _total: None).files(repository.head or "", START)
        assert isinstance(files, Files)
        found = trace(repository, files, cache)
    assert isinstance(found, Lineage)
    return found


def test_what_is_declared_and_what_the_code_does_meet(repository: Repository, tmp_path: Path) -> None:
    found = traced(repository, tmp_path)
    by_origin = {
        origin: {(row.access.value, row.name, row.job) for row in found.of(origin) if row.name != "params.yaml"}
        for origin in Origin
    }
    assert by_origin[Origin.DECLARED] == {("read", "data/train.csv", "fit"), ("write", "model.pkl", "fit")}
    assert by_origin[Origin.OBSERVED] == {
        ("read", "data/train.csv", "fit"),
        ("read", "data/extra.csv", "fit"),
        ("write", "model.pkl", "fit"),
        ("read", "data/extra.csv", "look.ipynb"),
        ("read", "data/deep.parquet", "analysis/look.R"),
    }
    assert found.upstream("model.pkl") >= {"data/train.csv", "data/extra.csv"}
    assert found.exhausted == ()


def test_an_unchanged_tree_is_not_followed_again(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = traced(repository, tmp_path)
    monkeypatch.setattr(tracing, "observed", None)
    assert traced(repository, tmp_path) == first


def test_code_beyond_the_limit_is_said_not_to_be_followed(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "MOST_BYTES", 10)
    found = traced(repository, tmp_path)
    assert found.exhausted == ("look.ipynb", "src/fit.py")
    assert {row.path for row in found if row.origin is Origin.OBSERVED} == {"analysis/look.R"}
