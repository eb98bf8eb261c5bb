"""Names of data that stand for other names: folders, and names with holes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from collectors.facts.lineage import HOLE
from scoring.finding.globs import matches


def is_part_of(part: str, whole: str) -> bool:
    """Whether `whole`, a folder or a name with holes, stands for `part` too."""
    if part == whole:
        return False
    return part.startswith(f"{whole.rstrip('/')}/") or (HOLE in whole and _fits(part.split("/"), whole.split("/")))


def parts_of(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of whole and part among names."""
    known = set(names)
    by_depth: defaultdict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    for part in known:
        place = part.rfind("/")
        while place > 0:
            if part[:place] in known:
                yield part[:place], part
            place = part.rfind("/", 0, place)
        if HOLE not in part:
            by_depth[part.count("/")].append((part, part.split("/")))
    for name in known:
        if HOLE in name and name.strip(f"{HOLE}/."):
            holed = name.split("/")
            yield from ((name, part) for part, parts in by_depth[name.count("/")] if _fits(parts, holed))


def _fits(parts: list[str], holed: list[str]) -> bool:
    """Name by name; a hole may be any text within one name."""
    return len(parts) == len(holed) and all(
        want == got or (HOLE in want and matches(want.replace(HOLE, "*"), got))
        for got, want in zip(parts, holed, strict=True)
    )
