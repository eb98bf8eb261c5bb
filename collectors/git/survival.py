"""Line ages without blame: the history of HEAD is replayed once on runs of lines, for all files together.

`git blame` looks up one file at a time, back to its beginning; here git compares each pair of versions that matters
once, in one stream, and what is kept after it lets the next look start where this one ended.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate

from collectors.facts.ages import FileAges, LineAges, kept_since
from collectors.facts.missing import Missing
from collectors.git.errors import GitFailed
from collectors.git.hunks import Asked, Hunk, Patch, blobs_in, diffs, patches, raw
from collectors.git.mainline import Mainline, Turn, commits_after, turns_in
from collectors.git.objects import GONE, Blob, blobs, object_sizes
from collectors.git.origins import Origin, doubtful_blobs, origins
from collectors.git.repository import Repository
from collectors.git.runs import Damaged, Lines, Step
from collectors.git.tree import tree

EMPTY = Missing("the repository has no commits: make the first one")
SHALLOW = Missing("the clone is shallow, so history cannot be seen: run git fetch --unshallow")
PARTIAL = Missing("the clone is partial, so the lines of earlier versions cannot be seen: clone it without --filter")
TORN = Missing("commits or folders are missing, so the history of lines cannot be seen: clone the repository again")
REPLAY_VERSION = "1"
"""Raised when the same history gives something else to keep."""
AT_ONCE = 500
"""Files that are compared again together."""
SNIFFED = 8_000
"""Bytes that git looks at to tell a binary file: one with NUL among them."""


@dataclass
class Kept:
    """All that the next look needs. `changed` names the files that are not as they were when it was handed in."""

    line: Mainline = field(default_factory=Mainline)
    files: dict[bytes, Lines] = field(default_factory=dict)  # all at the last commit of `line`
    changed: set[bytes] = field(default_factory=set)
    gone: set[bytes] = field(default_factory=set)
    is_new: bool = True  # nothing that was handed in could be used


Progress = Callable[[int, int], None]
"""Told (changes replayed, of how many)."""


def line_ages(
    repository: Repository,
    as_of: int | None = None,
    kept: Kept | None = None,
    *,
    head: str | None = None,
    progress: Progress = lambda _done, _total: None,
) -> tuple[LineAges | Missing, Kept | None]:
    """Ages of the lines at HEAD, and what to hand in next time. `kept` is used up by this.

    `head`: another commit (hex) on the first-parent line, in place of HEAD.

    Where HEAD has moved on along its first-parent line, only what came since is looked at, else everything.
    Ages are measured from the date of HEAD, or from `as_of` (seconds since 1970 UTC).
    """
    head = head or repository.head
    if head is None or repository.shallow or repository.partial:
        return (EMPTY if head is None else SHALLOW if repository.shallow else PARTIAL), None
    try:
        done = _resumed(repository, head, kept, progress) or _replayed(repository, head, Kept(), progress)
    except GitFailed:
        return TORN, None
    if done is None:
        return TORN, None
    return _ages(head, done, as_of), done


def _resumed(repository: Repository, head: str, kept: Kept | None, progress: Progress) -> Kept | None:
    if kept is None or not len(kept.line):
        return None
    kept.changed, kept.gone, kept.is_new = set(), set(), False
    try:
        return _replayed(repository, head, kept, progress)
    except Damaged:
        return None


def _replayed(repository: Repository, head: str, kept: Kept, progress: Progress) -> Kept | None:
    line = kept.line
    start = len(line)
    later = commits_after(repository, head, line.commit(start - 1) if start else None)
    if later is None:
        return None
    for commit, at in reversed(later):
        line.append(commit, at)
    stretch = turns_in(repository, line, start)
    replay = _Replay(repository, kept, object_sizes(repository, doubtful_blobs(stretch.turns)))
    asked = [turn.asked for turn in stretch.turns]
    for done, (turn, patch) in enumerate(zip(stretch.turns, patches(repository, asked), strict=True), 1):
        if patch is None:
            replay.salvage(turn)
        else:
            replay.take(turn, patch, ())
        progress(done, len(asked))
    for path in stretch.gone:
        replay.remove(path)
    settle(repository, kept, head)
    return kept


class _Replay:
    def __init__(self, repository: Repository, kept: Kept, sizes: Mapping[str, int | None]) -> None:
        self._repository = repository
        self._kept = kept
        self._sizes = sizes
        self._since = kept_since(kept.line.dates)

    def take(self, turn: Turn, patch: Patch, lost: Collection[bytes]) -> None:
        """Replay a change; nothing is known any more of the files in `lost`."""
        files = self._kept.files
        rows = {row.path: row for row in patch.rows}
        found = origins(self._repository, turn, patch, self._sizes, lost) if turn.added else {}
        after: dict[bytes, Lines] = {}
        for path in turn.asked.paths:
            status = rows[path].status
            origin = Origin(path, patch.hunks.get(path)) if status == b"M" else found.get(path, Origin(None))
            after[path] = self._after(turn.number, path, origin, patch, is_lost=path in lost)
        for row in patch.rows:
            if row.status in b"DT":
                self.remove(row.path)
            elif row.status == b"R":
                self.remove(row.old_path)
        files.update(after)
        self._kept.changed.update(after)
        self._kept.gone.difference_update(after)

    def _after(self, number: int, path: bytes, origin: Origin, patch: Patch, *, is_lost: bool) -> Lines:
        before, hunks = Lines(), origin.hunks
        if origin.path is None:
            hunks = patch.hunks.get(path)
        elif origin.path not in self._kept.files:
            raise Damaged
        else:
            before = self._kept.files[origin.path]
        lines = before if origin.path == path else before.copy()
        if origin.path in (path, None) or hunks is None or hunks:
            if self._kept.line.dates[number] > self._since:
                lines.worked_on(number, hunks or ())
            if is_lost or origin.is_unknown:
                lines.lose()
            lines.change(Step(number, path, origin.path or path, hunks))
        return lines

    def remove(self, path: bytes) -> None:
        self._kept.files.pop(path, None)
        self._kept.changed.discard(path)
        self._kept.gone.add(path)

    def salvage(self, turn: Turn) -> None:
        """Replay a change of which something is missing or corrupt: the other files are compared as ever."""
        pair = turn.asked.pair
        rows = next(iter(raw(self._repository, [pair])))
        sizes = object_sizes(self._repository, sorted(blobs_in(rows)))
        missing = {row.path for row in rows if any(sizes[oid] is None for oid in blobs_in([row]))}
        present = [row.path for row in rows if row.path not in missing]
        patch = None
        if present:
            try:
                named = {"only": present} if len(present) < len(missing) else {"but": missing}
                patch = next(diffs(self._repository, [turn.asked], "--find-renames", **named))
            except GitFailed:
                missing = {row.path for row in rows}
        known = patch.rows if patch else ()
        seen = {path for row in known for path in (row.path, row.old_path)}
        whole = Patch([*known, *(row for row in rows if row.path not in seen)], patch.hunks if patch else {})
        self.take(turn, whole, missing)


def settle(repository: Repository, kept: Kept, head: str) -> None:
    """Look at the files that git once called binary: those that are text now are compared as text all along."""
    waiting = {path: lines for path, lines in kept.files.items() if lines.steps and not lines.is_binary}
    if not waiting:
        return
    shown = {path.decode("utf-8", "backslashreplace"): path for path in waiting}
    entries = {shown[entry.path]: entry for entry in tree(repository, head) if entry.path in shown}
    sizes = {entry.oid: entry.size for entry in entries.values()}
    kinds = {blob.oid: _kind(blob) for blob in blobs(repository, sizes, sizes=sizes)}
    texts = []
    for path, lines in waiting.items():
        kind = kinds[entries[path].oid]
        if kind is _Kind.TEXT:
            texts.append(lines)
        elif kind is _Kind.BINARY:
            lines.is_binary = True
        else:
            lines.lose()
    kept.changed.update(waiting)
    for start in range(0, len(texts), AT_ONCE):
        _catch_up(repository, kept.line, texts[start : start + AT_ONCE])


class _Kind(Enum):
    TEXT = "text"
    BINARY = "binary"
    GONE = "gone"


def _kind(blob: Blob) -> _Kind:
    if blob.body is None:
        return _Kind.GONE if blob.unread == GONE else _Kind.BINARY
    return _Kind.BINARY if b"\0" in blob.body[:SNIFFED] else _Kind.TEXT


def _catch_up(repository: Repository, line: Mainline, texts: Sequence[Lines]) -> None:
    try:
        compared = _compared(repository, line, texts)
    except GitFailed:
        if len(texts) > 1:
            for lines in texts:
                _catch_up(repository, line, [lines])
        else:
            texts[0].lose()
        return
    for lines in texts:
        steps, lines.steps = lines.steps, []
        for step in steps:
            if step.hunks is None:
                hunks = compared[step.number, step.path]
                lines.found_out(step.number, hunks)
                step = step._replace(hunks=hunks)  # noqa: PLW2901
            lines.change(step)


def _compared(
    repository: Repository, line: Mainline, texts: Sequence[Lines]
) -> dict[tuple[int, bytes], Sequence[Hunk]]:
    """The hunks of steps that git did not compare, by commit number and path."""
    steps = [step for lines in texts for step in lines.steps if step.hunks is None]
    in_place: defaultdict[int, set[bytes]] = defaultdict(set)
    found: dict[tuple[int, bytes], Sequence[Hunk]] = {}
    for number, path, old_path, _ in steps:
        if old_path == path:
            in_place[number].add(path)
        else:
            asked = [Asked(line.pair(number), {path})]
            moved = diffs(repository, asked, "--find-copies=1%", "--text", only=[old_path, path])
            found[number, path] = next(moved).hunks[path] or ()
    numbers = sorted(in_place)
    asked = [Asked(line.pair(number), in_place[number]) for number in numbers]
    only = sorted(set().union(*in_place.values()))
    for number, patch in zip(numbers, diffs(repository, asked, "--no-renames", "--text", only=only), strict=True):
        found.update({(number, path): patch.hunks[path] or () for path in in_place[number]})
    return found


def _ages(head: str, kept: Kept, as_of: int | None) -> LineAges:
    dates = kept.line.dates
    return LineAges(
        head=head,
        as_of=dates[-1] if as_of is None else as_of,
        files={path.decode("utf-8", "backslashreplace"): _file(lines) for path, lines in sorted(kept.files.items())},
        oids=bytes(kept.line.oids),
        dates=dates,
    )


def _file(lines: Lines) -> FileAges:
    if lines.steps or lines.is_unknown:  # binary, or lost: that it was changed is all that is known
        numbers = dict.fromkeys(lines.work[::5])
        return FileAges(
            work=array("I", [one for number in numbers for one in (number, 0, 0, 0, 0)]), is_unknown=lines.is_unknown
        )
    return FileAges(array("I", accumulate(lines.lengths)), array("I", lines.owners), array("I", lines.work))
