"""Two snapshots: what the code did, told apart from what the judging did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.answers import SCORING_VERSION
from scoring.profile import NONE
from scoring.questions import QUESTIONS
from scoring.review.comparison import compare
from scoring.signal import SCORE, Evidence, Signal
from tests.profiles_by_hand import profile
from tests.reviews_by_hand import BEFORE, NOW, VERSIONS, compared, glue, rule, side
from tests.signals_by_hand import signal


def test_an_answer_moves_by_the_number_that_heads_it_and_names_the_rows() -> None:
    files = [Evidence("a.py", "file", 3), Evidence("b.py", "file", 4)], [Evidence("b.py", "file", 9)]
    found = compared(signals=([glue(0.2, evidence=files[0])], [glue(0.6, evidence=files[1])]))
    first = found.answers[0]
    assert (first.now.question.id, first.word, first.lead and first.lead.before) == ("new_algorithm", "worse", 0.2)
    assert [(row.subject, row.word) for row in first.moves[0].rows] == [("b.py", "was")]
    assert (first.count("worse"), first.count("better")) == (1, 0)
    assert [change.word for change in found.answers[1:4]] == ["unknown"] * 3


def test_without_a_change_everything_is_the_same() -> None:
    found = compared(signals=([glue(0.5)], [glue(0.5)]))
    assert (found.answers[0].word, found.moves, found.judging) == ("same", (), ())
    assert not found.is_same_commit


def test_the_first_is_before_the_second() -> None:
    with pytest.raises(ValueError, match="before the second"):
        compare(side(NOW), side(BEFORE), NONE)
    with pytest.raises(ValueError, match="before the second"):
        compare(side(NOW), side(NOW), NONE)


def graded(value: float) -> list[Signal]:
    """Half of the parts of the first question, each on a scale of the tests."""
    debts = QUESTIONS[0].debts[:4]
    return [signal(value, name=f"of_{debt.value}", debt=debt, status=SCORE) for debt in debts]


def test_a_letter_that_only_the_judging_changed_is_no_change_of_the_code() -> None:
    same = graded(0.35)
    before = side(BEFORE, (), *same, told={"new_algorithm": "A"})
    found = compare(before, side(NOW, (), *same), NONE)
    first = found.answers[0]
    assert (first.told, first.then.letter, first.now.letter, first.word) == ("A", "D", "D", "same")
    assert first.is_judged_anew
    assert [one.now.question.id for one in found.answers if one.is_judged_anew] == ["new_algorithm"]


def test_a_letter_that_the_code_changed_is_no_change_of_the_judging() -> None:
    before = side(BEFORE, (), *graded(0.05), told={"new_algorithm": "A (A to E)"})
    found = compare(before, side(NOW, (), *graded(0.35)), NONE)
    assert (found.answers[0].word, found.answers[0].is_judged_anew) == ("worse", False)


def test_a_letter_of_then_that_is_not_known_is_not_said_to_differ() -> None:
    found = compare(side(BEFORE, (), glue()), side(NOW, (), glue()), NONE)
    assert not any(one.is_judged_anew for one in found.answers)


def test_what_changed_in_the_way_of_judging_is_told() -> None:
    versions = tuple(sorted({**dict(VERSIONS), "readers": "1"}.items()))
    newer = tuple(sorted({**dict(VERSIONS), "readers": "2", "glue": "2", "wrap": "1"}.items()))
    before = side(BEFORE, identity={"collectors": versions, "tracker": "x", "scoring_version": "0"})
    here = {"collectors": newer, "acceptances": "y", "profile": "p@1"}
    now = side(NOW, (), rule("glue"), rule("wrap"), identity=here)
    told = " ".join(compare(before, now, NONE).judging)
    for words in (
        "The scales changed from default@1 to p@1",
        f"scoring changed (version 0 to {SCORING_VERSION})",
        "“Glue” is measured another way since",
        "“Wrap” was not measured on 2023-11-14 yet",
        "(readers, version 1 to 2)",
        "The tracker was asked on 2023-11-14 alone",
        "What the team accepts",
    ):
        assert words in told


def test_a_number_that_is_measured_another_way_moves_nothing() -> None:
    before = side(BEFORE, (), glue(0.2), identity={"collectors": (*VERSIONS, ("ratio", "1"))})
    now = side(NOW, (), glue(0.9), identity={"collectors": (*VERSIONS, ("ratio", "2"))})
    found = compare(before, now, NONE)
    assert (found.moves, found.answers[0].word) == ((), "unknown")


def test_one_commit_at_two_moments_is_told() -> None:
    commit = {"commit": "c" * 40}
    assert compare(side(BEFORE, identity=commit), side(NOW, identity=commit), NONE).is_same_commit


def test_the_earlier_snapshot_is_judged_by_the_scales_of_now() -> None:
    today = profile()
    before = side(BEFORE, identity={"profile": "old@1"})
    now = side(NOW, identity={"profile": today.id})
    found = compare(before, replace(now), today)
    assert found.earlier.identity.profile == today.id
    assert "is not at hand" not in found.earlier.why_not
