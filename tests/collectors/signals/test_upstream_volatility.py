"""Pins of data that moved."""

from collectors.signals.upstream_volatility import upstream_volatility
from tests.builders import change, file, history, tree

FILES = tree(file("data/a.csv.dvc"), file("dvc.lock"), file("train.py"))


def test_changes_of_pins_in_ninety_days():
    rows = [
        change(1, "dvc.lock", day=-100),
        change(1, "data/a.csv.dvc", day=-50, status="A"),
        change(1, "data/a.csv.dvc", "dvc.lock", "train.py", day=-40),
        change(2, "data/a.csv.dvc", day=-30, is_bot=True),
        change(1, "train.py", day=-20),
        change(1, "dvc.lock", day=-10, parents=("a" * 40, "b" * 40)),
    ]
    found = upstream_volatility(FILES, history(*rows, day=0))
    assert (found.value, found.n) == (2, 2)
    assert [(row.subject, row.number) for row in found.evidence] == [("data/a.csv.dvc", 2), ("dvc.lock", 1)]


def test_at_rest_is_none_and_without_pins_unknown():
    assert upstream_volatility(FILES, history(change(1, "train.py"))).value == 0
    assert upstream_volatility(tree(file("train.py")), history(change(1, "train.py"))).value is None


def test_a_pin_that_is_new_changes_nothing():
    more = tree(*FILES, file("data/empty.dvc"))
    moved = history(change(1, "dvc.lock"), change(1, "data/empty.dvc", status="A"))
    assert upstream_volatility(more, moved).value == upstream_volatility(FILES, moved).value == 1
