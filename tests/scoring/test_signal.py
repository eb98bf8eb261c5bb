from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding import Tally
from scoring.signal import (
    ASK,
    IN_USE,
    LEVEL,
    NOT_SEEN,
    PRESENT,
    SCORE,
    SHOW,
    Letter,
    Measurement,
    Scale,
    State,
    evidence_number,
    format_value,
    trend,
)
from tests.signals_by_hand import SCALE, signal


@pytest.mark.parametrize(
    ("value", "letter"), [(0, "A"), (0.1, "A"), (0.11, "B"), (0.3, "C"), (0.4, "D"), (0.41, "E"), (9, "E")]
)
def test_a_bound_belongs_to_the_better_letter(value, letter):
    assert SCALE.letter(value) == letter


def test_on_a_descending_scale_higher_is_better():
    scale = Scale((4, 3, 2, 1), "a rule for tests")
    assert [scale.letter(value) for value in (5, 4, 3, 2, 1, 0)] == ["A", "A", "B", "C", "D", "E"]


@pytest.mark.parametrize("bounds", [(1, 3, 2, 4), (1, 1, 1, 1), (4, 3, 3.5, 1)])
def test_bounds_that_do_not_run_one_way_are_refused(bounds):
    with pytest.raises(ValueError, match="run one way"):
        Scale(bounds, "nobody")


@given(st.floats(-10, 10), st.floats(0, 5))
def test_more_debt_never_makes_a_better_letter(value, more):
    assert SCALE.letter(value + more) >= SCALE.letter(value)


def test_no_value_needs_a_reason():
    with pytest.raises(ValueError, match="says why"):
        Measurement(None)


def test_not_a_number_is_no_value():
    for number in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="are no values"):
            Measurement(number)


def test_unknown_is_neither_zero_nor_covered():
    unknown = Measurement.unknown("nobody looked")
    assert unknown.value is None
    assert unknown.coverage == 0


def test_a_signal_speaks_its_number_or_its_reason():
    assert signal(0.5).sentence == "50 % of 8 files are glue."
    assert signal(None).sentence == "Glue: unknown, because nobody looked."


def test_only_scored_measured_signals_have_letters():
    assert signal(0.05, status=SCORE).letter is Letter.A
    assert signal(0.05, status=SHOW).letter is None
    assert signal(None, status=SCORE).letter is None
    assert signal(None).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.123, "share of files", "12 %"),
        (0.0123, "share of files", "1.2 %"),
        (0, "share of files", "0 %"),
        (1, "days", "1 day"),
        (3.5, "days", "3.5 days"),
        (1, "people", "1 person"),
        (1, "scripts and modules", "1 script or module"),
        (2, "scripts and modules", "2 scripts and modules"),
        (1, "branches", "1 branch"),
        (1, "dependencies", "1 dependency"),
        (1204, "lines", "1,204 lines"),
        (-4, "notes per 90 days", "−4 notes per 90 days"),
        (1, "languages", "1 language"),
        (0.0004, "share of files", "under 0.1 %"),
        (0.9996, "share of files", "over 99 %"),
        (1, "share of files", "100 %"),
        (-0.05, "share of files", "−5.0 %"),
        (0.04, "days", "under 0.1 days"),
        (-0.0, "days", "0 days"),
    ],
)
def test_a_number_is_written_as_people_write_it(value, unit, text):
    assert format_value(value, unit) == text


@pytest.mark.parametrize(
    ("now", "then", "better", "word"),
    [(1, 2, "lower", "better"), (2, 1, "lower", "worse"), (2, 1, "higher", "better"), (2, 1, "neither", "moved")],
)
def test_a_trend_says_which_way_is_good(now, then, better, word):
    moved = trend(signal(now, better=better), signal(then, better=better))
    assert moved is not None
    assert moved.word == word


def test_there_is_no_trend_from_or_to_unknown():
    assert trend(signal(1), signal(None)) is None
    assert trend(signal(None), signal(1)) is None
    assert trend(signal(1), None) is None


@pytest.mark.parametrize(
    ("number", "note", "text"),
    [
        (0.62, "of their changes; 5 together", "62 %"),
        (21.0, "places", "21"),
        (2.0, "of 65 people", "2"),
        (0.5, "", "50 %"),
        (2.0, "languages: C, Python", "2"),
    ],
)
def test_a_row_behind_a_number_has_its_own_unit(number, note, text):
    assert evidence_number(number, note, "share of files") == text


def test_what_reads_alike_has_not_moved():
    moved = trend(signal(0.12341), signal(0.1234))
    assert moved is not None
    assert moved.word == "same"


def test_a_scale_must_run_the_way_that_is_better():
    with pytest.raises(ValueError, match="runs the other way"):
        signal(0.5, status=SCORE, better="higher")


def test_nothing_is_seen_more_often_than_it_is():
    with pytest.raises(ValueError, match="2 of 1 seen"):
        Measurement(1, seen=2)


def test_a_sentence_has_a_second_number_where_some_is_accepted():
    def said(tally: Tally | None) -> str:
        one = signal(0.5)
        return replace(one, measurement=replace(one.measurement, tally=tally)).sentence

    assert said(Tally(7, 2)) == "50 % of 8 files are glue. 7 places, of which 2 accepted."
    assert said(Tally(7)) == said(None) == "50 % of 8 files are glue."


def test_a_signal_without_places_is_no_rule():
    assert signal(0.5).definition.rule is None


@pytest.mark.parametrize(
    ("level", "words"),
    [(NOT_SEEN, "not seen"), (PRESENT, "present, use not seen"), (IN_USE, "in use")],
)
def test_a_level_is_told_in_words(level, words):
    assert format_value(level, LEVEL) == words


def test_a_practice_that_comes_into_use_is_better():
    then, now = (signal(value, unit=LEVEL, better="higher") for value in (PRESENT, IN_USE))
    moved = trend(now, then)
    assert moved is not None
    assert moved.word == "better"


def test_a_signal_that_asks_says_its_question_whatever_its_number():
    asked = signal(None, status=ASK)
    assert (asked.state, asked.sentence) == (State.ASK, "Where is the glue?")
