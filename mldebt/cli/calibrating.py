"""How a calibration went, printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mldebt.cli.output import say, warn
from mldebt.failure import Failure
from scoring.wording import worded


def print_outcomes(outcomes: Sequence[tuple[str, str]], out: Path) -> None:
    """Raises Failure where nothing was measured."""
    failed = [(repository, why) for repository, why in outcomes if why != "measured"]
    for repository, why in failed:
        warn(f"{repository}: {why}")
    measured = len(outcomes) - len(failed)
    if not measured:
        raise Failure("no repository of the list was measured: each has its reason above")
    of = worded(len(outcomes), "repository", "repositories")
    say(f"{measured:,} of {len(outcomes):,} {of} measured: {out}", markup=False, soft_wrap=True)
