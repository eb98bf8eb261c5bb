"""A store as a company with many repositories has it after five years of weekly scans: the same rows every time."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select
from sqlmodel import col

from collectors.facts.branches import Branch, Branches
from collectors.facts.data_graph import Lineage, lineage
from collectors.facts.files import File, FileKind, Files, Place, Summary
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin
from collectors.facts.model_changes import Week, week_of
from collectors.facts.pictures import Pictures
from collectors.facts.ramp import STEPS, Point
from collectors.registry import discover
from mldebt.store.bulk import insert_rows
from mldebt.store.engine import open_store
from mldebt.store.findings import MOST
from mldebt.store.lineage import save_lineage
from mldebt.store.snapshots import AnswerRow, NewSnapshot, boxes_of, ensure_repository, save_snapshot
from mldebt.store.tables import Snapshot, SnapshotAnswer, SnapshotPlace, SnapshotSignal
from scoring.answers import Identity, score
from scoring.finding import Effort, Finding, Severity, Tally
from scoring.signal import LEVEL, Definition, Evidence, Measurement, Signal

REPOSITORIES, WEEKS = 200, 260
START = 1_609_459_200  # 1 January 2021
WEEK = 7 * 86_400
LARGE = 20_000
"""Files and branches of the first repository; others have a thirtieth of the files and a hundredth of the branches."""


FINDINGS = 50_000
"""Of all repositories together: the first one lists as many as a snapshot may, the others share the rest."""


class Size(NamedTuple):
    repositories: int = REPOSITORIES
    weeks: int = WEEKS
    large: int = LARGE
    findings: int = FINDINGS


USUAL = Size()


def seeded(folder: Path, size: Size = USUAL) -> str:
    """The URL of a store of this size, made in `folder` where it is not there yet: 20 s of CPU for the usual one."""
    path = folder / f"seeded-{'-'.join(map(str, size))}.db"
    if not path.exists():
        unfinished = path.with_suffix(".new")
        fill(f"sqlite:///{unfinished}", size)
        unfinished.rename(path)
    return f"sqlite:///{path}"


def fill(url: str, size: Size = USUAL) -> None:
    store = open_store(url)
    for number in range(size.repositories):
        with store.writing() as connection:
            _repository(connection, number, size)
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def _repository(connection: Connection, number: int, size: Size) -> None:
    chance = random.Random(f"repository {number}")
    files = _files(chance, size.large if number == 0 else size.large // 30)
    definitions = [collector.definition for collector in discover()]
    unknown = set(chance.sample(range(len(definitions)), 3))
    walks = [_walk(chance, d, size.weeks) if n not in unknown else None for n, d in enumerate(definitions)]
    web = f"https://git.example/team-{number % 9}/system-{number}"
    repository_id = ensure_repository(connection, web, f"team-{number % 9}/system-{number}", web=web)
    places = min(MOST, size.findings) if number == 0 else max(0, size.findings - MOST) // max(1, size.repositories - 1)
    found = _findings(random.Random(f"findings {number}"), definitions, places)
    counted = Counter(finding.rule for finding in found)
    signals = [Signal(d, _measured(chance, w, d, counted)) for d, w in zip(definitions, walks, strict=True)]
    latest = _latest(chance, number, size, files, signals)
    latest = replace(latest, findings=found, pictures=_pictures(latest.identity.as_of))
    _past(connection, repository_id, latest, walks, size.weeks - 1)
    snapshot_id = save_snapshot(connection, repository_id, latest)
    save_lineage(connection, repository_id, snapshot_id, _lineage(chance))


def _latest(chance: random.Random, number: int, size: Size, files: Files, signals: Sequence[Signal]) -> NewSnapshot:
    as_of = START + (size.weeks - 1) * WEEK
    identity = Identity(_commit(number, size.weeks - 1), as_of)
    branches = _branches(chance, size.large if number == 0 else size.large // 100, as_of)
    card = score(signals, identity)
    answers = [
        AnswerRow(a.question.id, "1", None, None, None, a.seen, a.total, a.lead.name, a.lead.measurement.value)
        for a in card.answers
        if a.lead is not None
    ]
    return NewSnapshot(identity, as_of, signals, answers, boxes_of(files), files, branches)


def _past(
    connection: Connection, repository_id: int, latest: NewSnapshot, walks: Sequence[list[float] | None], weeks: int
) -> None:
    """The weeks before, without files, branches and evidence, which no page reads of them all."""
    names = [signal.name for signal in latest.signals]
    versions = [signal.definition.version for signal in latest.signals]
    columns = [column for column in Snapshot.model_fields if column != "id"]
    insert_rows(connection, Snapshot, (_snapshot(repository_id, week) for week in range(weeks)), *columns)
    mine = select(col(Snapshot.id)).where(col(Snapshot.repository_id) == repository_id).order_by(col(Snapshot.as_of))
    ids = [int(number) for number in connection.execute(mine).scalars() if number is not None]
    weekly = list(enumerate(ids))
    signals = (
        (i, name, walk and walk[w], 40, 1, 1, "", "" if walk else "not seen", "[]", version, None, None, None)
        for w, i in weekly
        for name, version, walk in zip(names, versions, walks, strict=True)
    )
    insert_rows(connection, SnapshotSignal, signals)
    by_name = dict(zip(names, walks, strict=True))
    answers = ((i, *a[:-1], (by_name[a.lead or ""] or [0.0] * weeks)[w]) for w, i in weekly for a in latest.answers)
    insert_rows(connection, SnapshotAnswer, answers)
    boxes = latest.boxes.items()
    insert_rows(connection, SnapshotPlace, ((i, p.value, b.files, b.lines + w) for w, i in weekly for p, b in boxes))


def _snapshot(repository_id: int, week: int) -> tuple[object, ...]:
    at = START + week * WEEK
    identity = Identity(_commit(repository_id, week), at)
    version = f"{identity.profile} {identity.scoring_version}"
    return repository_id, identity.commit, at, identity.digest, identity.spelled_out, version, False, "[]", "[]", at, at


def _findings(chance: random.Random, definitions: Sequence[Definition], count: int) -> list[Finding]:
    rules = [definition for definition in definitions if definition.rule]
    made = [_finding(chance, chance.choice(rules), number) for number in range(count)]
    return sorted(made, key=lambda finding: -finding.weight)


def _finding(chance: random.Random, definition: Definition, number: int) -> Finding:
    return Finding(
        f"{number:012x}",
        definition.name,
        definition.debt,
        f"src/part_{chance.randrange(400)}/step_{number}.py",
        number % 900 + 1,
        number % 900 + 1,
        "Step.run",
        "value = 0.731  # tuned by hand",
        "a note on this place",
        severity=definition.severity or Severity.LOW,
        effort=definition.effort or Effort.S,
        interest=chance.randrange(60),
        last_changed="2025-06-01",
    )


def _pictures(as_of: int) -> Pictures:
    weeks = tuple(Week(week_of(as_of) - (51 - n) * WEEK, n % 5, n % 3, n % 7) for n in range(52))
    newcomers = tuple(
        Point("began in the last 12 months", change, n, 30 - n, n / 40) for change in STEPS for n in range(20)
    )
    return Pictures(weeks, True, newcomers)


def _lineage(chance: random.Random) -> Lineage:
    """Forty jobs that read three sets of data and write one; ten of them train."""
    names = [f"data/set_{number:02}.parquet" for number in range(60)]
    rows = []
    for job in range(40):
        reads = [(Access.READ, name, NodeKind.DATASET) for name in chance.sample(names, 3)]
        made = (f"models/m{job}.pkl", NodeKind.MODEL) if job % 4 == 0 else (chance.choice(names), NodeKind.DATASET)
        for line, (access, name, kind) in enumerate([*reads, (Access.WRITE, *made)], 1):
            place = f"src/job_{job}.py", line
            rows.append(DataAccess(access, name, kind, Origin.OBSERVED, *place, call="pandas.read", job=f"job_{job}"))
    return lineage(rows)


def _commit(number: int, week: int) -> str:
    return f"{random.Random(f'{number} {week}').getrandbits(160):040x}"


def _walk(chance: random.Random, definition: Definition, weeks: int) -> list[float]:
    """A number that wanders, week by week, within what its unit allows."""
    most = 1.0 if definition.unit == LEVEL or definition.unit.startswith("share") else 90.0
    value, found = most * chance.random(), []
    for _ in range(weeks):
        value = min(most, max(0.0, value + chance.gauss(0, most / 40)))
        found.append(round(value, 4))
    return found


def _measured(
    chance: random.Random, walk: Sequence[float] | None, definition: Definition, counted: Mapping[str, int]
) -> Measurement:
    if walk is None:
        return Measurement.unknown("not seen")
    rows = tuple(Evidence(f"src/part_{chance.randrange(400)}/step_{n}.py", "file", float(n)) for n in range(20))
    found = Tally(counted.get(definition.name, 0)) if definition.rule else None
    return Measurement(walk[-1], 40, rows, tally=found)


def _files(chance: random.Random, count: int) -> Files:
    def one(number: int) -> File:
        language = chance.choice(["Python", "Python", "Python", "SQL", "YAML", "Shell"])
        summary = Summary(code=int(chance.paretovariate(1.1) * 20), language=language)
        path = f"src/part_{number // 50:04}/step_{number:06}.py"
        return File(path, f"{number:040x}", 4_000, FileKind.CODE, chance.choice(list(Place)), summary)

    return Files(tuple(map(one, range(count))))


def _branches(chance: random.Random, count: int, as_of: int) -> Branches:
    def one(number: int) -> Branch:
        last = as_of - int(chance.expovariate(1 / 200) * 86_400)
        return Branch(
            f"exp/idea-{number:06}",
            f"{number:040x}",
            last,
            chance.randrange(9),
            chance.randrange(900),
            first_at=last - 864_000,
        )

    return Branches(tuple(map(one, range(count))), as_of)
