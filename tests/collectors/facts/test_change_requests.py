"""Arithmetic of change requests."""

from collectors.facts.branches import BranchKind
from collectors.facts.change_requests import MANY_FILES, NOBODY, OpenRequest, open_requests, people_in
from tests.builders import at, branch, branches
from tests.tracker_by_hand import reply, request, requests


def test_an_approval_is_another_persons_and_comes_before_the_merge():
    approved = request(1, -5, reply(-4, 2, approves=True), merged=-3)
    assert approved.is_approved
    assert not request(1, -5, reply(-4, 1, approves=True), merged=-3).is_approved
    assert not request(1, -5, reply(-2, 2, approves=True), merged=-3).is_approved
    assert not request(1, -5, reply(-4, 2, approves=True, is_bot=True), merged=-3).is_approved
    assert not request(1, -5, reply(-4, 2, review=True), merged=-3).is_approved


def test_what_happened_later_is_not_seen_yet():
    late = request(1, -5, reply(-4), reply(2), merged=3)
    assert late.is_open is False
    then = late.seen_at(at(0))
    assert (then.is_open, then.days, len(then.replies)) == (True, None, 1)
    assert late.seen_at(at(4)) == late


def test_a_merge_that_is_written_down_a_moment_after_its_commit_counts():
    merged = request(1, -5, merged=0)
    assert merged.seen_at(at(0) - 5).merged == at(0)
    assert merged.seen_at(at(0) - 500).merged is None


def test_waits_end_with_the_first_word_of_another_person():
    rows = requests(
        request(1, -10, reply(-9.5, 1), reply(-9, 9, is_bot=True), reply(-8, 2)),
        request(2, -10, reply(-9, 3, review=True)),
        request(3, -4),
        request(4, -4, closed=-1),
        request(5, -4, reply(-1), looked=False),
        request(6, -4, reply(-1), is_bot=True),
        request(7, -40, reply(-1)),
    )
    assert [(wait.days, wait.request.number, wait.is_over) for wait in rows.waits(20)] == [
        (1, 2, True),
        (2, 1, True),
        (4, 3, False),
    ]
    reviewed = [(wait.days, wait.request.number, wait.is_over) for wait in rows.waits(20, review=True)]
    assert reviewed == [(1, 2, True), (4, 3, False), (10, 1, False)]


def test_newcomers_are_those_whose_first_request_is_recent():
    rows = requests(
        request(1, -900, author=1, merged=-899),
        request(2, -20, author=1, merged=-10),
        request(3, -20, author=2, merged=-5),
        request(4, -30, author=2, merged=-19),
        request(5, -30, author=3),
        request(6, -30, author=NOBODY, merged=-1),
        request(7, -30, author=4, is_bot=True, merged=-1),
    )
    assert rows.newcomers(730) == ((at(-30),), (at(-30), at(-19), at(-5)))


def test_touching_is_told_by_files_that_were_looked_at():
    many = [f"f{number}" for number in range(MANY_FILES - 1)]
    rows = requests(
        request(1, merged=-3, files=["a", "b"]),
        request(2, merged=-2, files=["b"]),
        request(3, merged=-2, files=["a"]),
        request(4, merged=-2, files=None),
        request(5, merged=-2, files=["a", *many]),
        request(6, files=["a"]),
    )
    assert [row.number for row in rows.touching({"a"}, 365)] == [3, 1]


def test_people_are_authors_and_those_who_reply():
    assert people_in((request(1, -9, reply(-8, 2), reply(-7, 3, is_bot=True)), request(2, author=NOBODY))) == {1, 2}
    assert people_in((request(1, -9, reply(-8, 2), is_bot=True),)) == {2}


def test_open_ones_are_the_trackers_or_those_of_refs():
    told = open_requests(requests(request(1, -9), request(2, -8, closed=-1), request(3, is_bot=True), request(4, -1)))
    assert told.rows == (OpenRequest("pull/1", at(-9)), OpenRequest("pull/4", at(-1)))
    assert (told.by_tracker, told.bots) == (True, 1)
    pull = branch("pull/7", first=-5, last=-1, kind=BranchKind.PULL)
    late = branch("pull/8", first=5, last=6, kind=BranchKind.PULL)
    by_refs = open_requests(branches(pull, late, branch("dev")))
    assert (by_refs.rows, by_refs.by_tracker) == ((OpenRequest("pull/7", at(-5)),), False)
