"""Carry out a command of a comment: read again at GitHub, from somebody who may write, answered once whatever fails."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple, Protocol

from github_app.commands import Accept, Command, Explain, Help, Rescan, Wrong, command_in
from github_app.port import GitHubFailed, Gone, Installed, Invalid, NotAllowed
from github_app.replies import (
    DEBTS_BY_NAME,
    Known,
    about_debt,
    about_finding,
    about_rule,
    accepting,
    counted_wrong,
    help_text,
    not_found,
    not_known,
    not_looked,
    replies_to,
    reply,
)
from scoring.finding.ids import ID
from scoring.signal import Definition

OBEYING = {"metadata": "read", "contents": "read", "pull_requests": "write"}
"""Permissions of the job, in GitHub's words."""
MAY_WRITE = ("admin", "write")
"""GitHub tells "maintain" as write, and "triage" as read."""
DONE, MAY_NOT, NOT_UNDERSTOOD = "+1", "-1", "confused"
"""Reactions to the comment."""


class NotLooked(Exception):  # noqa: N818  it is an answer
    """Why the change cannot be read: a clause."""


class Here(Protocol):
    """What is known of the repository beside GitHub."""

    @property
    def rules(self) -> Mapping[str, Definition]: ...

    @property
    def today(self) -> str:
        """YYYY-MM-DD, in UTC."""

    def finding(self, wanted: str) -> Known | None:
        """In the last scan, else in this change. Raises NotLooked."""

    def doubted(self, rule: str) -> int:
        """How many of its findings were called wrong."""

    def doubt(self, rule: str, finding: str, comment_id: int) -> bool:
        """Count it, once for each finding; whether it was this comment that did."""

    def rescan(self, comment_id: int) -> None:
        """Ask for this change to be looked at again: twice for one comment is once."""


class Obeyed(NamedTuple):
    what: str  # "answered", "done", "refused", "left"
    sentence: str  # without anything that somebody wrote


def obey(github: Installed, here: Here, number: int, comment_id: int) -> Obeyed:
    """Raises GitHubFailed; then it can be asked again, and what was done is not done twice."""
    try:
        comment, stands_on = github.comment(comment_id), github.pull_of(comment_id)
    except Gone:
        return Obeyed("left", "The comment is not there any more.")
    asked = command_in(comment.body)
    if asked is None or comment.is_bot or not comment.login or stands_on != number:
        return Obeyed("left", "The comment asks for nothing.")
    if github.hosted.is_archived:
        return Obeyed("left", "The repository is archived.")
    if github.permission(comment.login) not in MAY_WRITE:
        _react(github, comment_id, MAY_NOT)
        return Obeyed("refused", "Who wrote the comment may not write to the repository.")
    if isinstance(asked, Rescan):
        here.rescan(comment_id)
        _react(github, comment_id, DONE)
        return Obeyed("done", "The change is looked at again.")
    if not _is_answered(github, number, comment_id):
        _answer(github, number, comment_id, reply(comment_id, _words_or_why(here, asked, comment_id)))
    _react(github, comment_id, NOT_UNDERSTOOD if isinstance(asked, Help) and asked.about else DONE)
    return Obeyed("answered", "The comment is answered.")


def _words_or_why(here: Here, asked: Command, comment_id: int) -> str:
    try:
        return _words(here, asked, comment_id)
    except NotLooked as why:
        return not_looked(str(why))


def _words(here: Here, asked: Command, comment_id: int) -> str:
    match asked:
        case Explain(subject):
            return _explained(here, subject)
        case Accept(finding) | Wrong(finding):
            known = here.finding(finding)
            if known is None:
                return not_found(finding)
            if isinstance(asked, Accept):
                return accepting(known, asked, here.today)
            rule = known.finding.rule
            is_new = here.doubt(rule, known.finding.id, comment_id)
            return counted_wrong(rule, here.doubted(rule), is_new=is_new)
        case Help():
            return help_text(asked)
        case _:
            raise AssertionError(asked)


def _explained(here: Here, subject: str) -> str:
    if ID.fullmatch(subject):
        known = here.finding(subject)
        return not_found(subject) if known is None else about_finding(known, here.doubted(known.finding.rule))
    if subject in here.rules:
        return about_rule(here.rules[subject], here.doubted(subject))
    if subject in DEBTS_BY_NAME:
        return about_debt(DEBTS_BY_NAME[subject])
    return not_known(subject, list(here.rules))


def _react(github: Installed, comment_id: int, content: str) -> None:
    """A sign beside what was done: where it may not be made, or nothing is there to make it on, the rest holds."""
    with suppress(NotAllowed, Gone, Invalid):
        github.react(comment_id, content)


def _is_answered(github: Installed, number: int, to: int) -> bool:
    """Of several answers, which runs at once have made, the oldest stays."""
    mine = replies_to(github.comments(number), github.login, to)
    for spare in mine[1:]:
        github.delete(spare.id)
    return bool(mine)


def _answer(github: Installed, number: int, to: int, body: str) -> None:
    """A post is never repeated blindly: it may have been stored although its answer was lost."""
    try:
        github.post(number, body)
    except (NotAllowed, Invalid):
        raise  # the conversation is locked, say: asking again changes nothing
    except GitHubFailed:
        if not _is_answered(github, number, to):
            raise
    else:
        _is_answered(github, number, to)
