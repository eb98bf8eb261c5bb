"""A pull request: the branch that it goes into and its head, in a mirror of their own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from collectors.git.process import run
from collectors.git.remote import Bounds, Fetch, Remote, fetched, folder_of
from collectors.git.repository import Repository


class Fetched(NamedTuple):
    repository: Repository
    base: str  # commits, hex
    head: str


def fetch_pull(of: Remote, number: int, token: str, mirrors: Path, bounds: Bounds) -> Fetched:
    """The branch that is merged into, and the head, from the repository that the change is proposed to.

    So a head in a fork that is private or gone can be had as well. Raises as `fetched` does.
    """
    base, head = f"refs/pull/{number}/base", f"refs/pull/{number}/head"  # no two of them in each other's way
    what = Fetch(
        folder_of(mirrors, of.server, of.repository), (f"+refs/heads/{of.branch}:{base}", f"+{head}:{head}"), base
    )
    with fetched(of, token, what, bounds) as repository:
        tips = [
            run(repository, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}") for ref in (base, head)
        ]
    return Fetched(repository, *(tip.decode().strip() for tip in tips))
