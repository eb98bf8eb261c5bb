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
from scoring.wording import Counted, told, worded

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
