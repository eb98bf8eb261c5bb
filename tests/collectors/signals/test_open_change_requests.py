"""Open pull requests, by the refs git shows."""

from collectors.facts.branches import BranchKind
from collectors.signals.open_change_requests import open_change_requests
from tests.builders import branch, branches


def pull(number: int, first: float, last: float = 0):
    return branch(f"pull/{number}", first=first, last=last, kind=BranchKind.PULL)


def test_they_are_counted_the_oldest_first():
    found = open_change_requests(branches(pull(1, -10), pull(2, -40), pull(3, -20), branch("dev", last=-100)))
    assert (found.value, found.n) == (3, 3)
    assert dict(found.details) == {"days, the oldest": 40, "days, the middle one": 20}
    assert [row.subject for row in found.evidence] == ["pull/2", "pull/3", "pull/1"]


def test_of_few_no_middle_is_told():
    found = open_change_requests(branches(pull(1, -10), pull(2, -40)))
    assert dict(found.details) == {"days, the oldest": 40}


def test_without_refs_of_pull_requests_it_is_unknown():
    assert open_change_requests(branches(branch("dev"))).value is None


def test_one_that_begins_later_does_not_count():
    assert open_change_requests(branches(pull(1, 5, 6), pull(2, -3))).value == 1
