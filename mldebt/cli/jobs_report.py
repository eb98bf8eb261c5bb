"""How jobs stand, as text for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from mldebt.jobs.listing import Job, Listing, State
from scoring.report.text import visible

SCHEMA = "urn:mldebt:jobs:1"
NOTHING = "No jobs. `mldebt jobs scan --all` asks for a scan of every stored repository."
_SINCE = {State.RUNNING: "since", State.WAITING: "asked for", State.FAILED: "ended", State.DONE: "ended"}


def jobs_text(found: Listing) -> RenderableType:
    if not any(found.counts.values()):
        return Text(NOTHING)
    shown: list[RenderableType] = [Text(headline(found.counts), "bold")]
    for state in State:
        jobs = found.of(state)
        if jobs:
            shown.append(Text(f"\n{state.value.capitalize()}: {found.counts[state]:,}", "bold"))
            shown += _lines(jobs)
        if len(jobs) < found.counts[state]:
            shown.append(Text(f"· and {found.counts[state] - len(jobs):,} more"))
    if found.counts[State.FAILED]:
        shown.append(Text("\n`mldebt jobs retry ID` or `mldebt jobs retry --all` tries again", "dim"))
    return Group(*shown)


def headline(counts: Mapping[State, int]) -> str:
    return ", ".join(f"{counts[state]:,} {state.value}" for state in State) + "."


def _lines(jobs: Iterable[Job]) -> Iterator[RenderableType]:
    for job in jobs:
        reason = f", {visible(job.reason)}" if job.reason else ""
        again = f", begun {job.attempts:,} times" if job.attempts > 1 else ""
        when = f"{_SINCE[job.state]} {_minute(job.since)}"
        yield Text(f"· {job.kind} {visible(job.title)}  ({when}{reason}{again})")
        if job.why is not None:
            yield Text(f"    {visible(job.why, 500)}")
            yield Text(f"    {visible(job.id, 200)}", "dim")


def _minute(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


def jobs_json(found: Listing) -> str:
    """schemas/jobs-1.json"""
    whole = {
        "$schema": SCHEMA,
        "schema_version": 1,
        "counts": {state.value: found.counts[state] for state in State},
        "jobs": [_object(job) for job in found.jobs],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _object(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "title": job.title,
        "state": job.state.value,
        "since": datetime.fromtimestamp(job.since, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "reason": job.reason or None,
        "begun": job.attempts,
        "why": job.why,
    }
