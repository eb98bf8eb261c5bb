"""What is told from the changed files alone is what two looks at the whole tree would tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from collectors.facts.files import EarlierFiles, Files
from collectors.facts.policy import Policy
from collectors.git.repository import Repository, open_repository
from collectors.registry import discover, measure
from mldebt.example import build_example
from mldebt.scan.diff import chosen_of, diff
from mldebt.scan.trees import Trees
from mldebt.settings import Settings
from mldebt.store.cache import Cache
from scoring.finding import Finding, findings
from tests.repos.histories import git

Counted = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(tmp_path_factory.mktemp("example") / "shop")


def whole(repository: Repository, home: Settings, commit: str) -> Counted:
    """How often each finding stands in the whole tree, by what `mldebt diff` compares."""
    chosen, _ = chosen_of(discover(), Policy())
    with closing(Cache(home.cache)) as cache:
        files = Trees(repository, cache, lambda *_: None).files(commit, 0)
    measured = measure([files, EarlierFiles()], {}, chosen)
    assert isinstance(files, Files)
    return counted(
        row for one in measured if one.definition.rule for row in findings(one.definition.rule, one.measurement.spots)
    )


def counted(found: Iterable[Finding]) -> Counted:
    return Counter((row.rule, row.id.partition("-")[0]) for row in found)


def test_on_the_history_of_the_example(home: Settings, example: Path) -> None:
    line = git(example, "rev-list", "--first-parent", "HEAD").decode().split()
    repository = open_repository(str(example), home.mirrors, lambda _: None)
    told = 0
    for base, head in zip(line[12::12], line[::12], strict=False):
        change = diff(str(example), f"{base}..{head}", home, lambda *_: None)
        before, after = (whole(repository, home, commit) for commit in (base, head))
        assert change.commits.merge_base == base
        assert not change.sentences
        assert counted(change.difference.added) == after - before
        assert counted(change.paid) == before - after
        told += len(change.difference.added) + len(change.paid)
    assert told > 15
