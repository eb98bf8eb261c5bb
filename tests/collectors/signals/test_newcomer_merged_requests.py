"""Newcomers' way to a third merged request."""

from collectors.facts.changes import TOO_FEW
from collectors.signals.newcomer_merged_requests import newcomer_merged_requests
from tests.tracker_by_hand import request, requests


def newcomer(author: int, began: float, *merged: float):
    return [
        request(1_000 * author + n, began + n / 100, author=author, merged=began + days)
        for n, days in enumerate(merged)
    ]


FIVE = [row for author, days in enumerate([10, 20, 30, 40, 90], 1) for row in newcomer(author, -200, 1, 2, days)]


def test_the_middle_newcomer_makes_the_number():
    found = newcomer_merged_requests(requests(*FIVE, *newcomer(8, -150, 1), *newcomer(9, -5, 1, 2, 3)))
    assert (found.value, found.n, found.seen, found.total) == (30, 5, 6, 7)
    details = dict(found.details)
    assert details["share that came to a third merged request"] == 5 / 6
    assert details["median days to a first one"] == 1
    assert "median days to a tenth one" not in details
    assert [(row.subject, row.number, row.note) for row in found.evidence] == [
        ("began in the last 12 months", 30, "days, 5 people")
    ]


def test_who_was_there_before_is_no_newcomer():
    assert newcomer_merged_requests(requests(*FIVE, *newcomer(1, -800, 1))).value is None


def test_four_are_too_few():
    four = [row for row in FIVE if row.author < 5]
    found = newcomer_merged_requests(requests(*four))
    assert (found.value, found.reason, found.details, found.evidence) == (None, TOO_FEW, (), ())


def test_who_is_new_is_unknown_while_older_requests_are_unread():
    assert "older" in newcomer_merged_requests(requests(*FIVE, is_whole=False)).reason
