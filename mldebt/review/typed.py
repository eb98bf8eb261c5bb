"""The fields of a review, by the names under which what is typed into them is kept."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.review.preparing import Given

DRAFT = ("decision.kind", "decision.about", "decision.subject", "decision.words", "decision.owner", "decision.due")
"""Of the decision that somebody is writing."""
CLOSED_BY = "closed_by"


def answer_field(about: str, part: str) -> str:
    """`part` is a field of `Given`."""
    return f"answer.{about}.{part}"


def settled_field(decision: int, part: str) -> str:
    """`part` is "word" or "note"."""
    return f"settled.{decision}.{part}"


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
