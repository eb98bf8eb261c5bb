"""Who changed both research and production; never fewer than five people."""

from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.files import Place
from collectors.signals.bridge_share import bridge_share
from tests.builders import change, file, history, tree

FILES = tree(
    file("train.py", place=Place.ML_CODE),
    file("serve.py", place=Place.SERVING),
    file("util.py", place=Place.UNCLASSIFIED),
)


def test_people_on_both_sides_are_a_share_of_those_on_either():
    rows = [change(person, "train.py") for person in (1, 2, 3)]
    rows += [change(person, "serve.py") for person in (3, 4, 5)]
    rows += [change(6, "util.py"), change(1, ".github/workflows/ci.yml")]
    found = bridge_share(history(*rows), FILES)
    assert (found.value, found.n) == (2 / 5, 5)
    assert found.evidence == ()


def test_four_people_are_not_shown():
    rows = [change(person, "train.py") for person in (1, 2)] + [change(person, "serve.py") for person in (3, 4)]
    assert bridge_share(history(*rows), FILES).value is None


def test_one_side_alone_is_unknown():
    assert bridge_share(history(*(change(person, "train.py") for person in range(9))), FILES).value is None


def test_bots_and_what_lies_longer_back_do_not_count():
    rows = [change(person, "train.py", day=400) for person in range(4)] + [change(1, "serve.py", day=400)]
    rows += [change(7, "serve.py", day=400, is_bot=True), change(8, "serve.py", day=0)]
    assert bridge_share(history(*rows, day=400), FILES).value is None


@given(st.lists(st.tuples(st.integers(1, 7), st.sampled_from(["train.py", "serve.py", "util.py"])), max_size=30))
def test_it_is_a_share(rows: list[tuple[int, str]]):
    value = bridge_share(history(*(change(person, path) for person, path in rows)), FILES).value
    assert value is None or 0 <= value <= 1
