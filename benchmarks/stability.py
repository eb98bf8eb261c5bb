"""Does a scorecard move smoothly? A year of weeks of each repository: `python -m benchmarks.stability GIT_DIR … [-v]`.

A jump is a move from one week to the next by more than a fifth of the larger number, beyond what counts as noise. It is
told where `mldebt show` has a row for it that came, went or changed; quiet where it has none. -v lists the quiet ones.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from collectors.facts.changes import DAY, Changes
from collectors.git.repository import open_repository
from collectors.registry import discover, measure
from mldebt.scan.judging import judge
from mldebt.scan.moments import Moment, newest_at
from mldebt.scan.seeing import look_back, read_past, see
from mldebt.scan.trees import Trees
from mldebt.settings import make_home, read_settings
from mldebt.store.cache import Cache
from mldebt.store.engine import open_store
from mldebt.store.snapshots import ensure_repository
from scoring.answers import Identity, Scorecard, score
from scoring.report.moves import Move, moves

WEEK, WEEKS = 7 * DAY, 52
JUMP = 0.2


class Stability(NamedTuple):
    """What one year of one repository came to."""

    pairs: int  # a signal that was measured in two weeks, one after another
    moved: int
    jumps: tuple[tuple[str, Move], ...]  # (week's last commit, move)

    @property
    def quiet(self) -> tuple[tuple[str, Move], ...]:
        return tuple((commit, move) for commit, move in self.jumps if not move.rows)


def weekly(git_dir: str) -> Iterator[Scorecard]:
    """The scorecard of each week's last commit, oldest first; what is known of the newest commit alone is left out."""
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings({"MLDEBT_HOME": home})
        make_home(settings)
        repository = open_repository(git_dir, settings.mirrors, lambda _line: None)
        with closing(open_store(settings.database_url)) as store, closing(Cache(settings.cache)) as cache:
            with store.writing() as connection:
                number = ensure_repository(connection, repository.source, repository.name)
            past = read_past(repository, number, store, lambda *_: None)
            trees = Trees(repository, cache, lambda *_: None)
            head, until = past.line[0]
            looked_back = look_back(repository, past, trees, Moment(head, until))
            for week in reversed(range(WEEKS + 1)):
                at = until - week * WEEK
                commit = newest_at(past.line, at)
                if commit is not None:
                    sight = see(repository, past, trees, Moment(commit, at), looked_back)
                    measured = measure(sight.facts, sight.missing, discover())
                    changes = next((fact for fact in sight.facts if type(fact) is Changes), None)
                    yield score(judge(measured, sight.policy, changes, at).signals, Identity(commit, at))


def stability(git_dir: str) -> Stability:
    pairs = moved = 0
    jumps: list[tuple[str, Move]] = []
    before: Scorecard | None = None
    for card in weekly(git_dir):
        if before is not None:
            then = {one.name: one.measurement.value for one in before.signals}
            pairs += sum(one.measurement.value is not None and then[one.name] is not None for one in card.signals)
            some = moves(card, before)
            moved += len(some)
            jumps += [(card.identity.commit, move) for move in some if is_jump(move)]
        before = card
    return Stability(pairs, moved, tuple(jumps))


def is_jump(move: Move) -> bool:
    then, now = move.trend.before, move.trend.now
    return abs(now - then) > JUMP * max(abs(now), abs(then))


def main(arguments: list[str]) -> None:
    print("| repository | signals compared week by week | moved | jumps | told by a row | quiet |")
    print("|---|---|---|---|---|---|")
    quiet: Counter[str] = Counter()
    for git_dir in (one for one in arguments if one != "-v"):
        found = stability(git_dir)
        name = open_repository(git_dir, Path(git_dir), lambda _line: None).name
        told = len(found.jumps) - len(found.quiet)
        print(f"| {name} | {found.pairs:,} | {found.moved:,} | {len(found.jumps):,} | {told:,} | {len(found.quiet)} |")
        quiet.update(move.signal.name for _, move in found.quiet)
        for commit, move in found.quiet if "-v" in arguments else ():
            print(
                f"  {commit[:10]} {move.signal.name}: {move.trend.before:.4g} → {move.trend.now:.4g}", file=sys.stderr
            )
    for name, number in quiet.most_common():
        print(f"  quiet: {name} {number}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
