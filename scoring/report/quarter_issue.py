"""What a team has to decide about its debt in a quarter, as an issue: the same from the same two scorecards."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from scoring.answers import Scorecard
from scoring.attestation import Attestation
from scoring.debts import DEBTS, Debt
from scoring.finding import Finding
from scoring.report.links import permalink
from scoring.report.markdown import code, link, plain
from scoring.report.moves import Move, comparable, moves
from scoring.report.stated import stated_of
from scoring.report.text import day
from scoring.signal import Definition, format_value
from scoring.wording import worded

MOVES, PLACES, QUESTIONS = 5, 3, 5
"""Of each so many are told, and how many more there are."""


class Then(NamedTuple):
    """About a quarter before."""

    card: Scorecard
    findings: tuple[Finding, ...] | None  # None: they were not listed then


class Review(NamedTuple):
    quarter: str  # "2026 Q4"
    web: str | None  # https address that links begin with
    card: Scorecard
    findings: tuple[Finding, ...]  # the heaviest first
    then: Then | None
    attestations: tuple[Attestation, ...] = ()
    page: str | None = None  # https address of the page where the team holds its review


class Words(NamedTuple):
    title: str
    body: str
    digest: str  # of what it is about, not of how that is said: a later mldebt may say it better


def quarter_of(seconds: int) -> str:
    """ "2026 Q4", of a moment in UTC."""
    when = date.fromisoformat(day(seconds))
    return f"{when.year} Q{(when.month + 2) // 3}"


def words(review: Review) -> Words:
    """Nobody is named, whoever accepted or stated what."""
    identity = review.card.identity
    commit = link(code(identity.commit[:10]), permalink(review.web, "commit", identity.commit, identity.commit))
    body = _paragraphs(
        f"What there is to decide about the debt of this repository, as seen at {commit} of {day(identity.as_of)}. "
        "Nothing has to be paid at once: choose what is worth it, and say who does it by when.",
        f"{link('Hold the review', review.page)}: an agenda of 45 minutes is prepared there." if review.page else "",
        _moved(review),
        _flow(review),
        _heaviest(review),
        _asked(review),
        "This issue is here because `quarterly_issue` is on in `.github/mldebt.yml`. Close it when you have decided.",
    )
    return Words(f"mldebt: what to decide in {review.quarter}", body, _digest(review))


def _digest(review: Review) -> str:
    then = review.then
    about = [
        review.quarter,
        review.card.identity.commit,
        [(one.signal.name, one.trend.before, one.trend.now) for one in moves(review.card, then.card)] if then else None,
        [(row.id, row.accepted is None) for row in review.findings],
        [row.id for row in then.findings] if then and then.findings is not None else None,
        _open_questions(review),
    ]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()


def _moved(review: Review) -> str:
    if review.then is None:
        return _section("What moved", ["There is no scorecard of a quarter before that can be compared."])
    since = day(review.then.card.identity.as_of)
    found = moves(review.card, review.then.card)
    told = [_move(one) for one in found[:MOVES]] or ["- Nothing moved by more than noise."]
    return _section(f"What moved since {since}", [*told, *_more(len(found) - MOVES)])


def _move(one: Move) -> str:
    before = format_value(one.trend.before, one.trend.unit)
    word = {"worse": "Worse", "better": "Better"}.get(one.trend.word, "Moved")
    return f"- **{word}:** {plain(one.signal.sentence, 400)} It was {plain(before)}."


def _flow(review: Review) -> str:
    """Places that are new, and gone, of rules that counted the same way then."""
    if review.then is None:
        return ""
    if review.then.findings is None:
        return _section("Findings added and paid", ["What was found a quarter before was not listed then."])
    same = comparable(review.card, review.then.card)
    now, then = ({row.id: row for row in rows if row.rule in same} for rows in (review.findings, review.then.findings))
    rules = {signal.name: signal.definition for signal in review.card.signals}
    added = Counter(row.rule for one, row in now.items() if one not in then)
    paid = Counter(row.rule for one, row in then.items() if one not in now)
    if not added and not paid:
        return _section("Findings added and paid", ["None."])
    told = [f"- **{word}:** {_counted(rules, found)}" for word, found in (("Added", added), ("Paid", paid))]
    return _section("Findings added and paid", told)


def _counted(rules: dict[str, Definition], found: Counter[str]) -> str:
    told = [plain(rules[rule].counted(number)) for rule, number in found.most_common() if rule in rules]
    return f"{', '.join(told) or 'none'}."


def _heaviest(review: Review) -> str:
    rows = [row for row in review.findings if row.accepted is None]
    rules = {signal.name: signal.definition for signal in review.card.signals}
    told = [_place(review, row, rules.get(row.rule)) for row in rows[:PLACES]] or ["- None that is not accepted."]
    return _section("The heaviest places", [*told, *_more(len(rows) - PLACES)])


def _place(review: Review, row: Finding, rule: Definition | None) -> str:
    address = permalink(review.web, "file", row.path, review.card.identity.commit, row.line, row.end_line)
    changes = (
        "" if row.interest is None else f", {row.interest:,} {worded(row.interest, 'change', 'changes')} in a year"
    )
    about = f"severity {row.severity.word}, effort {row.effort}{changes}"
    title = plain(rule.title) if rule else code(row.rule)
    pay = f"  \n  Pay it off: {plain(rule.pay_off)}" if rule and rule.pay_off else ""
    return f"- {link(code(f'{row.path}:{row.line}'), address)} {title} ({about})  \n  {code(row.snippet)}{pay}"


def _asked(review: Review) -> str:
    debts = _open_questions(review)
    told = [f"- **{plain(DEBTS[debt].title.en)}:** {plain(DEBTS[debt].ask.en)}" for debt in debts[:QUESTIONS]]
    if not told:
        return ""
    how = "An answer that is written into `.github/mldebt.yml` under `attestations` is asked again when it ends."
    return _section("Questions that only people can answer", [*told, *_more(len(debts) - QUESTIONS), "", how])


def _open_questions(review: Review) -> list[Debt]:
    """Debts that nothing measures and that nobody spoke of, in the paper's order."""
    answered = {one.debt for one in stated_of(review.card, review.attestations) if not one.has_expired}
    asked = {debt for answer in review.card.answers for debt in answer.asked}
    return [debt for debt in Debt if debt in asked and debt not in answered]


def _more(number: int) -> list[str]:
    return [f"- and {number:,} more"] if number > 0 else []


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"### {title}", "", *lines])


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"
