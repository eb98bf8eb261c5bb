"""`mldebt badge`: what to write into a README."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection

from github_app.badge import address
from mldebt.app_access import read_app_access
from mldebt.failure import Failure
from mldebt.scan.stored import stored_repository
from mldebt.settings import Settings
from mldebt.store.badges import Shown, make_badge_token, shown
from mldebt.store.engine import open_store
from mldebt.store.names import titles
from mldebt.store.reading import RepositoryRow, repositories


class Snippet(NamedTuple):
    markdown: str
    about: str  # a sentence: who can see it


def snippet(repo: str, settings: Settings, environment: Mapping[str, str], *, renew: bool) -> Snippet:
    """Raises NothingStored, and Failure where there is nothing to renew."""
    access = read_app_access(environment, settings.home)
    base = access.public_url if access else f"http://127.0.0.1:{settings.port}"
    with closing(open_store(settings.database_url)) as store, store.writing() as connection:
        row = stored_repository(connection, repo)
        name, found = _named(connection, row)
        needs_word = access is not None and not found.is_public
        if renew and not needs_word:
            raise Failure(
                f"the badge of {found.name} has no word of its own: everybody who reaches the server may see it"
            )
        token = make_badge_token(connection, row.id, renew=renew) if needs_word else ""
        page = f"{base}/scorecard?{urlencode({'repo': _slug(connection, row)})}"
    if access is None:
        about = "No App is configured, so it is answered on this machine alone: see docs/github.md."
    elif needs_word:
        about = "Whoever has the address sees the badge, and nothing else; `mldebt badge --renew` makes a new address."
    else:
        about = "The repository is public, and so is its badge."
    return Snippet(f"[![mldebt]({address(base, name, token)})]({page})", about)


def _named(connection: Connection, row: RepositoryRow) -> tuple[str, Shown]:
    """A name that means this repository and no other."""
    for name in (row.name, str(row.id)):
        found = shown(connection, name)
        if found is not None and found.repository_id == row.id:
            return found.name if shown(connection, found.name) == found else name, found
    raise Failure(f"the name of {row.source} means another repository: rename one of the two")


def _slug(connection: Connection, row: RepositoryRow) -> str:
    """As pages name it in their addresses."""
    return row.name if titles(repositories(connection))[row.id] == row.name else row.source
