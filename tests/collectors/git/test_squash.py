"""Branches that came in squashed or rebased."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.facts.branches import Fate, Merged
from tests.repos.branches import NOW, Workshop, at, workshop


@pytest.fixture
def made(tmp_path: Path) -> Workshop:
    return workshop(tmp_path / "made")


def abandoned(made: Workshop) -> int:
    return sum(branch.fate(NOW) is Fate.ABANDONED for branch in made.branches())


def test_one_more_abandoned_branch_counts_one_more_and_squashing_it_one_less(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    before = abandoned(made)
    made.branch("exp/b", commits=3, day=4)
    assert abandoned(made) == before + 1
    made.commit("unrelated.py", "work goes on\n", day=5)
    made.squash("exp/b", day=20)
    assert abandoned(made) == before
    found = made.found("exp/b")
    assert (found.merged, found.merged_at, found.ahead) == (Merged.SQUASH, at(20), 3)


def test_a_rebased_branch_is_merged_with_its_last_commit(made: Workshop) -> None:
    made.branch("exp/a", commits=3, day=3)
    made.commit("unrelated.py", "work goes on\n", day=7)
    made.rebase("exp/a", day=8)
    found = made.found("exp/a")
    assert (found.merged, found.merged_at, found.ahead) == (Merged.SQUASH, at(8), 3)


def test_a_branch_of_which_only_a_part_was_taken_over_is_not_merged(made: Workshop) -> None:
    made.branch("exp/a", commits=3, day=3)
    made.git("cherry-pick", "exp/a~2", "exp/a~1", day=8)
    assert made.found("exp/a").merged is Merged.NO


def test_a_squash_is_found_though_other_lines_of_its_files_changed_in_between(made: Workshop) -> None:
    made.git("switch", "-q", "-c", "exp/a")
    lines = [f"line {n}\n" for n in range(40)]
    made.commit("train.py", "".join(["new\n", *lines]), day=3)
    made.git("switch", "-q", "main")
    made.commit("train.py", "".join([*lines, "at the other end\n"]), day=4)
    made.squash("exp/a", day=5)
    assert made.found("exp/a").merged is Merged.SQUASH


def test_a_squash_is_found_though_the_branch_took_in_the_default_branch_before(made: Workshop) -> None:
    made.branch("exp/a", commits=2, day=3)
    made.commit("unrelated.py", "work goes on\n", day=4)
    made.git("switch", "-q", "exp/a")
    made.git("merge", "-q", "-m", "take in main", "main", day=5)
    made.git("switch", "-q", "main")
    made.squash("exp/a", day=6)
    assert made.found("exp/a").merged is Merged.SQUASH


def test_the_same_change_made_and_undone_before_the_branch_began_does_not_merge_it(made: Workshop) -> None:
    made.branch("old", day=2)  # so that what came before the other branch is compared, too
    made.commit("exp/a.py", "step 0 of exp/a\n", day=2)
    made.git("revert", "--no-edit", "HEAD", day=3)
    made.branch("exp/a", day=4)
    made.commit("unrelated.py", "work goes on\n", day=5)
    assert made.found("exp/a").merged is Merged.NO


def test_a_change_of_the_same_file_is_not_the_same_change(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    made.commit("exp/a.py", "something else\n", day=4)
    assert made.found("exp/a").merged is Merged.NO


def test_a_binary_file_is_the_same_only_where_its_bytes_are(made: Workshop) -> None:
    for name in ("same", "other"):
        made.git("switch", "-q", "-c", name, "main")
        made.commit("model.bin", f"\0{name}", day=3)
        made.git("switch", "-q", "main")
    made.commit("unrelated.py", "work goes on\n", day=4)
    made.commit("model.bin", "\0same", day=5)
    assert made.found("same").merged is Merged.SQUASH
    assert made.found("other").merged is Merged.NO


def test_an_experiment_cut_from_a_squashed_branch_stands_for_itself(made: Workshop) -> None:
    made.branch("exp/a", commits=2, day=3)
    made.branch("exp/b", "exp/a", commits=2, day=6)
    made.branch("exp/c", "exp/b", commits=2, day=7)
    made.squash("exp/a", day=8)
    assert [made.found(f"exp/{x}").merged for x in "abc"] == [Merged.SQUASH, Merged.NO, Merged.NO]
    made.commit("unrelated.py", "work goes on\n", day=9)
    made.git("checkout", "-q", "exp/b", "--", "exp/b.py")
    made.git("commit", "-q", "-m", "exp/b, squashed onto what exp/a brought", day=10)
    found = [made.found(f"exp/{x}") for x in "abc"]
    assert [branch.merged for branch in found] == [Merged.SQUASH, Merged.SQUASH, Merged.NO]
    assert [branch.merged_at for branch in found] == [at(8), at(10), None]


def test_an_older_state_of_a_squashed_branch_came_in_with_it(made: Workshop) -> None:
    made.branch("exp/a", commits=3, day=3)
    made.git("branch", "exp/a-before-review", "exp/a~1")
    made.squash("exp/a", day=9)
    assert made.found("exp/a-before-review").merged_at == at(9)


def test_a_branch_that_changes_nothing_has_nothing_left_to_bring(made: Workshop) -> None:
    made.git("switch", "-q", "-c", "exp/a")
    made.git("commit", "-q", "--allow-empty", "-m", "run the checks again", day=3)
    made.git("switch", "-q", "main")
    made.commit("unrelated.py", "work goes on\n", day=5)
    found = made.found("exp/a")
    assert (found.merged, found.merged_at, found.ahead) == (Merged.SQUASH, None, 1)
