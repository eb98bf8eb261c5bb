"""What there is to decide in a quarter, byte by byte; and that no name in it does anything."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.answers import Identity, Scorecard, score
from scoring.attestation import Attestation
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity
from scoring.report.markdown import JOINER
from scoring.report.quarter_issue import Review, Then, quarter_of, words
from scoring.signal import Signal
from tests.builders import at
from tests.scoring.report.test_comment_rendered import FRAGMENTS, names, rendered
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import accepting, finding

GOLDEN = Path("tests/golden")
WEB = "https://github.com/owner/name"


def card(day: float, *signals: Signal) -> Scorecard:
    return score(signals, Identity(f"{int(day):040x}", at(day)))


def glue(value: float, name: str = "glue") -> Signal:
    return signal(value, name=name, severity=Severity.MEDIUM, effort=Effort.S)


ROWS = tuple(
    finding(f"src/{name}.py", 3, f"{name} = 1", severity=Severity.HIGH, interest=number)
    for name, number in (("train", 12), ("serve", 1), ("data", 0), ("old", None))
)
REVIEW = Review(
    "2024 Q1",
    WEB,
    card(92, glue(0.5), glue(0.1, "lines"), signal(0.3, name="same")),
    (*ROWS, finding("src/kept.py", accepted=accepting())),
    Then(card(0, glue(0.2), glue(0.4, "lines"), signal(0.3, name="same")), (ROWS[1], finding("src/gone.py"))),
)
GOLDENS = {
    "quarter": REVIEW,
    "quarter-first": REVIEW._replace(then=None, web=None),
    "quarter-quiet": REVIEW._replace(
        findings=(), then=Then(replace(REVIEW.card, identity=Identity("0" * 40, at(1))), ())
    ),
}


@pytest.mark.parametrize("name", GOLDENS)
def test_as_it_was_agreed(name: str) -> None:
    said = words(GOLDENS[name])
    assert f"# {said.title}\n\n{said.body}" == (GOLDEN / f"{name}.md").read_text("utf-8")


def test_which_quarter_a_moment_is_in() -> None:
    days = {1_767_225_600: "2026 Q1", 1_767_225_599: "2025 Q4", 1_775_001_600: "2026 Q2"}
    assert {moment: quarter_of(moment) for moment in days} == days


def test_what_was_not_listed_then_is_not_called_new() -> None:
    assert REVIEW.then is not None
    said = words(REVIEW._replace(then=REVIEW.then._replace(findings=None)))
    assert "What was found a quarter before was not listed then." in said.body
    assert "**Added:**" not in said.body


def test_rules_that_count_in_another_way_now_are_not_compared() -> None:
    assert REVIEW.then is not None
    now = replace(REVIEW.card, identity=replace(REVIEW.card.identity, collectors=(("glue", "2"),)))
    said = words(REVIEW._replace(card=now))
    assert "### Findings added and paid\n\nNone." in said.body
    assert "**Worse:**" not in said.body


def test_what_somebody_answered_is_not_asked_until_that_ends() -> None:
    first = re.findall(r"- \*\*([^*]+):\*\* ", words(REVIEW).body.partition("### Questions")[2])[0]
    assert first == "Entanglement"

    def asked(until: str) -> bool:
        one = Attestation(Debt.ENTANGLEMENT.value, "none", "@ada", "2024-01-01", until)
        body = words(REVIEW._replace(attestations=(one,))).body
        assert "ada" not in body
        return "**Entanglement:**" in body

    assert (asked("2024-06-01"), asked("2024-01-02")) == (False, True)


def test_nobody_who_accepted_is_named() -> None:
    assert "@" not in words(REVIEW).body


def test_the_digest_is_of_what_it_is_about() -> None:
    assert words(REVIEW).digest == words(REVIEW._replace(web=None)).digest
    others = [
        REVIEW._replace(quarter="2024 Q2"),
        REVIEW._replace(findings=ROWS),
        REVIEW._replace(card=card(93, *REVIEW.card.signals)),
        REVIEW._replace(then=None),
        REVIEW._replace(card=replace(REVIEW.card, answers=REVIEW.card.answers[:1])),
    ]
    assert len({words(one).digest for one in (REVIEW, *others)}) == len(others) + 1


def of(name: str) -> Review:
    def odd(row: Finding) -> Finding:
        return row._replace(path=f"src/{name.encode('utf-8', 'replace').decode()[:150]}.py", snippet=name)

    return REVIEW._replace(findings=tuple(map(odd, REVIEW.findings)))


def test_no_name_breaks_out_of_the_issue() -> None:
    expected = rendered(words(of("plain")).body).skeleton
    for name in (*FRAGMENTS, *names(4, 300)):
        body = words(of(name)).body
        there = rendered(body)
        assert there.skeleton == expected, name
        assert not re.search(f"@(?!{JOINER})", body), name
        assert all(address.startswith(f"{WEB}/") for address in there.addresses), name


def test_it_leads_to_the_page_where_the_review_is_held_and_is_the_same_issue_with_it() -> None:
    page = "https://mldebt.example/review?repo=owner%2Fname"
    said = words(REVIEW._replace(page=page))
    assert f"[Hold the review]({page}): an agenda of 45 minutes is prepared there." in said.body
    assert said.digest == words(REVIEW).digest
    assert "Hold the review" not in words(REVIEW).body
