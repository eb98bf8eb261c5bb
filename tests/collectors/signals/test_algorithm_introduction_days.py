from collectors.facts.introductions import Introduction, Introductions, Novelty
from collectors.signals.algorithm_introduction_days import algorithm_introduction_days


def event(at: int, days: float, commits: int = 3) -> Introduction:
    return Introduction(f"{at:040x}", at, ("xgboost",), Novelty.FRAMEWORK, 5, 3, days, commits)


def test_the_middle_event_makes_the_number_and_each_is_shown_newest_first():
    found = algorithm_introduction_days(Introductions((event(1, 2), event(2, 30.04), event(3, 9))))
    assert (found.value, found.n, found.note) == (9, 3, "")
    assert [(row.number, row.note) for row in found.evidence][1:] == [
        (30, "commits: 3; xgboost"),
        (2, "commits: 3; xgboost"),
    ]


def test_what_came_as_one_commit_shows_no_time_and_lowers_the_coverage():
    found = algorithm_introduction_days(Introductions((event(1, 0, 1), event(2, 4), event(3, 4), event(4, 4))))
    assert (found.value, found.n, found.seen, found.total) == (4, 3, 3, 4)
    assert found.note == "1 more came as one commit, which does not show when the work began"


def test_two_events_make_no_median_and_are_listed():
    found = algorithm_introduction_days(Introductions((event(1, 4), event(2, 4))))
    assert found.value is None
    assert len(found.evidence) == 2


def test_squashed_introductions_alone_are_unknown_not_instant():
    found = algorithm_introduction_days(Introductions((event(1, 0, 1), event(2, 0, 1))))
    assert found.value is None
    assert "each came as one commit (2)" in found.reason


def test_no_event_is_unknown_not_fast():
    assert algorithm_introduction_days(Introductions()).value is None
