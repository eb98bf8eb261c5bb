"""The sum behind a letter, told so that it can be done again."""

from dataclasses import replace

from scoring.answers import score
from scoring.questions import question
from scoring.report.arithmetic import of_answer, of_signal
from scoring.signal import ASK, SCORE
from tests.profiles_by_hand import MEDIUM, identity, profile, scale
from tests.signals_by_hand import signal


def test_a_letter_is_told_with_its_number_bounds_and_repositories():
    scales = profile(scale())
    card = score([signal(0.29)], identity(scales), scales)
    assert dict(of_signal(card.signals[0], card)) == {
        "Letter": "C (C to D), in the worse half",
        "Number": "29 % (0.29); lower is better",
        "Bounds": "A up to 10 % (0.08 to 0.12), B up to 20 % (0.18 to 0.22), C up to 30 % (0.28 to 0.32), "
        "D up to 40 % (0.38 to 0.42), E beyond",
        "Compared": "with 80 repositories of 200 to 1,000 commits (public ML repositories, 2026-11-28)",
        "Left open": "a bound may lie on either side of it",
    }


def test_what_was_seen_in_part_and_what_ties_is_said():
    scales = profile(scale(bounds=[0, 0, 3, 10], spread=[[0, 0], [0, 0], [3, 3], [10, 10]]))
    one = signal(0.0, unit="places")
    one = replace(one, measurement=replace(one.measurement, seen=1, total=4))
    told = dict(of_signal(score([one], identity(scales), scales).signals[0]))
    assert told["Letter"].startswith("A (A to E)")
    assert (
        told["Left open"] == "more than one bound lies at this very number; 1 of 4 seen: the rest may be as weak as E"
    )


def test_a_published_rule_is_told_by_its_source():
    told = dict(of_signal(signal(0.25, status=SCORE)))
    assert (told["Letter"], told["Compared"]) == ("C", "a rule for tests")
    assert told["Bounds"] == "A up to 10 %, B up to 20 %, C up to 30 %, D up to 40 %, E beyond"


def test_without_a_letter_it_says_why():
    scales = profile(scale())
    small = score([signal(0.25)], identity(scales, MEDIUM._replace(commits=3)), scales)
    assert dict(of_signal(small.signals[0], small))["Letter"] == "none: fewer than 100 commits: too small to compare"
    assert "a person answers" in dict(of_signal(signal(None, status=ASK)))["Letter"]
    assert "not measured" in dict(of_signal(signal(None, status=SCORE)))["Letter"]
    other = score([signal(0.25, name="other")], identity(scales), scales)
    assert "no scale of it is proven" in dict(of_signal(other.signals[0], other))["Letter"]


def test_an_answer_names_the_part_that_decided_it():
    debts = question("new_algorithm").debts[:4]
    scales = profile(*[scale(debt.value) for debt in debts])
    some = [signal(0.25 if debt is debts[0] else 0.05, name=debt.value, debt=debt) for debt in debts]
    told = dict(of_answer(score(some, identity(scales), scales).answers[0]))
    assert told == {
        "Letter": "C (C to E)",
        "Decided by": "the weakest part: glue code, by glue_code",
        "Parts with a letter": "4 of 8",
        "Left open": "4 parts without a letter, or seen in part, may be as weak as E",
    }


def test_an_answer_without_a_letter_says_why():
    scales = profile(scale())
    assert of_answer(score([], identity(scales), scales).answers[0]) == (("Letter", "none: no part has one"),)
    assert of_answer(score([signal(0.25)], identity(scales), scales).answers[0]) == (
        ("Letter", "none: 1 part of 8 has a proven scale (Glue, C); a letter needs half of them."),
    )
