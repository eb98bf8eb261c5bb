import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.answers import Answer, Identity, Scorecard, score
from scoring.debts import Debt
from scoring.questions import QUESTIONS, question
from scoring.report.json import scorecard_json
from scoring.signal import SCORE, SHOW, Letter, Signal, State
from tests.signals_by_hand import signal, signals

HERE = Identity(commit="c0ffee", as_of=1_700_000_000)


def card(*some: Signal) -> Scorecard:
    return score(some, HERE)


def answer(of: str, *some: Signal) -> Answer:
    return next(a for a in card(*some).answers if a.question.id == of)


def test_there_are_five_answers_even_with_no_signals():
    assert [a.question.id for a in card().answers] == [q.id for q in QUESTIONS]


def test_without_signals_nothing_is_known_and_nothing_is_good():
    empty = card()
    assert not any(a.is_known or a.letter or a.interval for a in empty.answers)
    assert empty.headline == "None of the 5 answers could be measured"
    assert empty.answers[0].sentence == "Not enough evidence: none of its 8 parts could be measured."
    assert empty.answers[0].grade == "–"


def test_a_signal_reaches_every_question_that_consults_its_debt():
    reached = {a.question.id for a in card(signal(debt=Debt.ENTANGLEMENT)).answers if a.is_known}
    assert reached == {"change_impact", "cross_degradation"}


def test_a_signal_of_no_named_debt_reaches_no_question():
    found = card(signal(debt=None))
    assert not any(a.is_known for a in found.answers)
    assert [s.name for s in found.unnamed] == ["glue"]


def test_a_shown_number_makes_no_letter():
    assert answer("new_algorithm", signal(0.9, status=SHOW)).letter is None


def scored(of: str, *values: float) -> list[Signal]:
    """One scored signal for each of the first parts of a question."""
    debts = zip(question(of).debts, values, strict=False)
    return [signal(value, status=SCORE, name=debt.value, debt=debt) for debt, value in debts]


def test_scored_numbers_make_a_letter_that_unseen_parts_can_only_worsen():
    found = answer("new_algorithm", *scored("new_algorithm", 0.25, 0.25, 0.25, 0.25))
    assert (found.letter, found.interval, found.grade) == (Letter.C, (Letter.C, Letter.E), "C (C to E)")
    assert (found.seen, found.total) == (4, 8)


def test_the_weakest_part_decides():
    found = answer("new_algorithm", *scored("new_algorithm", 0.05, 0.05, 0.35, 0.05))
    assert found.letter is Letter.D
    assert found.rests_on.startswith("The letter rests on 4 of 8 parts, by 4 signals: Glue code; ")
    assert found.why_no_letter == ""


def test_the_first_number_heads_the_answer_whatever_made_the_letter():
    others = scored("new_algorithm", 0.35, 0.35, 0.35, 0.35, 0.35)[1:]
    found = answer("new_algorithm", signal(0.5, name="a"), *others)
    assert found.letter is Letter.D
    assert found.lead is not None
    assert found.lead.name == "a"


@pytest.mark.parametrize("value", [0.05, 0.9])
def test_an_answer_of_few_graded_parts_has_no_letter_and_says_which_have(value):
    first = signal(0.5, name="first")
    copies = signal(value, status=SCORE, name="clones", debt=Debt.ABSTRACTION_DEBT)
    found = answer("new_algorithm", first, copies)
    assert (found.letter, found.interval, found.grade) == (None, None, "–")
    assert (found.lead, found.graded, found.seen) == (first, 1, 2)
    letter = copies.letter
    assert found.why_no_letter == f"1 part of 8 has a proven scale (Clones, {letter}); a letter needs half of them."
    assert found.rests_on == ""
    assert answer("new_algorithm", first).why_no_letter == ""
    assert card(first, copies).headline.endswith(
        "; no letters: fewer than half of the parts of each answer have a scale"
    )


def test_a_letter_begins_with_half_of_the_parts():
    letters = [answer("change_impact", *scored("change_impact", *[0.05] * number)).letter for number in (4, 5)]
    assert letters == [None, Letter.A]  # of nine


def test_with_every_part_settled_the_interval_closes():
    every = [signal(0.05, status=SCORE, name=debt.value, debt=debt) for debt in question("new_algorithm").debts]
    assert answer("new_algorithm", *every).grade == "A"


def test_an_unknown_scored_signal_beside_a_known_one_keeps_the_interval_open():
    every = [signal(0.05, status=SCORE, name=debt.value, debt=debt) for debt in question("new_algorithm").debts]
    assert answer("new_algorithm", *every, signal(None, status=SCORE, name="x")).grade == "A (A to E)"


def test_an_unknown_part_says_what_would_make_it_visible():
    found = answer("new_algorithm", signal(None, reason="the clone is shallow: fetch the whole history"))
    assert found.to_see == ("the clone is shallow: fetch the whole history",)
    assert found.parts[0].state is State.UNKNOWN


def test_a_debt_that_nothing_measures_is_asked():
    assert Debt.GLUE_CODE in answer("new_algorithm").asked
    assert Debt.GLUE_CODE not in answer("new_algorithm", signal()).asked


def test_few_parts_seen_is_said_in_the_sentence():
    said = answer("new_algorithm", signal(0.5)).sentence
    assert said == "Mostly unseen (1 of 8 parts). Nearest evidence: 50 % of 8 files are glue."


def test_a_number_that_heads_its_question_is_no_nearest_evidence_and_neither_is_what_is_not_there():
    every = [signal(0.5, name=debt.value, debt=debt) for debt in question("new_algorithm").debts]
    assert not answer("new_algorithm", *every).is_nearest
    assert answer("new_algorithm", every[0]).is_nearest
    assert not answer("new_algorithm").is_nearest


def test_where_the_number_that_should_head_is_unknown_the_answer_begins_with_the_reason():
    closure = signal(None, name="closure", debt=Debt.UNANALYZED_DATA_DEPENDENCIES, reason="its callers decide")
    headed = Signal(replace(closure.definition, heads=True), closure.measurement)
    others = [signal(0.5, name=debt.value, debt=debt) for debt in answer("data_dependencies").question.debts[1:]]
    near = "Nearest evidence: 50 % of 8 files are glue."
    assert answer("data_dependencies", headed, *others).sentence == (
        f"Closure: unknown, because its callers decide. {near}"
    )
    assert answer("data_dependencies", *others).sentence == f"Seen in part (7 of 8 parts). {near}"


def test_a_number_beside_the_one_that_should_head_is_nearest_evidence_though_it_is_of_the_same_debt():
    measured = signal(None, name="measured", debt=Debt.REPRODUCIBILITY_DEBT, reason="no metrics are committed")
    heading = Signal(replace(measured.definition, heads=True), measured.measurement)
    beside = signal(0.1, name="beside", debt=Debt.REPRODUCIBILITY_DEBT)
    others = [signal(0.3, name=debt.value, debt=debt) for debt in question("change_impact").debts[1:]]
    found = answer("change_impact", heading, beside, *others)
    assert found.sentence == (
        "Measured: unknown, because no metrics are committed. Nearest evidence: 10 % of 8 files are glue."
    )
    assert found.is_nearest


def test_a_number_that_is_made_to_head_goes_before_one_of_an_earlier_debt():
    beside = signal(0.1, name="beside", debt=Debt.REPRODUCIBILITY_DEBT)
    reach = signal(0.2, name="reach", debt=Debt.ENTANGLEMENT)
    made_to = Signal(replace(reach.definition, heads=True), reach.measurement)
    assert answer("change_impact", beside, reach).lead == beside
    assert answer("change_impact", beside, made_to).lead == made_to


def test_the_headline_names_the_weakest_answer_and_no_overall_letter():
    weak = scored("data_dependencies", 0.35, 0.05, 0.05, 0.05)
    strong = scored("new_algorithm", 0.05, 0.05, 0.05, 0.05)
    shared = {one.name: one for one in (*weak, *strong)}
    assert card(*shared.values()).headline.endswith("; weakest: data dependencies, D")
    assert "no letters" in card(signal()).headline


def test_where_all_letters_are_one_nothing_is_called_weakest():
    alone = card(*scored("data_dependencies", 0.35, 0.35, 0.35, 0.35)).headline
    assert alone.endswith("; a letter for data dependencies: D")


FEW = tuple(replace(one, debts=one.debts[:2]) for one in QUESTIONS)
"""Questions of two parts: signals at random grade half of them often enough."""


@given(signals(), st.randoms())
def test_the_order_of_signals_does_not_matter(some, random):
    shuffled = random.sample(some, len(some))
    assert scorecard_json(card(*some), "here") == scorecard_json(card(*shuffled), "here")


@given(signals())
def test_an_unknown_never_lifts_an_answer(some):
    """Forgetting a number may widen an interval or take a letter away; it never makes a worst case better."""
    whole = score(some, HERE, questions=FEW)
    for forgotten in some:
        rest = [signal_without_value(s) if s is forgotten else s for s in some]
        fewer = score(rest, HERE, questions=FEW)
        for before, after in zip(whole.answers, fewer.answers, strict=True):
            if after.interval is not None and before.interval is not None:
                assert after.interval[1] >= before.interval[1]
            assert after.seen <= before.seen
            assert after.total == before.total


def signal_without_value(of: Signal) -> Signal:
    return replace(of, measurement=signal(None).measurement)


@given(signals())
def test_every_signal_is_somewhere_exactly_once(some):
    assert sorted(s.name for s in card(*some).signals) == sorted(s.name for s in some)


@given(signals())
def test_letters_come_only_from_scored_measurements(some):
    letters = {s.letter for s in some if s.definition.status is SCORE and s.measurement.value is not None}
    assert all(a.letter is None or a.letter in letters for a in score(some, HERE, questions=FEW).answers)


def test_an_identity_survives_being_spelled_out():
    identity = replace(HERE, missing=("a", "b"), collectors=(("git", "1"),))
    assert Identity.read(identity.spelled_out) == identity
    assert Identity.read(identity.spelled_out).digest == identity.digest


@given(st.sampled_from(["commit", "as_of", "refs", "tracker", "attestations", "acceptances", "profile"]))
def test_whatever_the_bytes_depend_on_changes_the_identity(field):
    other: Any = 7 if field == "as_of" else "other"
    changed = replace(HERE, **{field: other})
    assert changed.digest != HERE.digest


def test_an_identity_is_plain_json():
    assert json.loads(HERE.spelled_out)["commit"] == "c0ffee"


def test_two_signals_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="one name"):
        card(signal(), signal())


def test_a_scored_signal_that_saw_little_leaves_the_interval_open():
    every = [signal(0.05, status=SCORE, name=debt.value, debt=debt) for debt in question("new_algorithm").debts]
    partly = replace(every[0], measurement=replace(every[0].measurement, seen=1, total=100))
    assert answer("new_algorithm", partly, *every[1:]).grade == "A (A to E)"


def test_a_remedy_alone_is_no_part_seen_and_never_heads_an_answer():
    debts = QUESTIONS[0].debts
    looked = signal(1.0, name="a_remedy", debt=debts[0])
    looked = replace(looked, definition=replace(looked.definition, remedy=True))
    alone = score([looked], Identity("c" * 40, 0)).answers[0]
    assert (alone.seen, alone.lead) == (0, looked)
    counted = signal(0.5, name="z_debt", debt=debts[1])
    both = score([looked, counted], Identity("c" * 40, 0)).answers[0]
    assert (both.seen, both.lead) == (1, counted)
