from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding.ids import ID, digest, normalised, told_apart

SAME = [
    ("f(a,b)", "f(\n    a,\n    b,\n)"),
    ("x = 'it'", 'x = "it"'),
    ("x=u'a'", 'x = "a"'),
    ("X = F'{a}'", 'X = f"{a}"'),
    ("if (a and b):", "if a and b:"),
    ("x = 0XFF + 1E-3 + 10J", "x = 0xff + 1e-3 + 10j"),
    ("a = b + \\\n    c", "a = (\n    b\n    + c\n)"),
    ("seed = 42;", "seed = 42"),
    ("{'a': 1, 'b': [1,2]}", '{\n    "a": 1,\n    "b": [1, 2],\n}'),
    ("#TODO tune", "# TODO  tune"),
    ("for (x, y) in z:", "for x, y in z:"),
    ("'''a'''", '"""a"""'),
    ("x = 'it\\'s'", 'x = "it\'s"'),
    ("a,b=1,", "a, b = (1,)"),
]
OTHER = [
    ("seed = 42", "seed = 43"),
    ("x > 0.5", "x >= 0.5"),
    ("f(a)", "f(b)"),
    ("[1, 2]", "[12]"),
    ("Model", "model"),
    ("# TODO tune", "# TODO tone"),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_formatting_does_not_matter(before: str, after: str):
    assert digest("r", "f", before) == digest("r", "f", after)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_stands_there_matters(one: str, other: str):
    assert digest("r", "f", one) != digest("r", "f", other)


def test_rule_and_symbol_matter():
    assert len({digest("r", "f", "x"), digest("s", "f", "x"), digest("r", "g", "x"), digest("rf", "", "x")}) == 4


WORDS = st.lists(st.sampled_from(["alpha", "beta", "0.5", "7", "gamma"]), min_size=1, max_size=8)
STYLES: list[Callable[[list[str]], str]] = [
    lambda words: f"call({', '.join(words)})",
    lambda words: f"call({','.join(words)})",
    lambda words: "call(\n" + "".join(f"    {word},\n" for word in words) + ")",
    lambda words: "call( " + " ,\\\n  ".join(words) + " );",
]


@given(WORDS, st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_one_call_in_two_styles_is_one(
    words: list[str], one: Callable[[list[str]], str], other: Callable[[list[str]], str]
):
    assert normalised(one(words)) == normalised(other(words))


@given(WORDS, WORDS)
def test_two_calls_in_one_style_are_two(one: list[str], other: list[str]):
    assert (normalised(STYLES[0](one)) == normalised(STYLES[0](other))) == (one == other)


places = st.lists(st.tuples(st.just("r"), st.sampled_from("fg"), st.sampled_from(["a", "b", "a "])), max_size=12)


@given(places)
def test_no_two_places_share_an_id(some: list[tuple[str, str, str]]):
    ids = list(told_apart(some))
    assert len(set(ids)) == len(ids) == len(some)
    assert all(ID.fullmatch(one) for one in ids)


@given(places, st.integers(0, 11))
def test_where_one_place_goes_exactly_one_id_goes(some: list[tuple[str, str, str]], gone: int):
    if gone < len(some):
        before, after = set(told_apart(some)), set(told_apart([*some[:gone], *some[gone + 1 :]]))
        assert after < before
        assert len(before - after) == 1


def test_equal_places_are_numbered():
    first, second, third = told_apart([("r", "f", "x = 1")] * 3)
    assert (second, third) == (f"{first}-2", f"{first}-3")


@given(st.text(), st.text())
def test_any_text_has_an_id(symbol: str, text: str):
    assert ID.fullmatch(digest("r", symbol, text))
