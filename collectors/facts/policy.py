"""What a team decided about its own repository, where everybody can see it: in `mldebt.yml`, or beside the code."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

from scoring.attestation import Attestation
from scoring.finding.acceptance import Acceptance
from scoring.finding.globs import any_path


class OnPulls(NamedTuple):
    """What the App says and does on a pull request; decides nothing that is measured."""

    comments: bool = True  # where a finding is new
    drafts: bool = False  # whether drafts are looked at
    bots: bool = False  # whether what bots open is looked at
    fail_on: tuple[str, ...] = ()  # globs over rules: of these a change may add none


@dataclass(frozen=True)
class Policy:
    """Of one commit. The default is that of a repository which says nothing."""

    acceptances: tuple[Acceptance, ...] = ()
    components: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (name, globs over paths), as written; the first counts
    ignore: tuple[str, ...] = ()  # globs over paths of files that are not looked at
    shows_people: bool = True  # False: no number about people is shown
    attestations: tuple[Attestation, ...] = ()  # stated, and decides nothing
    rules: tuple[tuple[str, bool], ...] = ()  # (rule, whether its places are listed), where that is said
    muted: tuple[str, ...] = ()  # rules that people called wrong too often; no part of the file, which outdoes it
    quarterly_issue: bool = False  # an issue per quarter is wanted; decides nothing that is measured
    on_pulls: OnPulls = field(default_factory=OnPulls)

    def lists(self, rule: str, is_on: bool) -> bool:
        """Whether the places of a rule are listed, which by itself is on or off."""
        return dict(self.rules).get(rule, is_on and rule not in self.muted)

    def component_of(self, path: str) -> str:
        """Empty where no component claims the path."""
        return next((name for name, globs in self.components if any_path(globs)(path)), "")

    def accepting(self, *more: Acceptance) -> Self:
        return replace(self, acceptances=(*self.acceptances, *more))

    def muting(self, rules: Iterable[str]) -> Self:
        """With rules muted, but for those of which the file itself says whether they are on."""
        said = dict(self.rules)
        return replace(self, muted=tuple(sorted(rule for rule in set(rules) if rule not in said)))

    @property
    def digest(self) -> str:
        """Of all that it decides, wherever that is written; empty where it decides nothing."""
        if replace(self, attestations=(), quarterly_issue=False, on_pulls=OnPulls()) == Policy():
            return ""
        accepted = sorted([*one[:6], one.line or 0] for one in self.acceptances)
        decided = [accepted, self.components, self.ignore, self.shows_people, *([self.rules] if self.rules else [])]
        decided += [{"muted": self.muted}] if self.muted else []
        return hashlib.sha256(json.dumps(decided).encode()).hexdigest()
