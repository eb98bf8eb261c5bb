from collectors.facts.introductions import Introduction, Introductions, Novelty
from collectors.signals.algorithm_introduction_files import algorithm_introduction_files


def event(at: int, elsewhere: int, *names: str) -> Introduction:
    return Introduction(f"{at:040x}", at, names or ("xgboost",), Novelty.FRAMEWORK, elsewhere + 2, elsewhere, 1.5)


def test_the_middle_event_makes_the_number_and_each_is_shown_newest_first():
    found = algorithm_introduction_files(
        Introductions((event(1, 3), event(2, 12, "sklearn.svm.SVC", "xgboost"), event(3, 4)))
    )
    assert (found.value, found.n) == (4, 3)
    assert [row.number for row in found.evidence] == [4, 12, 3]
    assert found.evidence[1].note == "of 14 files; sklearn.svm.SVC, xgboost"
    assert dict(found.details) == {"median of all files": 6}


def test_two_events_make_no_median_and_are_listed():
    found = algorithm_introduction_files(Introductions((event(1, 0), event(2, 0))))
    assert found.value is None
    assert len(found.evidence) == 2


def test_no_event_is_unknown_not_easy():
    found = algorithm_introduction_files(Introductions())
    assert found.value is None
    assert "look further back" in found.reason
