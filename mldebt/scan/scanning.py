"""A scan: a repository at a commit and a moment into stored snapshots. Reads top to bottom."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from collectors.facts.ages import LineAges
from collectors.facts.branches import Branches
from collectors.facts.changes import Changes
from collectors.facts.data_graph import Lineage
from collectors.facts.files import Files
from collectors.facts.pictures import pictures
from collectors.facts.policy import Policy
from collectors.git.branches import branches
from collectors.git.repository import PATIENCE, Repository, open_repository
from collectors.git.turns import locked
from collectors.readers.reading import READERS_VERSION
from collectors.registry import FAILED, discover, measure
from mldebt.failure import Failure
from mldebt.profiles import shipped
from mldebt.scan.judging import judge
from mldebt.scan.moments import Moment, doubts, moments, why_not
from mldebt.scan.policies import advice
from mldebt.scan.seeing import NO_COMMITS, UNBORN, Newest, Sight, glance, look_back, read_past, see
from mldebt.scan.stored import Scan, stored_snapshot
from mldebt.scan.tracing import LINEAGE_VERSION, trace
from mldebt.scan.tracking import look_up
from mldebt.scan.trees import Trees
from mldebt.settings import Settings, TrackerAccess
from mldebt.store.attestations import given, together
from mldebt.store.cache import Cache
from mldebt.store.doubts import muted_in
from mldebt.store.engine import Store
from mldebt.store.findings import MOST
from mldebt.store.lineage import save_lineage
from mldebt.store.snapshots import AnswerRow, NewSnapshot, boxes_of, ensure_repository, save_snapshot, snapshot_of
from mldebt.store.survival import ages_of, digest_of, stored_ages
from scoring.answers import Answer, Identity, score
from scoring.attestation import Attestation
from scoring.attestation import digest as attested
from scoring.finding import Finding
from scoring.profile import Size
from scoring.report.text import day
from scoring.signal import Signal

__all__ = ["Report", "Scan", "Wanted", "collector_versions", "scan"]

FACTS_VERSION = "3"
"""Raised when `collectors.git` sees other facts in the same repository."""

FINDINGS_VERSION = "2"
"""Raised when the same places become other findings: ids, masking, order."""

PICTURES_VERSION = "1"
"""Raised when other pictures are drawn from the same facts."""

Report = Callable[[str, int, int | None], None]
"""Told (stage, done, total) while a scan goes on; the total is None where nobody knows it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to scan."""

    source: str  # a path or URL
    as_of: int | None = None  # moves ages only; without it they are measured from the commit's date
    since: int | None = None  # how far back trends go; two years without it
    is_example: bool = False
    tracker: TrackerAccess | None = None  # None: none is asked
    opened: Repository | None = None  # the repository itself, where it was fetched already


def scan(
    wanted: Wanted,
    store: Store,
    settings: Settings,
    report: Report,
    *,
    clock: Callable[[], float] = time.time,
    patience: float = PATIENCE,
) -> Scan:
    """Measure a repository as it is and as it was at each quarter's end; store what is new.

    `patience` is the seconds of silence after which a URL is given up.

    Raises CollectError, StoreError, or Failure where HEAD is newer than `as_of`, or `since` later than both; what was
    stored stays whole, and a scan that was interrupted goes on where it was.
    """
    told = lambda line: report(line, 0, None)  # noqa: E731
    repository = wanted.opened or open_repository(wanted.source, settings.mirrors, told, patience=patience)
    with _one_at_a_time(repository, settings, report), closing(Cache(settings.cache)) as cache:
        repository_id = _registered(repository, store, is_example=wanted.is_example)
        past = read_past(repository, repository_id, store, report)
        trees = Trees(repository, cache, lambda done, total: report("reading files", done, total))
        if not past.line:
            return _measured(_nothing(repository), store, repository_id, clock)
        if refusal := why_not(past.line, wanted.as_of, wanted.since):
            raise Failure(refusal)
        now, *before = moments(past.line, wanted.as_of, wanted.since)
        if past.missing:
            before = []
        looked_back = look_back(repository, past, trees, now)
        for moment in before:
            sentences, policy = glance(repository, past, trees, moment)
            if _is_stored(store, repository_id, _identity(moment, sentences, policy)):
                continue
            report(f"looking back to {day(moment.as_of)}", 0, None)
            sight = see(repository, past, trees, moment, looked_back)
            _measured(sight, store, repository_id, clock, is_backfill=True)
        report("comparing branches", 0, None)
        seen = branches(repository, now.as_of)
        ages = stored_ages(
            repository,
            ages_of(settings.ages, repository.source),
            now.as_of,
            [commit for commit, _ in reversed(past.line)],
            lambda done, total: report("following lines", done, total),
        )
        report("following data", 0, None)
        data = trace(repository, trees.files(now.commit, now.as_of), cache)
        asked = look_up(repository.web, wanted.tracker, repository_id, store, now.as_of, report)
        sight = see(repository, past, trees, now, looked_back, Newest(seen, ages, data, asked))
        with store.reading() as connection:
            sight = sight._replace(policy=sight.policy.muting(muted_in(connection, repository_id)))
        sentences = {*sight.sentences, *doubts(past.line, wanted.as_of, None if past.missing else wanted.since)}
        return _measured(sight._replace(sentences=tuple(sorted(sentences))), store, repository_id, clock)


@contextmanager
def _one_at_a_time(repository: Repository, settings: Settings, report: Report) -> Iterator[None]:
    """A second scan of the same repository waits, and then finds little to do."""
    locks = settings.home / "locks"
    locks.mkdir(exist_ok=True)
    waiting = f"another scan of {repository.name} is running: waiting for it"
    with locked(locks / digest_of(repository.source), lambda: report(waiting, 0, None)):
        yield


def _registered(repository: Repository, store: Store, *, is_example: bool) -> int:
    with store.writing() as connection:
        return ensure_repository(
            connection,
            repository.source,
            repository.name,
            is_example=is_example,
            web=repository.web,
            default_branch=repository.default_branch,
        )


def _nothing(repository: Repository) -> Sight:
    """No commit at HEAD: every signal is unknown, and nothing is graded."""
    needs = {need for function in discover() for need in function.needs}
    why = UNBORN if repository.is_unborn else NO_COMMITS
    return Sight(Moment("", 0), (), dict.fromkeys(needs, why), tuple(sorted(repository.warnings)))


def _identity(
    moment: Moment,
    sentences: Iterable[str],
    policy: Policy,
    attestations: tuple[Attestation, ...] | None = None,
    refs: str = "",
    tracker: str = "",
) -> Identity:
    """Without `attestations` and `refs`, of a moment of the past, when the team stated what its policy says."""
    return Identity(
        commit=moment.commit,
        as_of=moment.as_of,
        refs=refs,
        tracker=tracker,
        collectors=collector_versions(),
        missing=tuple(sorted(sentences)),
        acceptances=policy.digest,
        profile=shipped().id,
        attestations=attested(together(policy.attestations, ()) if attestations is None else attestations),
    )


def _is_stored(store: Store, repository_id: int, identity: Identity) -> bool:
    """Same identity, same bytes: there is nothing to measure."""
    with store.reading() as connection:
        return snapshot_of(connection, repository_id, identity.digest) is not None


def _measured(
    sight: Sight, store: Store, repository_id: int, clock: Callable[[], float], *, is_backfill: bool = False
) -> Scan:
    changes = next((fact for fact in sight.facts if type(fact) is Changes), None)
    ages = next((fact for fact in sight.facts if type(fact) is LineAges), None)
    measured = measure(sight.facts, sight.missing, discover())
    signals, findings = judge(measured, sight.policy, changes, sight.moment.as_of, ages)
    with store.reading() as connection:
        answered = () if is_backfill else given(connection, repository_id)
    attestations = together(sight.policy.attestations, answered)
    files = next((fact for fact in sight.facts if type(fact) is Files), None)
    identity = _identity(sight.moment, sight.sentences, sight.policy, attestations, sight.refs, sight.tracker)
    identity = replace(identity, size=_size(files, changes))
    traced = next((fact for fact in sight.facts if type(fact) is Lineage), None)
    listed = next((fact for fact in sight.facts if isinstance(fact, Branches)), None)
    snapshot = NewSnapshot(
        identity=identity,
        scanned_at=int(clock()),
        signals=signals,
        answers=[_row(answer, identity) for answer in score(signals, identity, shipped()).answers],
        boxes=boxes_of(files) if files else {},
        files=None if is_backfill else files,
        branches=listed,
        findings=() if is_backfill else findings[:MOST],
        attestations=attestations,
        partial=sight.sentences,
        advice=() if is_backfill else _advice(sight, files, measured, findings),
        is_backfill=is_backfill,
        pictures=pictures(sight.facts),
    )
    with store.writing() as connection:
        snapshot_id = save_snapshot(connection, repository_id, snapshot)
        if traced is not None and not is_backfill:
            save_lineage(connection, repository_id, snapshot_id, traced)
    with store.reading() as connection:
        return stored_snapshot(connection, repository_id, snapshot_id)


def _size(files: Files | None, changes: Changes | None) -> Size | None:
    """None where its files or its history cannot be seen."""
    if files is None or changes is None:
        return None
    touching = files.touching_ml
    notebooks = sum(file.is_notebook for file in touching)
    return Size(len(changes), len(touching) - notebooks, notebooks)


def _advice(sight: Sight, files: Files | None, measured: Iterable[Signal], findings: Iterable[Finding]) -> list[str]:
    """What a team can tidy up in its own policy, as far as it was seen."""
    blind = {one.definition.name for one in discover() if set(one.needs) & sight.missing.keys()}
    failed = {one.name for one in measured if one.measurement.reason.startswith(FAILED)}
    unread = [file.path for file in files.own if file.summary.unread] if files else []
    return advice(sight.policy, findings, blind | failed, unread)


def collector_versions() -> tuple[tuple[str, str], ...]:
    """Of whatever decides what is seen, by name; rows of equal versions can be compared."""
    signals = {function.definition.name: str(function.definition.version) for function in discover()}
    own = {"git": FACTS_VERSION, "readers": READERS_VERSION, "findings": FINDINGS_VERSION, "lineage": LINEAGE_VERSION}
    own["pictures"] = PICTURES_VERSION
    return tuple(sorted({**own, **signals}.items()))


def _row(answer: Answer, identity: Identity) -> AnswerRow:
    best, worst = answer.interval or (None, None)
    return AnswerRow(
        question=answer.question.id,
        scoring_version=identity.scoring_version,
        letter=answer.letter,
        best=best,
        worst=worst,
        seen=answer.seen,
        total=answer.total,
        lead=answer.lead.name if answer.lead else None,
        value=answer.lead.measurement.value if answer.lead else None,
    )
