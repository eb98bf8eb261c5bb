"""The one check run of a commit: written, brought up to date, or left. It never stands pending."""

from __future__ import annotations

from collections.abc import Sequence

from github_app.port import Check, GitHubFailed, Installed, Moved, NotAllowed, RateLimited, Verdict
from github_app.verdicts import GATE, NAME, is_unmeasured, same_annotations

TRIES = 4


def write_check(github: Installed, head: str, said: Verdict, where_failed: Verdict | None = None) -> str:
    """ "written", "edited" or "left". Raises GitHubFailed. `where_failed` is said where the one that is there failed.

    Neither writing one nor adding annotations is repeated blindly: GitHub may have done it although its answer was
    lost, and puts annotations behind those that are there. What is there is looked at instead.
    """
    done = "left"
    for turn in range(TRIES):
        there = github.checks(head, NAME)
        try:
            is_failed = there and there[-1].conclusion == GATE
            words = where_failed if where_failed and is_failed else said
            now = _written(github, head, words, there[-1] if there else None)
        except (NotAllowed, RateLimited, Moved):
            raise
        except GitHubFailed:
            if turn == TRIES - 1:
                raise
        else:
            return now if done == "left" else done
        done = "written"
    return done


def write_unmeasured(github: Installed, head: str, said: Verdict) -> str:
    """What was measured of this commit before stays, unless somebody asked for it again: it is no less true."""
    there = github.checks(head, NAME)
    if is_told(there) and not is_unmeasured(there[-1].external_id):
        return "left"
    return write_check(github, head, said)


def end_pending(github: Installed, head: str, said: Verdict) -> bool:
    """Where somebody asked for a check again, GitHub has it wait: it ends, though nothing is to be said."""
    there = github.checks(head, NAME)
    if not there or is_told(there):
        return False
    return write_check(github, head, said) != "left"


def _written(github: Installed, head: str, said: Verdict, last: Check | None) -> str:
    is_same = last is not None and same_annotations(last.external_id, said.external_id)
    if last is None or (last.annotations and not is_same and _has_ended(last)):
        # Annotations cannot be taken back, so a newer check takes the place of the one that has others.
        github.add_check(head, NAME, said)
        return "written"
    rest = said.annotations[last.annotations :] if is_same else said.annotations
    if last.external_id == said.external_id and _has_ended(last) and not rest:
        return "left"
    github.edit_check(last.id, said._replace(annotations=rest))
    return "edited"


def is_told(checks: Sequence[Check]) -> bool:
    """Whether the newest of a commit's checks is there, and has ended."""
    return bool(checks) and _has_ended(checks[-1])


def _has_ended(check: Check) -> bool:
    return check.status == "completed"
