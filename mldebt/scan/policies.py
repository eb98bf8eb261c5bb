"""What a team decided about its repository, read from the tree that is measured: as data, and never trusted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

from collectors.facts.files import File, FileKind, Summary
from collectors.facts.policy import Policy
from collectors.git.objects import blobs
from collectors.git.repository import Repository
from collectors.git.tree import Tree
from collectors.readers.policy import PLACES, PolicyError, read_policy
from collectors.registry import discover
from scoring.finding import Finding
from scoring.finding.acceptance import Acceptance, NotAcceptedError, idle, inline
from scoring.finding.globs import any_path, matches

NO_PEOPLE = "the team does not want numbers about people shown (people: off in its mldebt.yml)"
MOST_ADVICE = 20
"""Acceptances that are told because they match nothing."""
MOST_TOLD = 3
"""Comments of one tree that are told because they accept nothing."""


class Decided(NamedTuple):
    policy: Policy = Policy()
    sentences: tuple[str, ...] = ()  # what of it cannot be used, and what follows


def decided_in(repository: Repository, tree: Tree, files: tuple[File, ...]) -> tuple[tuple[File, ...], Decided]:
    """The files of a tree without those that its policy ignores, and the policy, comments beside the code included."""
    policy, told = policy_in(repository, tree)
    own = without_ignored(files, policy)
    found, broken = accepted_inline(own)
    return own, Decided(policy.accepting(*found), (*told, *broken))


def policy_in(repository: Repository, tree: Tree) -> tuple[Policy, list[str]]:
    """Where the file cannot be used, it may have said that people are off: so they are."""
    there = {entry.path: entry for entry in tree if entry.path in PLACES}
    entry = next((there[path] for path in PLACES if path in there), None)
    if entry is None:
        return Policy(), []
    with closing(blobs(repository, [entry.oid], sizes={entry.oid: entry.size})) as found:
        blob = next(found)
    why = "it is no file" if not entry.is_file else f"it is {blob.unread}" if blob.body is None else ""
    if blob.body is not None and not why:
        try:
            return read_policy(blob.body, entry.path), []
        except PolicyError as error:
            why = str(error)
    so = "so nothing is accepted, ignored or stated, and no number about people is shown"
    return Policy(shows_people=False), [f"{entry.path} cannot be used ({why}), {so}"]


def advice(policy: Policy, found: Iterable[Finding], doubtful: Container[str], unread: Sequence[str]) -> list[str]:
    """A sentence about each acceptance that matches nothing.

    None about one of a `doubtful` rule, whose places may not all be known, nor about one that may mean what stands in
    a file that was `unread`.
    """
    names = [function.definition.name for function in discover()]
    subjects = [(row.rule, row.path, row.line, row.end_line) for row in found]
    told = [
        f"the acceptance of {one.rule} at {_place(one)} matches nothing: remove it"
        for one in idle(policy.acceptances, subjects)
        if not any(name in doubtful for name in names if matches(one.rule, name))
        and not any(map(any_path([one.path]), unread))
    ]
    more = len(told) - MOST_ADVICE
    return [*told[:MOST_ADVICE], *([f"{more:,} more acceptances match nothing"] if more > 0 else [])]


def _place(one: Acceptance) -> str:
    return one.source if one.line is not None else f"{one.path} ({one.source})"


def accepted_inline(files: Iterable[File]) -> tuple[list[Acceptance], list[str]]:
    """What comments in the system's own files accept, and sentences about those that mean to and do not."""
    found: list[Acceptance] = []
    broken: list[str] = []
    for file in files:
        for note in file.summary.notes:
            if note.admits:
                continue
            try:
                one = inline(note.text, file.path, note.line)
            except NotAcceptedError as error:
                broken.append(f"the comment at {file.path}:{note.line} accepts nothing: {error}")
            else:
                found += [one] if one else []
    more = [f"{len(broken) - MOST_TOLD:,} more comments accept nothing"] if len(broken) > MOST_TOLD else []
    return found, [*broken[:MOST_TOLD], *more]


def without_ignored(files: tuple[File, ...], policy: Policy) -> tuple[File, ...]:
    """Ignored files stay in the tree, and are no part of the system."""
    if not policy.ignore:
        return files
    ignored = any_path(policy.ignore)
    return tuple(
        file._replace(kind=FileKind.OTHER, place=None, summary=Summary()) if ignored(file.path) else file
        for file in files
    )
