"""Days to a first response."""

import pytest

from collectors.facts.changes import TOO_FEW
from collectors.signals.time_to_first_response import time_to_first_response
from tests.tracker_by_hand import reply, request, requests

FIVE = [request(n, -100, reply(-100 + days, 9), author=n) for n, days in enumerate([1, 2, 3, 10, 30], 1)]


def test_the_middle_one_makes_the_number_and_the_slowest_lead_the_list():
    found = time_to_first_response(requests(*FIVE))
    assert (found.value, found.n, found.coverage, found.note) == (3, 5, 1, "")
    assert [(row.subject, row.number) for row in found.evidence[:2]] == [("pull/5", 30), ("pull/4", 10)]
    details = dict(found.details)
    assert (details["still waiting"], details["share merged or closed without a word"]) == (0, 0)


def test_one_that_waits_counts_so_far_and_one_closed_in_silence_is_told():
    found = time_to_first_response(
        requests(*FIVE, request(6, -50), request(7, -50, closed=-49), request(8, -5, merged=-4))
    )
    assert (found.value, found.n) == (6.5, 6)
    assert "still wait" in found.note
    assert dict(found.details)["share merged or closed without a word"] == pytest.approx(2 / 8)
    assert (found.evidence[0].number, found.evidence[0].note) == (50, "days so far, without a response")


def test_people_from_outside_stand_beside():
    members = [row._replace(is_member=row.number < 3) for row in FIVE]
    assert dict(time_to_first_response(requests(*members)).details)["median days, of people from outside"] == 10


def test_what_nobody_looked_at_lowers_the_coverage():
    found = time_to_first_response(requests(*FIVE, request(6, -5, looked=False)))
    assert (found.seen, found.total, found.value) == (5, 6, 3)


def test_four_people_are_too_few():
    found = time_to_first_response(requests(*(row._replace(author=1 + row.number % 3) for row in FIVE)))
    assert (found.value, found.reason, found.evidence) == (None, TOO_FEW, ())


def test_why_there_is_no_number():
    assert "nobody opened" in time_to_first_response(requests(request(1, -400))).reason
    assert "scan again" in time_to_first_response(requests(request(looked=False))).reason
    assert time_to_first_response(requests(request(looked=False), no_replies="x: y")).reason == "x: y"
