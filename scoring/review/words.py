"""Words that every form of a review has in common."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.review.record import AnswerLine, Asked, Flow, Moved, Place, Record, Row
from scoring.signal import stands_alone
from scoring.wording import worded

WORDS: Mapping[str, str] = {
    "worse": "▼ worse",
    "better": "▲ better",
    "same": "about the same",
    "moved": "moved",
    "unknown": "nothing to compare",
}
NO_CHANGE = "no change"
ORDER = "By severity, times how often the file changed in a year."
"""Of places, wherever they are listed."""
LONGEST_NOTE = 90
SETTLED: Mapping[str, str] = {"done": "Done.", "dropped": "Dropped."}
UNKNOWN = "unknown"
NO_LETTER = "none"


def headline(one: Record) -> str:
    """One sentence about where the review stands."""
    number = len(one.decisions)
    state = f"Closed on {one.closed}" if one.closed else f"Open, as of {one.day}"
    return f"{state}: {number or 'no'} {worded(number, 'decision', 'decisions')}, {_answered(one)}."


def _answered(one: Record) -> str:
    number = sum(bool(row.answer) for row in one.asked)
    return f"{number or 'no'} {worded(number, 'question', 'questions')} answered"


def letters(line: AnswerLine) -> str:
    """What became of the letter: the judging told apart from the code."""
    if {line.told, line.then, line.now} == {"–"}:
        return NO_LETTER
    if line.is_judged_anew:
        return f"{line.told}, judged anew {line.then}, now {line.now}"
    return line.now if line.then == line.now else f"{line.then}, now {line.now}"


def change_word(line: AnswerLine) -> str:
    """What became of an answer, in a word or three."""
    is_alike = line.word == "same" and line.number_then == line.number_now
    return NO_CHANGE if is_alike else WORDS[line.word]


def no_letters(one: Record) -> bool:
    """No answer has a letter, nor had one: that is said once."""
    return all(letters(line) == NO_LETTER for line in one.answers)


def number_moved(one: Moved) -> str:
    return f"{one.before} → {one.now}"


def is_name(row: Row) -> bool:
    """Whether it is a thing of the repository, and not words of ours."""
    return row.kind not in ("time", "detail", "cohort")


def row_word(row: Row) -> str:
    """New, gone, or was; no "was" before words of ours, which are none that was: its numbers tell."""
    return "" if row.word == "was" and not is_name(row) else row.word


def row_place(row: Row) -> str:
    return f"{row.subject}:{row.line}" if row.line else row.subject


def row_says(row: Row) -> str:
    """What its numbers are, or what it is; empty where nothing is said of it."""
    note = row.note if len(row.note) <= LONGEST_NOTE else f"{row.note[:LONGEST_NOTE]}…"
    alone = stands_alone(note)
    numbers = "" if note[:1].isdigit() and row.word != "was" else row.numbers  # the note tells them
    told = ("; " if alone else " ").join(part for part in (numbers, note) if part)
    return f"({told})" if told else ""


def balance(one: Flow) -> tuple[str, str, str, str]:
    """Then, taken on, paid, now: what is not known is said so."""
    then, on, off, now = (_count(value) for value in (one.before, one.taken_on, one.paid, one.now))
    return then, on, off, f"{now} ({one.accepted:,} accepted)" if one.accepted else now


def _count(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def where(one: Place) -> str:
    return f"{one.path}:{one.line}" if one.end_line <= one.line else f"{one.path}:{one.line}–{one.end_line}"


def changes(one: Place) -> str:
    """How often its file changes."""
    number = one.interest
    return "changes not known" if number is None else f"{number:,} {worded(number, 'change', 'changes')} in a year"


def places_note(one: Record) -> str:
    """Of which places it is not known whether they are new; empty where it is known of all."""
    if not one.places_why:
        return ""
    which = "some others" if one.places_are_new else "these"
    return f"Of {which} it is not known whether they are new, because {one.places_why}."


def open_questions(one: Record) -> list[Asked]:
    """That this review takes up and nobody answered."""
    return [row for row in one.asked if row.is_next and not row.answer]


def lists_none(one: Record) -> bool:
    """What came and went is not known of a kind, since the first snapshot was made from history."""
    return one.before.is_from_history and any(flow.taken_on is None for flow in one.flows)


def flow_notes(one: Record) -> list[str]:
    """Why it is not known in full what came and went: each reason once, with its kinds."""
    kinds: dict[str, list[str]] = {}
    for flow in one.flows:
        if flow.why:
            kinds.setdefault(flow.why, []).append(flow.title)
    return [f"{', '.join(titles)}: not known in full, because {why}." for why, titles in kinds.items()]
