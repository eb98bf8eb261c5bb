"""Say it on the pull request: one comment, whatever fails and whoever else runs at the same time."""

from __future__ import annotations

from typing import NamedTuple

from github_app.comments import Comment, Edit, Leave, Post, decide, ours
from github_app.port import Conversation, GitHubFailed, NotAllowed


class Words(NamedTuple):
    pull: int
    head: str  # the commit that they are about
    new: str  # the comment; "" where no finding is new
    corrected: str  # what an earlier comment becomes then


class Said(NamedTuple):
    what: str  # "posted", "edited", "left", "moved"
    sentence: str


def speak(github: Conversation, words: Words, login: str) -> Said:
    """`login` is whose token it is. Raises GitHubFailed.

    The head is read again at the last moment: what is about an older one is not said. A post is never repeated blindly,
    since it may have been stored although its answer was lost: what is there is looked at instead. Of several comments
    that runs at once have made, the oldest stays.
    """
    if (moved := _moved(github, words)) is not None:
        return moved
    mine = ours(github.comments(words.pull), login, words.pull)
    decision = decide(mine, words.new, words.corrected)
    for spare in decision.spare:
        github.delete(spare)
    match decision.act:
        case Leave(why):
            return Said("left", f"Nothing was written: {why}.")
        case Edit(comment_id, body):
            github.edit(comment_id, body)
            return Said("edited", "The comment was brought up to date.")
        case Post(body):
            return _post(github, words, login, body)


def _moved(github: Conversation, words: Words) -> Said | None:
    pull = github.pull(words.pull)
    if not pull.is_open:
        return Said("moved", "Nothing was written: the pull request is closed.")
    if pull.head != words.head:
        return Said("moved", f"Nothing was written: the head is {pull.head[:10]} by now, not {words.head[:10]}.")
    return None


def _post(github: Conversation, words: Words, login: str, body: str) -> Said:
    posted: Comment | None = None
    try:
        posted = github.post(words.pull, body)
    except NotAllowed:
        raise
    except GitHubFailed:
        if not ours(github.comments(words.pull), login, words.pull):
            raise  # it was not stored either
    # The answer says who we are; where that is not `login`, the comments of an earlier run were overlooked.
    author = posted.login if posted else login
    mine = ours(github.comments(words.pull), author, words.pull)
    first, others = (mine[0], mine[1:]) if mine else (posted, [])
    for other in others:
        github.delete(other.id)
    if posted and first and first.id != posted.id:
        github.edit(first.id, body)
    if author != login:
        return Said("posted", f"A comment was written, by {author} and not by {login}: give that login as `author`.")
    return Said("posted", "A comment was written.")
