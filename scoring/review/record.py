"""A review as it is shown, exported and, once closed, kept: plain words and numbers, so that it never changes again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

SCHEMA = "urn:mldebt:review:1"
LATER = "later"
Of = TypeVar("Of")


def later() -> Any:
    """A text that records had none of at first: it is left out while it is empty, so that their digest stays."""
    return field(default="", metadata={LATER: True})


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the two snapshots."""

    commit: str  # hex; empty where there is none
    day: str  # that ages are counted to, YYYY-MM-DD in UTC
    identity: str  # digest
    profile: str
    scoring_version: str
    headline: str
    is_from_history: bool
    partial: tuple[str, ...]  # sentences: what could not be read


@dataclass(frozen=True, slots=True)
class Row:
    """One thing behind a number that moved."""

    subject: str
    kind: str
    line: int | None
    word: str  # new, gone, was; empty where only time passed
    numbers: str  # "3 → 5"; empty where it has none
    link: str | None
    note: str = later()  # what its numbers are, or what it is


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that moved by more than noise."""

    signal: str
    title: str
    debt: str | None
    before: str
    now: str
    word: str  # worse, better, moved
    rows: tuple[Row, ...]
    rows_left: int
    is_whole: bool  # False where only the rows that weigh most are kept


@dataclass(frozen=True, slots=True)
class AnswerLine:
    question: str
    title: str
    text: str
    sentence: str
    told: str  # letters: as printed then, by today's rules then, and now
    then: str
    now: str
    why_no_letter: str
    is_judged_anew: bool
    seen_then: int
    seen: int
    total: int
    word: str  # better, worse, same, moved, unknown
    number: str  # title of the number that heads it
    number_then: str
    number_now: str
    value_then: float | None
    value_now: float | None
    moved: tuple[str, ...]  # signals, the worse first
    why_same: str = later()  # by how little its number moved, where that is no verdict


@dataclass(frozen=True, slots=True)
class Flow:
    """Places of one kind of debt. None: not known, and `why` says why."""

    debt: str | None
    title: str
    before: int | None
    taken_on: int | None
    paid: int | None
    now: int | None
    accepted: int
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    rule: str
    title: str
    debt: str | None
    path: str
    line: int
    end_line: int
    symbol: str
    snippet: str
    note: str
    severity: str
    effort: str
    interest: int | None
    weight: int
    pay_off: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    number: int  # in the store
    kind: str  # refactor, supervise, critical, accept
    about: str  # finding, file, debt
    subject: str
    title: str  # of the subject, in words
    words: str  # as typed
    owner: str  # as typed
    due: str  # YYYY-MM-DD
    on: str  # YYYY-MM-DD
    rule: str = ""  # of a finding
    path: str = ""
    reason: str = later()  # of what is accepted, as it was chosen


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision of an earlier review, and what the snapshots say of it."""

    decision: Decision
    outcome: str
    why: str
    is_due: bool
    settled: str = ""  # done, dropped: what this review said of it; empty: it goes on
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lapse:
    """What a team said until a day that is over."""

    kind: str  # attestation, acceptance
    about: str
    words: str
    owner: str
    until: str
    places: int  # that an acceptance covered


@dataclass(frozen=True, slots=True)
class Asked:
    about: str
    debt: str | None
    text: str
    source: str
    section: str
    state: str  # open, expired, holds
    is_next: bool
    said: str  # the last answer that was given before this review
    by: str
    until: str
    answer: str  # given in this review
    owner: str
    due: str  # by when what the answer promises is done
    holds_until: str


@dataclass(frozen=True, slots=True)
class Item:
    topic: str
    title: str
    minutes: int
    says: str


@dataclass(frozen=True, slots=True)
class Record:
    repository: str
    web: str | None
    day: str  # that it was opened, or is prepared for
    before: Moment
    now: Moment
    judging: tuple[str, ...]  # what changed in the way of measuring and judging, and not in the repository
    is_same_commit: bool
    agenda: tuple[Item, ...]
    answers: tuple[AnswerLine, ...]
    moved: tuple[Moved, ...]
    flows: tuple[Flow, ...]
    places: tuple[Place, ...]  # the heaviest that are new, else that there are; three of a rule
    places_are_new: bool
    places_left: int  # beside these
    places_why: str  # why it is not known of all which are new
    carried: tuple[Carried, ...]  # actions
    goals: tuple[Carried, ...]
    lapses: tuple[Lapse, ...]
    asked: tuple[Asked, ...]
    decisions: tuple[Decision, ...]  # of this review
    closed: str = ""  # YYYY-MM-DD; empty while it is open
    closed_by: str = ""  # as typed


def record_json(record: Record) -> str:
    """The bytes that a digest is of: one line, sorted keys."""
    return json.dumps(record_value(record), sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def record_value(value: Any) -> Any:
    """A record, or a part of it, as JSON has it."""
    if isinstance(value, tuple):
        return [record_value(one) for one in value]
    if not is_dataclass(value):
        return value
    parts = ((one, getattr(value, one.name)) for one in fields(value))
    return {one.name: record_value(part) for one, part in parts if part or LATER not in one.metadata}


def digest(record: Record) -> str:
    return hashlib.sha256(record_json(record).encode()).hexdigest()


def read_record(text: str) -> Record:
    """Of what `record_json` gave. Raises ValueError for anything else."""
    try:
        return _read(Record, json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no record of a review: {error!r}") from None


def _read(kind: type[Of], value: Any) -> Of:
    hints = get_type_hints(kind)
    known = [one.name for one in fields(kind) if one.name in value or LATER not in one.metadata]  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], value[name]) for name in known})


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is UnionType:
        return None if value is None else _value(next(one for one in get_args(hint) if one is not NoneType), value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in value)
    if is_dataclass(hint):
        return _read(hint, value)  # type: ignore[arg-type]
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is no {hint.__name__}")
    return value
