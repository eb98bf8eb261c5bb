"""What can be seen of a repository at one moment: facts, and a reason in place of each that cannot be had."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from collectors.facts.branches import Branches, Merges
from collectors.facts.changes import DAY, Changes
from collectors.facts.files import EarlierFiles, Files
from collectors.facts.introductions import Introductions
from collectors.facts.missing import Missing
from collectors.git.branches import Seen
from collectors.git.repository import Repository
from mldebt.scan.moments import Moment, newest_at
from mldebt.scan.trees import Trees
from mldebt.store.engine import Store
from mldebt.store.history import refresh_history
from mldebt.store.meta import store_salt
from mldebt.store.past import StoredHistory

FLOW_DAYS = 90
NO_COMMITS = Missing("the repository has no commits: make the first one")
NOT_REMEMBERED = Missing("git does not remember which branches there were then")
SHALLOW = Missing("the clone is shallow, so history cannot be seen: run git fetch --unshallow")


@dataclass(frozen=True)
class Past:
    """A repository's history, read and stored."""

    line: tuple[tuple[str, int], ...] = ()  # first-parent line of HEAD: (hex, committer date), newest first
    history: StoredHistory | None = None
    sentences: tuple[str, ...] = ()  # what could not be read


class Sight(NamedTuple):
    moment: Moment
    facts: tuple[object, ...]
    missing: dict[type, Missing]
    sentences: tuple[str, ...]  # sorted: what makes the picture incomplete
    refs: str = ""  # digest of the refs that were compared


def read_past(
    repository: Repository, repository_id: int, store: Store, report: Callable[[str, int, int | None], None]
) -> Past:
    """Store what is new in the history of HEAD, and load it."""
    if repository.head is None:
        return Past()
    with store.writing() as connection:
        refreshed = refresh_history(
            connection,
            repository_id,
            repository,
            [bytes.fromhex(repository.head)],
            salt=store_salt(connection),
            progress=lambda commits: report("reading history", commits, None),
        )
    with store.reading() as connection:
        history = StoredHistory(connection, repository_id, repository.head, counted=refreshed.counted)
    dates = {change.commit: change.at for change in history.changes(repository.head, 0)}
    line = tuple((commit, dates[commit]) for commit in history.mainline(repository.head))
    return Past(line, history, refreshed.sentences)


def see(repository: Repository, past: Past, trees: Trees, moment: Moment, seen: Seen | None = None) -> Sight:
    """Facts at a moment. Without `seen`, a look into the past: which branches there were is not known."""
    sight = _Gathering()
    sight.add(Branches, seen.fact if seen else NOT_REMEMBERED)
    if past.history is None or repository.shallow:
        for fact in (Changes, Merges, Introductions, EarlierFiles):
            sight.add(fact, SHALLOW)
    else:
        sight.add(Changes, past.history.changes(moment.commit, moment.as_of))
        sight.add(Merges, past.history.merges(moment.commit, moment.as_of))
        sight.add(EarlierFiles, _earlier(past, trees, moment))
    sight.add(Files, trees.files(moment.commit, moment.as_of))
    sentences = {*repository.warnings, *past.sentences, *trees.sentences, *(seen.warnings if seen else ())}
    return Sight(moment, tuple(sight.facts), sight.missing, tuple(sorted(sentences)), _digest(seen))


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
    return EarlierFiles(trees.files(commit, then).rows, commit, then)


def _digest(seen: Seen | None) -> str:
    """Of the refs that were compared: a branch more or less is another scorecard."""
    if seen is None or isinstance(seen.fact, Missing):
        return ""
    lines = "\n".join(f"{branch.tip} {branch.kind} {branch.name}" for branch in seen.fact)
    return hashlib.sha256(lines.encode("utf-8", "backslashreplace")).hexdigest()
