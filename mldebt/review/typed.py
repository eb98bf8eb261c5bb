"""The fields of a review, by the names under which what is typed into them is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from mldebt.store.reviews import LONGEST_FIELD
from scoring.review.preparing import Given

DRAFT = ("kind", "words", "owner", "due", "reason")
"""What is typed of a decision before it is taken."""
CLOSED_BY = "closed_by"
LONGEST_NAME = 100
_LONG = ("words", "note")


def room(field: str) -> int:
    """How many characters it takes."""
    return LONGEST_FIELD if field.rpartition(".")[2] in _LONG else LONGEST_NAME


def answer_field(about: str, part: str) -> str:
    """`part` is a field of `Given`."""
    return f"answer.{about}.{part}"


def settled_field(decision: int, part: str) -> str:
    """`part` is "word" or "note"."""
    return f"settled.{decision}.{part}"


def draft_field(about: str, subject: str, part: str) -> str:
    """Each subject has a draft of its own, so that two people who decide at once do not write into one."""
    return f"{_draft(about, subject)}.{part}"


def _draft(about: str, subject: str) -> str:
    """A path may be longer than a name of a field."""
    return f"draft.{about}.{hashlib.sha256(subject.encode('utf-8', 'backslashreplace')).hexdigest()[:16]}"


def is_begun(fields: Mapping[str, str], about: str, subject: str) -> bool:
    """Somebody typed of a decision on it, and took none."""
    return any(fields.get(draft_field(about, subject, part)) for part in ("kind", "words", "owner"))


def given_answers(fields: Mapping[str, str]) -> dict[str, Given]:
    """What is typed in answer to each question."""
    found: dict[str, Given] = {}
    for name, value in fields.items():
        about, part = _split(name, "answer.")
        if about and part in Given._fields:
            found[about] = found.get(about, Given())._replace(**{part: value})
    return found


def settled(fields: Mapping[str, str]) -> dict[int, tuple[str, str]]:
    """What is said of each decision of an earlier review: "done", "dropped" or nothing, and why."""
    found: dict[int, dict[str, str]] = {}
    for name, value in fields.items():
        number, part = _split(name, "settled.")
        if number.isdigit():
            found.setdefault(int(number), {})[part] = value
    return {number: (parts.get("word", ""), parts.get("note", "")) for number, parts in found.items()}


def _split(name: str, start: str) -> tuple[str, str]:
    """What stands between `start` and the last part, and the last part."""
    if not name.startswith(start):
        return "", ""
    about, _, part = name.removeprefix(start).rpartition(".")
    return about, part
