"""What can be seen of a repository at one moment: facts, and a reason in place of each that cannot be had."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from collectors.facts.ages import LineAges
from collectors.facts.branches import Branches, Merges
from collectors.facts.change_requests import ChangeRequests, OpenRequests
from collectors.facts.changes import DAY, Changes
from collectors.facts.data_graph import Lineage
from collectors.facts.declarations import Declarations
from collectors.facts.files import EarlierFiles, Files
from collectors.facts.introductions import Introductions
from collectors.facts.issues import Issues
from collectors.facts.metrics import MetricChanges
from collectors.facts.missing import Missing
from collectors.facts.policy import Policy
from collectors.facts.practices import Practices, practices
from collectors.git.branches import Seen
from collectors.git.errors import CollectError
from collectors.git.introductions import Eyes, introductions
from collectors.git.metrics import metric_changes
from collectors.git.repository import Repository
from mldebt.scan.moments import Moment, newest_at, quarter_starts, two_years_before
from mldebt.scan.tracking import PAST as NO_TRACKER
from mldebt.scan.tracking import Tracked
from mldebt.scan.trees import Trees
from mldebt.store.engine import Store
from mldebt.store.history import refresh_history
from mldebt.store.meta import store_salt
from mldebt.store.past import StoredHistory

FLOW_DAYS = 90
NO_COMMITS = Missing("the repository has no commits: make the first one")
UNBORN = Missing("HEAD names a branch that has no commits: check out the branch that is meant")
AGES_OF_TODAY = Missing("the ages of lines are looked at for the newest commit alone")
DATA_OF_TODAY = Missing("who reads and writes data is followed for the newest commit alone")
NOT_REMEMBERED = Missing("git does not remember which branches there were then")
SHALLOW = Missing("the clone is shallow, so history cannot be seen: run git fetch --unshallow")
TORN = Missing("commits are missing, so history cannot be seen as a whole: run git fsck, or clone it again")
UNLISTED = Missing("folders of too many commits are missing, so their files cannot be seen: clone it again, whole")
FEW = 20
"""Where the files of more than one commit in so many cannot be read, nothing is counted over commits."""


class LookedBack(NamedTuple):
    """What was found in the history once, as it looks from any moment."""

    introductions: Callable[[Moment], Introductions | Missing]  # in the two years before
    metrics: Callable[[Moment], MetricChanges | Missing]


@dataclass(frozen=True)
class Past:
    """A repository's history, read and stored."""

    line: tuple[tuple[str, int], ...] = ()  # first-parent line of HEAD: (hex, committer date), newest first
    history: StoredHistory | None = None
    sentences: tuple[str, ...] = ()  # what could not be read
    missing: Missing | None = None  # why nothing is counted over it


class Newest(NamedTuple):
    """What is looked at for the newest commit alone."""

    branches: Seen | None = None  # None: a look into the past, where which branches there were is not known
    ages: LineAges | Missing = AGES_OF_TODAY
    lineage: Lineage | Missing = DATA_OF_TODAY
    tracked: Tracked = NO_TRACKER


PAST = Newest()


class Sight(NamedTuple):
    moment: Moment
    facts: tuple[object, ...]
    missing: dict[type, Missing]
    sentences: tuple[str, ...]  # sorted: what makes the picture incomplete
    refs: str = ""  # digest of the refs that were compared
    policy: Policy = Policy()  # what the team had decided then
    tracker: str = ""  # digest of what the tracker said


def read_past(
    repository: Repository, repository_id: int, store: Store, report: Callable[[str, int, int | None], None]
) -> Past:
    """Store what is new in the history of HEAD, and load it."""
    if repository.head is None:
        return Past()
    with store.writing() as connection:
        salt = store_salt(connection)
    with store.writing() as connection:
        refreshed = refresh_history(
            connection,
            repository_id,
            repository,
            [bytes.fromhex(repository.head)],
            salt=salt,
            progress=lambda commits: report("reading history", commits, None),
        )
    try:
        with store.reading() as connection:
            history = StoredHistory(connection, repository_id, repository.head, counted=refreshed.counted)
    except LookupError:
        where = f"commit {repository.head[:10]} of {repository.source}"
        raise CollectError(f"{where} cannot be read: look at the repository with git fsck, or clone it again") from None
    changes = history.changes(repository.head, 0)
    dates = {change.commit: change.at for change in changes}
    line = tuple((commit, dates[commit]) for commit in history.mainline(repository.head))
    missing = None
    if repository.shallow:
        missing = SHALLOW
    elif not history.is_whole:
        missing = TORN
    elif refreshed.undiffed * FEW > len(changes):
        missing = UNLISTED
    return Past(line, history, refreshed.sentences, missing)


def look_back(repository: Repository, past: Past, trees: Trees, newest: Moment) -> LookedBack:
    """How to find, for any moment up to the newest, what was taken in and which changes moved committed metrics.

    For each moment in its own two years alone: the same moment sees the same ones, whenever it is looked at.
    """
    if past.history is None or past.missing:
        reason = past.missing or NO_COMMITS
        return LookedBack(lambda _: reason, lambda _: reason)
    merges = past.history.merges(newest.commit, newest.as_of)
    eyes = Eyes(repository, lambda commit, at: cast("Files", trees.files(commit, at)), trees.summaries)

    def taken_in(moment: Moment) -> Introductions | Missing:
        since = two_years_before(moment.as_of)
        quarters = [(newest_at(past.line, at), at) for at in (since, *quarter_starts(since, moment.as_of))]
        points = [(commit, at) for commit, at in quarters if commit] + [(moment.commit, moment.as_of)]
        whole = [point for point in points if not isinstance(trees.files(*point), Missing)]
        found = introductions(past.line, whole, merges, eyes)
        if isinstance(found, Missing):
            return found
        rows = tuple(row for row in found if since < row.at <= moment.as_of)
        return Introductions(rows, since, moment.as_of)

    return LookedBack(taken_in, _metrics(repository, past.history, trees, newest))


def _metrics(
    repository: Repository, history: StoredHistory, trees: Trees, newest: Moment
) -> Callable[[Moment], MetricChanges | Missing]:
    declarations = trees.declarations(newest.commit, newest.as_of)
    declared = frozenset() if isinstance(declarations, Missing) else declarations.metrics
    found = metric_changes(repository, history.changes(newest.commit, newest.as_of), declared)
    if isinstance(found, Missing):
        return lambda _: found

    def metrics(moment: Moment) -> MetricChanges:
        known = {change.commit for change in history.changes(moment.commit, moment.as_of)}
        rows = tuple(row for row in found if row.commit in known and row.at <= moment.as_of)
        return MetricChanges(rows, moment.as_of)

    return metrics


def see(
    repository: Repository,
    past: Past,
    trees: Trees,
    moment: Moment,
    looked_back: LookedBack,
    newest: Newest = PAST,
) -> Sight:
    """Facts at a moment; without `newest`, of the past."""
    seen, ages, _, tracked = newest
    sight = _Gathering()
    compared = seen.fact if seen else NOT_REMEMBERED
    sight.add(Branches, compared)
    sight.add(ChangeRequests, tracked.requests)
    sight.add(Issues, tracked.issues)
    sight.add(OpenRequests, tracked.waiting(compared))
    sight.add(LineAges, ages)
    sight.add(Lineage, newest.lineage)
    if past.history is None or past.missing:
        for kind in (Changes, Merges, EarlierFiles):
            sight.add(kind, past.missing or NO_COMMITS)
    else:
        sight.add(Changes, past.history.changes(moment.commit, moment.as_of))
        sight.add(Merges, past.history.merges(moment.commit, moment.as_of))
        sight.add(EarlierFiles, _earlier(past, trees, moment))
    sight.add(Introductions, looked_back.introductions(moment))
    sight.add(MetricChanges, looked_back.metrics(moment))
    files, declared = trees.files(moment.commit, moment.as_of), trees.declarations(moment.commit, moment.as_of)
    sight.add(Files, files)
    sight.add(Declarations, declared)
    sight.add(Practices, _practised(files, declared))
    sentences, policy = glance(repository, past, trees, moment)
    sentences = {*sentences, *(seen.warnings if seen else ()), *tracked.sentences}
    if isinstance(ages, Missing) and ages is not AGES_OF_TODAY and past.missing is None:
        sentences.add(f"no finding has an age, because {ages.reason}")
    return Sight(
        moment, tuple(sight.facts), sight.missing, tuple(sorted(sentences)), _digest(seen), policy, tracked.digest
    )


class Glance(NamedTuple):
    sentences: set[str]
    policy: Policy


def glance(repository: Repository, past: Past, trees: Trees, moment: Moment) -> Glance:
    """What the identity of a past moment needs, before anything is measured."""
    earlier = NO_COMMITS if past.history is None or past.missing else _earlier(past, trees, moment)
    trees.files(moment.commit, moment.as_of)
    commits = [moment.commit] if isinstance(earlier, Missing) else [moment.commit, earlier.commit]
    policy, told = trees.decided(moment.commit)
    lost = (sentence for commit in commits for sentence in trees.sentences(commit))
    return Glance({*repository.warnings, *past.sentences, *lost, *told}, policy)


def _practised(files: Files | Missing, declared: Declarations | Missing) -> Practices | Missing:
    if isinstance(files, Missing):
        return files
    return declared if isinstance(declared, Missing) else practices(files, declared)


@dataclass
class _Gathering:
    facts: list[object] = field(default_factory=list)
    missing: dict[type, Missing] = field(default_factory=dict)

    def add(self, kind: type, fact: object) -> None:
        if isinstance(fact, Missing):
            self.missing[kind] = fact
        else:
            self.facts.append(fact)


def _earlier(past: Past, trees: Trees, moment: Moment) -> EarlierFiles | Missing:
    """The tree as it was 90 days before, on the same first-parent line."""
    start = next(position for position, (commit, _) in enumerate(past.line) if commit == moment.commit)
    then = moment.as_of - FLOW_DAYS * DAY
    commit = newest_at(past.line[start:], then)
    if commit is None:
        return Missing(f"the repository is younger than {FLOW_DAYS} days: wait for a second look")
    files = trees.files(commit, then)
    return files if isinstance(files, Missing) else EarlierFiles(files.rows, commit, then, files.lost, files.ignored)


def _digest(seen: Seen | None) -> str:
    """Of the refs that were compared: a branch more or less is another scorecard."""
    if seen is None or isinstance(seen.fact, Missing):
        return ""
    lines = "\n".join(f"{branch.tip} {branch.kind} {branch.name}" for branch in seen.fact)
    return hashlib.sha256(lines.encode("utf-8", "backslashreplace")).hexdigest()
