"""The rules themselves are tested against git in test_survival.py; here is where git is asked, and where it isn't."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import collectors.git.origins
from collectors.facts.ages import LineAges
from collectors.git.hunks import Asked, Hunk, Patch, diffs, patches
from collectors.git.mainline import Mainline, Turn, commits_after, turns_in
from collectors.git.objects import object_sizes
from collectors.git.origins import UNKNOWN, Origin, doubtful_blobs, origins
from collectors.git.patches import Pair
from collectors.git.repository import Repository, open_repository
from collectors.git.survival import line_ages
from tests.repos.histories import Content, commit, empty_repository, git
from tests.repos.lives import blamed, files_of, moves

BODY = b"".join(b"line %d\n" % number for number in range(20))
OTHER = b"".join(b"other %d\n" % number for number in range(20))


class Change:
    """The last of two commits."""

    def __init__(self, folder: Path, before: dict[str | bytes, Content], after: dict[str | bytes, Content]) -> None:
        where = empty_repository(folder / "repo", "--bare")
        commit(where, before)
        commit(where, {**dict.fromkeys(before), **after})
        self.source: Repository = open_repository(str(where), folder, lambda _: None)
        line = Mainline()
        for oid, at in reversed(commits_after(self.source, self.source.head or "", None) or []):
            line.append(oid, at)
        self.turn: Turn = turns_in(self.source, line, 1).turns[-1]
        patch = next(patches(self.source, [self.turn.asked]))
        assert patch is not None
        self.patch: Patch = patch
        self.sizes = object_sizes(self.source, doubtful_blobs([self.turn]))

    def origins(self) -> dict[str, str | None]:
        found = origins(self.source, self.turn, self.patch, self.sizes)
        return {path.decode(): origin.path.decode() if origin.path else None for path, origin in found.items()}


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[bytes]]:
    """The added files that git is asked about, as they are asked."""
    asked: list[Sequence[bytes]] = []

    def noted(repository, pairs: Sequence[Asked], *options: str, **paths):
        asked.append(sorted(pairs[0].paths))
        return diffs(repository, pairs, *options, **paths)

    monkeypatch.setattr(collectors.git.origins, "diffs", noted)
    return asked


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": BODY}, {"b": BODY}, {"b": "a"}),
        ({"x/a": BODY, "y/a": BODY}, {"z/a": BODY, "z/b": BODY}, {"z/a": "x/a", "z/b": "x/a"}),
        ({"a": BODY}, {"b": BODY + b"1\n"}, {"b": "a"}),
        ({"a": BODY}, {"b": OTHER}, {"b": None}),
        ({"x/a": BODY, "x/b": OTHER}, {"y/a": BODY + b"1\n", "y/b": OTHER + b"1\n"}, {"y/a": "x/a", "y/b": "x/b"}),
        ({"a": BODY}, {"b": BODY + b"1\n", "c": BODY * 3}, {"b": "a", "c": None}),
    ],
)
def test_git_is_not_asked_where_the_log_has_said_it(tmp_path: Path, questions, before, after, expected) -> None:
    assert Change(tmp_path, before, after).origins() == expected
    assert questions == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": BODY}, {"b": BODY + b"1\n", "c": BODY + b"2\n2\n"}, {"b": "a", "c": "a"}),
        ({"a": BODY}, {"b": BODY + b"1\n", "c": OTHER}, {"b": "a", "c": None}),
        (
            {"x/a": BODY, "y/a": OTHER[:80] + BODY[:80]},
            {"z/a": BODY + b"1\n", "v/a": OTHER[:80] + b"2\n" * 30},
            {"z/a": "x/a", "v/a": "y/a"},
        ),
    ],
)
def test_git_is_asked_where_it_depends_on_others(tmp_path: Path, questions, before, after, expected) -> None:
    assert Change(tmp_path, before, after).origins() == expected
    assert questions


@pytest.mark.parametrize("few", [0, 6])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_of_many_that_are_much_alike_git_blame_would_take_the_same(tmp_path_factory, few: int, seed: int) -> None:
    where = empty_repository(tmp_path_factory.mktemp("moves") / "repo", "--bare")
    git(where, "fast-import", "--quiet", "--force", stdin=moves(random.Random(seed), 3))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(collectors.git.origins, "FEW", few)
        ages, _ = line_ages(open_repository(str(where), where, lambda _: None))
    assert isinstance(ages, LineAges)
    for path in files_of(where):
        git_s = blamed(where, path)
        assert [ages.commit(path.decode(), line) for line in range(1, len(git_s) + 1)] == git_s, path


def test_many_are_asked_about_together(tmp_path: Path, questions) -> None:
    before: dict[str | bytes, Content] = {f"old/{n}": BODY + b"%d\n" % n * 9 for n in range(20)}
    after: dict[str | bytes, Content] = {f"new/{n}/x": BODY + b"%d\n" % n * 8 for n in range(20)}
    found = Change(tmp_path, before, after).origins()
    assert found == {f"new/{n}/x": f"old/{n}" for n in range(20)}
    assert len(questions) < 15


def test_what_would_be_too_much_to_compare_is_what_the_log_said(
    tmp_path: Path, questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = Change(tmp_path, {"a": BODY}, {"b": BODY + b"1\n", "c": BODY + b"2\n2\n"})
    monkeypatch.setattr(collectors.git.origins, "COMPARED_LIMIT", 0)
    assert change.origins() == {"b": "a", "c": None}
    assert questions == []


def test_in_a_crowd_the_log_has_not_compared_all(tmp_path: Path, questions, monkeypatch: pytest.MonkeyPatch) -> None:
    change = Change(tmp_path, {"a": BODY, "b": BODY[3:]}, {"c": OTHER})
    monkeypatch.setattr(collectors.git.origins, "MATRIX_LIMIT", 1)
    assert change.origins() == {"c": None}
    assert questions == [[b"c"]]


def test_where_the_size_of_a_candidate_is_missing_the_origin_is_unknown(tmp_path: Path) -> None:
    change = Change(tmp_path, {"a": BODY, "b": OTHER}, {"c": BODY + b"1\n"})
    change.sizes = dict.fromkeys(change.sizes)
    assert origins(change.source, change.turn, change.patch, change.sizes) == {b"c": UNKNOWN}
    assert origins(change.source, change.turn, change.patch, {}, [b"c"]) == {b"c": UNKNOWN}


def test_an_origin_comes_with_what_was_changed_on_the_way(tmp_path: Path) -> None:
    change = Change(tmp_path, {"a": BODY}, {"b": BODY + b"1\n", "c": b"2\n" + BODY + b"2\n"})
    found = origins(change.source, change.turn, change.patch, change.sizes)
    assert found[b"b"] == Origin(b"a", [Hunk(20, 0, 21, 1)])
    assert found[b"c"] == Origin(b"a", [Hunk(0, 0, 1, 1), Hunk(20, 0, 22, 1)])


def test_a_corrupt_blob_leaves_what_depends_on_it_unknown(tmp_path: Path) -> None:
    change = Change(tmp_path, {"a": BODY}, {"b": BODY + b"1\n", "c": BODY + b"2\n2\n"})
    pair = change.turn.asked.pair
    change.turn = change.turn._replace(asked=Asked(Pair(pair.commit, "1" * 40), change.turn.asked.paths))
    assert origins(change.source, change.turn, change.patch, change.sizes)[b"c"] == UNKNOWN
