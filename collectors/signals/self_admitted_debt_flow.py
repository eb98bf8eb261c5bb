"""Debt admitted in comments, coming and going."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from collectors.facts.files import DebtNote, EarlierFiles, File, Files
from collectors.registry import signal
from scoring.finding import Effort, Severity, Spot
from scoring.finding.masking import masked
from scoring.signal import SHOW, Evidence, Measurement


@signal(
    debt=None,
    unit="notes net",
    better="lower",
    status=SHOW,
    says="Comments that admit debt: {value} in 90 days; {n} {n:is|are} open now.",
    severity=Severity.LOW,
    effort=Effort.M,
    per_file=True,
    places=("comment that admits debt", "comments that admit debt"),
)
def self_admitted_debt_flow(files: Files, earlier: EarlierFiles) -> Measurement:
    """Comments that admit debt: those that came, minus those that went, in 90 days, in the system's own files.

    Comments with TODO, FIXME, XXX or HACK, and with a few wordings that mean the same (workaround, kludge, temporary
    fix, needs more work, needed?). A comment is known by its text, so moving it changes nothing, and one reworded both
    goes and comes. The level says how a team tags, not how much it owes: in ten Java projects labelled by hand, the
    tags alone found from 19 % to 90 % of the admitted debt. In a pilot, better-engineered projects had more. Compare a
    team's flow with its own last quarter. Its places are the notes that name no kind of debt which could be told.

    Why it matters: what people admit and do not pay grows where nobody looks.
    Pay it off: take the new ones into the next planning; delete the code for those that nobody will ever do.
    Cannot see: debt that nobody admits, other wordings, and whether a deleted note was paid or hidden.
    Ask: Which of these, older than a year, would you delete the code for?
    Source: Maldonado, Shihab, Tsantalis 2017, "Using natural language processing to automatically detect self-admitted
    technical debt", TSE, doi:10.1109/TSE.2017.2654244; in machine-learning systems: OBrien et al. 2022, "23 shades of
    self-admitted technical debt", ESEC/FSE, doi:10.1145/3540250.3549088.
    """
    unread = {file.path for file in (*files.own, *earlier.own) if file.summary.unread}
    now, before = (_notes(tree.own, unread) for tree in (files, earlier))
    if not files.own and not earlier.own:
        return Measurement.unknown("there are no files whose comments could be read")
    introduced, removed = now - before, before - now
    lines = sum(file.lines for file in files.own if file.path not in unread)
    paths = {file.path for file in (*files.own, *earlier.own)}
    return Measurement(
        introduced.total() - removed.total(),
        n=now.total(),
        evidence=tuple(_rows(files.own, introduced, unread))[:20],
        seen=len(paths - unread),
        total=len(paths),
        details=(
            ("introduced", float(introduced.total())),
            ("removed", float(removed.total())),
            *((("open for each 1,000 lines", 1000 * now.total() / lines),) if lines else ()),
        ),
        spots=tuple(_spots(files.own, unread)),
    )


def _notes(files: Iterable[File], unread: set[str]) -> Counter[str]:
    return Counter(note.text for file in files for note in _admitted(file, unread))


def _admitted(file: File, unread: set[str]) -> tuple[DebtNote, ...]:
    return () if file.path in unread else tuple(note for note in file.summary.notes if note.admits)


def _rows(files: Iterable[File], introduced: Counter[str], unread: set[str]) -> Iterable[Evidence]:
    left = introduced.copy()
    for file in files:
        for note in _admitted(file, unread):
            if left[note.text] > 0:
                left[note.text] -= 1
                yield Evidence(file.path, "file", None, _shown(note), note.line)


def _spots(files: Iterable[File], unread: set[str]) -> Iterator[Spot]:
    """All that is open, of whatever age, but for those whose words name a kind: they are places of that kind."""
    for file in files:
        for note in _admitted(file, unread):
            if note.debt is None:
                yield Spot(file.path, note.line, note.nameless)


def _shown(note: DebtNote) -> str:
    text = masked(note.nameless)
    return text if len(text) <= 120 else f"{text[:119]}…"
