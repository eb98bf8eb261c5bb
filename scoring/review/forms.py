"""A record as one reader sees it on a page: its numbers in their form, and what it knows by an id in their language.

What is kept and exported is never this: a record that is closed does not depend on who looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scoring.debts import DEBTS, Words
from scoring.debts.questions import ASKED_IN_KOREAN
from scoring.korean.titles import TITLES
from scoring.questions import QUESTIONS
from scoring.review.agenda import Topic
from scoring.review.goals import About
from scoring.review.preparing import KIND_NOT_NAMED
from scoring.review.record import Decision, Record
from scoring.rubric import RUBRIC
from scoring.wording import ENGLISH, Numbers

_TEXTS = {question.id: question.text for question in QUESTIONS}
_TITLES = {question.id: question.title for question in QUESTIONS}
_KINDS = {kind.debt.value: kind.title for kind in DEBTS.values()}
_ASKS = {
    **{test.id: test.ask for test in RUBRIC},
    **{kind.debt.value: kind.ask for kind in DEBTS.values()},
    **{name: Words("", asked) for name, asked in ASKED_IN_KOREAN.items()},
}

_TOPICS: Mapping[str, str] = {
    Topic.CARRIED: "지난 검토에서 넘어온 할 일",
    Topic.ANSWERS: "다섯 답에서 달라진 것과 그 원인",
    Topic.FLOWS: "종류별로 새로 진 부채와 갚은 부채",
    Topic.PLACES: "가장 무거운 곳: 심각도와 변경 빈도",
    Topic.GOALS: "기한이 되었거나 어긋난 목표",
    Topic.LAPSES: "기한이 지난 답과 수용",
    Topic.QUESTIONS: "사람만 답할 수 있는 질문",
    Topic.DECIDE: "세 가지 결정: 저마다 담당자와 기한",
}


def in_language(one: Record, language: str) -> Record:
    """Questions, kinds of debt and topics; findings, reasons and what people typed stay as they are."""

    def said(texts: Mapping[str, Words], key: str, otherwise: str) -> str:
        return texts[key].ko if key in texts else otherwise

    one = replace(
        one,
        decisions=tuple(_titled(row, language) for row in one.decisions),
        carried=tuple(replace(row, decision=_titled(row.decision, language)) for row in one.carried),
        goals=tuple(replace(row, decision=_titled(row.decision, language)) for row in one.goals),
    )
    if Words("en", "ko").in_language(language) == "en":
        return one
    return replace(
        one,
        agenda=tuple(replace(row, title=_TOPICS.get(row.topic, row.title)) for row in one.agenda),
        answers=tuple(
            replace(row, title=said(_TITLES, row.question, row.title), text=said(_TEXTS, row.question, row.text))
            for row in one.answers
        ),
        flows=tuple(
            replace(row, title=said(_KINDS, row.debt, row.title) if row.debt else KIND_NOT_NAMED.ko)
            for row in one.flows
        ),
        asked=tuple(replace(row, text=said(_ASKS, row.about, row.text)) for row in one.asked),
    )


def _titled(one: Decision, language: str) -> Decision:
    """What was decided on, as its reader calls it, whoever decided: by the id of a kind of debt or of a rule."""
    kind = _KINDS.get(one.subject) if one.about == About.DEBT else None
    if kind:
        return replace(one, title=kind.in_language(language))
    english, colon, where = one.title.partition(": ")
    known = TITLES.get(one.rule) if one.rule and colon else None
    return replace(one, title=f"{Words(english, known).in_language(language)}: {where}") if known else one


def in_form(one: Record, numbers: Numbers) -> Record:
    """Numbers that stand alone, and those in sentences that can be nothing else."""
    if numbers == ENGLISH:
        return one
    every, sure = numbers.throughout, numbers.within
    answers = (
        replace(
            row,
            sentence=sure(row.sentence),
            why_same=every(row.why_same),
            number_then=every(row.number_then),
            number_now=every(row.number_now),
        )
        for row in one.answers
    )
    moved = (
        replace(
            row,
            before=every(row.before),
            now=every(row.now),
            rows=tuple(replace(each, numbers=every(each.numbers), note=sure(each.note)) for each in row.rows),
        )
        for row in one.moved
    )
    return replace(
        one,
        before=replace(one.before, partial=tuple(map(sure, one.before.partial))),
        now=replace(one.now, partial=tuple(map(sure, one.now.partial))),
        judging=tuple(map(sure, one.judging)),
        agenda=tuple(replace(row, says=sure(row.says)) for row in one.agenda),
        answers=tuple(answers),
        moved=tuple(moved),
        flows=tuple(replace(row, why=sure(row.why)) for row in one.flows),
        places=tuple(replace(row, note=sure(row.note)) for row in one.places),
        places_why=sure(one.places_why),
        carried=tuple(replace(row, why=sure(row.why)) for row in one.carried),
        goals=tuple(replace(row, why=sure(row.why)) for row in one.goals),
    )
