"""The files of a commit and what they declare, read from a real repository."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from collectors.facts.declarations import Declarations
from collectors.git.repository import open_repository
from mldebt.scan import trees as module
from mldebt.scan.trees import Trees
from mldebt.store.cache import Cache
from tests.repos.histories import START, Content, commit, empty_repository

FILES: dict[str | bytes, Content] = {
    "params.yaml": b"model:\n  depth: 3\n",
    "dvc.yaml": b"stages:\n  fit:\n    cmd: python src/fit.py\n    deps: [data.csv]\n",
    "uv.lock": b'[[package]]\nname = "numpy"\nversion = "2.0.0"\n',
    "data.csv.dvc": b"outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: data.csv\n",
    "src/fit.py": b"import sklearn\n",
    "src/flow.py": b"from prefect import flow\n\n\n@flow\ndef nightly():\n    pass\n",
    "node_modules/a/package.json": b'{"main": "a.js"}\n',
    "odd.toml": b"= 1\n",
}


def test_what_files_declare_is_read_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = open_repository(str(made := empty_repository(tmp_path / "shop")), tmp_path, lambda _: None)
    head = commit(made, FILES, at=START)

    def declared() -> Declarations:
        with closing(Cache(tmp_path / "cache.db")) as cache:
            found = Trees(repository, cache, lambda _done, _total: None).declarations(head, START)
        assert isinstance(found, Declarations)
        return found

    first = declared()
    assert [row.path for row in first] == [
        "data.csv.dvc",
        "dvc.yaml",
        "odd.toml",
        "params.yaml",
        "src/flow.py",
        "uv.lock",
    ]
    assert ("params.yaml", "model.depth") in {(path, key.name) for path, key in first.keys}
    assert [need.name for _, need in first.requirements] == ["numpy"]
    assert [pinned.content for _, pinned in first.data] == ["d41d8cd98f00b204e9800998ecf8427e"]
    assert set(first.started) == {"src/fit.py", "src/flow.py"}
    assert [row.path for row in first.unread] == ["odd.toml"]
    monkeypatch.setattr(module, "blobs", lambda *_, **__: (_ for _ in ()))  # nothing is read a second time
    assert declared() == first
