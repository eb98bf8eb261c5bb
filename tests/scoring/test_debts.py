"""The ledger's texts: complete, in both languages, one sentence each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.registry import discover
from scoring.debts import DEBTS, Debt, DebtKind, Words
from scoring.debts.questions import ASKED_IN_KOREAN
from scoring.questions import QUESTIONS, Question
from scoring.signal import ASK

HANGUL = re.compile(r"[\uac00-\ud7a3]")
LONGEST = 200  # characters that still read as one breath

KIND_TEXTS = ("title", "sentence", "example", "remedy", "ask")
QUESTION_TEXTS = ("title", "text", "sentence", "example")


def texts() -> list[tuple[str, str, Words]]:
    """Every text of the ledger and of the questions, with its owner and field."""
    kinds = [(kind.debt.value, field, getattr(kind, field)) for kind in DEBTS.values() for field in KIND_TEXTS]
    questions = [(q.id, field, getattr(q, field)) for q in QUESTIONS for field in QUESTION_TEXTS]
    return kinds + questions


TEXTS = [pytest.param(words, field, id=f"{owner}-{field}") for owner, field, words in texts()]


def test_the_ledger_holds_the_papers_22_kinds_in_its_order() -> None:
    assert len(Debt) == 22
    assert tuple(DEBTS) == tuple(Debt)
    assert all(kind.debt is debt for debt, kind in DEBTS.items())


def test_the_kinds_follow_the_papers_sections() -> None:
    by_section = dict.fromkeys(range(2, 9), 0)
    for kind in DEBTS.values():
        by_section[kind.section] += 1
    assert by_section == {2: 3, 3: 3, 4: 2, 5: 7, 6: 1, 7: 2, 8: 4}
    assert [kind.section for kind in DEBTS.values()] == sorted(kind.section for kind in DEBTS.values())


def test_the_ledger_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        DEBTS[Debt.GLUE_CODE] = DEBTS[Debt.CULTURAL_DEBT]  # type: ignore[index]


def test_every_kind_says_all_there_is_to_say() -> None:
    fields = {field for field in DebtKind.__dataclass_fields__ if field not in ("debt", "section")}
    assert fields == set(KIND_TEXTS)
    assert {f for f in Question.__dataclass_fields__ if f not in ("id", "debts")} == set(QUESTION_TEXTS)


@pytest.mark.parametrize(("words", "field"), TEXTS)
def test_a_text_stands_in_both_languages(words: Words, field: str) -> None:
    assert all(text and text == " ".join(text.split()) for text in words)
    assert HANGUL.search(words.ko)
    assert not HANGUL.search(words.en)


@pytest.mark.parametrize(("words", "field"), TEXTS)
def test_a_text_is_one_sentence_and_a_title_none(words: Words, field: str) -> None:
    for text in words:
        ends = re.findall(r"[.?!](?=\s|$)", text)
        if field == "title":
            assert not ends
            assert len(text) <= 70
        else:
            assert ends == ["?" if field in ("ask", "text") else "."]
            assert re.search(r"[.?]$", text)
            assert len(text) <= LONGEST


@pytest.mark.parametrize("debt", Debt)
def test_a_korean_title_carries_the_papers_term(debt: Debt) -> None:
    title = DEBTS[debt].title
    term = re.search(r"\(([^)]+)\)$", title.ko)
    assert term
    assert term[1].split()[0] == title.en.split()[0]


def test_no_two_texts_are_the_same() -> None:
    for language in ("en", "ko"):
        found = [words.in_language(language) for _, _, words in texts()]
        assert len(set(found)) == len(found)


def test_a_korean_sentence_is_addressed_politely() -> None:
    """One level of speech throughout: statements in -니다, advice in -세요, questions in -요."""
    endings = {"sentence": ("니다.",), "example": ("니다.",), "remedy": ("세요.",), "ask": ("요?",), "text": ("요?",)}
    for owner, field, words in texts():
        assert words.ko.endswith(endings.get(field, ("",))), (owner, field)


@pytest.mark.parametrize("language", ["ko", "KO", "ko-KR", "ko_KR.UTF-8"])
def test_korean_is_recognised_however_a_locale_writes_it(language: str) -> None:
    assert Words("yes", "네").in_language(language) == "네"


@given(st.text().filter(lambda language: not language.lower().startswith("ko")))
def test_every_other_language_falls_back_to_english(language: str) -> None:
    assert Words("yes", "네").in_language(language) == "yes"


@pytest.mark.parametrize("language", ["kok", "kok-IN", "kos"])
def test_languages_whose_code_only_begins_like_korean_are_not_korean(language: str) -> None:
    assert Words("yes", "네").in_language(language) == "yes"


def test_each_question_that_a_signal_asks_is_asked_in_korean_too() -> None:
    asking = {c.definition.name: c.definition for c in discover() if c.definition.status is ASK}
    assert set(ASKED_IN_KOREAN) == set(asking)
    for name, definition in asking.items():
        assert definition.asks.en == definition.ask, name
        assert HANGUL.search(definition.asks.ko), name
        assert definition.asks.ko.endswith("?"), name
        assert len(definition.asks.ko) <= LONGEST, name
