"""Letters from a profile: the scale of a signal among repositories of like size."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.answers import Identity, score
from scoring.profile import NONE, Profile, Size
from scoring.questions import QUESTIONS, question
from scoring.signal import ASK, SCORE, SHOW, Letter, Signal
from tests.profiles_by_hand import MEDIUM, identity, profile, scale
from tests.signals_by_hand import signal, signals

ALL = [scale(debt.value) for debt in question("new_algorithm").debts]


def judged(one: Signal, scales: Profile, size: Size | None = MEDIUM) -> Signal:
    (found,) = score([one], identity(scales, size), scales).signals
    return found


def test_a_shown_signal_with_a_scale_for_this_size_makes_a_letter():
    found = judged(signal(0.25), profile(scale()))
    assert (found.letter, found.span, found.definition.status) == (Letter.C, (Letter.C, Letter.C), SCORE)


def test_without_a_profile_nothing_makes_a_letter():
    found = judged(signal(0.25), NONE)
    assert (found.letter, found.definition.status) == (None, SHOW)
    assert "no calibrated" not in score([found], identity(NONE)).headline
    assert score([found], identity(NONE)).headline.endswith("no signal here has a calibrated scale yet")


@pytest.mark.parametrize(
    ("commits", "letter"), [(100, "A"), (199, "A"), (200, "C"), (1000, "C"), (1001, "E"), (90_000, "E")]
)
def test_the_same_number_has_the_letter_of_its_stratum(commits, letter):
    small, large = (
        scale(stratum="small", bounds=[0.4, 0.5, 0.6, 0.7]),
        scale(stratum="large", bounds=[0.1, 0.14, 0.18, 0.2]),
    )
    assert judged(signal(0.25), profile(small, scale(), large), MEDIUM._replace(commits=commits)).letter == letter


@pytest.mark.parametrize(
    ("size", "why"),
    [
        (None, "its size is not known"),
        (Size(0, 0, 0), "fewer than 3 files of ML code"),
        (Size(5_000, 2, 0), "fewer than 3 files of ML code"),
        (Size(500, 4, 5), "most of its ML code is in notebooks"),
        (Size(500, 0, 1), "most of its ML code is in notebooks"),
        (Size(99, 30, 0), "fewer than 100 commits: too small"),
    ],
    ids=["unseen", "empty", "not ML", "tutorial", "one notebook", "toy"],
)
def test_what_is_no_system_of_some_size_gets_no_letter_and_says_why(size, why):
    scales = profile(*ALL)
    card = score(
        [signal(0.25, name=debt, debt=debt) for debt in question("new_algorithm").debts], identity(scales, size), scales
    )
    assert not any(answer.letter or answer.interval for answer in card.answers)
    assert why in card.headline


def test_another_profile_than_the_identitys_gives_no_letter():
    scales = profile(scale())
    card = score([signal(0.25)], replace(identity(scales), profile="corpus-0@abc"), scales)
    assert card.answers[0].letter is None
    assert "the profile corpus-0@abc, which is not at hand" in card.headline


def test_a_scale_holds_for_the_version_of_the_signal_that_it_was_made_from():
    assert judged(signal(0.25), profile(scale(version=2))).letter is None


def test_a_profile_says_which_signals_score():
    scales = profile(scale())
    assert scales.status_of(signal().definition) is SCORE
    assert scales.status_of(signal(name="other").definition) is SHOW
    assert scales.status_of(replace(signal().definition, version=2)) is SHOW


def test_a_scale_that_runs_the_other_way_than_the_signal_is_none():
    assert judged(signal(0.25, better="higher"), profile(scale())).letter is None
    higher = profile(scale(bounds=[0.4, 0.3, 0.2, 0.1]))
    assert judged(signal(0.25, better="higher"), higher).letter is Letter.C


def test_what_a_person_answers_makes_no_letter():
    assert judged(signal(None, status=ASK), profile(scale())).letter is None


@pytest.mark.parametrize(
    ("value", "span"),
    [(0.05, "AA"), (0.09, "AB"), (0.1, "AB"), (0.11, "AB"), (0.15, "BB"), (0.19, "BC"), (0.41, "DE"), (0.43, "EE")],
)
def test_near_a_bound_the_letter_is_open_to_both_sides(value, span):
    assert judged(signal(value), profile(scale())).span == tuple(map(Letter, span))


def test_a_bound_that_is_little_known_opens_more_than_two_letters():
    wide = scale(spread=[[0, 0.2], [0.1, 0.3], [0.2, 0.4], [0.3, 0.5]])
    assert judged(signal(0.15), profile(wide)).span == (Letter.A, Letter.C)


def test_bounds_that_coincide_leave_the_letter_open_between_them():
    tied = profile(scale(bounds=[0, 0, 3, 10], spread=[[0, 0], [0, 0], [3, 3], [10, 10]]))
    found = judged(signal(0.0, unit="places"), tied)
    assert (found.letter, found.span) == (Letter.A, (Letter.A, Letter.B))
    assert judged(signal(1.0, unit="places"), tied).span == (Letter.C, Letter.C)


def test_what_was_seen_in_part_may_be_as_weak_as_e():
    part = signal(0.05)
    part = replace(part, measurement=replace(part.measurement, seen=7, total=8))
    assert judged(part, profile(scale())).span == (Letter.A, Letter.E)


def test_an_answer_takes_its_weakest_part_with_what_the_scales_leave_open():
    scales = profile(*ALL)
    debts = question("new_algorithm").debts
    some = [signal(0.05, name=debt, debt=debt) for debt in debts[1:]]
    found = score([*some, signal(0.31, name=debts[0], debt=debts[0])], identity(scales), scales).answers[0]
    assert (found.grade, [part.debt for part in found.deciding]) == ("D (C to D)", [debts[0]])
    fewer = score(some, identity(scales), scales).answers[0]
    assert fewer.grade == "A (A to E)"


def test_the_profile_is_part_of_the_identity():
    one, other = profile(scale()), profile(scale(n=81))
    assert one.id != other.id
    assert identity(one).digest != identity(other).digest


def test_how_a_profile_is_laid_out_does_not_matter():
    text = json.dumps({"name": "x", "made": "d", "corpus": "c", "strata": [], "scales": []})
    assert Profile.read(text).id == Profile.read(json.dumps(json.loads(text), indent=9, sort_keys=True)).id


@pytest.mark.parametrize("text", ["[]", "{}", '{"name": 1}', '{"name": "x", "made": "", "corpus": "", "strata": [{}]}'])
def test_what_is_no_profile_is_refused(text):
    with pytest.raises(ValueError, match="no profile"):
        Profile.read(text)


def test_an_identity_without_a_size_is_spelled_out_as_it_always_was():
    assert "size" not in Identity("c", 0).spelled_out
    sized = Identity("c", 0, size=Size(1, 2, 3))
    assert Identity.read(sized.spelled_out) == sized
    assert sized.digest == Identity("c", 0).digest  # it follows from the commit


SCALES = profile(*[scale(name) for name in "abcdefgh"])
FEW = tuple(replace(one, debts=one.debts[:2]) for one in QUESTIONS)
"""Questions of two parts: signals at random grade half of them often enough."""


@given(signals(), st.integers(0, 5_000), st.floats(0, 1))
def test_a_worse_number_never_makes_a_better_answer(some, commits, worse):
    """For every signal that has a scale, whatever stands beside it."""
    here = identity(SCALES, MEDIUM._replace(commits=commits))
    for one in some:
        value = one.measurement.value
        if value is None or value > worse:
            continue
        moved = replace(one, measurement=replace(one.measurement, value=worse))
        then, now = (score(rows, here, SCALES, FEW) for rows in (some, [moved if s is one else s for s in some]))
        for before, after in zip(then.answers, now.answers, strict=True):
            if before.interval is not None and after.interval is not None:
                assert after.letter is not None
                assert before.letter is not None
                assert after.letter >= before.letter
                assert after.interval >= before.interval


@given(signals())
def test_an_unknown_is_never_better_than_a_number(some):
    here = identity(SCALES)
    for one in some:
        hidden = replace(one, measurement=signal(None).measurement)
        then, now = (score(rows, here, SCALES, FEW) for rows in (some, [hidden if s is one else s for s in some]))
        for before, after in zip(then.answers, now.answers, strict=True):
            if before.interval is not None and after.interval is not None:
                assert after.interval[1] >= before.interval[1]
            assert after.seen <= before.seen


@given(signals(), st.integers(0, 5_000))
def test_a_letter_lies_in_its_interval(some, commits):
    for answer in score(some, identity(SCALES, MEDIUM._replace(commits=commits)), SCALES, FEW).answers:
        assert (answer.letter is None) is (answer.interval is None)
        if answer.letter is not None and answer.interval is not None:
            best, worst = answer.interval
            assert best <= answer.letter <= worst
