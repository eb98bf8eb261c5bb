"""Names of a text, as numbers."""

from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.words import number_of, numbers_in
from collectors.readers import words as reader
from collectors.readers.words import words


def held(text: str, name: str) -> bool:
    return number_of(name) in set(numbers_in(words(text.encode())))


def test_a_name_is_found_however_it_is_written() -> None:
    for text in ('cfg["learning_rate"]', "args.LEARNING_RATE", "learningRate: 1", "x=learning_rate"):
        assert held(text, "learning_rate")


def test_parts_of_a_name_are_not_the_name() -> None:
    assert not held("learning_rates", "learning_rate")
    assert not held("rate", "learning_rate")


def test_what_is_kept_is_bounded() -> None:
    many = " ".join(f"name{number}" for number in range(reader.MOST + 10))
    assert len(numbers_in(words(many.encode()))) <= reader.MOST


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    numbers = numbers_in(words(content))
    assert list(numbers) == sorted(set(numbers))
