"""What crosses public interfaces, over a tree."""

from collectors.facts.files import FileKind, Place
from collectors.facts.units import Unit
from collectors.signals.untyped_interfaces import untyped_interfaces
from tests.builders import tree
from tests.collectors.signals.files_with_units import with_units


def given(typed: int = 0, bare: int = 0, untyped: int = 0) -> Unit:
    return Unit("predict", 1, 2, typed=typed, bare=bare, untyped=untyped)


def test_plain_and_untyped_are_held_against_all():
    found = untyped_interfaces(
        tree(
            with_units("app.py", given(typed=1, bare=2), given(untyped=3), place=Place.SERVING),
            with_units("net.py", given(typed=4), place=Place.ML_CODE),
        )
    )
    assert (found.value, found.n) == (0.5, 10)
    assert [(row.subject, row.number, row.note) for row in found.evidence] == [("app.py", 5, "of 6")]
    assert dict(found.details) == {"plain data": 2, "without a type": 3, "say more": 5}


def test_only_ml_and_serving_code_is_looked_at():
    elsewhere = with_units("plot.py", given(untyped=9), place=Place.ANALYSIS_TOOLS)
    test = with_units("tests/test_a.py", given(untyped=9), kind=FileKind.TEST, place=Place.TESTS)
    found = untyped_interfaces(tree(elsewhere, test, with_units("net.py", given(typed=3), place=Place.ML_CODE)))
    assert (found.value, found.n) == (0, 3)


def test_nothing_or_little_is_unknown():
    assert untyped_interfaces(tree()).value is None
    assert untyped_interfaces(tree(with_units("net.py", given(untyped=2), place=Place.ML_CODE))).value is None


def test_files_that_could_not_be_read_lower_the_coverage():
    gone = with_units("gone.py", place=Place.ML_CODE)
    gone = gone._replace(summary=gone.summary._replace(unread="it is not valid Python 3"))
    found = untyped_interfaces(tree(gone, with_units("net.py", given(typed=3), place=Place.ML_CODE)))
    assert (found.seen, found.total) == (1, 2)
