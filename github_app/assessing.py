"""A pull request assessed: read, compared, said. Done twice, or cut short and done again, it is done once.

What a job may write is decided by what GitHub says when it is written, never by the event that asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from collectors.git.remote import folder_of
from collectors.git.turns import locked
from github_app.checks import end_pending, write_check, write_unmeasured
from github_app.installation import ASSESSING, AppOnRepository, as_installation
from github_app.port import Annotation, GitHubFailed, Gone, Installed, Invalid, NotAllowed, Pull, RateLimited, Verdict
from github_app.speaking import Said, Words, speak
from github_app.verdicts import still_failed, together, unmeasured
from mldebt.app_access import AppAccess
from mldebt.jobs.failed import JobFailed

MOST_OTHERS, MOST_ASKED = 4, 30
"""Pull requests that are read beside one that has the same head; and that GitHub is asked about: most are closed."""
Read = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What `pull_reading` is told into what it says. Raises JobFailed, whose sentence holds no secret."""


class Place(NamedTuple):
    access: AppAccess
    mirrors: Path
    largest: int  # bytes of a repository that are fetched
    read: Read
    pause: float = 1.0
    at_head: Callable[[str], Sequence[int]] = lambda _: ()  # pull requests that are known to have a commit as head


class Wanted(NamedTuple):
    installation: int
    repository: int  # GitHub's id
    number: int


class Done(NamedTuple):
    """What became of it."""

    sentence: str
    head: str = ""
    comment: str = ""  # posted, edited, left, refused; empty where none is wanted
    check: str = ""  # written, edited, left


class Later(NamedTuple):
    """Not now: it is to be asked for anew."""

    sentence: str
    seconds: float = 0
    is_told: bool = False  # GitHub says how long


class Failed(NamedTuple):
    """It will not be otherwise by itself."""

    sentence: str


def assess(place: Place, wanted: Wanted, *, is_last: bool = False) -> Done | Later | Failed:
    """Where GitHub fails it is to be done later; the check then says that nothing was measured if this `is_last`."""
    try:
        github = as_installation(place.access, wanted.installation, wanted.repository, ASSESSING, pause=place.pause)
    except Gone:
        return Done("The App is not installed there any more.")
    except NotAllowed as error:
        return Done(f"Nothing was done: {error}.")
    except Invalid as error:
        return Failed(f"{error}: run `mldebt doctor`")
    except GitHubFailed as error:
        return later(error)
    with locked(_lock(place, wanted), lambda: None):
        return _assessed(place, wanted, github, is_last=is_last)


def _assessed(place: Place, wanted: Wanted, github: AppOnRepository, *, is_last: bool) -> Done | Later | Failed:
    pull = _open_pull(github, wanted)
    if not isinstance(pull, Pull):
        return pull
    try:
        return _said(place, github, pull)
    except JobFailed as error:
        _tell_unmeasured(github, pull, str(error))
        return Failed(f"this change was not measured: {error}")
    except (NotAllowed, Invalid) as error:
        return Failed(str(error))
    except GitHubFailed as error:
        if is_last:
            _tell_unmeasured(github, pull, "GitHub failed too often while it was")
        return later(error)


def _open_pull(github: AppOnRepository, wanted: Wanted) -> Pull | Done | Later:
    if github.hosted.is_archived:
        return Done("Nothing was done: the repository is archived.")
    try:
        pull = github.pull(wanted.number)
    except Gone:
        return Done("Nothing was done: there is no such pull request any more.")
    except GitHubFailed as error:
        return later(error)
    if pull.is_open:
        return pull
    with suppress(GitHubFailed):
        end_pending(github, pull.head, unmeasured("the pull request is closed"))
    return Done("Nothing was done: the pull request is closed.")


def _said(place: Place, github: AppOnRepository, pull: Pull) -> Done | Later:
    if github.hosted.size * 1_024 > place.largest:
        raise JobFailed(f"{github.hosted.full_name} is larger than this server fetches")
    found = place.read(request(place, github, pull))
    if "later" in found:
        raise GitHubFailed(str(found["later"]))
    if "quiet" in found:
        end_pending(github, pull.head, unmeasured(str(found["quiet"])))
        return Done(f"Nothing was said: {found['quiet']}.")
    if found["head"] != pull.head:
        return Later("The head moved while it was read.")
    comment = ""
    if found["comments"]:
        words = Words(pull.number, pull.head, str(found["comment"]), str(found["correction"]))
        try:
            told = speak(github, words, github.login)
        except NotAllowed:  # a conversation may be locked; the check is a place of its own
            told = Said("refused", "")
        if told.what == "moved":
            return _moved(github, pull, told.sentence)
        comment = told.what
    others, unread = _others(place, github, pull)
    verdict = together({pull.number: (pull.base, _verdict(found["verdict"])), **others})
    check = write_check(github, pull.head, verdict, still_failed(verdict, unread))
    return Done("The change was measured.", pull.head, comment, check)


def _others(place: Place, github: AppOnRepository, pull: Pull) -> tuple[dict[int, tuple[str, Verdict]], list[int]]:
    """Of other open requests with the same head, which share its check; and the numbers of those that are not known."""
    numbers = [one for one in place.at_head(pull.head) if one != pull.number]
    said, read, unread = {}, 0, numbers[MOST_ASKED:]
    for number in numbers[:MOST_ASKED]:
        try:
            other = github.pull(number)
        except Gone:
            continue
        if not other.is_open or other.head != pull.head:
            continue
        read += 1
        found = _read(place, request(place, github, other)) if read <= MOST_OTHERS else None
        if found is None:
            unread.append(number)
        elif found.get("head") == pull.head:
            said[number] = (other.base, _verdict(found["verdict"]))
    return said, unread


def _read(place: Place, told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """None where it cannot be read, or not now."""
    try:
        found = place.read(told)
    except JobFailed:
        return None
    return None if "later" in found else found


def _moved(github: Installed, pull: Pull, sentence: str) -> Done | Later:
    return Later(sentence) if github.pull(pull.number).is_open else Done(sentence)


def request(place: Place, github: AppOnRepository, pull: Pull) -> dict[str, Any]:
    """What `pull_reading` is told."""
    hosted = github.hosted
    return {
        "hosted": [place.access.server, hosted.id, hosted.full_name, pull.base],
        "number": pull.number,
        "token": github.token,
        "draft": pull.is_draft,
        "bot": pull.by_bot,
        "largest": place.largest,
    }


def _verdict(rows: Any) -> Verdict:
    conclusion, title, summary, external_id, annotations = rows
    return Verdict(conclusion, title, summary, external_id, tuple(Annotation(*one) for one in annotations))


def _tell_unmeasured(github: Installed, pull: Pull, why: str) -> None:
    """Nothing is lost where that fails too: no check stands pending."""
    with suppress(GitHubFailed):
        write_unmeasured(github, pull.head, unmeasured(why))


def later(error: GitHubFailed) -> Later:
    if isinstance(error, RateLimited):
        return Later(str(error), error.seconds, error.is_told)
    return Later(str(error))


def _lock(place: Place, wanted: Wanted) -> Path:
    """Of the pull request: who comes second waits, and finds what the first wrote."""
    folder = folder_of(place.mirrors, place.access.server, wanted.repository)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"pull-{wanted.number}.lock"
