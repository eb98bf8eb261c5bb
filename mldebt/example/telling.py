"""The story, told as a stream of commits, branches and tags."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mldebt.example.content import Tree, tree_after
from mldebt.example.objects import Commit, placed, tagged
from mldebt.example.people import PEOPLE
from mldebt.example.story import Kind, Step

SHOP = "corner-pantry"
BOT_AT, MORNING, WORK = 6.0, 7.5, 9.0  # hours in UTC: the bot comes first, then people, for so long


@dataclass
class Telling:
    """What has been told so far."""

    refs: dict[str, str]  # where each branch's commits lie while they are told
    tips: dict[str, Commit] = field(default_factory=dict)  # by branch and tag
    own: dict[str, list[tuple[Step, Commit]]] = field(default_factory=dict)  # a branch's, since it left main
    runs: dict[str, Tree] = field(default_factory=dict)
    marks: int = 0

    def tell(self, step: Step, at: int) -> Iterator[bytes]:
        """The commands of one step, at `at` seconds since 1970."""
        match step.kind:
            case Kind.COMMIT:
                yield from self._commit(step, at)
            case Kind.MERGE | Kind.SQUASH | Kind.REBASE:
                yield from self._bring_in(step, at)
            case Kind.TRY:
                base = self.tips[step.branch]
                tried = self._made(step, at, [base], base.events | {*step.events})
                yield from tried.told(f"refs/exps/{base.id[:2]}/{base.id[2:]}/{step.other}")
            case Kind.OPEN:
                # GitHub keeps the head, and, while it is open, what merging it would give.
                head, main = self.tips[step.branch], self.tips["main"]
                yield placed(f"refs/pull/{step.number}/head", head)
                text = f"Merge {head.id} into {main.id}\n"
                merged = self._made(step, at, [main, head], main.events | head.events, text=text)
                yield from merged.told(f"refs/pull/{step.number}/merge")
            case Kind.TAG:
                self.tips[step.other] = self.tips[step.branch]
                tagger = _signed(step.people[0], step.date, at)
                yield tagged(step.other, tagger, f"{step.subject}\n", self.tips[step.branch])

    def _commit(self, step: Step, at: int) -> Iterator[bytes]:
        base = self.tips.get(step.branch) or self.tips.get(step.other or "main")
        events = (base.events if base else frozenset()) | {*step.events}
        commit = self._made(step, at, [base] if base else [], events)
        self.own.setdefault(step.branch, []).append((step, commit))
        yield from self._moved(step.branch, commit)

    def _bring_in(self, step: Step, at: int) -> Iterator[bytes]:
        base, head, own = self.tips[step.branch], self.tips[step.other], self.own[step.other]
        if step.keep:
            yield placed(f"refs/pull/{step.number}/head", head)
        if step.kind is Kind.MERGE:
            text = f"Merge pull request #{step.number} from {SHOP}/{step.other}\n\n{step.subject}\n"
            yield from self._moved(
                step.branch, self._made(step, at, [base, head], base.events | head.events, text=text)
            )
        elif step.kind is Kind.SQUASH:
            authors = list(dict.fromkeys(person for one, _ in own for person in one.people))
            text = "\n\n".join([f"{step.subject} (#{step.number})", "\n".join(f"* {one.subject}" for one, _ in own)])
            squashed = step._replace(people=tuple(authors))
            commit = self._made(squashed, at, [base], base.events | head.events, text=text, committer=step.people[0])
            yield from self._moved(step.branch, commit)
        else:
            for later, (one, original) in enumerate(own):
                base = self.tips[step.branch]
                events = base.events | {*one.events}
                commit = self._made(one, at + later, [base], events, committer=step.people[0], author=original.author)
                yield from self._moved(step.branch, commit)

    def _moved(self, branch: str, commit: Commit) -> Iterator[bytes]:
        self.tips[branch] = commit
        yield from commit.told(self.refs[branch])

    def _made(
        self,
        step: Step,
        at: int,
        parents: Sequence[Commit],
        events: frozenset[str],
        *,
        text: str = "",
        author: str = "",
        committer: str = "",
    ) -> Commit:
        """A commit by the step's first person, or with `author` as it stands; the others are named in trailers."""
        first, *others = step.people
        base = parents[0] if parents else None
        tree = tree_after(base.tree if base else {}, base.events if base else frozenset(), events, self.runs)
        trailers = "\n".join(f"Co-authored-by: {PEOPLE[who].signature(step.date)}" for who in others)
        text = "\n\n".join(filter(None, [(text or step.subject).strip(), trailers])) + "\n"
        signed = author or _signed(first, step.date, at)
        self.marks += 1
        by = _signed(committer, step.date, at) if committer else signed
        return Commit(self.marks, signed, by, text, tuple(parents), tree, frozenset(events))


def tell(steps: Sequence[Step]) -> Iterator[bytes]:
    """The whole story for `git fast-import`."""
    telling = Telling(_refs(steps))
    for step, at in zip(steps, _times(steps), strict=True):
        yield from telling.tell(step, at)


def _refs(steps: Iterable[Step]) -> dict[str, str]:
    """Where each branch lies. Of one that was deleted once it was in, only its change request's head is left."""
    gone = {step.other: step.number for step in steps if step.number and step.kind is not Kind.OPEN and not step.keep}
    branches = dict.fromkeys(step.branch for step in steps)
    return {name: f"refs/pull/{gone[name]}/head" if name in gone else f"refs/heads/{name}" for name in branches}


def _times(steps: Sequence[Step]) -> Iterator[int]:
    """When each step was taken: a day's steps spread over its hours of work, with chance in the minutes."""
    dice = random.Random(2015)  # noqa: S311  not a secret: the same example every time
    on_day = Counter(step.date for step in steps if step.people[0] != "bot")
    taken: Counter[str] = Counter()
    for step in steps:
        hours = BOT_AT
        if step.people[0] != "bot":
            hours = MORNING + WORK * (taken[step.date] + dice.random()) / on_day[step.date]
            taken[step.date] += 1
        yield int(datetime.fromisoformat(step.date).replace(tzinfo=UTC).timestamp() + hours * 3600)


def _signed(who: str, date: str, at: int) -> str:
    return f"{PEOPLE[who].signature(date)} {at} {PEOPLE[who].zone}"
