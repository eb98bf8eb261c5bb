"""All of a hosted repository, for a scan.

In a mirror beside the one that pull requests are fetched into: who opens one does not wait for the first fetch of a
long history, and what is fetched for it is no branch, and tells nothing of the repository.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from collectors.git.errors import GitFailed
from collectors.git.process import run_in_mirror
from collectors.git.remote import Bounds, Fetch, Remote, fetched, folder_of
from collectors.git.repository import REFSPECS, Repository

WHOLE = "whole"
"""The folder of that mirror, in the one of the other."""


def fetch_whole(of: Remote, source: str, token: str, mirrors: Path, bounds: Bounds) -> Repository:
    """Branches, tags and pull requests.

    `source` is what the repository is known by in a store, whatever it is called at the moment. Raises as `fetched`
    does.
    """
    folder = folder_of(mirrors, of.server, of.repository) / WHOLE
    what = Fetch(folder, REFSPECS, f"refs/heads/{of.branch}", prune=True)
    with fetched(of, token, what, bounds, source) as repository:
        with suppress(GitFailed):  # only makes later walks faster
            run_in_mirror(repository, "commit-graph", "write", "--reachable", "--split")
        return repository
