"""Branches of real repositories, whole and damaged: distance, dates, fate."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from collectors.facts.branches import Branch, Branches, Merged
from collectors.facts.missing import Missing
from collectors.git.branches import branches
from tests.repos.branches import NOW, Workshop, at, empty, tangled, workshop


@pytest.fixture
def made(tmp_path: Path) -> Workshop:
    return workshop(tmp_path / "made")


def test_a_repository_with_nothing_but_its_default_branch_has_no_branches(made: Workshop) -> None:
    assert made.branches() == Branches((), NOW)


def test_an_empty_repository_has_no_branches(tmp_path: Path) -> None:
    assert empty(tmp_path / "new").branches() == Branches((), NOW)


def test_a_branch_knows_its_distance_and_its_dates(made: Workshop) -> None:
    tip = made.branch("exp/a", "main~1", commits=3, day=10)
    assert made.found("exp/a") == Branch(
        name="exp/a", tip=tip, last_at=at(12), ahead=3, behind=1, first_at=at(10), merged=Merged.NO
    )


def test_a_branch_merged_by_a_merge_commit_came_in_with_it(made: Workshop) -> None:
    made.branch("exp/a", commits=2, day=2)
    made.merge("exp/a", day=9)
    made.commit("later.py", "later\n", day=30)
    found = made.found("exp/a")
    assert (found.merged, found.merged_at, found.ahead, found.behind) == (Merged.ANCESTRY, at(9), 0, 2)
    assert found.first_at is None


def test_another_name_changes_nothing_but_the_name(made: Workshop) -> None:
    made.branch("exp/a", commits=2, day=3)
    before = made.found("exp/a")
    made.git("branch", "-m", "exp/a", "try/this-instead")
    assert made.found("try/this-instead")._replace(name="exp/a") == before


def test_an_experiment_cut_from_a_merged_branch_counts_only_its_own_commits(made: Workshop) -> None:
    made.branch("exp/a", commits=2, day=3)
    made.merge("exp/a", day=5)
    made.branch("exp/b", "exp/a", commits=1, day=6)
    found = made.found("exp/b")
    assert (found.ahead, found.behind, found.merged, found.first_at) == (1, 1, Merged.NO, at(6))


def test_a_branch_without_any_common_commit_is_far_and_not_merged(made: Workshop) -> None:
    made.git("switch", "-q", "--orphan", "other")
    made.commit("other.py", "another beginning\n", day=3)
    made.git("switch", "-q", "main")
    found = made.found("other")
    assert (found.ahead, found.behind, found.merged) == (1, 2, Merged.NO)


def test_an_experiment_that_the_default_branch_has_is_merged(made: Workshop) -> None:
    base, tip = made.git("rev-parse", "main~1"), made.git("rev-parse", "main")
    made.git("update-ref", f"refs/exps/{base[:2]}/{base[2:]}/wavy-moth", tip)
    (found,) = made.branches()
    assert (found.merged, found.merged_at) == (Merged.ANCESTRY, at(1))


def test_another_branch_checked_out_than_the_default_one_of_origin_is_said(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone")
    clone.git("switch", "-q", "exp/a")
    seen = branches(clone.opened(), NOW)
    assert "compared with exp/a" in seen.warnings[0]
    assert "main" in seen.warnings[0]


def test_a_default_branch_that_lacks_commits_of_origin_is_said(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone")
    made.squash("exp/a", day=9)
    clone.git("fetch", "-q")
    seen = branches(clone.opened(), NOW)
    assert seen.warnings == ("main here lacks 1 commit of origin/main: run git pull",)


def test_a_detached_head_is_compared_with_and_said(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    made.git("switch", "-q", "--detach", "main~1")
    seen = branches(made.opened(), NOW)
    assert isinstance(seen.fact, Branches)
    assert {b.name: (b.ahead, b.behind) for b in seen.fact} == {"exp/a": (2, 0), "main": (1, 0)}
    assert "detached" in seen.warnings[0]


def test_a_head_without_commits_beside_branches_is_unknown(made: Workshop) -> None:
    made.git("symbolic-ref", "HEAD", "refs/heads/nowhere")
    assert isinstance(branches(made.opened(), NOW).fact, Missing)


def test_a_shallow_clone_is_unknown(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone", "--depth=1", "--no-single-branch")
    fact = branches(clone.opened(), NOW).fact
    assert isinstance(fact, Missing)
    assert "shallow" in fact.reason


def test_a_partial_clone_gives_distances_and_says_what_it_cannot_compare(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", commits=2, day=3)
    made.commit("unrelated.py", "work goes on\n", day=5)
    made.squash("exp/a", day=6)
    made.git("config", "uploadpack.allowFilter", "true")
    clone = made.cloned(tmp_path / "clone", "--filter=blob:none", "--no-checkout")
    seen = branches(clone.opened(), NOW)
    assert isinstance(seen.fact, Branches)
    (found,) = seen.fact
    assert (found.ahead, found.behind, found.merged) == (2, 2, Merged.SQUASH)  # the blobs' ids are enough here
    assert "squash" in seen.warnings[0]


def test_refs_to_what_is_no_commit_are_left_out_and_named(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    folder = made.path / ".git" / "refs" / "heads"
    (folder / "gone").write_text("1" * 40 + "\n")
    (folder / "a-blob").write_text(made.git("rev-parse", "HEAD:serve.py") + "\n")
    (folder / "a-tree").write_text(made.git("rev-parse", "HEAD^{tree}") + "\n")
    seen = branches(made.opened(), NOW)
    assert isinstance(seen.fact, Branches)
    assert [branch.name for branch in seen.fact] == ["exp/a"]
    assert "a-blob, a-tree, gone" in seen.warnings[0]


def remove(made: Workshop, commit: str) -> None:
    (made.path / ".git" / "objects" / commit[:2] / commit[2:]).unlink()


def test_a_hole_in_one_branch_leaves_the_others_exact(made: Workshop) -> None:
    made.branch("exp/a", commits=3, day=3)
    made.branch("exp/b", "main~1", commits=2, day=4)
    remove(made, made.git("rev-parse", "exp/a~1"))
    seen = branches(made.opened(), NOW)
    assert isinstance(seen.fact, Branches)
    assert [(b.name, b.ahead, b.behind, b.first_at) for b in seen.fact] == [("exp/b", 2, 1, at(4))]
    assert "exp/a" in seen.warnings[0]


def test_a_hole_in_the_default_branch_is_unknown(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    remove(made, made.git("rev-parse", "main~1"))
    fact = branches(made.opened(), NOW).fact
    assert isinstance(fact, Missing)
    assert "missing" in fact.reason


def test_a_missing_file_makes_squashes_uncertain_but_no_distance(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    made.commit("folder/unrelated.py", "work goes on\n", day=5)
    remove(made, made.git("rev-parse", "HEAD:folder"))
    seen = branches(made.opened(), NOW)
    assert isinstance(seen.fact, Branches)
    assert [(b.ahead, b.behind) for b in seen.fact] == [(1, 1)]
    assert "squash" in seen.warnings[0]


def test_distances_are_those_that_git_counts_on_any_history(tmp_path: Path) -> None:
    made = empty(tmp_path / "random")
    made.git("fast-import", "--quiet", stdin=tangled(random.Random(7), commits=120, branches=30))
    found = {branch.name: (branch.ahead, branch.behind) for branch in made.branches()}
    assert len(found) == 30
    assert len(made.git("rev-list", "--max-parents=0", "HEAD").split()) > 1
    assert found == {name: made.distance(name) for name in found}


def test_twenty_thousand_refs_are_all_counted(made: Workshop) -> None:
    tips = [made.branch(f"exp/{n}", commits=n, day=n) for n in (1, 2, 3)]
    lines = sorted(f"{tips[n % 3]} refs/heads/many/{n:05}" for n in range(20_000))
    (made.path / ".git" / "packed-refs").write_text(
        "# pack-refs with: peeled fully-peeled \n" + "\n".join(lines) + "\n"
    )
    found = made.branches()
    assert len(found) == 20_003
    assert {(branch.name, branch.ahead) for branch in found if branch.name.startswith("many/0000")} == {
        (f"many/{n:05}", n % 3 + 1) for n in range(10)
    }
