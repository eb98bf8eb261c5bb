from __future__ import annotations

from dataclasses import replace

import pytest

from app_pages import _answers_html, _groups_html, _html
from app_pages._frames import answer_rows, evidence_row, part_blocks, signal_row
from app_pages._groups import rows
from app_pages._trend import DAY, QUARTER
from app_pages._view import View
from mldebt.store.series import Past
from scoring.answers import Identity, score
from scoring.debts import DEBTS, Debt
from scoring.finding import Effort, Severity, Tally
from scoring.questions import QUESTIONS
from scoring.signal import SCORE, Evidence, Measurement, Signal, State
from tests.signals_by_hand import signal

NOW = 1_795_500_000
WEB = "https://github.com/owner/name"
IDENTITY = Identity("a" * 40, NOW)


def view(**series: tuple[float | None, float | None]) -> View:
    """`series`: each signal's number a quarter ago, and now."""
    past = {name: (Past(NOW - QUARTER, then, "1"), Past(NOW, now, "1")) for name, (then, now) in series.items()}
    return View(past, NOW, "a" * 40, WEB)


def test_an_answer_without_evidence_has_no_number_and_no_letter() -> None:
    rows = answer_rows(score([], IDENTITY), view())
    assert [row.id for row in rows] == [question.id for question in QUESTIONS]
    assert {(row.grade, row.number, row.number_label, row.line) for row in rows} == {
        ("–", "–", "not enough evidence", None)
    }
    assert rows[0].sentence.startswith("Not enough evidence")


def test_an_answer_is_headed_by_its_leading_signal() -> None:
    row = answer_rows(score([signal(0.5)], IDENTITY), view(glue=(0.2, 0.5)))[0]
    assert (row.number, row.number_label, row.grade) == ("50 %", "Glue", "–")
    assert row.change.words == "worse: was 20 %"
    assert row.line is not None
    assert (row.seen, row.total) == (1, 8)


def places(value: float, severity: Severity, accepted: int, name: str) -> Signal:
    made = signal(value, name=name, unit="places", severity=severity, effort=Effort.S)
    return replace(made, measurement=replace(made.measurement, tally=Tally(int(value), accepted)))


def test_an_answer_says_what_moved_and_which_findings_weigh_most() -> None:
    some = [
        places(9, Severity.LOW, 0, "many"),
        places(3, Severity.HIGH, 1, "heavy"),
        places(4, Severity.HIGH, 4, "accepted"),
    ]
    row = answer_rows(score(some, IDENTITY), view(many=(12, 9), heavy=(1, 3), accepted=(1, 4)))[0]
    assert row.moves == (("worse", ("Accepted", "Heavy")), ("better", ("Many",)))
    assert (row.compared, row.severest) == (3, "Heavy (2 open findings, high severity)")
    made = _answers_html.answers([row])
    assert "▼ 2 worse:</span> Accepted; Heavy." in made
    assert "Severest findings: Heavy (2 open findings, high severity)." in made


def test_a_number_that_is_the_nearest_evidence_says_so_beside_it() -> None:
    every = [signal(name=debt.value, debt=debt) for debt in QUESTIONS[0].debts]
    whole, part = (_answers_html.answers(answer_rows(score(some, IDENTITY), view())[:1]) for some in (every, every[1:]))
    assert 'class="label">Nearest evidence: ' in part
    assert 'class="label">Nearest evidence: ' not in whole


def test_that_nothing_moved_is_said_only_where_something_was_compared() -> None:
    card = score([signal()], IDENTITY)
    still, new = (_answers_html.answers(answer_rows(card, seen)) for seen in (view(glue=(0.5, 0.5)), view()))
    assert "The one number that can be compared got neither worse nor better in a quarter." in still
    assert "worse" not in new


def test_of_many_that_moved_some_are_named_and_the_others_counted() -> None:
    some = [signal(0.5, name=f"s{number}") for number in range(5)]
    made = _answers_html.answers(answer_rows(score(some, IDENTITY), view(**{one.name: (0.1, 0.5) for one in some})))
    assert "5 worse:</span> S0; S1; S2; and 2 more." in made


def test_a_letter_needs_half_of_the_parts_and_comes_with_what_is_left_open() -> None:
    debts = QUESTIONS[0].debts
    some = [signal(0.15, status=SCORE, name=debt.value, debt=debt) for debt in debts[:4]]
    enough, few = (answer_rows(score(rows, IDENTITY), view())[0] for rows in (some, some[:3]))
    assert (enough.letter, enough.interval) == ("B", "B to E")
    made = _answers_html.answers([enough])
    assert 'aria-label="letter B">B</span>' in made
    assert "B (B to E)" in made
    assert (few.letter, few.interval) == (None, "")
    assert 'aria-label="no letter">–</span>' in _answers_html.answers([enough, few])
    made = _answers_html.answers([few])
    assert "no letter" not in made  # no column for letters that nothing has
    assert "3 parts of 8 have a proven scale (" in made.partition("Show the arithmetic")[2]
    assert made.count('aria-label="letter B">B</span>') == 3  # of its parts


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("85 %", '<span class="key">85 %</span>'),
        ("39.1 days", '<span class="key">39.1 <span class="unit">days</span></span>'),
        ("−2 jobs in a row", '<span class="key">−2 <span class="unit">jobs in a row</span></span>'),
        ("in use", '<span class="key word">in use</span>'),
        ("–", '<span class="key word">–</span>'),
    ],
)
def test_the_digits_of_a_number_are_larger_than_its_unit(number: str, shown: str) -> None:
    row = replace(answer_rows(score([signal()], IDENTITY), view())[0], number=number)
    assert shown in _answers_html.answers([row])


def test_a_sentence_of_ours_has_its_code_marked() -> None:
    assert _html.marked("Pass `a<b`, or `c`.") == "Pass <code>a&lt;b</code>, or <code>c</code>."


def test_parts_are_measured_first_then_unknown_then_asked() -> None:
    signals = [signal(None, debt=Debt.PIPELINE_JUNGLES, name="jungle"), signal(0.2, debt=Debt.CONFIGURATION_DEBT)]
    blocks = part_blocks(score(signals, IDENTITY).answers[0], view())
    states = [block.state for block in blocks]
    assert states == [State.MEASURED, State.UNKNOWN, *[State.ASK] * 6]
    assert blocks[0].title == DEBTS[Debt.CONFIGURATION_DEBT].title.en


def test_a_part_says_what_it_is_with_an_example_in_the_readers_language() -> None:
    kind = DEBTS[Debt.GLUE_CODE]
    korean = View({}, NOW, "", None, "ko-KR")
    block = part_blocks(score([signal()], IDENTITY).answers[0], korean)[0]
    assert (block.title, block.sentence, block.example) == (kind.title.ko, kind.sentence.ko, kind.example.ko)


def test_an_unknown_part_says_why_and_an_asked_one_asks() -> None:
    answer = score([signal(None, reason="the clone is shallow: fetch the whole history")], IDENTITY).answers[0]
    made = _groups_html.evidence_of(part_blocks(answer, view()), rows(answer.signals, view()))
    assert "unknown, because the clone is shallow: fetch the whole history." in made
    assert DEBTS[Debt.PIPELINE_JUNGLES].ask.en in made


def test_a_signal_is_shown_with_its_past_and_its_coverage() -> None:
    definition = signal().definition
    measured = Signal(definition, Measurement(0.3, 8, seen=3, total=41, note="two left out", details=(("most", 0.9),)))
    row = signal_row(measured, view(glue=(0.1, 0.3)))
    assert (row.now, row.then, row.coverage) == ("30 %", "10 % on 2026-08-25", "3 of 41")
    assert row.change.way == "worse"
    assert row.details == ("most: 0.9",)


def test_a_signal_measured_another_way_is_not_compared() -> None:
    series = {"glue": (Past(NOW - 91 * DAY, 0.1, "1"), Past(NOW, 0.3, "2"))}
    assert view().change(signal()).way == "unknown"
    assert View(series, NOW, "", None).change(signal(0.3)).words == "measured in another way a quarter ago"


def test_evidence_links_to_its_line_where_the_address_is_known() -> None:
    row = evidence_row(Evidence("a.py", "file", 0.5, line=3), "share of files", view())
    assert row == ("a.py:3", f"{WEB}/blob/{'a' * 40}/a.py#L3", "50 %", "")
    assert evidence_row(Evidence("a.py", "file"), "", View({}, NOW, "a", None)).link is None


def test_a_number_with_a_note_is_not_given_the_signals_unit() -> None:
    assert evidence_row(Evidence("b", "branch", 12.0, "days silent"), "branches", view())[2:] == ("12", "days silent")


def test_html_of_a_hostile_signal_is_text() -> None:
    bad = "<script>alert(1)</script>"
    evidence = (Evidence(bad, "file", 1.0, bad), Evidence("x", "commit", None, bad))
    made = _groups_html.signals(rows([signal(0.5, evidence=evidence)], view()))
    assert "<script" not in made
    assert made.count("&lt;script&gt;") == 3
    assert "%3Cscript%3E" in made


def test_a_source_shows_the_host_of_its_addresses() -> None:
    made = _html.sourced("Rule 3, https://docs.github.com/a/b?c=d; <b>, https://www.example.org/x.")
    assert ">docs.github.com</bdi></a>" in made
    assert 'href="https://docs.github.com/a/b?c=d"' in made
    assert 'href="https://www.example.org/x"' in made
    assert "&lt;b&gt;" in made
    assert 'href="https://doi.org/10.1109/ICSE.2012.6227164"' in _html.sourced(
        "ICSE, doi:10.1109/ICSE.2012.6227164 (x)."
    )


def test_what_is_looked_at_today_alone_says_so_instead_of_not_measured() -> None:
    then = {name: (Past(NOW - QUARTER, None, "1"), Past(NOW, 0.3, "1")) for name in ("feedback_loops", "glue")}
    shown = View(then, NOW, "", None)
    assert shown.change(signal(0.3, name="feedback_loops")).words == "looked at for the newest snapshot only"
    assert shown.change(signal(0.3, name="glue")).words == "not measured a quarter ago"


def test_a_remedy_alone_makes_no_part_seen_and_no_number_compared() -> None:
    first, second = QUESTIONS[0].debts[:2]
    found = [signal(debt=first), signal(debt=second, name="cure", remedy=True)]
    card, seen = score(found, IDENTITY), view(glue=(0.5, 0.5), cure=(0.5, 0.5))
    row = answer_rows(card, seen)[0]
    assert (row.seen, row.compared, dict(row.arithmetic)["Parts seen"]) == (1, 1, f"1 of 8: {DEBTS[first].title.en}")
    made = _groups_html.evidence_of(part_blocks(card.answers[0], seen), rows(found, seen))
    assert "Kinds of debt (1 of 8 seen)" in made
    assert f"{DEBTS[first].title.en}; {DEBTS[second].title.en} (unknown)" in made
