"""What only people can answer: signals that ask, debts that nothing measures, and the ML Test Score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scoring.answers import Scorecard
from scoring.attestation import Attestation
from scoring.debts import DEBTS, Debt, Words
from scoring.rubric import RUBRIC, SECTIONS, SOURCE, RubricTest
from scoring.signal import State

PAPER = "Sculley et al. 2015"
AT_ONCE = 5
"""Questions that a review takes up; the others wait, and can still be answered."""


class Question(NamedTuple):
    about: str  # what an answer is about: a signal, a kind of debt, or a test of the rubric
    debt: Debt | None
    text: Words
    source: str
    section: str = ""  # of the ML Test Score


class Asked(NamedTuple):
    question: Question
    answer: Attestation | None  # the last one; None: nobody answered yet
    has_expired: bool
    is_next: bool  # this review takes it up

    @property
    def holds(self) -> bool:
        return self.answer is not None and not self.has_expired


def asked(card: Scorecard, said: Iterable[Attestation], day: str, worse: Iterable[Debt] = ()) -> tuple[Asked, ...]:
    """All questions, those first which this review takes up.

    These are answers that ran out, then what asks about debts of an answer that got `worse`, then what nothing
    measures, then the tests of that section of the rubric which has the fewest answers. What holds comes last.
    """
    answers = _last(said)
    questions = [*_of_signals(card), *_of_kinds(card), *map(_of_rubric, _weakest_first(answers, day))]
    states = [(question, answers.get(question.about)) for question in questions]
    debts = frozenset(worse)
    ordered = sorted(states, key=lambda state: _order(state[0], state[1], day, debts))
    waiting = [question.about for question, answer in ordered if answer is None or answer.has_expired(day)]
    next_up = frozenset(waiting[:AT_ONCE])
    return tuple(
        Asked(question, answer, answer is not None and answer.has_expired(day), question.about in next_up)
        for question, answer in ordered
    )


def _last(said: Iterable[Attestation]) -> dict[str, Attestation]:
    """By what it is about; of several that which holds longest."""
    found: dict[str, Attestation] = {}
    for one in said:
        if one.about not in found or one.until >= found[one.about].until:
            found[one.about] = one
    return found


def _of_signals(card: Scorecard) -> list[Question]:
    asking = [signal for signal in card.signals if signal.state is State.ASK]
    return [
        Question(s.name, s.debt, s.definition.asks, s.definition.source or PAPER)
        for s in sorted(asking, key=lambda s: (list(Debt).index(s.debt) if s.debt else len(Debt), s.name))
    ]


def _of_kinds(card: Scorecard) -> list[Question]:
    """Kinds of debt of which no signal measures or asks anything."""
    spoken_for = {signal.debt for signal in card.signals}
    return [
        Question(kind.debt.value, kind.debt, kind.ask, f"{PAPER}, section {kind.section}")
        for kind in DEBTS.values()
        if kind.debt not in spoken_for
    ]


def _of_rubric(test: RubricTest) -> Question:
    return Question(test.id, test.debt, test.ask, SOURCE, SECTIONS[test.section].en)


def _weakest_first(answers: Mapping[str, Attestation], day: str) -> Sequence[RubricTest]:
    held = Counter(
        test.section for test in RUBRIC if (one := answers.get(test.id)) is not None and not one.has_expired(day)
    )
    return sorted(RUBRIC, key=lambda test: held[test.section])


def _order(question: Question, answer: Attestation | None, day: str, worse: frozenset[Debt]) -> tuple[int, bool, bool]:
    ran_out = answer is not None and answer.has_expired(day)
    state = 0 if ran_out else 1 if answer is None else 2
    return state, question.debt not in worse, bool(question.section)
