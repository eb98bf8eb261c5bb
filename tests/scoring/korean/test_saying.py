"""Numbers and sentences in Korean: whole, or in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.answers import Identity, score
from scoring.debts import Debt
from scoring.finding import Tally
from scoring.korean import saying
from scoring.signal import ASK, SHOW, Definition, Measurement, Signal, Status
from scoring.wording import ENGLISH, Numbers

GERMAN = Numbers(decimal=",", group=".")


def definition(
    name: str, debt: Debt, *, unit: str = "answer", status: Status = SHOW, says: str = "{value}."
) -> Definition:
    return Definition(name, name.title(), debt, unit, "lower", status, "Counts.", says)


PLACES = definition("local_paths", Debt.PROTOTYPE_SMELL, unit="places", says="In {value}; {n} {n:file|files}.")


def signal(one: Definition, measured: Measurement) -> Signal:
    return Signal(one, measured)


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (1, "people", "1명"),
        (2, "people", "2명"),
        (3.5, "days", "3.5일"),
        (0, "branches", "0개"),
        (1_204, "places", "1,204곳"),
        (-3, "notes", "−3개"),
        (0.02, "days", "0.1일 미만"),
        (0.12, "share of lines", "12 %"),
        (0.0004, "share of lines", "0.1 % 미만"),
        (0.999, "share of lines", "99 % 초과"),
        (0.0, "level", "보이지 않음"),
        (0.5, "level", "있음, 사용은 보이지 않음"),
        (1.0, "level", "사용 중"),
        (3, "barrels", "3 barrels"),
    ],
)
def test_a_number_has_its_counter(number: float, unit: str, told: str) -> None:
    assert saying.value(number, unit, "ko") == told


def test_numbers_have_the_form_of_the_reader() -> None:
    assert saying.value(1_204.0, "places", "ko", GERMAN) == "1.204곳"
    assert saying.value(3.5, "days", "ko-KR", GERMAN) == "3,5일"


def test_english_is_what_it_was() -> None:
    found = signal(PLACES, Measurement(2, n=7))
    assert saying.said(found, "en") == found.sentence
    assert saying.value(2, "places", "en") == "2 places"
    assert saying.title(PLACES, "en") == PLACES.title
    assert saying.part(1, 2, "en") == "1 of 2"


def test_a_sentence_is_korean_as_a_whole() -> None:
    found = signal(PLACES, Measurement(2, n=7))
    assert saying.said(found, "ko") == "개인 컴퓨터의 경로가 코드 2곳에 있습니다. 읽은 Python 파일은 7개입니다."
    accepted = signal(PLACES, Measurement(2, n=7, tally=Tally(2, accepted=1)))
    assert saying.said(accepted, "ko").endswith("7개입니다. 모두 2곳, 그중 수용 1곳.")


def test_a_sentence_without_korean_stays_english_as_a_whole() -> None:
    other = replace(PLACES, name="of_somebody_else")
    found = signal(other, Measurement(2, n=7))
    assert saying.said(found, "ko") == found.sentence
    uncounted = signal(PLACES, Measurement(2))
    assert saying.said(uncounted, "ko") == uncounted.sentence
    unknown = signal(PLACES, Measurement.unknown("the moon was full"))
    assert saying.said(unknown, "ko") == unknown.sentence
    assert saying.reason(unknown, "ko") == "the moon was full"
    assert saying.unknown(unknown, "ko") == "unknown, because the moon was full."


def test_an_unknown_one_says_why() -> None:
    found = signal(PLACES, Measurement.unknown("there is no Python code that could be read"))
    assert saying.said(found, "ko") == "개인 컴퓨터의 경로: 알 수 없습니다. 읽을 수 있는 Python 코드가 없습니다."
    assert saying.unknown(found, "ko") == "알 수 없습니다. 읽을 수 있는 Python 코드가 없습니다."
    assert saying.unknown(found, "en") == f"unknown, because {found.measurement.reason}."


def test_a_number_of_evidence_is_bare_where_its_note_goes_on_in_english() -> None:
    assert saying.evidence_number(4, "commits", "files", "ko") == "4"
    assert saying.evidence_number(4, "", "files", "ko") == "4개"
    assert saying.evidence_number(4, "commits: 2", "files", "ko") == "4개"
    assert saying.evidence_number(0.5, "of the lines", "files", "ko") == "50 %"


def test_an_answer_and_the_headline_are_korean() -> None:
    asked = definition("incentives", Debt.CULTURAL_DEBT, status=ASK)
    smells = definition("local_paths", Debt.PROTOTYPE_SMELL, unit="places", status=SHOW, says="In {value}; {n}.")
    card = score([signal(smells, Measurement(2, n=7)), signal(asked, Measurement.asked())], Identity("a" * 40, 0))
    by_id = {one.question.id: one for one in card.answers}
    told = saying.answer(by_id["new_algorithm"], "ko")
    assert told.startswith("대부분 보지 못했습니다(부분 8개 가운데 1개). 가장 가까운 근거: 개인 컴퓨터의 경로가")
    nothing = saying.answer(by_id["cross_degradation"], "ko")
    assert nothing == "근거가 부족합니다. 부분 8개 가운데 측정할 수 있는 것이 없었습니다."
    assert saying.answer(by_id["new_algorithm"], "en") == by_id["new_algorithm"].sentence
    assert saying.headline(card, "ko") == (
        "답 5개 가운데 2개에 대해, 부분 41개 가운데 2개를 살펴보았습니다. "
        "보정된 척도가 있는 신호가 아직 없습니다. 그래서 등급이 없습니다"
    )
    assert saying.headline(card, "en") == card.headline
    assert ENGLISH.whole(1) == "1"
