from itertools import pairwise

from collectors.facts.declarations import declarations
from collectors.facts.files import Place
from collectors.facts.metrics import MetricChange, MetricChanges
from collectors.facts.model_changes import WEEK, WEEKS, week_of, weekly
from tests.builders import at, change, file, history, tree

FILES = tree(
    file("train.py", place=Place.ML_CODE),
    file("serve.py", place=Place.SERVING),
    file("test_train.py", place=Place.TESTS),
    file("check.py", place=Place.DATA_VERIFICATION),
)
NOTHING = declarations([], [])
MEASURED = MetricChanges((MetricChange("1", at(0), ()),))


def test_each_change_of_a_model_is_counted_once_by_the_best_that_looked_at_it():
    changes = history(
        change(1, "train.py", "test_train.py", commit="1"),
        change(2, "train.py", "test_train.py", commit="2"),
        change(2, "train.py", "check.py", commit="3"),
        change(2, "train.py", commit="4"),
        change(3, "serve.py", "test_train.py", commit="5"),
        change(3, "train.py", commit="6", is_bot=True),
        day=1,
    )
    weeks = weekly(changes, FILES, NOTHING, MEASURED)
    assert (sum(w.measured for w in weeks), sum(w.tested for w in weeks), sum(w.neither for w in weeks)) == (1, 2, 1)
    assert len(weeks) == WEEKS
    assert weeks[-1].start <= changes.as_of < weeks[-1].start + WEEK


def test_weeks_follow_one_another_and_a_year_without_a_change_has_none():
    changes = history(change(1, "train.py", commit="1"), change(1, "train.py", commit="2", day=-200), day=1)
    weeks = weekly(changes, FILES, NOTHING, MEASURED)
    assert {later.start - earlier.start for earlier, later in pairwise(weeks)} == {WEEK}
    assert [week.total for week in weeks if week.total] == [1, 1]
    assert weekly(history(change(1, "serve.py", commit="1"), day=1), FILES, NOTHING, MEASURED) == ()


def test_a_week_begins_on_monday():
    monday = 1_795_392_000  # 23 November 2026
    assert week_of(monday) == monday
    assert week_of(monday - 1) == monday - WEEK
    assert week_of(monday + WEEK - 1) == monday
