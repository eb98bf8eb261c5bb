"""What a change adds and pays, in a sentence and as JSON (`schemas/diff-1.json`). No number of the whole repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from scoring.finding import Finding
from scoring.finding.difference import Difference
from scoring.report.data_change import DataChange, data_object
from scoring.report.json import finding_object, written
from scoring.signal import Definition

SCHEMA = "urn:mldebt:diff:1"
MOST = 1_000
"""Findings of each list in JSON, the heaviest."""


class Commits(NamedTuple):
    """Ids are hex, names as they were asked for."""

    base_name: str
    base: str
    head_name: str
    head: str
    merge_base: str  # what is compared with the head


class LeftOut(NamedTuple):
    rule: str
    reason: str  # a clause


class Change(NamedTuple):
    repository: str
    web: str | None  # https address that links begin with
    commits: Commits
    difference: Difference
    rules: tuple[Definition, ...]  # that were compared
    left_out: tuple[LeftOut, ...] = ()  # rules whose findings a change alone does not tell
    files: int = 0  # changed files that were compared
    unread: tuple[tuple[str, str], ...] = ()  # (path, why) of changed files that were not
    partial: tuple[str, ...] = ()  # sentences: what else makes the picture incomplete
    data: DataChange = DataChange()  # reads and writes of data
    unlisted: int = 0  # findings, reads and writes that were cut off when it was written down

    @property
    def added(self) -> tuple[Finding, ...]:
        """New and not accepted, the heaviest first."""
        return tuple(row for row in self.difference.added if row.accepted is None)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """New and accepted."""
        return tuple(row for row in self.difference.added if row.accepted is not None)

    @property
    def paid(self) -> tuple[Finding, ...]:
        return self.difference.paid

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that makes the picture incomplete."""
        cut = (f"{self.unlisted:,} more rows were cut off",) if self.unlisted else ()
        return (*self.partial, *(f"{path} is not compared: {why}" for path, why in self.unread), *cut)

    @property
    def sentence(self) -> str:
        """ "This change adds 1 fixed threshold and pays 2 local paths." """
        adds, pays = self._counted(self.added), self._counted(self.paid)
        text = f"This change adds {_joined(adds) or 'no finding'}"
        if pays:
            text += f"{',' if len(adds) > 1 else ''} and pays {_joined(pays)}"
        accepted = len(self.accepted)
        more = f" {accepted:,} new {'finding is' if accepted == 1 else 'findings are'} accepted." if accepted else ""
        return f"{text}.{more}"

    def definition(self, rule: str) -> Definition:
        return next(one for one in self.rules if one.name == rule)

    def _counted(self, found: Iterable[Finding]) -> list[str]:
        """By rule, in the order in which the first of each comes."""
        return [self.definition(rule).counted(number) for rule, number in Counter(row.rule for row in found).items()]


def _joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def change_json(change: Change) -> str:
    """One JSON object, two spaces deep, ending with a newline. What would steer a terminal stands as \\uNNNN."""
    return written(change_object(change))


def change_object(change: Change) -> dict[str, Any]:
    commits = change.commits
    lists = {"added": change.added, "accepted": change.accepted, "paid": change.paid}
    return {
        "$schema": SCHEMA,
        "schema_version": 1,
        "repository": change.repository,
        "base": {"name": commits.base_name, "commit": commits.base},
        "head": {"name": commits.head_name, "commit": commits.head},
        "merge_base": commits.merge_base,
        "sentence": change.sentence,
        "partial": list(change.sentences),
        "files": change.files,
        "unread": [{"path": path, "reason": why} for path, why in change.unread[:MOST]],
        "rules": [rule.name for rule in change.rules],
        "left_out": [one._asdict() for one in change.left_out],
        **{
            name: [
                finding_object(row, commits.merge_base if name == "paid" else commits.head, change.web)
                for row in found[:MOST]
            ]
            for name, found in lists.items()
        },
        "beyond": {name: max(0, len(found) - MOST) for name, found in lists.items()},
        "data": data_object(change.data),
    }
