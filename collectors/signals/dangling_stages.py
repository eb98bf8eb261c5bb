"""Stages whose script is not there."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from collectors.facts.data_steps import is_code
from collectors.facts.declarations import Declarations
from collectors.facts.settings import Started, StartKind
from collectors.facts.started import Startable
from collectors.registry import signal
from scoring.debts import Debt
from scoring.finding import Effort, Severity, Spot
from scoring.signal import SHOW, Measurement


@signal(
    debt=Debt.PIPELINE_JUNGLES,
    unit="stages",
    better="lower",
    status=SHOW,
    is_on=False,
    says="A script that is not in the tree is run by {value}; {n} {n:runs|run} one by its path.",
    severity=Severity.MEDIUM,
    effort=Effort.S,
)
def dangling_stages(found: Declarations) -> Measurement:
    """Stages of pipelines whose command names a script that the commit does not hold.

    Looked for beside the definition, from the root, and by the end of its path anywhere. Left out are scripts that
    another stage writes, absolute paths, and names of which a part is filled in later.

    Why it matters: such a pipeline cannot run from a fresh clone, and nobody has run it since the script went.
    Pay it off: name the script that took its place, or take the stage out.
    Cannot see: scripts that are made when it runs, or that come from a package or an image.
    Ask: When was this pipeline last run from its beginning, on a machine that had nothing?
    Source: Sculley et al. 2015, section 4 (pipeline jungles),
    https://papers.nips.cc/paper/5656-hidden-technical-debt-in-machine-learning-systems. No published threshold.
    """
    find = Startable(found.paths)
    stages: dict[tuple[str, str], list[Started]] = {(path, start.by): [] for path, start in _scripts(found)}
    if not stages:
        return Measurement.unknown("no stage here was seen to run a script by its path")
    written = {basename(out) for _, stage in found.stages for out in (*stage.outs, *stage.metrics, *stage.plots)}
    for path, start in _scripts(found):
        if basename(start.target) not in written and not find.found(start, path):
            stages[path, start.by].append(start)
    gone = {stage: starts for stage, starts in sorted(stages.items()) if starts}
    return Measurement(
        len(gone),
        n=len(stages),
        spots=tuple(_spot(path, starts[0]) for (path, _), starts in gone.items()),
    )


def _spot(path: str, start: Started) -> Spot:
    note = f"stage {start.by} runs {start.target}, which is not in the tree"
    return Spot(path, start.line, start.target, note=note, key=start.by)


def _scripts(found: Declarations) -> Iterator[tuple[str, Started]]:
    """What stages run, by a path that is known whole."""
    for path, summary in found:
        names = {stage.name for stage in summary.stages}
        for start in summary.started:
            if start.kind is StartKind.FILE and start.by in names and is_code(start.target) and _is_whole(start.target):
                yield path, start


def _is_whole(target: str) -> bool:
    return not target.startswith(("/", "~")) and not set(target) & set("*$%{}<>:") and ".." not in target.split("/")
