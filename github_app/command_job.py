"""The job that reads a command and carries it out: `command`, of which one waits or runs for each comment.

The text of the comment is never kept: it is read at GitHub, and so is what its author may do.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from github_app.pull_job import MOST_BEGINNINGS, MOST_TURNS, place_here, seconds_to_wait
from mldebt.jobs.asking import URGENT, Asked, ask_anew
from mldebt.jobs.engine import job_here, step, workflow
from mldebt.jobs.failed import JobFailed
from mldebt.jobs.here import HERE
from mldebt.store.engine import Store, open_store
from mldebt.store.hosted import why_not

if TYPE_CHECKING:
    from github_app.assessing import Place
    from github_app.obeying import Obeyed

COMMAND = "command"


class Said(NamedTuple):
    """Where a command stands."""

    installation: int
    repository: int  # GitHub's ids
    number: int
    comment_id: int
    title: str = ""  # what lists call it: owner/name#7


def command_for(said: Said, when: str, **more: int) -> Asked:
    """`when` tells this asking from others."""
    inputs: dict[str, Any] = {**said._asdict(), "title": said.title[:200], **more}
    return Asked(f"{COMMAND}:{said.repository}:{said.comment_id}", when, COMMAND, inputs, URGENT)


@workflow(name=COMMAND, max_recovery_attempts=MOST_BEGINNINGS)
def command(
    installation: int, repository: int, number: int, comment_id: int, title: str = "", turn: int = 0
) -> dict[str, Any]:
    """What GitHub does not do now is asked for anew, and no worker waits for it."""
    return obeyed(installation, repository, number, comment_id, title, turn)


@step(name="obey")
def obeyed(installation: int, repository: int, number: int, comment_id: int, title: str, turn: int) -> dict[str, Any]:
    from github_app.assessing import later
    from github_app.port import GitHubFailed, Gone, Invalid, NotAllowed

    assert HERE.settings is not None  # noqa: S101  a job runs in an engine
    said, place = Said(installation, repository, number, comment_id, title), place_here()
    with closing(open_store(HERE.settings.database_url)) as store:
        with store.reading() as connection:
            why = why_not(connection, installation, repository)
        if why is not None:
            return {"said": f"Nothing was done: {why}."}
        try:
            found = carried_out(said, place, store)
        except (Gone, NotAllowed, Invalid) as error:
            return {"said": f"Nothing was done: {error}."}
        except GitHubFailed as error:
            if turn >= MOST_TURNS - 1:
                raise JobFailed(f"{error}; it was tried {MOST_TURNS} times") from None
            _ask_anew(said, turn + 1, seconds_to_wait(later(error), turn))
            return {"said": f"{error}.", "again": turn + 1}
    return {"said": found.sentence, "became": found.what}


def carried_out(said: Said, place: Place, store: Store) -> Obeyed:
    """Raises GitHubFailed."""
    from github_app.installation import as_installation
    from github_app.lookup import Lookup
    from github_app.obeying import OBEYING, obey

    assert HERE.database is not None  # noqa: S101
    github = as_installation(place.access, said.installation, said.repository, OBEYING, pause=place.pause)
    about = Lookup(store, HERE.database, place, github, said.installation, said.number, said.title)
    return obey(github, about, said.number, said.comment_id)


def _ask_anew(said: Said, turn: int, seconds: float) -> None:
    assert HERE.database is not None  # noqa: S101
    ask_anew(HERE.database, job_here(), command_for(said, "", turn=turn), seconds)
