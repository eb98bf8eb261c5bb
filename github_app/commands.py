"""What somebody asks for in a comment on a pull request: its first line, `/mldebt explain|accept|wrong|rescan`. Pure.

Tolerant: whatever stands there is a command, or says what was not understood; it never fails.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from scoring.finding.acceptance import NotAcceptedError, Reason, day_of
from scoring.finding.ids import ID

NAME = "/mldebt"
LONGEST = 500
"""Characters of a first line that are read."""
_QUOTES = "`'\"\u2018\u2019\u201c\u201d<>"
_UNTIL = re.compile(r"(?:^|\s)(?:until|till|to)[\s:]+(\S+)\s*$", re.IGNORECASE)
_REASONS: dict[str, Reason] = {reason.value: reason for reason in Reason}


class Explain(NamedTuple):
    subject: str  # a finding's id, a rule or a debt; as it was written


class Accept(NamedTuple):
    finding: str
    reason: Reason | None  # None: another word, which then begins the note
    note: str
    until: str | None  # YYYY-MM-DD
    until_word: str  # what stood after "until"; empty where nothing did


class Wrong(NamedTuple):
    finding: str


class Rescan(NamedTuple):
    pass


class Help(NamedTuple):
    """It was asked for, or what stands there is no command, or lacks something."""

    about: str = ""  # a clause: what was not understood; of ours alone, nothing that somebody wrote


Command = Explain | Accept | Wrong | Rescan | Help


def command_in(body: str) -> Command | None:
    """The command in a comment; None where it has none, which is no reason to answer."""
    name, _, rest = _plain(body.lstrip().partition("\n")[0][:LONGEST]).partition(" ")
    return _asked(rest) if name.lower() == NAME else None


def _asked(text: str) -> Command:
    word, _, rest = text.partition(" ")
    subject, _, rest = rest.partition(" ")
    subject = subject.strip(f"{_QUOTES}.,;:!?()[]#")
    match word.lower().strip(".,:;!?"):
        case "" | "help":
            return Help()
        case "rescan":
            return Rescan()
        case "explain":
            return Explain(_id_or_name(subject)) if subject else Help("a finding or a rule is missing")
        case "accept" | "wrong" as said:
            return _about(said, subject.lower(), rest)
        case _:
            return Help("that is no command here")


def _about(said: str, finding: str, rest: str) -> Command:
    if not ID.fullmatch(finding):
        what = "what stands there is not the id of a finding: 12 characters of 0-9 and a-f"
        return Help(what if finding else "the id of a finding is missing")
    return Wrong(finding) if said == "wrong" else _accept(finding, rest)


def _accept(finding: str, rest: str) -> Accept:
    found = _UNTIL.search(rest)
    word = found[1].strip(f"{_QUOTES}.,;") if found else ""
    note = rest[: found.start()] if found else rest
    first, _, more = note.strip().partition(" ")
    reason = _REASONS.get(first.lower().strip(f"{_QUOTES}.,;:"))
    note = (more if reason else note).strip(f" {_QUOTES}-\u2013\u2014:;,")
    return Accept(finding, reason, note, _day(word), word)


def _day(word: str) -> str | None:
    try:
        return day_of(word)
    except NotAcceptedError:
        return None


def _id_or_name(word: str) -> str:
    """Names have underscores, which is easily forgotten."""
    lower = word.lower()
    return lower if ID.fullmatch(lower) else lower.replace("-", "_")


def _plain(line: str) -> str:
    """One space between words, and nothing that is not seen."""
    kept = "".join(
        " " if unicodedata.category(one)[0] == "Z" or one in "\t\r" else one
        for one in line
        if unicodedata.category(one) not in ("Cf", "Cc", "Cs", "Co", "Cn") or one in "\t\r"
    )
    return " ".join(kept.split())
