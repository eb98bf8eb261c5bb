import pytest

from collectors.facts.branches import Branch, BranchKind
from collectors.signals.abandoned_branches import abandoned_branches
from tests.builders import branch, branches

QUIET = branch("exp/focal-loss", last=-91, ahead=4)


def test_a_quiet_branch_with_commits_of_its_own_is_abandoned():
    found = abandoned_branches(branches(QUIET, branch("exp/live", last=-1)))
    assert (found.value, found.n) == (1, 2)
    row = found.evidence[0]
    assert (row.subject, row.kind, row.number, row.note) == (
        "exp/focal-loss",
        "branch",
        91,
        "days quiet; 4 ahead, 3 behind",
    )


@pytest.mark.parametrize(
    "other",
    [
        branch("exp/ninety-days", last=-90),
        branch("exp/squashed", last=-200, squashed=-199),
        branch("exp/nothing-new", last=-200, ahead=0),
        branch("release/1.x", last=-200, is_release=True),
        branch("pull/7", last=-200, kind=BranchKind.PULL),
    ],
    ids=lambda other: other.name,
)
def test_other_branches_do_not_count(other: Branch):
    assert abandoned_branches(branches(QUIET, other)).value == 1


def test_a_branch_begun_after_the_moment_is_not_among_those_looked_at():
    assert abandoned_branches(branches(QUIET, branch("exp/later", first=1, last=2))).n == 1


def test_the_longest_quiet_come_first_and_at_most_twenty_are_shown():
    found = abandoned_branches(branches(*(branch(f"exp/{day}", last=-day) for day in range(91, 121))))
    assert found.value == 30
    assert [row.number for row in found.evidence] == list(range(120, 100, -1))


def test_experiments_are_told_apart_from_branches():
    found = abandoned_branches(
        branches(QUIET, branch("exps/a", last=-300, kind=BranchKind.EXPERIMENT), branch("exp/live", last=-1))
    )
    assert dict(found.details) == {
        "abandoned experiments": 1,
        "experiments": 1,
        "topic branches": 2,
        "share abandoned": pytest.approx(2 / 3),
    }


def test_without_other_branches_nothing_is_known():
    found = abandoned_branches(branches())
    assert found.value is None
    assert "clone of one branch" in found.reason
