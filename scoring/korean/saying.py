"""Numbers, and what signals, answers and scorecards say, in the reader's language.

Whatever has no Korean is said in English as a whole: no sentence is put together from both.
"""

from __future__ import annotations

from collections.abc import Sequence

from scoring.answers import Answer, Scorecard
from scoring.debts import Words
from scoring.finding import Tally
from scoring.korean.particles import Noun
from scoring.korean.reasons import reason_in_korean
from scoring.korean.remedies import REMEDIES
from scoring.korean.sentences import SENTENCES
from scoring.korean.titles import TITLES
from scoring.korean.units import AXES, COUNTERS
from scoring.korean.why import WHY
from scoring.signal import LEVEL, PRESENT, Definition, Letter, Signal, State, format_value, stands_alone
from scoring.signal import evidence_number as in_english
from scoring.wording import ENGLISH, Numbers

LEVELS = ("보이지 않음", "있음, 사용은 보이지 않음", "사용 중")
"""How far a practice goes."""


def is_korean(language: str) -> bool:
    return Words("", "ko").in_language(language) == "ko"


def title(definition: Definition, language: str) -> str:
    return TITLES.get(definition.name, definition.title) if is_korean(language) else definition.title


def pay_off(definition: Definition, language: str) -> str:
    """How one pays it off."""
    return REMEDIES.get(definition.name, definition.pay_off) if is_korean(language) else definition.pay_off


def why(definition: Definition, language: str) -> str:
    """Why it matters."""
    return WHY.get(definition.name, definition.why) if is_korean(language) else definition.why


def axis(unit: str, language: str) -> str:
    """What an axis of this unit is called."""
    return AXES.get(unit, unit) if is_korean(language) else unit


def value(number: float, unit: str, language: str, numbers: Numbers = ENGLISH) -> str:
    """A number as a person writes it: "12 %", "3.5일", "2명"."""
    told = _value(number, unit, numbers) if is_korean(language) else None
    return format_value(number, unit, numbers) if told is None else told


def _value(number: float, unit: str, numbers: Numbers) -> str | None:
    """None where the unit has no Korean."""
    if unit == LEVEL:
        return LEVELS[(number >= PRESENT) + (number >= 1)]
    is_share = unit.split(" ", 1)[0] == "share"
    if not is_share and unit not in COUNTERS:
        return None
    counter = "" if is_share else COUNTERS[unit]
    english = format_value(number, unit if is_share else "", numbers).strip()
    for word, after in (("under ", " 미만"), ("over ", " 초과")):
        if english.startswith(word):
            return f"{english.removeprefix(word)}{counter}{after}"
    return f"{english}{counter}"


def part(seen: int, total: int, language: str, numbers: Numbers = ENGLISH) -> str:
    """How much was looked at: "3 of 5"."""
    told = numbers.whole(seen), numbers.whole(total)
    return f"{told[1]}개 중 {told[0]}개" if is_korean(language) else f"{told[0]} of {told[1]}"


def evidence_number(number: float, note: str, unit: str, language: str, numbers: Numbers = ENGLISH) -> str:
    """The number of a row of evidence, as `scoring.signal` has it; bare where the note, which is English, goes on."""
    english = in_english(number, note, unit, numbers)
    goes_on = note and (unit.startswith("share") or not stands_alone(note))
    is_bare = goes_on and not note.startswith(("of the ", "of their "))
    return english if is_bare or not is_korean(language) else value(number, _of(note, unit), language, numbers)


def _of(note: str, unit: str) -> str:
    return "share" if note.startswith(("of the ", "of their ")) else unit


def reason(signal: Signal, language: str, numbers: Numbers = ENGLISH) -> str:
    """Why there is no number, as a clause in English and a sentence without its full stop in Korean."""
    english = signal.measurement.reason
    told = reason_in_korean(english) if is_korean(language) else None
    return numbers.within(english if told is None else told)


def unknown(signal: Signal, language: str, numbers: Numbers = ENGLISH) -> str:
    """The same as a sentence that stands behind the signal's title."""
    english = signal.measurement.reason
    if is_korean(language) and (told := reason_in_korean(english)) is not None:
        return f"알 수 없습니다. {numbers.within(told)}."
    return f"unknown, because {numbers.within(english)}."


def said(signal: Signal, language: str, numbers: Numbers = ENGLISH) -> str:
    """The sentence of a signal."""
    told = _said(signal, numbers) if is_korean(language) else None
    return signal.said(numbers) if told is None else told


def _said(signal: Signal, numbers: Numbers) -> str | None:
    definition, measured = signal.definition, signal.measurement
    if signal.state is State.ASK:
        return definition.asks.ko
    if measured.value is None:
        told = reason_in_korean(measured.reason)
        named = TITLES.get(signal.name)
        return None if told is None or named is None else f"{named}: 알 수 없습니다. {numbers.within(told)}."
    template = SENTENCES.get(signal.name)
    shown = _value(measured.value, definition.unit, numbers)
    if template is None or shown is None or (measured.n is None and "{n}" in template):
        return None
    sentence = template.format(value=Noun(shown), n="" if measured.n is None else numbers.whole(measured.n))
    tally = measured.tally
    return f"{sentence} {_tally(tally, numbers)}." if tally and (tally.accepted or tally.lapsed) else sentence


def _tally(one: Tally, numbers: Numbers) -> str:
    total, taken, lapsed = map(numbers.whole, one)
    places = f"모두 {total}곳" + (f", 그중 수용 {taken}곳" if one.accepted else "")
    return f"{places}, 수용 기한이 지난 것 {lapsed}곳" if one.lapsed else places


def answer(one: Answer, language: str, numbers: Numbers = ENGLISH) -> str:
    """The sentence of an answer."""
    told = _answer(one, numbers) if is_korean(language) else None
    return one.said(numbers) if told is None else told


def _answer(one: Answer, numbers: Numbers) -> str | None:
    if one.lead is None or not one.is_known:
        return f"근거가 부족합니다. 부분 {one.total}개 가운데 측정할 수 있는 것이 없었습니다."
    lead = _said(one.lead, numbers)
    if lead is None or not one.is_nearest:
        return lead
    if one.is_mostly_unseen:
        return f"대부분 보지 못했습니다(부분 {one.total}개 가운데 {one.seen}개). 가장 가까운 근거: {lead}"
    lacking = one.lacking
    why_not = f"일부만 보았습니다(부분 {one.total}개 가운데 {one.seen}개)."
    if lacking is not None:
        told = _said(lacking, numbers)
        if told is None:
            return None
        why_not = told
    return f"{why_not} 가장 가까운 근거: {lead}"


def headline(card: Scorecard, language: str) -> str:
    """One line, without its full stop."""
    told = _headline(card) if is_korean(language) else None
    return card.headline if told is None else told


def _headline(card: Scorecard) -> str | None:
    known = [one for one in card.answers if one.is_known]
    if not known:
        return f"답 {len(card.answers)}개 가운데 측정할 수 있는 것이 없었습니다"
    seen, total = sum(one.seen for one in card.answers), sum(one.total for one in card.answers)
    text = f"답 {len(card.answers)}개 가운데 {len(known)}개에 대해, 부분 {total}개 가운데 {seen}개를 살펴보았습니다"
    lettered = [one for one in known if one.letter is not None]
    if lettered:
        return f"{text}. {_letters(lettered)}"
    if any(one.graded for one in card.answers):
        return f"{text}. 척도가 있는 부분이 어느 답에서도 절반이 안 되어 등급이 없습니다"
    if not card.why_not:
        return f"{text}. 척도가 있는 것 가운데 측정된 것이 없어 등급이 없습니다"
    told = reason_in_korean(card.why_not)
    return None if told is None else f"{text}. {told}. 그래서 등급이 없습니다"


def _letters(answers: Sequence[Answer]) -> str:
    last: Letter = max(one.letter for one in answers if one.letter is not None)
    which = [one for one in answers if one.letter is last]
    names = ", ".join(one.question.title.ko for one in which)
    graders = {signal.name: signal for one in answers for signal in one.graders}
    by = f", 신호 하나로 판정: {title(next(iter(graders.values())).definition, 'ko')}" if len(graders) == 1 else ""
    return f"{'가장 약한 답' if len(which) < len(answers) else '등급이 있는 답'}: {names}, {last}{by}"
