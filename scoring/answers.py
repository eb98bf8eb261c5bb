"""The five answers: signals into a scorecard.

Pure and cheap: a stored snapshot's signals are scored again whenever they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.debts import Debt
from scoring.identity import SCORING_VERSION, Identity
from scoring.profile import NONE, Profile
from scoring.questions import QUESTIONS, Question
from scoring.signal import Letter, Signal, State, Status, grade
from scoring.wording import ENGLISH, Numbers, worded

__all__ = ["SCORING_VERSION", "Answer", "Identity", "Part", "Scorecard", "score", "state_of"]


def state_of(signals: Iterable[Signal]) -> State:
    """Of a kind of debt: measured where a signal of the debt itself is, and not of its remedy alone.

    *Ask* where nothing tries to see either.
    """
    every = list(signals)
    if any(one.state is State.MEASURED and not one.definition.remedy for one in every):
        return State.MEASURED
    return State.UNKNOWN if any(one.state is not State.ASK for one in every) else State.ASK


@dataclass(frozen=True, slots=True)
class Part:
    """What a question learns from one kind of debt."""

    debt: Debt
    signals: tuple[Signal, ...]  # all that name this debt: those that head it first, then by name

    @property
    def state(self) -> State:
        return state_of(self.signals)

    @property
    def is_seen(self) -> bool:
        return self.state is State.MEASURED

    @property
    def letter(self) -> Letter | None:
        """The weakest letter among its signals."""
        return max((s.letter for s in self.signals if s.letter is not None), default=None)

    @property
    def span(self) -> tuple[Letter, Letter] | None:
        """Best and worst letter that its scales leave open; to E where something that counts went unseen."""
        spans = [s.span for s in self.signals if s.span is not None]
        if not spans:
            return None
        best, worst = max(best for best, _ in spans), max(worst for _, worst in spans)
        return best, worst if self.is_settled else Letter.E

    @property
    def is_settled(self) -> bool:
        """It has a letter, and nothing that could make a worse one went unseen."""
        scored = [s for s in self.signals if s.definition.status is Status.SCORE]
        return bool(scored) and all(s.letter is not None and s.measurement.coverage == 1 for s in scored)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the paper's questions, answered as far as the evidence goes."""

    question: Question
    parts: tuple[Part, ...]  # one per debt, in the question's order

    @property
    def seen(self) -> int:
        """Parts whose debt was measured: that a remedy was looked for says nothing of the debt."""
        return sum(part.is_seen for part in self.parts)

    @property
    def total(self) -> int:
        return len(self.parts)

    @property
    def is_known(self) -> bool:
        return self.seen > 0

    @property
    def letter(self) -> Letter | None:
        """The weakest part's (the rule of the ML Test Score, Breck et al. 2017, section II).

        None while fewer than half of its parts have one: it would speak for what nothing grades.
        """
        if self.graded * 2 < self.total:
            return None
        return max((part.letter for part in self.parts if part.letter is not None), default=None)

    @property
    def interval(self) -> tuple[Letter, Letter] | None:
        """Best and worst letter: what the scales leave open, and the unseen parts.

        As the weakest part decides, no unseen part can lift it.
        """
        spans = [part.span for part in self.parts if part.span is not None]
        if self.letter is None or not spans:
            return None
        best, worst = max(best for best, _ in spans), max(worst for _, worst in spans)
        return best, worst if all(p.is_settled for p in self.parts) else Letter.E

    @property
    def deciding(self) -> tuple[Part, ...]:
        """The weakest parts: those whose letter is the answer's."""
        return tuple(part for part in self.parts if part.letter is not None and part.letter == self.letter)

    @property
    def signals(self) -> tuple[Signal, ...]:
        return tuple(signal for part in self.parts for signal in part.signals)

    @property
    def graded(self) -> int:
        """Parts with a letter: a part may be seen, and have no proven scale."""
        return sum(part.letter is not None for part in self.parts)

    @property
    def graders(self) -> tuple[Signal, ...]:
        """The signals with a letter, in order."""
        return tuple(signal for signal in self.signals if signal.letter is not None)

    @property
    def rests_on(self) -> str:
        """What the letter rests on, in words; empty where there is none."""
        if self.letter is None:
            return ""
        titles = "; ".join(signal.definition.title for signal in self.graders)
        number = len(self.graders)
        by = "one signal alone" if number == 1 else f"{number} signals"
        rest = self.total - self.graded
        others = f" Nothing grades the other {worded(rest, 'part', f'{rest} parts')}." if rest else ""
        return f"The letter rests on {self.graded} of {self.total} parts, by {by}: {titles}.{others}"

    @property
    def why_no_letter(self) -> str:
        """Which parts have a letter, where they are too few for the answer to have one; else empty."""
        if self.letter is not None or not self.graded:
            return ""
        there = "; ".join(f"{signal.definition.title}, {signal.letter}" for signal in self.graders)
        have = worded(self.graded, f"part of {self.total} has", f"parts of {self.total} have")
        return f"{self.graded} {have} a proven scale ({there}); a letter needs half of them."

    @property
    def lead(self) -> Signal | None:
        """The signal whose number heads the answer: the first measured one of those that are made to head one, else
        of all, whatever made the letter.

        Few signals have a scale, and the one that has may speak of a small part of the question. One that looks for a
        remedy heads only where nothing else was measured.
        """
        measured = [s for s in self.signals if s.state is State.MEASURED]
        of_debt = [s for s in measured if not s.definition.remedy]
        heading = [s for s in of_debt if s.definition.heads]
        return next(iter(heading or of_debt or measured), None)

    @property
    def sentence(self) -> str:
        return self.said()

    def said(self, numbers: Numbers = ENGLISH) -> str:
        """The sentence, with its numbers in this form."""
        if self.lead is None or not self.is_known:
            return f"Not enough evidence: none of its {self.total} parts could be measured."
        lead = self.lead.said(numbers)
        if not self.is_nearest:
            return lead
        parts = f"({self.seen} of {self.total} parts)."
        if self.is_mostly_unseen:
            return f"Mostly unseen {parts} Nearest evidence: {lead}"
        why_not = self.lacking.said(numbers) if self.lacking else f"Seen in part {parts}"
        return f"{why_not} Nearest evidence: {lead}"

    @property
    def is_nearest(self) -> bool:
        """The number that heads it is the nearest evidence, and no answer by itself."""
        return self.lead is not None and self.is_known and (self.is_mostly_unseen or self.lead not in self._meant)

    @property
    def is_mostly_unseen(self) -> bool:
        return self.seen * 2 < self.total

    @property
    def _meant(self) -> tuple[Signal, ...]:
        """What should head the answer: those of its first debt that are made to, or any of it where none is."""
        first = self.parts[0].signals
        return tuple(signal for signal in first if signal.definition.heads) or first

    @property
    def lacking(self) -> Signal | None:
        """The signal that should head the answer and has no number; None where it is not that one which lacks."""
        meant = (signal for signal in self._meant if signal.definition.heads)
        return next((signal for signal in meant if signal.state is State.UNKNOWN), None)

    @property
    def grade(self) -> str:
        """As printed: "C (C to E)", "B", or "–"."""
        return grade(self.letter, self.interval)

    @property
    def to_see(self) -> tuple[str, ...]:
        """What would make the unseen parts visible: the reasons of unknown signals."""
        unseen = (s for s in self.signals if s.state is State.UNKNOWN)
        return tuple(dict.fromkeys(s.measurement.reason for s in unseen))

    @property
    def asked(self) -> tuple[Debt, ...]:
        """Debts that only people can speak for."""
        return tuple(part.debt for part in self.parts if part.state is State.ASK)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The five answers of one repository at one commit."""

    identity: Identity
    answers: tuple[Answer, ...]
    unnamed: tuple[Signal, ...]  # signals of no named debt: under no question
    why_not: str = ""  # why this repository gets no letter from the profile; empty where it may get some

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Each once, by name."""
        every = {s.name: s for s in (*(s for answer in self.answers for s in answer.signals), *self.unnamed)}
        return tuple(every[name] for name in sorted(every))

    @property
    def headline(self) -> str:
        """One line. There is no overall letter."""
        known = [answer for answer in self.answers if answer.is_known]
        if not known:
            return f"None of the {len(self.answers)} answers could be measured"
        seen, total = sum(answer.seen for answer in self.answers), sum(answer.total for answer in self.answers)
        text = f"{seen} of {total} parts seen, for {len(known)} of {len(self.answers)} answers"
        lettered = [answer for answer in known if answer.letter is not None]
        if not lettered:
            return f"{text}; no letters: {self._why_none}"
        return f"{text}; {_letters(lettered)}"

    @property
    def _why_none(self) -> str:
        if any(answer.graded for answer in self.answers):
            return "fewer than half of the parts of each answer have a scale"
        return self.why_not or "nothing that has a scale was measured"


def _letters(answers: Sequence[Answer]) -> str:
    """The weakest of answers with a letter, and what made it: nothing is called weakest where no letter differs."""
    last = max(answer.letter for answer in answers if answer.letter is not None)
    which = [answer for answer in answers if answer.letter is last]
    names = " and ".join(answer.question.title.en.lower() for answer in which)
    graders = {signal.name: signal for answer in answers for signal in answer.graders}
    by = f", by one signal alone: {next(iter(graders.values())).definition.title}" if len(graders) == 1 else ""
    if len(which) < len(answers):
        return f"weakest: {names}, {last}{by}"
    return f"{worded(len(answers), 'a letter for', 'one letter for')} {names}: {last}{by}"


def score(
    signals: Iterable[Signal], identity: Identity, profile: Profile = NONE, questions: Sequence[Question] = QUESTIONS
) -> Scorecard:
    """Sort signals under the questions that consult their debts, on the scales of `profile` for a repository of its
    size. The order of the signals does not matter.

    A profile other than the one that the identity names gives no letters: they would not be this identity's.
    Raises ValueError where two signals have one name.
    """
    why_not = profile.why_not(identity.size)
    if identity.profile != profile.id:
        why_not = f"it was judged by the profile {identity.profile}, which is not at hand: scan it again"
    stratum = None if why_not or identity.size is None else profile.stratum(identity.size)
    graded = signals if stratum is None else [profile.graded(signal, stratum.name) for signal in signals]
    ordered = sorted(graded, key=lambda signal: (not signal.definition.heads, signal.name))
    if len({signal.name for signal in ordered}) != len(ordered):
        raise ValueError("two signals have one name")
    answers = tuple(
        Answer(question, tuple(Part(debt, tuple(s for s in ordered if s.debt is debt)) for debt in question.debts))
        for question in questions
    )
    return Scorecard(identity, answers, tuple(s for s in ordered if s.debt is None), why_not)
