from collectors.facts.declarations import declarations
from collectors.facts.files import Place
from collectors.facts.metrics import MetricChange, MetricChanges
from collectors.facts.pictures import Pictures, pictures
from tests.builders import at, change, file, history, tree

FILES = tree(file("train.py", place=Place.ML_CODE))


def team(people: int):
    rows = [
        change(person, "train.py", commit=f"{person}{n}", day=-200 + 10 * n)
        for person in range(people)
        for n in range(3)
    ]
    return history(*rows, day=1)


def test_a_picture_is_drawn_of_what_is_known():
    metrics = MetricChanges((MetricChange("00", at(0), ()),))
    found = pictures([team(5), FILES, declarations([], []), metrics])
    assert sum(week.total for week in found.weeks) == 15
    assert sum(week.measured for week in found.weeks) == 1
    assert found.has_metrics
    assert found.newcomers


def test_without_files_there_is_no_strip_and_without_history_nothing():
    assert pictures([team(5)]).weeks == ()
    assert pictures([team(5)]).newcomers
    assert pictures([FILES, declarations([], [])]) == Pictures()


def test_nothing_is_drawn_of_fewer_than_five_people():
    assert pictures([team(4), FILES, declarations([], [])]).newcomers == ()
