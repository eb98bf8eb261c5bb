"""A scan, printed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from mldebt.cli.here import settings_here, store_here
from mldebt.cli.options import Report
from mldebt.cli.output import say, warn, write

if TYPE_CHECKING:
    from mldebt.scan import Scan
    from scoring.finding import Finding


def print_scan(found: Scan, format: Report) -> None:  # noqa: A002
    from scoring.report.json import MOST_FINDINGS, scorecard_json
    from scoring.report.sarif import MOST, sarif_json
    from scoring.report.terminal import scorecard

    if format == "json":
        listed = _findings(found, MOST_FINDINGS)
        write(scorecard_json(found.card, found.name, listed, found.web, found.attestations, found.advice))
    elif format == "sarif":
        write(sarif_json(found.card, _findings(found, MOST), found.web))
    else:
        say(scorecard(found.card, found.title, found.earlier, found.attestations, found.advice))
    for sentence in found.card.identity.missing:
        warn(f"partial: {sentence}")


def _findings(found: Scan, limit: int) -> list[Finding]:
    """The heaviest findings of a snapshot."""
    from mldebt.store.findings import findings_of

    with closing(store_here(settings_here())) as store, store.reading() as connection:
        return [row.finding for row in findings_of(connection, found.snapshot_id, limit=limit)]
