from collectors.facts.introductions import Introduction, Introductions, Novelty
from collectors.signals.algorithm_introduction_days import algorithm_introduction_days


def event(at: int, days: float, commits: int = 3) -> Introduction:
    return Introduction(f"{at:040x}", at, ("xgboost",), Novelty.FRAMEWORK, 5, 3, days, commits)


def test_the_middle_event_makes_the_number_and_each_is_shown_newest_first():
    found = algorithm_introduction_days(Introductions((event(1, 2), event(2, 30.04), event(3, 9))))
    assert (found.value, found.n, found.note) == (9, 3, "")
    assert [(row.number, row.note) for row in found.evidence][1:] == [
        (30, "3 commits; xgboost"),
        (2, "3 commits; xgboost"),
    ]


def test_single_commits_are_said_to_hide_their_days():
    found = algorithm_introduction_days(Introductions((event(1, 0, 1), event(2, 4))))
    assert found.note == "1 of them came as a single commit, which shows 0 days"
    assert dict(found.details) == {"changes of one commit": 1}


def test_no_event_is_unknown_not_fast():
    assert algorithm_introduction_days(Introductions()).value is None
