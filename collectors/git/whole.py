"""All of a hosted repository, for a scan: a mirror kept by the repository's id, fetched with a token.

Beside the one that pull requests are fetched into: what is fetched for one of them is no branch, and tells nothing of
the repository.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from collectors.git.errors import GitFailed
from collectors.git.process import run_in_mirror
from collectors.git.pulls import Pull, credentials_of, files_up_to, folder_of, is_beyond, tidy, unreachable, url_of
from collectors.git.repository import PATIENCE, REFSPECS, At, Repository, looked_at
from collectors.git.turns import locked


def fetch_whole(
    of: Pull,
    source: str,
    token: str,
    mirrors: Path,
    progress: Callable[[str], None] = lambda _: None,
    *,
    patience: float = PATIENCE,
    largest: int | None = None,
) -> Repository:
    """Branches, tags and pull requests; `of.base` is the default branch, and its number counts for nothing.

    `source` is what the repository is known by in a store, whatever it is called at the moment. As `fetch_pull`:
    nothing is checked out, no redirect followed, and no file grows beyond `largest` bytes. Raises RefusedSource,
    NotFetched, Unreachable, NeedsPassword, GitFailed.
    """
    url = url_of(of)
    folder = folder_of(mirrors, of.server, of.repository) / "whole"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = At(folder / "git")
    with locked(folder / "lock", lambda: progress("another job fetches this repository: waiting for it")):
        is_new = not (at.git_dir / "HEAD").exists()
        at.git_dir.mkdir(exist_ok=True)
        tidy(at.git_dir, whole=False)
        run_in_mirror(at, "init", "--quiet", "--bare", "--template=")
        try:
            with files_up_to(largest):
                run_in_mirror(
                    at,
                    *("fetch", "--progress", "--prune", "--force", "--no-tags", "--no-write-fetch-head"),
                    *("--no-auto-maintenance", "--no-recurse-submodules", "--", url, *REFSPECS),
                    protocols=urlsplit(url).scheme,
                    patience=patience,
                    credentials=credentials_of(of.server, token),
                )
        except GitFailed as error:
            is_too_large = is_beyond(at.git_dir, largest)
            tidy(folder if is_new else at.git_dir, whole=is_new)
            raise unreachable(of, error, is_too_large=is_too_large) from error
        run_in_mirror(at, "symbolic-ref", "HEAD", f"refs/heads/{of.base}")
        with suppress(GitFailed):  # only makes later walks faster
            run_in_mirror(at, "-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")
            run_in_mirror(at, "commit-graph", "write", "--reachable", "--split")
        return looked_at(at, source=source, name=of.full_name, web=url.removesuffix(".git"))
