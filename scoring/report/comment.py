"""A change as a comment on its pull request: about this change alone, and silent unless it adds a finding."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from scoring.finding import Finding
from scoring.finding.doubts import MUTES
from scoring.report.change import Change
from scoring.report.data_change import named
from scoring.report.doubted import muted_line
from scoring.report.links import permalink
from scoring.report.markdown import code, link, plain

SHOWN = 3
"""Findings that stand in the comment itself."""
LARGEST = 60_000
"""Characters of a body; GitHub takes 65,536."""


class Answers(NamedTuple):
    """Where somebody answers to commands: each finding is then told with its id."""

    muted: tuple[str, ...] = ()  # rules that are not listed, since people called them wrong


def comment(change: Change, pull: int | None = None, *, by_fork: bool = False, answers: Answers | None = None) -> str:
    """Markdown, or nothing where no finding is new. `pull` is the number of the pull request.

    The first line is for programs. Nobody is named, whoever accepted what.
    """
    return _marked(change, _body(change, by_fork=by_fork, answers=answers), pull) if change.added else ""


def correction(change: Change, pull: int | None = None, *, by_fork: bool = False) -> str:
    """What an earlier comment becomes where no finding is new any more. It says the same after each further push."""
    left = "Of what this comment listed nothing is left."
    if change.sentences:
        left = "Of what this comment listed nothing is seen any more."
    parts = [f"{left} {plain(change.sentence)}", *_circumstances(change, by_fork=by_fork)]
    return _marked(change, "\n\n".join(parts) + "\n", pull)


def summary(change: Change, *, by_fork: bool = False) -> str:
    """For the page of a run: also where no finding is new."""
    if change.added:
        return _body(change, by_fork=by_fork)
    compared = f"{change.files:,} changed {'file' if change.files == 1 else 'files'} compared."
    parts = [f"{plain(change.sentence)} {compared}", *_circumstances(change, by_fork=by_fork, compared=_head(change))]
    return "\n\n".join(parts) + "\n"


def _head(change: Change) -> str:
    return code(change.commits.head[:10])


def _marked(change: Change, body: str, pull: int | None) -> str:
    digest = hashlib.sha256(body.encode("utf-8", "backslashreplace")).hexdigest()
    about = f"pr={pull} " if pull is not None else ""
    return f"<!-- mldebt:v1 {about}head={change.commits.head} body=sha256:{digest} -->\n{body}"


def _body(change: Change, *, by_fork: bool, answers: Answers | None = None) -> str:
    first = change.added[0]
    has_ids = answers is not None
    which = "Pay it off" if len({row.rule for row in change.added}) == 1 else "Pay off the first"
    parts = [
        plain(change.sentence),
        "\n".join(_line(change, row, has_id=has_ids) for row in change.added[:SHOWN]),
        f"**{which}:** {plain(change.definition(first.rule).pay_off)}",
    ]
    end = [_data(change)] if change.data.counted else []
    end += _circumstances(change, by_fork=by_fork, compared=_head(change))
    end += _what_to_answer(first, answers) if answers is not None else []
    if rest := change.added[SHOWN:]:
        parts += _folded(change, rest, LARGEST - sum(map(len, (*parts, *end))), has_ids=has_ids)
    return "\n\n".join([*parts, *end]) + "\n"


def _circumstances(change: Change, *, by_fork: bool, compared: str = "it") -> list[str]:
    """`compared` names the head, where what is said of it is said anew for each head."""
    parts = [f"**Partial:** {_unseen(change)}"] if change.sentences else []
    whose = " Worked out by the fork's own run." if by_fork else ""
    return [
        *parts,
        f"mldebt compared {compared} with {code(change.commits.merge_base[:10])}, where this change begins.{whose}",
    ]


def _what_to_answer(first: Finding, answers: Answers) -> list[str]:
    lines = (
        f"- `/mldebt explain {first.id}`: why it matters, and how to pay it off",
        f"- `/mldebt accept {first.id} intended until YYYY-MM-DD`: what to commit so that it is accepted",
        f"- `/mldebt wrong {first.id}`: the rule is wrong here; {MUTES} such findings mute it in this repository",
        "- `/mldebt rescan`: look again",
    )
    muted = [muted_line(answers.muted)] if answers.muted else []
    return ["<details>\n<summary>What to answer</summary>", "\n".join(lines), *muted, "</details>"]


def _line(change: Change, row: Finding, *, has_id: bool) -> str:
    address = permalink(change.web, "file", row.path, change.commits.head, row.line, row.end_line)
    place = link(code(f"{row.path}:{row.line}"), address)
    name = f" ({code(row.id)})" if has_id else ""
    return f"- {place} {plain(change.definition(row.rule).title)}{name}  \n  {code(row.snippet)}"


def _data(change: Change) -> str:
    """One line of facts: how many reads and writes of data there are more and fewer, and of which data."""
    told = []
    for says, rows in change.data.counted:
        names, more = named(rows)
        told.append(f"{says} ({', '.join(code(name, 80) for name in names)}{f' and {more:,} more' if more else ''})")
    return f"Data: {', '.join(told)}."


def _folded(change: Change, rest: tuple[Finding, ...], room: int, *, has_ids: bool) -> list[str]:
    """The rest, as far as there is room, in characters."""
    lines: list[str] = []
    for row in rest:
        line = _line(change, row, has_id=has_ids)
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    if left := len(rest) - len(lines):
        lines.append(f"- and {left:,} more")
    return [f"<details>\n<summary>{len(rest):,} more</summary>", "\n".join(lines), "</details>"]


def _unseen(change: Change) -> str:
    """Without what the repository wrote."""
    unread = len(change.unread)
    told = [f"{unread:,} changed {'file' if unread == 1 else 'files'} could not be read"] if unread else []
    if change.partial:
        told.append("some of what decides could not be seen: `mldebt diff` says what")
    if change.unlisted:
        told.append(f"{change.unlisted:,} more {'row is' if change.unlisted == 1 else 'rows are'} not counted here")
    return f"{'; '.join(told)}."
