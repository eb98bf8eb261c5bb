"""What repositories are called: in the terminal and on pages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mldebt.store.hosted import is_hosted
from mldebt.store.reading import RepositoryRow


def titles(rows: Sequence[RepositoryRow]) -> dict[int, str]:
    """By id: the name where it means one of these repositories only, else with what tells it apart."""
    counted = Counter(row.name for row in rows)
    return {row.id: row.name if row.name and counted[row.name] == 1 else _told_apart(row, rows) for row in rows}


def how_to_scan(source: str, title: str, options: str = "") -> str:
    """The command that scans a stored repository again: where the App is installed, by its name."""
    return f"mldebt jobs scan {title}" if is_hosted(source) else f"mldebt scan {source}{options}"


def _told_apart(row: RepositoryRow, rows: Sequence[RepositoryRow]) -> str:
    """The name with as much of the end of its source as no other repository of that name has."""
    parts = row.source.split("/")
    others = [other.source.split("/") for other in rows if other.name == row.name and other.id != row.id]
    lengths = (n for n in range(2, len(parts)) if all(other[-n:] != parts[-n:] for other in others))
    end = "/".join(parts[-next(lengths, len(parts)) :])
    return end if end.endswith(row.name) else f"{row.name} ({end})"
