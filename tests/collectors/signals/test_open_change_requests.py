"""Open change requests, by the tracker and by refs."""

from collectors.facts.branches import Branch, BranchKind
from collectors.facts.change_requests import ChangeRequest, open_requests
from collectors.signals.open_change_requests import open_change_requests
from tests.builders import branch, branches
from tests.tracker_by_hand import request, requests


def pull(number: int, first: float, last: float = 0):
    return branch(f"pull/{number}", first=first, last=last, kind=BranchKind.PULL)


def by_refs(*rows: Branch):
    return open_change_requests(open_requests(branches(*rows)))


def by_tracker(*rows: ChangeRequest):
    return open_change_requests(open_requests(requests(*rows)))


def test_they_are_counted_the_oldest_first():
    found = by_refs(pull(1, -10), pull(2, -40), pull(3, -20), branch("dev", last=-100))
    assert (found.value, found.n) == (3, 3)
    assert dict(found.details) == {
        "days, the oldest": 40,
        "days, the middle one": 20,
        "older than 30 days": 1,
        "older than 90 days": 0,
    }
    assert [row.subject for row in found.evidence] == ["pull/2", "pull/3", "pull/1"]


def test_of_few_no_middle_is_told():
    assert "days, the middle one" not in dict(by_refs(pull(1, -10), pull(2, -40)).details)


def test_without_refs_of_pull_requests_it_is_unknown():
    assert by_refs(branch("dev")).value is None


def test_one_that_begins_later_does_not_count():
    assert by_refs(pull(1, 5, 6), pull(2, -3)).value == 1


def test_the_tracker_knows_drafts_and_bots():
    found = by_tracker(
        request(1, -100), request(2, -31, is_draft=True), request(3, -2, is_bot=True), request(4, merged=-1)
    )
    assert (found.value, found.n) == (2, 2)
    assert dict(found.details) == {
        "days, the oldest": 100,
        "older than 30 days": 2,
        "older than 90 days": 1,
        "drafts among them": 1,
        "further ones, opened by bots": 1,
    }
    assert [(row.subject, row.kind) for row in found.evidence] == [("pull/1", "request"), ("pull/2", "request")]
    assert "draft" in found.evidence[1].note


def test_the_tracker_knows_that_none_is_open():
    assert by_tracker(request(1, -9, merged=-1)).value == 0
