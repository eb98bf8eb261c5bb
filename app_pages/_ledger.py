"""The ledger of debts as rows that a page shows. Pure: values in, values out; no Streamlit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app_pages._frames import asks
from app_pages._groups import Shown, rows
from app_pages._labels import said
from app_pages._text import plain, shortened
from app_pages._view import View
from scoring.answers import Scorecard, state_of
from scoring.debts import DEBTS, Debt, Words
from scoring.finding import Effort, Finding, Severity
from scoring.finding.acceptance import Acceptance
from scoring.report.links import permalink
from scoring.review.preparing import KIND_NOT_NAMED
from scoring.signal import Definition, Signal, State
from scoring.wording import ENGLISH, Numbers

NOT_NAMED = "not_named"
"""Stands in addresses for the row of signals that speak of debt without saying which kind."""

SECTIONS: Mapping[int, Words] = {
    2: Words("Complex models erode boundaries", "복잡한 모델은 경계를 허문다"),
    3: Words("Data dependencies cost more than code dependencies", "데이터 의존성은 코드 의존성보다 비싸다"),
    4: Words("Feedback loops", "피드백 루프"),
    5: Words("ML-system anti-patterns", "ML 시스템의 안티패턴"),
    6: Words("Configuration debt", "설정 부채"),
    7: Words("Dealing with changes in the external world", "외부 세계의 변화에 대처하기"),
    8: Words("Other areas of ML-related debt", "그 밖의 ML 관련 부채"),
}
"""The paper's own headings."""

NOT_NAMED_SENTENCE = Words(
    "Debt that is admitted in the code, but not by a name that the paper has for it.",
    "코드에서 부채라고 스스로 밝혔지만, 논문의 어느 종류인지는 말하지 않은 것입니다.",
)
NOT_NAMED_EXAMPLE = Words(
    "A comment says “hack, clean this up after the launch”, and the launch was two years ago.",
    "“임시방편, 출시 뒤에 정리할 것”이라는 주석이 있는데, 출시는 2년 전이었습니다.",
)
NOT_NAMED_REMEDY = Words(
    "Say in each comment which debt it is and what would end it, or delete it.",
    "주석마다 어떤 부채이고 무엇으로 끝나는지 밝히거나, 주석을 지우세요.",
)
NOT_NAMED_ASK = Words(
    "Which of the shortcuts that you took on purpose are written down nowhere?",
    "알고서 택한 지름길 가운데 어디에도 적혀 있지 않은 것은 무엇인가요?",
)
EFFORTS: Mapping[Effort, str] = {
    Effort.S: "one sitting, one file",
    Effort.M: "several files, or a decision",
    Effort.L: "a project of its own",
}


class Open(NamedTuple):
    """Findings of a kind, over all signals that counted any."""

    open: int
    accepted: int


@dataclass(frozen=True, slots=True)
class KindRow:
    slug: str
    section: int | None  # of the paper; None: the kind is not named
    title: str
    sentence: str
    example: str
    remedy: str
    asks: tuple[str, ...]  # questions for the team
    state: State
    signals: Shown
    findings: Open | None  # None: nothing that hands over findings was measured
    rules: tuple[str, ...]  # names of signals that hand over findings


def kind_rows(card: Scorecard, view: View, chosen: str | None = None) -> tuple[KindRow, ...]:
    """Every kind in the paper's order, then the one that is not named. `chosen` alone has all that stands behind it."""
    signals: defaultdict[Debt | None, list[Signal]] = defaultdict(list)
    for signal in card.signals:
        signals[signal.debt].append(signal)
    named = (
        _row(kind.debt.value, kind.section, texts, signals[kind.debt], view, chosen)
        for kind in DEBTS.values()
        for texts in [(kind.title, kind.sentence, kind.example, kind.remedy, kind.ask)]
    )
    unnamed = KIND_NOT_NAMED, NOT_NAMED_SENTENCE, NOT_NAMED_EXAMPLE, NOT_NAMED_REMEDY, NOT_NAMED_ASK
    return (*named, _row(NOT_NAMED, None, unnamed, signals[None], view, chosen))


def _row(
    slug: str, section: int | None, texts: tuple[Words, ...], signals: list[Signal], view: View, chosen: str | None
) -> KindRow:
    title, sentence, example, remedy, ask = map(view.words, texts)
    ordered = sorted(signals, key=lambda s: (s.state is not State.MEASURED, not s.definition.heads, s.name))
    state = state_of(ordered)
    return KindRow(
        slug,
        section,
        title,
        sentence,
        example,
        remedy,
        asks(ordered, "" if state is State.MEASURED else ask, view),
        state=state,
        signals=rows(ordered, view, briefly=slug != chosen),
        findings=findings_of(ordered),
        rules=tuple(signal.name for signal in ordered if signal.definition.rule),
    )


def findings_of(signals: Iterable[Signal]) -> Open | None:
    """None, not zero, where no signal that hands over findings looked and counted them."""
    tallies = [s.measurement.tally for s in signals if s.definition.rule]
    counted = [tally for tally in tallies if tally is not None]
    if not counted:
        return None
    accepted = sum(tally.accepted for tally in counted)
    return Open(sum(tally.total for tally in counted) - accepted, accepted)


class Wanted(NamedTuple):
    """Which findings are listed; None: whatever they are."""

    accepted: bool | None = None
    severity: Severity | None = None


EVERY = Wanted()
ACCEPTANCES: Mapping[str, str] = {"open": "Open", "accepted": "Accepted"}
SEVERITIES: Mapping[str, str] = {
    severity.word: severity.word.capitalize() for severity in sorted(Severity, reverse=True)
}


def wanted(acceptance: str | None, severity: str | None) -> Wanted:
    """What an address asks for. Words that it should not have stand for everything."""
    return Wanted(
        accepted=acceptance == "accepted" if acceptance in ACCEPTANCES else None,
        severity=next((one for one in Severity if one.word == severity), None),
    )


class FindingRow(NamedTuple):
    """One place, in words. No text is escaped yet."""

    id: str
    place: str
    link: str | None
    symbol: str
    snippet: str
    note: str
    severity: str
    effort: str
    interest: str
    last_changed: str
    rule: str  # the signal's title
    why: str
    pay_off: str
    accepted: str  # by whom and until when, or whose acceptance ran out; empty where nobody accepts it
    is_accepted: bool


def finding_row(finding: Finding, definitions: Mapping[str, Definition], view: View) -> FindingRow:
    known = definitions.get(finding.rule)
    lines = f"{finding.line}" if finding.end_line <= finding.line else f"{finding.line}–{finding.end_line}"
    return FindingRow(
        id=finding.id,
        place=f"{shortened(plain(finding.path), 160)}:{lines}",
        link=permalink(view.web, "file", finding.path, view.commit, finding.line, finding.end_line),
        symbol=finding.symbol,
        snippet=finding.snippet,
        note=view.numbers.within(finding.note),
        severity=finding.severity.word,
        effort=finding.effort.value,
        interest=interest(finding.interest, view.numbers, view.language),
        last_changed=_line_changed(finding, view.language),
        rule=view.title(known) if known else finding.rule,
        why=view.why(known) if known else "",
        pay_off=view.pay_off(known) if known else "",
        accepted=accepted(finding.accepted, finding.lapsed, view.language),
        is_accepted=finding.accepted is not None,
    )


def _line_changed(finding: Finding, language: str) -> str:
    """Of the lines themselves: their file may have changed since."""
    if not finding.last_changed:
        return said("age not known", language)
    one_line = finding.end_line <= finding.line
    return said(
        "line last changed {day}" if one_line else "lines last changed {day}", language, day=finding.last_changed
    )


def interest(changes: int | None, numbers: Numbers = ENGLISH, language: str = "en") -> str:
    if changes is None:
        return said("changes of the file not known", language)
    if changes == 0:
        return said("file not changed in a year", language)
    if changes == 1:
        return said("file changed once in a year", language)
    return said("file changed {n} times in a year", language, n=numbers.whole(changes))


def accepted(holds: Acceptance | None, lapsed: Acceptance | None, language: str = "en") -> str:
    """Owners stand as the team typed them."""
    if holds is not None:
        note = f": {holds.note}" if holds.note else ""
        told = "accepted by {owner} until {until} ({reason})"
        return (
            said(told, language, owner=holds.owner, until=holds.until, reason=said(holds.reason.value, language)) + note
        )
    if lapsed is None:
        return ""
    return said("the acceptance by {owner} ran out after {until}", language, owner=lapsed.owner, until=lapsed.until)
