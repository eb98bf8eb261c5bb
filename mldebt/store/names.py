"""What repositories are called: in the terminal and on pages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mldebt.store.reading import RepositoryRow


def titles(rows: Sequence[RepositoryRow]) -> dict[int, str]:
    """By id: the name where it means one of these repositories only, else with what tells it apart."""
    counted = Counter(row.name for row in rows)
    return {row.id: row.name if row.name and counted[row.name] == 1 else _told_apart(row, rows) for row in rows}


def _told_apart(row: RepositoryRow, rows: Sequence[RepositoryRow]) -> str:
    """The name with as much of the end of its source as no other repository of that name has."""
    parts = row.source.split("/")
    others = [other.source.split("/") for other in rows if other.name == row.name and other.id != row.id]
    lengths = (n for n in range(2, len(parts)) if all(other[-n:] != parts[-n:] for other in others))
    end = "/".join(parts[-next(lengths, len(parts)) :])
    return end if end.endswith(row.name) else f"{row.name} ({end})"
