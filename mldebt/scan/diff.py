"""What a change adds and pays: the files that differ between two commits, through the same readers and signals.

No store and no history: only the changed blobs are read, and of those only what this machine has not seen before.
Data is followed through both trees, where a changed file can decide which data is read and the trees are small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

from collectors.facts.files import EarlierFiles, File, FileKind, Files
from collectors.facts.policy import Policy
from collectors.git.comparing import Changed, Side, changed, commit_named, committed_at, merge_bases
from collectors.git.errors import GitFailed
from collectors.git.objects import GONE, object_sizes
from collectors.git.repository import PATIENCE, Repository, open_repository
from collectors.git.tree import SUBMODULE, Entry, Tree, entries_at
from collectors.readers.policy import PLACES
from collectors.readers.reading import file_of
from collectors.registry import FAILED, SignalFunction, discover, measure
from mldebt.failure import Failure
from mldebt.scan.data_change import Ends, data_change
from mldebt.scan.policies import accepted_inline, policy_in, without_ignored
from mldebt.scan.trees import Trees
from mldebt.settings import Settings
from mldebt.store.cache import Cache
from scoring.finding import Finding, findings, judged
from scoring.finding.difference import difference
from scoring.finding.doubts import MUTES
from scoring.report.change import Change, Commits, LeftOut
from scoring.report.text import day

_HANDED: tuple[type, ...] = (Files, EarlierFiles)
"""Facts that a signal can be given of a change alone."""
_OWN = {FileKind.CODE, FileKind.TEST, FileKind.CONFIGURATION}

WHOLE_TREE = "its findings cannot be told from the changed files alone"
NOT_READ = "it looks at more than the changed files"
OFF = "it is off, by default or in mldebt.yml"
MUTED = f"it is muted, since {MUTES} of its findings were called wrong in this repository"

Report = Callable[[str, int, int | None], None]


class Pair(NamedTuple):
    """A file before and after a change."""

    before: File | None
    after: File | None


def diff(
    source: str,
    commits: str,
    settings: Settings,
    report: Report,
    *,
    patience: float = PATIENCE,
    whole: bool = False,
    muted: Iterable[str] = (),
) -> Change:
    """What HEAD adds and pays against its merge base with BASE, of `commits` written as BASE..HEAD.

    With `whole`, data is followed through large trees too. Only what BASE accepts in its `mldebt.yml`, and comments
    beside the code, accept. Of `muted` rules nothing is told, unless BASE says that they are on.
    Raises CollectError, or Failure where the two cannot be compared.
    """
    _names(commits)
    repository = open_repository(source, settings.mirrors, lambda line: report(line, 0, None), patience=patience)
    return diff_in(repository, commits, settings, report, whole=whole, muted=muted)


def diff_in(
    repository: Repository,
    commits: str,
    settings: Settings,
    report: Report,
    *,
    whole: bool = False,
    muted: Iterable[str] = (),
) -> Change:
    """The same, of a repository that is open. Raises CollectError, or Failure."""
    base_name, head_name = _names(commits)
    base, head = (_commit(repository, name) for name in (base_name, head_name))
    start, told = _merge_base(repository, (base_name, base), (head_name, head))
    with closing(Cache(settings.cache)) as cache:
        trees = Trees(repository, cache, lambda done, total: report("reading changed files", done, total))
        try:
            found = compare(trees, Commits(base_name, base, head_name, head, start), whole=whole, muted=muted)
        except GitFailed as error:
            raise Failure(
                f"folders of {start[:10]} or {head[:10]} are missing from {repository.name}, so what differs cannot be "
                "told: run git fetch --refetch, or clone it again, whole"
            ) from error
    return found._replace(partial=tuple(sorted({*told, *found.partial})))


def compare(trees: Trees, commits: Commits, *, whole: bool = False, muted: Iterable[str] = ()) -> Change:
    """The head against what it is to be compared with, whatever that is. Raises GitFailed."""
    repository = trees.repository
    policy, told = policy_in(repository, Tree(entries_at(repository, commits.base, PLACES)))
    policy = policy.muting(muted)
    pairs = _pairs(trees, changed(repository, commits.merge_base, commits.head), policy)
    read, unread = _told_apart(pairs)
    as_of = max(committed_at(repository, commits.base), committed_at(repository, commits.head))
    chosen, left_out = chosen_of(discover(), policy)
    before = _Side(_by_path(pair.before for pair in read), commits.merge_base)
    after = _Side(_by_path(pair.after for pair in read), commits.head)
    old, new = _found(before, after, as_of, chosen), _found(after, before, as_of, chosen)
    failed = sorted(old.failed | new.failed)
    moved = {pair.before.path: pair.after.path for pair in read if pair.before and pair.after}
    ends = Ends(commits.merge_base, commits.head, moved, {path for path, _ in unread})
    return Change(
        repository=repository.name,
        web=repository.web,
        commits=commits,
        difference=difference(
            _judged(old, failed, before, policy, as_of), _judged(new, failed, after, policy, as_of), moved
        ),
        rules=tuple(one.definition for one in chosen if one.definition.name not in failed),
        left_out=(*left_out, *(LeftOut(name, FAILED) for name in failed)),
        files=len(read),
        unread=unread,
        partial=(*told, *accepted_inline(after.files)[1]),
        data=data_change(trees, ends, pairs, policy, whole=whole),
    )


def _names(commits: str) -> tuple[str, str]:
    base, dots, head = commits.partition("..")
    head = head.removeprefix(".")
    if not base or not dots or not head or ".." in head:
        raise Failure(f"{commits!r} names no change: write BASE..HEAD, for example main..HEAD")
    return base, head


def _commit(repository: Repository, name: str) -> str:
    found = commit_named(repository, name)
    if found is None:
        more = ", or deepen the clone (it is shallow)" if repository.shallow else ""
        raise Failure(f"{repository.name} has no commit {name!r}: check the name, or fetch it{more}")
    return found


def _merge_base(repository: Repository, base: tuple[str, str], head: tuple[str, str]) -> tuple[str, list[str]]:
    """Where the change begins, and sentences about what is doubtful in it."""
    names = f"{base[0]} and {head[0]}"
    try:
        found = merge_bases(repository, base[1], head[1])
    except GitFailed as error:
        raise Failure(
            f"commits between {names} are missing from {repository.name}: run git fsck, or clone it again"
        ) from error
    if not found and repository.shallow:
        raise Failure(f"the clone is shallow, so where {names} parted cannot be seen: run git fetch --unshallow")
    if not found:
        raise Failure(f"{names} have no commit in common, so there is no change to speak of: check the two names")
    told = []
    if len(found) > 1:
        told.append(f"{names} have {len(found)} merge bases: the change is compared with the first")
    if repository.shallow:
        told.append("the clone is shallow, so a later merge base may not be seen: run git fetch --unshallow")
    return found[0], told


def _pairs(trees: Trees, rows: Sequence[Changed], policy: Policy) -> list[Pair]:
    sides = [side for row in rows for side in row if side is not None]
    sizes = object_sizes(trees.repository, list(dict.fromkeys(side.oid for side in sides if side.mode != SUBMODULE)))
    entries = {side: Entry(side.path, side.oid, sizes.get(side.oid), side.mode) for side in sides}
    summaries = trees.summaries(dict.fromkeys(entries.values()))

    def file(side: Side | None) -> File | None:
        if side is None:
            return None
        entry = entries[side]
        row = file_of(entry.path, entry.oid, entry.size or 0, entry.mode, summaries[entry])
        return without_ignored((row,), policy)[0]

    return [Pair(file(row.before), file(row.after)) for row in rows]


def _told_apart(pairs: Iterable[Pair]) -> tuple[list[Pair], tuple[tuple[str, str], ...]]:
    """Pairs that could be read on both sides, and of the others path and reason.

    What stands in a file that could not be read before is not new, and what cannot be read now is not paid.
    """
    read: list[Pair] = []
    unread: list[tuple[str, str]] = []
    for pair in pairs:
        own = [file for file in pair if file is not None and file.kind in _OWN and file.summary.unread]
        if own:
            unread.append((own[-1].path, own[-1].summary.unread or GONE))
        else:
            read.append(pair)
    return read, tuple(sorted(unread))


def chosen_of(
    functions: Iterable[SignalFunction], policy: Policy | None = None
) -> tuple[list[SignalFunction], list[LeftOut]]:
    """Signals whose places can be told from a change, and why the others that have places are left out.

    Without a policy, as if every rule were on.
    """
    chosen: list[SignalFunction] = []
    left_out: list[LeftOut] = []
    for one in functions:
        if one.definition.rule is None:
            continue
        if policy and not policy.lists(one.definition.name, one.definition.is_on):
            left_out.append(LeftOut(one.definition.name, MUTED if one.definition.name in policy.muted else OFF))
        elif not one.definition.per_file:
            left_out.append(LeftOut(one.definition.name, WHOLE_TREE))
        elif not set(one.needs) <= set(_HANDED):
            left_out.append(LeftOut(one.definition.name, NOT_READ))
        else:
            chosen.append(one)
    return chosen, left_out


class _Side(NamedTuple):
    files: tuple[File, ...]
    commit: str


class _Found(NamedTuple):
    findings: list[Finding]
    failed: set[str]  # signals that raised


def _found(side: _Side, other: _Side, as_of: int, chosen: Iterable[SignalFunction]) -> _Found:
    """`other` is handed over too: a signal may want to compare, though its places do not depend on it."""
    facts = [Files(side.files, side.commit, as_of), EarlierFiles(other.files, other.commit, as_of)]
    rows: list[Finding] = []
    failed: set[str] = set()
    for one in measure(facts, {}, chosen):
        if one.measurement.reason.startswith(FAILED):
            failed.add(one.name)
        elif rule := one.definition.rule:
            rows += findings(rule, one.measurement.spots)
    return _Found(rows, failed)


def _judged(found: _Found, failed: Sequence[str], side: _Side, policy: Policy, as_of: int) -> list[Finding]:
    """With what is accepted: by the base's policy, or beside the code as it is on this side."""
    accepted, _ = accepted_inline(side.files)
    rows = [row for row in found.findings if row.rule not in failed]
    acceptances = policy.accepting(*accepted).acceptances
    return judged(rows, acceptances, day(as_of), lambda _: None, policy.component_of)


def _by_path(files: Iterable[File | None]) -> tuple[File, ...]:
    return tuple(sorted((file for file in files if file is not None), key=lambda file: file.path))
