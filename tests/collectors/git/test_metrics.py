"""Which changes moved committed metrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.facts.changes import Change, Changes, FileChange
from collectors.facts.metrics import MetricChanges, Moved
from collectors.git import metrics as module
from collectors.git.metrics import PARTIAL, TORN, metric_changes
from collectors.git.repository import Repository, open_repository
from tests.repos.histories import START, Content, commit, empty_repository, git


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return empty_repository(tmp_path / "repo", "--bare")


def opened(where: Path) -> Repository:
    return open_repository(str(where), where / "mirrors", lambda _: None)


def changes(where: Path, *steps: dict[str | bytes, Content]) -> Changes:
    """One commit for each step, as a history of them."""
    rows: list[Change] = []
    for number, files in enumerate(steps):
        oid = commit(where, files, at=START + number)
        parents = tuple(row.commit for row in rows[-1:])
        names = tuple(FileChange(str(name)) for name in files)
        rows.append(Change(oid, START + number, 1, names, parents=parents))
    return Changes(tuple(rows), START + 100)


def test_numbers_before_and_after(where: Path) -> None:
    found = changes(
        where,
        {"metrics.json": b'{"auc": 0.8, "old": 1}', "a.py": b"1\n"},
        {"a.py": b"2\n"},
        {"metrics.json": b'{"auc": 0.9, "new": 1}', "a.py": b"3\n"},
        {"metrics.json": None},
        {"out/values.json": b'{"loss": 2}'},
        {"out/values.json": b'{"loss": 1}'},
    )
    measured = metric_changes(opened(where), found, {"out/values.json"})
    assert isinstance(measured, MetricChanges)
    assert [(row.commit, row.metrics) for row in measured] == [
        (found.rows[2].commit, (Moved("metrics.json", "auc", 0.8, 0.9),)),
        (found.rows[5].commit, (Moved("out/values.json", "loss", 2.0, 1.0),)),
    ]


def test_only_the_newest_are_looked_at(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    steps: list[dict[str | bytes, Content]] = [{"metrics.json": b'{"auc": 0.%d}' % number} for number in range(1, 6)]
    found = changes(where, *steps)
    measured = metric_changes(opened(where), found)
    assert isinstance(measured, MetricChanges)
    assert [row.commit for row in measured] == [row.commit for row in found.rows[-2:]]


def test_what_cannot_be_compared_says_why(where: Path, tmp_path: Path) -> None:
    found = changes(where, {"metrics.json": b'{"auc": 0.1}'}, {"metrics.json": b'{"auc": 0.2}'})
    git(where, "config", "uploadpack.allowFilter", "true")
    git(where, "clone", "-q", "--bare", "--filter=blob:none", f"file://{where}", tmp_path / "partial")
    assert metric_changes(opened(tmp_path / "partial"), found) == PARTIAL
    strange = Changes((Change("1" * 40, 1, 1, (FileChange("metrics.json"),), parents=("2" * 40,)),), 2)
    assert metric_changes(opened(where), strange) == TORN
