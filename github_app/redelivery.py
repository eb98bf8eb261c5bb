"""Which deliveries GitHub is asked to send again: those that failed, and that nobody kept. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from github_app.sent import Sent

MOST_TRIES = 5
"""Of one delivery."""
MOST_AT_ONCE = 200


def lost(attempts: Iterable[Sent], is_kept: Callable[[str], bool]) -> list[int]:
    """Ids of the last attempt of each, those first that were delivered first.

    What was taken, by us or by GitHub's word, is not lost; what was tried often fails for a reason of its own.
    """
    rows = sorted(attempts, key=lambda row: (row.at, row.id))
    tried = Counter(row.guid for row in rows)
    taken = {row.guid for row in rows if row.arrived}
    last = {row.guid: row.id for row in rows}
    first = list(dict.fromkeys(row.guid for row in rows))
    wanted = [guid for guid in first if guid not in taken and tried[guid] < MOST_TRIES and not is_kept(guid)]
    return [last[guid] for guid in wanted[:MOST_AT_ONCE]]
