"""Which refs are branches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collectors.facts.branches import BranchKind
from tests.repos.branches import Workshop, at, workshop


@pytest.fixture
def made(tmp_path: Path) -> Workshop:
    return workshop(tmp_path / "made")


def test_only_pull_requests_that_are_open_count(made: Workshop) -> None:
    tip = made.branch("theirs", commits=2, day=3)
    for ref in ("refs/pull/7/head", "refs/pull/7/merge", "refs/pull/8/head"):
        made.git("update-ref", ref, tip)
    made.git("branch", "-D", "theirs")
    (found,) = made.branches()
    assert (found.name, found.kind, found.ahead) == ("pull/7", BranchKind.PULL, 2)


def test_experiments_of_dvc_count_and_its_book_keeping_does_not(made: Workshop) -> None:
    tip = made.branch("scratch", day=3)
    base = made.git("rev-parse", "main")
    name = f"exps/{base[:2]}/{base[2:]}/wavy-moth"
    others = ("exec/EXEC_HEAD", "stash", "celery/stash", "celery/failed", "apply/ORIG_HEAD", "temp/abc")
    for ref in (f"refs/{name}", *(f"refs/exps/{other}" for other in others)):
        made.git("update-ref", ref, tip)
    made.git("symbolic-ref", f"refs/exps/{base[:2]}/{base[2:]}/alias", f"refs/{name}")
    made.git("branch", "-D", "scratch")
    (found,) = made.branches()
    assert (found.name, found.kind, found.ahead, found.behind) == (name, BranchKind.EXPERIMENT, 1, 0)


def test_lines_that_are_kept_are_marked(made: Workshop) -> None:
    for name in ("release/1.2", "v1.2.x", "1.x", "develop", "gh-pages", "master", "exp/stable-diffusion"):
        made.git("branch", name)
    kept = {branch.name for branch in made.branches() if branch.is_release}
    assert kept == {"release/1.2", "v1.2.x", "1.x", "develop", "gh-pages", "master"}
    assert [branch.name for branch in made.branches().topics] == ["exp/stable-diffusion"]


def test_branches_of_a_remote_count_without_its_default_branch(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone")
    assert [branch.name for branch in clone.branches()] == ["origin/exp/a"]


def test_a_branch_here_and_on_a_remote_is_one_and_the_newest_tip_wins(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    made.branch("exp/b", day=3)
    clone = made.cloned(tmp_path / "clone")
    for name in ("exp/a", "exp/b"):
        clone.git("branch", name, f"origin/{name}")
    assert [branch.name for branch in clone.branches()] == ["exp/a", "exp/b"]
    clone.git("switch", "-q", "exp/b")
    clone.commit("here.py", "not pushed\n", day=9)
    made.git("switch", "-q", "exp/a")
    made.commit("there.py", "not pulled\n", day=9)
    clone.git("fetch", "-q")
    clone.git("switch", "-q", "main")
    assert {branch.name: branch.last_at for branch in clone.branches()} == {"exp/b": at(9), "origin/exp/a": at(9)}


def test_a_remote_branch_under_another_name_on_the_same_tip_is_the_local_one(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone")
    clone.git("branch", "mine", "origin/exp/a")
    assert [branch.name for branch in clone.branches()] == ["mine"]


def test_a_remote_may_have_slashes_in_its_name_and_its_default_branch_is_known(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone", "--origin", "team/north")
    clone.git("branch", "exp/a", "team/north/exp/a")
    assert [branch.name for branch in clone.branches()] == ["exp/a"]


def test_a_branch_on_several_remotes_is_one(made: Workshop, tmp_path: Path) -> None:
    made.branch("exp/a", day=3)
    clone = made.cloned(tmp_path / "clone")
    clone.git("remote", "add", "fork", f"file://{made.path}")
    clone.git("fetch", "-q", "fork")
    assert [branch.name for branch in clone.branches()] == ["origin/exp/a"]
    made.git("switch", "-q", "exp/a")
    made.commit("more.py", "more\n", day=9)
    clone.git("fetch", "-q", "fork")
    assert [branch.name for branch in clone.branches()] == ["fork/exp/a"]


def test_refs_of_remotes_that_the_configuration_no_longer_names_still_count(made: Workshop) -> None:
    tip = made.branch("scratch", day=3)
    made.git("update-ref", "refs/remotes/old/exp/a", tip)
    made.git("branch", "-D", "scratch")
    assert [branch.name for branch in made.branches()] == ["old/exp/a"]


def test_what_a_merge_queue_makes_for_itself_is_no_branch(made: Workshop, tmp_path: Path) -> None:
    made.branch("gh-readonly-queue/main/pr-12-abc", day=3)
    assert made.branches().rows == ()
    assert made.cloned(tmp_path / "clone").branches().rows == ()


def test_another_name_of_a_branch_is_no_branch(made: Workshop) -> None:
    made.branch("exp/a", day=3)
    made.git("symbolic-ref", "refs/heads/alias", "refs/heads/exp/a")
    assert [branch.name for branch in made.branches()] == ["exp/a"]


def test_names_that_are_not_utf_8_are_spelled_out(made: Workshop) -> None:
    folder = made.path / ".git" / "refs" / "heads"
    (folder / os.fsdecode(b"caf\xe9")).write_text(made.git("rev-parse", "main") + "\n")
    assert [branch.name for branch in made.branches()] == ["caf\\xe9"]
