"""The example: a small ML repository with two years of history and known debts.

`story/` says who did what when, `files/` holds every version of every file, `planted.py` names the debts.
Nothing in it is real: not the shop, not the people, not the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

EXAMPLE_AS_OF = datetime(2026, 11, 1, 6, tzinfo=UTC)
"""When the example's last commit was made: ages are measured from here."""


def example_stream() -> Iterator[bytes]:
    """The example's history for `git fast-import`, the same bytes every time."""
    from mldebt.example.story import story
    from mldebt.example.telling import tell

    yield from tell(story())


def build_example(path: Path) -> Path:
    """The example as a bare git repository at `path`.

    Replaces an earlier example there. Raises FileExistsError where anything else but an empty folder lies.
    """
    from collectors.git.building import build

    return build(path, example_stream())
