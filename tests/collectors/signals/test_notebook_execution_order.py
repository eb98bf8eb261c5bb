from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.files import FileKind
from collectors.signals.notebook_execution_order import notebook_execution_order
from tests.builders import file, tree


def test_notebooks_whose_counts_do_not_rise_among_those_that_have_some():
    found = notebook_execution_order(
        tree(
            file("a.ipynb", runs=[1, 2, 5]),
            file("b.ipynb", runs=[3, 7, 4, 4]),
            file("c.ipynb", runs=[9]),
            file("d.ipynb"),
            file("train.py"),
        )
    )
    assert (found.value, found.n, found.seen, found.total) == (1, 2, 4, 4)
    assert dict(found.details) == {"cells that ran back": 1}
    [spot] = found.spots
    assert (spot.path, spot.line, spot.note) == ("b.ipynb", 3, "ran as number 4, below number 7")


def test_without_counts_the_order_is_unknown():
    assert notebook_execution_order(tree(file("a.ipynb", runs=[1]), file("a.py"))).value is None


def test_notebooks_of_documentation_are_not_counted():
    kind = FileKind.DOCUMENTATION
    assert notebook_execution_order(tree(file("docs/a.ipynb", runs=[2, 1], kind=kind))).value is None


@given(st.lists(st.integers(1, 9), min_size=2, unique=True))
def test_only_rising_counts_are_in_order(runs: list[int]):
    assert notebook_execution_order(tree(file("a.ipynb", runs=runs))).value == (runs != sorted(runs))
