"""The one comment on a pull request: which is ours, and whether to write, edit or leave it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_MARKER = re.compile(r"<!-- mldebt:v1 (?:pr=(\d{1,10}) )?head=([0-9a-f]{40,64}) body=sha256:([0-9a-f]{64}) -->")


class Comment(NamedTuple):
    id: int
    login: str  # of its author
    is_bot: bool
    body: str


class Marker(NamedTuple):
    """The first line of a comment of ours."""

    pull: int | None
    head: str
    digest: str


class Post(NamedTuple):
    body: str


class Edit(NamedTuple):
    id: int
    body: str


class Leave(NamedTuple):
    why: str  # a clause


class Decision(NamedTuple):
    act: Post | Edit | Leave
    spare: tuple[int, ...] = ()  # further comments of ours, which two runs at once have made


def marker(body: str) -> Marker | None:
    """As it stands at the very beginning of a body, and nowhere else."""
    found = _MARKER.match(body)
    return Marker(int(found[1]) if found[1] else None, found[2], found[3]) if found else None


def ours(comments: Iterable[Comment], login: str, pull: int) -> list[Comment]:
    """Written by this bot, about this pull request; the oldest first.

    A marker alone proves nothing, since anyone can paste it. A bot's login ends in [bot], which no person's may;
    `login` without it is somebody with a token of their own.
    """
    found = []
    for one in comments:
        told = marker(one.body)
        if one.login == login and one.is_bot is login.endswith("[bot]") and told and told.pull == pull:
            found.append(one)
    return sorted(found)


def decide(mine: Sequence[Comment], new: str, corrected: str) -> Decision:
    """`new` is the comment, "" where no finding is new; `corrected` is what an earlier one becomes then.

    The digest in the marker decides what has changed, so the same words are not sent again for a new head alone.
    """
    if not mine:
        return Decision(Post(new) if new else Leave("no finding is new"))
    first, *others = mine
    spare = tuple(one.id for one in others)
    wanted = new or corrected
    before, after = marker(first.body), marker(wanted)
    if before and after and before.digest == after.digest:
        return Decision(Leave("the comment says it already"), spare)
    return Decision(Edit(first.id, wanted), spare)
