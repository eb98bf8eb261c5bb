"""Facts by hand, so that a test reads as values in, values out."""

from __future__ import annotations

from collections.abc import Sequence

from collectors.facts.changes import DAY, Change, FileChange

START = 1_700_000_000  # 14 November 2023


def change(
    author: int = 1,
    *paths: str,
    day: float = 0,
    lines: int = 1,
    commit: str | None = None,
    coauthors: Sequence[int] = (),
    parents: Sequence[str] = (),
    is_bot: bool = False,
    status: str = "M",
) -> Change:
    """A commit by `author`, `day` days after START, that changes each of `paths` by `lines` added lines."""
    at = int(START + day * DAY)
    return Change(
        commit=commit or f"{author:08x}{at:032x}",
        at=at,
        authored=at,
        author=author,
        coauthors=tuple(coauthors),
        parents=tuple(parents),
        files=tuple(FileChange(path, status, lines, 0) for path in paths),
        is_bot=is_bot,
    )
