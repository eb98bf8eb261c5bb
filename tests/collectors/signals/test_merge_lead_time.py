from collectors.signals.merge_lead_time import merge_lead_time
from tests.builders import merge, merges


def test_the_middle_merge_makes_the_number_and_the_slowest_comes_first():
    found = merge_lead_time(merges(merge(-3, took=1), merge(-2, took=9, name="exp/slow"), merge(-1, took=4)))
    assert (found.value, found.n) == (4, 3)
    slowest = found.evidence[0]
    assert (slowest.kind, slowest.number, slowest.note) == ("commit", 9, "commits: 2, from exp/slow")
    assert dict(found.details) == {"a quarter waited at most": 2.5, "a quarter waited at least": 6.5}


def test_only_the_last_year_counts():
    rows = [merge(-365, took=100), *(merge(-364 + day, took=3) for day in range(3)), merge(1, took=200)]
    assert merge_lead_time(merges(*rows)).value == 3


def test_two_merges_make_no_median_and_are_listed():
    found = merge_lead_time(merges(merge(-1), merge(-2)))
    assert found.value is None
    assert len(found.evidence) == 2


def test_a_year_without_merge_commits_is_unknown_not_fast():
    found = merge_lead_time(merges(merge(-400)))
    assert found.value is None
    assert "squashed" in found.reason
