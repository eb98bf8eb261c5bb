"""The graph of data as five columns: where each set of data stands, and the lines between them. Pure.

A line leads from data that a job reads to data that it writes. Coordinates are pixels downwards and thousandths of the
width across, so that the picture stretches.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from app_pages._lineage_names import TABLES
from collectors.facts.closure import closure
from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_names import is_part_of
from collectors.facts.data_steps import Step, is_code, is_predictions, is_settings, words_of
from collectors.facts.data_ways import prediction_loops
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin
from scoring.wording import ENGLISH, Numbers

MOST = 14
"""Sets of data that a column shows; of the others the number is."""
ROW, HEAD = 40, 8
WIDE, CHIP = 1000, 168
UNDECLARED = "#C96A1B"
"""Of a line that no pipeline declares. A picture does not learn of its theme: this is read on both."""


class Stage(StrEnum):
    SOURCES = "Sources"
    DATA = "Data"
    FEATURES = "Features"
    MODELS = "Models"
    CONSUMERS = "Consumers"


class Ask(StrEnum):
    """Why a set of data is to be looked at."""

    UNDECLARED = "Read by a job that does not declare it"
    LOOP = "Predicted with a model that is trained on it again"
    UNPINNED = "From elsewhere, tied to no version"
    TABLE = "Tables that nothing here is seen to write"
    RUNNING = "Asked while the code runs"


class Problem(NamedTuple):
    ask: Ask
    says: str  # a clause
    by: str = ""  # the job that does not declare it, or the model that it is predicted with


class Chip(NamedTuple):
    name: str
    stage: Stage
    row: int
    problem: str  # "" for none


class Picture(NamedTuple):
    chips: tuple[Chip, ...]
    lines: tuple[tuple[str, str], ...]  # between chips
    undeclared: frozenset[tuple[str, str]]  # of them: by a job that does not declare what it reads there
    total: Mapping[Stage, int]  # sets of data of a column, shown or not
    height: int


def stages(lineage: Lineage) -> dict[str, Stage]:
    """Every set of data with its column: neither code nor settings."""
    roots, ends = frozenset(lineage.roots), frozenset(lineage.ends)
    to_models = {name for step in lineage.steps if step.trains for name in step.inputs}
    return {
        name: _stage(name, kind, name in roots, name in ends, name in to_models)
        for name, kind in sorted(lineage.kinds.items())
        if kind is not NodeKind.SETTINGS and not is_code(name) and not is_settings(name)
    }


def _stage(name: str, kind: NodeKind, is_root: bool, is_end: bool, to_models: bool) -> Stage:
    if is_root:
        return Stage.SOURCES
    if kind is NodeKind.MODEL:
        return Stage.MODELS
    if kind in (NodeKind.METRICS, NodeKind.SERVICE) or is_end or is_predictions(name):
        return Stage.CONSUMERS
    named = any(words_of(part) & {"feature", "features"} for part in name.split("/"))
    return Stage.FEATURES if to_models or named else Stage.DATA


def problems(lineage: Lineage) -> dict[str, Problem]:
    """What is to be looked at, by name: of what the columns hold."""
    known = stages(lineage)
    found: dict[str, Problem] = {}
    for name in lineage.roots:
        if "://" in name and name not in lineage.pinned:
            found[name] = _from_elsewhere(name, lineage.kinds[name])
    for step in lineage.steps:
        for name in _hidden_reads(step):
            found.setdefault(
                name, Problem(Ask.UNDECLARED, f"read by {step.name}, which does not declare it", step.name)
            )
    for loop in prediction_loops(lineage):
        found[loop.data] = Problem(Ask.LOOP, f"predicted with {loop.model}, which is trained on it again", loop.model)
    return {name: problem for name, problem in found.items() if name in known}


def _from_elsewhere(name: str, kind: NodeKind) -> Problem:
    if kind is NodeKind.SERVICE:
        return Problem(Ask.RUNNING, "is asked while the code runs")
    if name.startswith(TABLES):
        return Problem(Ask.TABLE, "is a table that nothing here is seen to write")
    return Problem(Ask.UNPINNED, "comes from elsewhere, tied to no version")


def readers(lineage: Lineage, names: Collection[str]) -> dict[str, tuple[DataAccess, ...]]:
    """Where each is read and by which job, what was seen in the code before what is only declared."""
    found: defaultdict[str, dict[tuple[str, int, str], DataAccess]] = defaultdict(dict)
    for row in sorted(lineage, key=lambda row: (row.origin is not Origin.OBSERVED, row.path, row.line)):
        if row.access is Access.READ and row.name in names:
            found[row.name].setdefault((row.path, row.line, row.job), row)
    return {name: tuple(rows.values()) for name, rows in found.items()}


def picture(lineage: Lineage, wanted: Collection[str] | None = None, focus: str = "") -> Picture:
    """The columns, of `wanted` names alone where they are given; `focus`, what is connected and problems come first."""
    found, told = stages(lineage), problems(lineage)
    names = [name for name in found if wanted is None or name in wanted]
    ways = _ways(lineage, frozenset(names))
    weight = Counter(name for way in ways for name in way)
    columns: defaultdict[Stage, list[str]] = defaultdict(list)
    for name in sorted(
        names, key=lambda name: (name != focus, not weight[name], name not in told, -weight[name], name)
    ):
        columns[found[name]].append(name)
    shown = frozenset(name for stage in Stage for name in columns[stage][:MOST])
    kept = tuple(way for way in ways if shown.issuperset(way))
    rows = _rows({stage: sorted(columns[stage][:MOST]) for stage in Stage}, kept)
    chips = tuple(
        Chip(name, stage, row, told[name].says if name in told else "")
        for stage in Stage
        for row, name in enumerate(rows[stage])
    )
    total = {stage: len(columns[stage]) for stage in Stage}
    hidden = frozenset(kept) & _undeclared(lineage)
    return Picture(chips, kept, hidden, total, HEAD + max([1, *map(len, rows.values())]) * ROW)


SWEEPS = 4


def _rows(columns: Mapping[Stage, list[str]], ways: Sequence[tuple[str, str]]) -> dict[Stage, list[str]]:
    """What hangs together stands at one height, so that lines cross less; what has no line stands below."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in ways:
        beside[source].append(target)
        beside[target].append(source)
    height = {name: float(row) for names in columns.values() for row, name in enumerate(names)}
    placed = dict(columns)
    for _ in range(SWEEPS):
        for stage in Stage:
            mean = {n: sum(height[m] for m in beside[n]) / len(beside[n]) for n in placed[stage] if beside[n]}
            placed[stage] = sorted(placed[stage], key=lambda n: (n not in mean, mean.get(n, 0.0), n))
            height |= {name: float(row) for row, name in enumerate(placed[stage])}
    return placed


def _undeclared(lineage: Lineage) -> frozenset[tuple[str, str]]:
    """From data that a job was seen to read and does not declare, though it declares other reads."""
    return frozenset(
        (source, target)
        for step in lineage.steps
        for source in _hidden_reads(step)
        for target in step.writes
        if source != target
    )


def _hidden_reads(step: Step) -> list[str]:
    declared = step.names(Access.READ, Origin.DECLARED) | step.writes
    hidden = step.names(Access.READ, Origin.OBSERVED) if step.declares else frozenset[str]()
    return [
        name
        for name in hidden
        if not any(name == one or is_part_of(name, one) or is_part_of(one, name) for one in declared)
    ]


def _ways(lineage: Lineage, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    ways = {
        (source, target)
        for step in lineage.steps
        for source in step.reads & names
        for target in step.writes & names
        if source != target
    }
    return tuple(sorted(ways))


def around(lineage: Lineage, name: str) -> frozenset[str]:
    """The node with all that it rests on and all that rests on it."""
    node = Node(name)
    both = (closure(lineage, node), closure(lineage, node, downstream=True))
    return frozenset({name, *(row.name for found in both for row in found.data)})


def left(stage: Stage) -> float:
    """Where a column begins, in thousandths of the width."""
    return list(Stage).index(stage) * (WIDE - CHIP) / (len(Stage) - 1)


def lines(drawn: Picture) -> str:
    """The lines as an address of a picture: grey that stands out on light and on dark."""
    places = {chip.name: chip for chip in drawn.chips}
    plain = [way for way in drawn.lines if way not in drawn.undeclared]
    paths = "".join(_path(places[source], places[target]) for source, target in plain)
    dashed = "".join(_path(places[source], places[target]) for source, target in sorted(drawn.undeclared))
    body = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {drawn.height}" preserveAspectRatio="none">'
        f'<g fill="none" stroke="#8A94A1" stroke-opacity="0.7">{paths}</g>'
        f'<g fill="none" stroke="{UNDECLARED}" stroke-width="2" stroke-dasharray="6 4">{dashed}</g></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(body.encode()).decode()}"


def _path(source: Chip, target: Chip) -> str:
    """From the right of one to the left of the other; within a column or backwards from side to side."""
    forward = list(Stage).index(source.stage) < list(Stage).index(target.stage)
    x1, x2 = left(source.stage) + CHIP, left(target.stage) + (0 if forward else CHIP)
    y1, y2 = (HEAD + chip.row * ROW + ROW // 2 - 3 for chip in (source, target))
    bend = max(30.0, (x2 - x1) / 2) if forward else 34.0
    end = x2 - bend if forward else x2 + bend
    path = f"M{x1:.0f} {y1}C{x1 + bend:.0f} {y1} {end:.0f} {y2} {x2:.0f} {y2}"
    return f'<path vector-effect="non-scaling-stroke" d="{path}"/>'


def folded(drawn: Picture, everything: Iterable[str], numbers: Numbers = ENGLISH) -> str:
    """What is shown of what there is, in words."""
    total: Sequence[str] = list(everything)
    shown = f"{numbers.whole(len(drawn.chips))} of " if len(drawn.chips) < len(total) else ""
    return f"{shown}{numbers.count(len(total), 'set')} of data shown"
