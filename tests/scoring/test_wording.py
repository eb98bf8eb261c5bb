"""Numbers and the words beside them agree, in every signal there is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.registry import discover
from scoring.signal import Definition, Measurement, Signal
from scoring.wording import ENGLISH, Counted, Numbers, told, worded

SIGNALS = sorted((Path(__file__).parents[2] / "collectors" / "signals").glob("*.py"))
DEFINITIONS = {collector.definition.name: collector.definition for collector in discover()}
every_signal = pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=list(DEFINITIONS))

ONE_AND_MANY = re.compile(r"(?<![\d.,])1 (?:\w+ )?(?:of [\w,]+ )?(?:are|were|have|hold|name|keep|stand)\b")
MANY_AND_ONE = re.compile(r"(?<![\d.,])(?:0|2|1,204) (?:\w+ )?(?:of [\w,]+ )?(?:is|was|has|holds|names|keeps|stands)\b")


@pytest.mark.parametrize(("number", "word"), [(0, "files"), (1, "file"), (-1, "file"), (2, "files"), (0.5, "files")])
def test_one_alone_is_singular(number: float, word: str) -> None:
    assert worded(number, "file", "files") == word
    assert told("{n} {n:file|files}", Counted(0, ""), Counted(number, "x")) == f"x {word}"


def test_an_unknown_number_goes_with_the_plural() -> None:
    assert told("{n} {n:file is|files are} new", Counted(0, ""), Counted(None, "some")) == "some files are new"


@given(st.text())
def test_a_template_has_its_numbers_and_pairs_of_words_or_fails_at_once(words: str) -> None:
    counted = Counted(2, "two")
    if words.count("|") == 1:
        assert format(counted, words) == words.partition("|")[2]
    elif words:
        with pytest.raises(ValueError, match="two words parted by a bar"):
            format(counted, words)


def sentence(definition: Definition, value: float, n: int) -> str:
    return Signal(definition, Measurement(value, n=n)).sentence


@every_signal
@pytest.mark.parametrize("n", [0, 1, 2, 1_204])
@pytest.mark.parametrize("value", [0.0, 0.01, 0.5, 1.0, 2.0, 1_204.0])
def test_the_sentence_of_every_signal_agrees_with_its_numbers(definition: Definition, value: float, n: int) -> None:
    said = sentence(definition, value, n)
    assert not ONE_AND_MANY.search(said), said
    assert not MANY_AND_ONE.search(said), said


@every_signal
def test_words_right_after_a_number_change_with_it(definition: Definition) -> None:
    """A template that says `{n} files` would say "1 files"."""
    one, two = sentence(definition, 3, 1), sentence(definition, 3, 2)
    if "{n}" in definition.says and re.sub(r"(?<![\d.,])1(?![\d.,]\d)", "2", one) == two:
        after = definition.says.partition("{n}")[2]
        assert re.match(r"[.,;:)]|$", after), f"{definition.says!r}: what follows {{n}} needs {{n:one|many}}"


@every_signal
def test_a_verb_after_the_value_changes_with_it(definition: Definition) -> None:
    if not definition.unit.startswith("share"):
        bare = re.search(r"\{value\}(?: of \{n\})? (?:are|is|were|was|have|has|hold|holds)\b", definition.says)
        assert bare is None, f"{definition.says!r}: the verb needs {{value:is|are}}"


@pytest.mark.parametrize("path", SIGNALS, ids=lambda path: path.stem)
def test_no_note_of_a_row_begins_with_a_plural_whatever_its_number(path: Path) -> None:
    """A row shows its number and then its note: "1", "lines". `worded` has the word that goes with it."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Evidence":
            note = call.args[3] if len(call.args) > 3 else None
            first = note.values[0] if isinstance(note, ast.JoinedStr) else note
            if isinstance(first, ast.Constant):
                assert not re.match(r"[a-z]+s\b(?!:)", str(first.value)), f"{path.name}:{call.lineno}: {first.value!r}"


GERMAN = Numbers(",", ".", percent="{}\u00a0%")
INDIAN = Numbers(others=2, percent="{}%")


@pytest.mark.parametrize(
    ("number", "english", "german", "indian"),
    [
        (0, "0", "0", "0"),
        (999, "999", "999", "999"),
        (1_000, "1,000", "1.000", "1,000"),
        (123_456, "123,456", "123.456", "1,23,456"),
        (1_234_567, "1,234,567", "1.234.567", "12,34,567"),
        (-12_345_678, "-12,345,678", "-12.345.678", "-1,23,45,678"),
        (-12_345, "-12,345", "-12.345", "-12,345"),
    ],
)
def test_a_whole_number_has_three_forms(number: int, english: str, german: str, indian: str) -> None:
    assert (ENGLISH.whole(number), GERMAN.whole(number), INDIAN.whole(number)) == (english, german, indian)


def test_decimals_and_what_is_counted() -> None:
    assert GERMAN.short(1234.56) == "1.235"
    assert GERMAN.short(0.01234) == "0,01234"
    assert [GERMAN.short(number) for number in (9_999.4, 9_999.6, 1_234_567.8)] == ["9.999", "10.000", "1.234.568"]
    assert GERMAN.count(1, "file") == "1 file"
    assert GERMAN.count(1_204, "branch", "branches") == "1.204 branches"
    assert GERMAN.share("12.5") == "12,5\u00a0%"


@pytest.mark.parametrize(
    ("stored", "german"),
    [
        ("only 1,204 of 12,345 places tell", "only 1.204 of 12.345 places tell"),
        ("1,204,567.", "1.204.567."),
        ("(1,204)", "(1.204)"),
        ("went down by 23 %, to 0.5 %", "went down by 23\u00a0%, to 0,5\u00a0%"),
        ("Python 3.11", "Python 3.11"),
        ("threshold = 0.5", "threshold = 0.5"),
        ("data/1,204.csv", "data/1,204.csv"),
        ("a1,204", "a1,204"),
        ("1,204b", "1,204b"),
        ("12,34", "12,34"),
        ("1,2,3", "1,2,3"),
        ("lines 1,204,56", "lines 1,204,56"),
        ("#1,204", "#1,204"),
        ("10.1145/1,204", "10.1145/1,204"),
    ],
)
def test_in_a_stored_sentence_only_what_is_sure_to_be_a_number_is_put_anew(stored: str, german: str) -> None:
    assert GERMAN.within(stored) == german
    assert ENGLISH.within(stored) == stored


def test_where_every_number_is_one_decimals_are_put_anew_too() -> None:
    assert GERMAN.throughout("3.5 days → 1,204.5 days") == "3,5 days → 1.204,5 days"
    assert GERMAN.throughout("under 0.1 % → 12 %") == "under 0,1\u00a0% → 12\u00a0%"
    assert INDIAN.throughout("123,456 (1,204 accepted)") == "1,23,456 (1,204 accepted)"


@every_signal
def test_the_sentence_of_every_signal_keeps_its_words_in_another_form(definition: Definition) -> None:
    said = Signal(definition, Measurement(1_234_567.0, n=7_654_321, seen=3, total=4))
    english, german = said.said(), said.said(GERMAN)
    assert re.sub(r"[\d.,\s\u00a0]", "", german) == re.sub(r"[\d.,\s]", "", english)
    assert not re.search(r"\d,\d{3}", german)
