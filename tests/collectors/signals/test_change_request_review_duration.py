"""Days to a first review."""

import pytest

from collectors.facts.changes import TOO_FEW
from collectors.signals.change_request_review_duration import change_request_review_duration
from tests.tracker_by_hand import reply, request, requests

FIVE = [
    request(n, -100, reply(-100 + days / 2, 9), reply(-100 + days, 9, review=True), author=n, merged=-50)
    for n, days in enumerate([1, 2, 3, 10, 30], 1)
]


def test_a_comment_is_no_review():
    found = change_request_review_duration(requests(*FIVE))
    assert (found.value, found.n, found.coverage) == (3, 5, 1)
    assert dict(found.details) == {
        "a quarter waited at most": 2,
        "a quarter waited at least": 10,
        "still waiting": 0,
        "share merged without a review": 0,
        "median days from opening to merge": 50,
    }


def test_merged_without_a_review_is_told_and_not_timed():
    found = change_request_review_duration(requests(*FIVE, request(6, -10, merged=-9), request(7, -8)))
    assert (found.value, found.n) == (5.5, 6)
    assert dict(found.details)["share merged without a review"] == pytest.approx(1 / 6)
    assert "still wait" in found.note


def test_four_people_are_too_few():
    found = change_request_review_duration(requests(*(row._replace(author=1 + row.number % 3) for row in FIVE)))
    assert (found.value, found.reason, found.evidence) == (None, TOO_FEW, ())


def test_a_team_that_never_reviews_has_no_duration():
    silent = [request(n, -9, author=n) for n in range(1, 7)]
    assert (
        "no change request of the last 365 days was reviewed"
        in change_request_review_duration(requests(*silent)).reason
    )


def test_what_the_token_may_not_see_is_said():
    assert change_request_review_duration(requests(request(looked=False), no_replies="x: y")).reason == "x: y"
    assert "scan again" in change_request_review_duration(requests(request(looked=False))).reason
