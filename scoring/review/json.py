"""A review as JSON: `schemas/review-1.json`. The same review gives the same bytes."""

from __future__ import annotations

from scoring.report.json import written
from scoring.review.record import SCHEMA, Record, digest, record_value


def review_json(record: Record) -> str:
    """One JSON object, two spaces deep, ending with a newline. `digest` is that under which a closed review is kept."""
    head = {"$schema": SCHEMA, "schema_version": 1, "digest": digest(record) if record.closed else None}
    return written(head | record_value(record))
