"""`make run` after installation: the example built, scanned, and its scorecard printed."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.harness import ROUNDS, Figure, cpu_seconds, report


def figures() -> Iterator[Figure]:
    """Each round starts with nothing stored. Seconds on the wall, since that is what a person waits for."""
    walls, processor = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            began = time.monotonic()
            processor.append(cpu_seconds(lambda home=home: _example(home)))  # type: ignore[misc]
            walls.append(time.monotonic() - began)
    note = f"median of {ROUNDS}; {statistics.median(processor):.2f} s CPU"
    yield Figure("example built, scanned and printed", statistics.median(walls), "s", "≤ 20", note)


def _example(home: str) -> None:
    environment = {**os.environ, "MLDEBT_HOME": home, "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-m", "mldebt", "example"], env=environment, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    sys.exit(0 if report(figures(), "--json" in sys.argv) else 1)
