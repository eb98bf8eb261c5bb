"""A repository as pages and their addresses call it."""

from __future__ import annotations

from dataclasses import dataclass

from app_pages._text import plain
from mldebt.store.names import titles
from mldebt.store.reading import RepositoryRow, SnapshotRow

Snapshot = SnapshotRow


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository, and the word that stands for it in addresses."""

    id: int
    slug: str
    title: str  # its name on one line
    source: str
    is_example: bool
    web: str | None


def named(rows: tuple[RepositoryRow, ...]) -> tuple[Repo, ...]:
    """Addresses use the name where it means one repository only, else the source, of which no two are alike."""
    shown = titles(rows)
    sources = {row.source for row in rows}
    return tuple(
        Repo(
            id=row.id,
            slug=row.name if shown[row.id] == row.name and row.name not in sources else row.source,
            title=plain(shown[row.id]),
            source=row.source,
            is_example=row.is_example,
            web=row.web,
        )
        for row in rows
    )
