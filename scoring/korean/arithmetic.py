"""How a number and a letter came about, row by row, as `scoring.report.arithmetic` tells it in English."""

from __future__ import annotations

from scoring.answers import Answer
from scoring.debts import DEBTS
from scoring.korean.saying import part, title, value
from scoring.report.arithmetic import Rows
from scoring.signal import Letter, Scale, Signal, State, Status, grade
from scoring.wording import ENGLISH, Numbers

KO = "ko"
STANDS = {
    Letter.A: "가장 좋은 4분의 1 안",
    Letter.B: "좋은 쪽 절반 안",
    Letter.C: "나쁜 쪽 절반 안",
    Letter.D: "가장 나쁜 4분의 1 안",
    Letter.E: "가장 나쁜 10분의 1 안",
}
BETTER = {"lower": "낮을수록 좋음", "higher": "높을수록 좋음", "neither": "좋고 나쁨이 없음"}


def of_answer(answer: Answer, numbers: Numbers = ENGLISH) -> Rows:
    """The letter, and each part with the number that it rests on."""
    titled = [(one, DEBTS[one.debt].title.ko) for one in answer.parts]
    seen = "; ".join(name for one, name in titled if one.is_seen)
    letters = [f"{name} {one.letter}" for one, name in titled if one.letter is not None]
    rows = [*_letter_of(answer)]
    if rests := _rests_on(answer):
        rows.append(("등급의 근거", rests))
    rows += [
        ("살펴본 부분", part(answer.seen, answer.total, KO) + (f": {seen}" if seen else "")),
        ("등급이 있는 부분", "; ".join(letters) or "없음: 검증된 척도가 있는 수치가 없음"),
    ]
    if answer.lead and answer.is_known:
        shown = value(answer.lead.measurement.value or 0, answer.lead.definition.unit, KO, numbers)
        rows.append(("곁의 수치", f"{title(answer.lead.definition, KO)} {shown}: {counted_over(answer.lead, numbers)}"))
    return tuple(dict(rows).items())


def _letter_of(answer: Answer) -> Rows:
    if answer.letter is None:
        if not answer.graded:
            return (("등급", "없음: 등급이 있는 부분이 없음"),)
        there = "; ".join(f"{title(signal.definition, KO)} {signal.letter}" for signal in answer.graders)
        have = f"검증된 척도가 있는 부분은 {part(answer.graded, answer.total, KO)}({there})"
        return (("등급", f"없음: {have}이고, 등급에는 절반이 필요함"),)
    decided = "; ".join(
        f"{DEBTS[one.debt].title.ko}({', '.join(s.name for s in one.signals if s.letter == one.letter)})"
        for one in answer.deciding
    )
    rows = [("등급", answer.grade), ("정한 것", f"가장 약한 부분: {decided}")]
    if unsettled := sum(not one.is_settled for one in answer.parts):
        rows.append(("남은 범위", f"등급이 없거나 일부만 본 부분 {unsettled}개는 E까지 약할 수 있음"))
    return tuple(rows)


def _rests_on(answer: Answer) -> str:
    if answer.letter is None:
        return ""
    titles = "; ".join(title(signal.definition, KO) for signal in answer.graders)
    rest = answer.total - answer.graded
    others = f". 나머지 부분 {rest}개에는 척도가 없음" if rest else ""
    return f"부분 {part(answer.graded, answer.total, KO)}, 신호 {len(answer.graders)}개: {titles}{others}"


def of_signal(signal: Signal, numbers: Numbers = ENGLISH) -> Rows:
    """Empty where nothing was measured."""
    definition, number = signal.definition, signal.measurement.value
    if number is None:
        return ()
    shown = f"{value(number, definition.unit, KO, numbers)} ({numbers.short(number)})"
    better = BETTER[definition.better]
    scale = definition.scale
    if signal.letter is None or scale is None:
        return (
            ("수치", f"{shown}, {counted_over(signal, numbers)}; {better}"),
            ("등급", f"없음: {_why_none(signal)}"),
        )
    stands = f", {STANDS[signal.letter]}" if scale.n else ""
    compared = f"{numbers.within(scale.among)}, {scale.source}" if scale.n else scale.source
    rows = [
        ("등급", f"{grade(signal.letter, signal.span)}{stands}"),
        ("수치", f"{shown}; {better}"),
        ("경계", _bounds(scale, definition.unit, numbers)),
        ("비교 대상", f"저장소 {numbers.whole(scale.n)}개({compared})" if scale.n else compared),
    ]
    if left := _left_open(signal, scale, number, numbers):
        rows.append(("남은 범위", left))
    return tuple(rows)


def counted_over(signal: Signal, numbers: Numbers = ENGLISH) -> str:
    measured = signal.measurement
    over = "있는 그대로 셈" if measured.n is None else f"{numbers.whole(measured.n)}개에서 셈"
    return f"{over}; {part(measured.seen, measured.total, KO, numbers)} 살펴봄" if measured.total > 1 else over


def _why_none(signal: Signal) -> str:
    if signal.state is State.ASK:
        return "사람이 답함"
    if signal.definition.status is not Status.SCORE:
        return "수치만 보여 주며, 이 크기에서 검증된 척도가 없음"
    return "측정되지 않음"


def _bounds(scale: Scale, unit: str, numbers: Numbers) -> str:
    way = "이상" if scale.higher_is_better else "이하"
    told = []
    for letter, bound, spread in zip(Letter, scale.bounds, scale.spread or [None] * 4, strict=False):
        may = "" if spread is None else f" ({numbers.short(spread[0])}~{numbers.short(spread[1])})"
        told.append(f"{letter} {value(bound, unit, KO, numbers)} {way}{may}")
    return f"{', '.join(told)}, 그 밖은 {Letter.E}"


def _left_open(signal: Signal, scale: Scale, number: float, numbers: Numbers) -> str:
    said = []
    if len({letter for letter, bound in zip(Letter, scale.bounds, strict=False) if bound == number}) > 1:
        said.append("경계가 둘 이상 이 수치에 겹침")
    else:
        best, worst = scale.span(number)
        if best != worst:
            said.append("경계가 이 수치의 어느 쪽에도 있을 수 있음")
    measured = signal.measurement
    if measured.coverage < 1:
        said.append(f"{part(measured.seen, measured.total, KO, numbers)}만 보았으므로 나머지는 E까지 약할 수 있음")
    return "; ".join(said)
