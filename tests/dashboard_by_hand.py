"""Stores for the dashboard's tests: repositories with two years of snapshots of all signals that there are."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from collectors.facts.branches import Branch, Branches, BranchKind, Merged
from collectors.facts.changes import DAY
from collectors.facts.files import File, FileKind, Files, Place, Summary
from collectors.facts.model_changes import WEEK, Week, week_of
from collectors.facts.pictures import Pictures
from collectors.facts.ramp import STEPS, Point
from collectors.registry import discover
from mldebt.store.engine import Store, open_store
from mldebt.store.snapshots import AnswerRow, NewSnapshot, boxes_of, ensure_repository, save_snapshot
from scoring.answers import SCORING_VERSION, Identity, Scorecard, score
from scoring.attestation import Attestation
from scoring.finding import Finding, Spot, findings, judged, tally
from scoring.finding.acceptance import Acceptance, Reason
from scoring.signal import ASK, LEVEL, Definition, Evidence, Measurement, Signal

NOW = 1_795_500_000  # 24 November 2026
QUARTER = 91 * DAY
HOSTILE = "<script>alert(1)</script>&\"'`$x$ :red[r] **b** [a](javascript:alert(2))\n\u202egpj.exe"
SIZES = {
    Place.CONFIGURATION: (14, 90),
    Place.DATA_COLLECTION: (9, 240),
    Place.DATA_VERIFICATION: (2, 120),
    Place.FEATURE_EXTRACTION: (11, 210),
    Place.ML_CODE: (5, 130),
    Place.ANALYSIS_TOOLS: (8, 150),
    Place.PROCESS_MANAGEMENT: (6, 140),
    Place.RESOURCE_MANAGEMENT: (3, 60),
    Place.SERVING: (7, 260),
    Place.TESTS: (60, 80),
    Place.UNCLASSIFIED: (12, 130),
}


def empty_store(folder: Path) -> tuple[Store, str]:
    """An open store in `folder`, and its address."""
    address = f"sqlite:///{folder / 'mldebt.db'}"
    return open_store(address, wait_seconds=5), address


def add_repository(
    store: Store,
    name: str,
    *,
    quarters: int = 9,
    seed: int = 1,
    is_example: bool = False,
    web: str | None = "https://github.com/northwind/ranking",
    partial: Sequence[str] = (),
    hostile: bool = False,
    versions: Sequence[str] = (),
    attestations: Sequence[Attestation] = (),
) -> tuple[int, list[int]]:
    """A repository with a snapshot a quarter, the last of them a scan with files and branches. Its id, and theirs.

    `versions` are the scoring versions of the first snapshots; all others have this program's.
    """
    drawn = random.Random(seed)
    starts = {c.definition.name: drawn.uniform(0.1, 0.6) for c in discover()}
    drifts = {name: drawn.uniform(-0.04, 0.05) for name in starts}
    with store.writing() as connection:
        source = f"/src/{name}"
        repository_id = ensure_repository(
            connection, source, name, is_example=is_example, web=web, default_branch="main"
        )
        ids = []
        for number in range(quarters):
            is_last = number == quarters - 1
            at = NOW - (quarters - 1 - number) * QUARTER
            shares = {name: max(0.01, start + drifts[name] * number) for name, start in starts.items()}
            found = list(signals(shares, missing="truck_factor" if partial else "", hostile=hostile))
            version = versions[number] if number < len(versions) else SCORING_VERSION
            identity = Identity(f"{at:040x}", at, collectors=(("history", "1"),), scoring_version=version)
            files = tree(hostile=hostile) if is_last else None
            ids.append(
                save_snapshot(
                    connection,
                    repository_id,
                    NewSnapshot(
                        identity,
                        NOW,
                        signals=found,
                        answers=list(answers(score(found, identity))),
                        boxes=boxes_of(tree()),
                        files=files,
                        branches=branches(seed, hostile=hostile) if is_last else None,
                        findings=places(hostile=hostile) if is_last else (),
                        attestations=attestations if is_last else (),
                        partial=partial if is_last else (),
                        is_backfill=not is_last,
                        pictures=drawn_from(),
                    ),
                )
            )
    return repository_id, ids


def drawn_from() -> Pictures:
    """A year of changes, and two cohorts of newcomers."""
    monday = week_of(NOW)
    weeks = tuple(Week(monday - (51 - n) * WEEK, n % 2, n % 3, n % 4) for n in range(52))
    newcomers = tuple(
        Point(cohort, change, week, 9 - number, round(week * (2 - number) / (50 * change), 4))
        for number, cohort in enumerate(("began in the last 12 months", "began 13 to 24 months ago"))
        for change in STEPS
        for week in range(27)
    )
    return Pictures(weeks, True, newcomers)


def add_empty_repository(store: Store, name: str) -> int:
    """One without a commit: every signal is unknown."""
    reason = "the repository has no commits"
    found = [Signal(c.definition, Measurement.unknown(reason)) for c in discover()]
    identity = Identity("", NOW, missing=("The repository has no commits.",))
    with store.writing() as connection:
        repository_id = ensure_repository(connection, f"/src/{name}", name)
        snapshot = NewSnapshot(
            identity,
            NOW,
            signals=found,
            answers=list(answers(score(found, identity))),
            partial=["The repository has no commits: there is nothing to measure yet."],
        )
        save_snapshot(connection, repository_id, snapshot)
    return repository_id


def signals(shares: dict[str, float], *, missing: str, hostile: bool) -> Iterable[Signal]:
    """Every signal that there is, measured from a share between 0 and 1, with evidence."""
    for collector in discover():
        definition = collector.definition
        if definition.name == missing:
            yield Signal(definition, Measurement.unknown("the clone is shallow: fetch the whole history"))
            continue
        if definition.status is ASK:
            yield Signal(definition, Measurement.asked())
            continue
        share = shares[definition.name]
        is_share = definition.unit.startswith("share")
        value = share if is_share else round(share * 2) / 2 if definition.unit == LEVEL else round(share * 40)
        subject = HOSTILE if hostile else "features/joins.py"
        evidence = (
            Evidence(subject, "file", value, "" if is_share else "a note on this file", line=12),
            Evidence("exp/focal-loss", "branch", None, "silent since spring"),
            Evidence("4f2a" * 10, "commit", None, HOSTILE if hostile else "brought it in"),
        )
        details = (("lower quartile", share * 10),) if not is_share else ()
        counted = tally(places_of(definition, hostile=hostile)) if definition.rule else None
        yield Signal(definition, Measurement(value, 96, evidence, seen=412, total=420, details=details, tally=counted))


PLACES = {
    "fixed_thresholds": 120,
    "local_paths": 30,
    "scale_toggles": 40,
    "self_admitted_debt_flow": 4,
    "unseeded_randomness": 3,
}
"""How many places signals hand over; all others none."""


def places(*, hostile: bool) -> list[Finding]:
    """Findings of all signals, in the order in which a scan keeps them."""
    found = [row for c in discover() for row in places_of(c.definition, hostile=hostile)]
    return sorted(found, key=lambda row: -row.weight)


def places_of(definition: Definition, *, hostile: bool) -> list[Finding]:
    """Findings of one signal. Of the first file one is accepted; of the second, an acceptance ran out."""
    if definition.rule is None:
        return []
    spots = [
        Spot(
            HOSTILE if hostile else f"serving/rank_{number:03}.py",
            number + 10,
            HOSTILE if hostile else f"if score > 0.{number:03}:",
            symbol=HOSTILE if hostile else "Ranker.decide",
            end_line=number + 12 if number == 5 else None,
            note=HOSTILE if hostile else "a score is compared with a number",
        )
        for number in range(PLACES.get(definition.name, 0))
    ]
    owner = HOSTILE if hostile else "ranking-team"
    accepted = [
        Acceptance("*", spots[0].path if hostile else "serving/rank_000.py", Reason.INTENDED, owner, "2027-03-31")
        for _ in spots[:1]
    ] + [Acceptance("*", "serving/rank_001.py", Reason.TEST_DATA, owner, "2026-03-31")]
    changes = {f"serving/rank_{number:03}.py": 119 - number for number in range(119)}
    return judged(findings(definition.rule, spots), accepted, "2026-11-24", changes.get, lambda _: "")


def answers(card: Scorecard) -> Iterable[AnswerRow]:
    for answer in card.answers:
        lead = answer.lead
        best, worst = answer.interval or (None, None)
        yield AnswerRow(
            answer.question.id,
            card.identity.scoring_version,
            answer.letter,
            best,
            worst,
            answer.seen,
            answer.total,
            lead.name if lead else None,
            lead.measurement.value if lead else None,
        )


def tree(*, hostile: bool = False) -> Files:
    rows = [
        File(
            path=f"{place}/part_{number:02}.py",
            oid=f"{number:040x}",
            size=1_000,
            kind=FileKind.TEST if place is Place.TESTS else FileKind.CODE,
            place=place,
            summary=Summary(code=lines + number, language="Python"),
        )
        for place, (files, lines) in SIZES.items()
        for number in range(files)
    ]
    if hostile:
        summary = Summary(code=9_000, language="Python")
        rows.append(File(HOSTILE, "0" * 40, 1, FileKind.CODE, Place.ML_CODE, summary))
    return Files(tuple(sorted(rows)), f"{NOW:040x}", NOW)


def branches(seed: int, *, hostile: bool = False, number: int = 72) -> Branches:
    drawn = random.Random(seed)
    ideas = ("focal-loss", "multi-task", "new-negatives", "calib-v2", "moe-head", "longer-history", "two-tower")
    rows = []
    for i in range(number):
        first = NOW - drawn.randrange(20, 850) * DAY
        last = min(NOW - DAY, first + drawn.randrange(1, 120) * DAY)
        is_merged = drawn.random() < 0.45
        rows.append(
            Branch(
                name=f"exp/{drawn.choice(ideas)}-{i:02}",
                tip=f"{i + 1:040x}",
                last_at=last,
                ahead=0 if is_merged else drawn.randrange(1, 40),
                behind=drawn.randrange(0, 700),
                first_at=first,
                merged=Merged.SQUASH if is_merged else Merged.NO,
                merged_at=last + DAY if is_merged else None,
            )
        )
    rows.append(Branch("release/1.2", "a" * 40, NOW - 300 * DAY, 3, 200, is_release=True))
    rows.append(Branch("pull/12", "b" * 40, NOW - 2 * DAY, 3, 2, kind=BranchKind.PULL, first_at=NOW - 9 * DAY))
    if hostile:
        rows.append(Branch(HOSTILE, "c" * 40, NOW - 400 * DAY, 1, 900, first_at=NOW - 410 * DAY))
    return Branches(tuple(sorted(rows)), NOW)
