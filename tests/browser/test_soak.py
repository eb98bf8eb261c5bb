"""Twenty open tabs while scans run: memory stays flat and nothing fails. MLDEBT_SOAK_SECONDS is how long, ten minutes
without it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest

from benchmarks.browsing import served
from tests.browser.conftest import Visitor
from tests.dashboard_by_hand import add_repository, empty_store

pytestmark = [pytest.mark.soak, pytest.mark.browser]

TABS = 20
PAGES = ("scorecard", "debts", "data", "branches", "configuration", "onboarding", "portfolio", "activity", "settings")
WARM_UP = 0.3
"""Of the time: caches fill until then."""
MAY_GROW = 1.1


def megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def test_twenty_tabs_stay_open_while_scans_run(browser: Any, tmp_path: Path) -> None:
    seconds = float(os.environ.get("MLDEBT_SOAK_SECONDS", "600"))
    store, address = empty_store(tmp_path)
    for number in range(8):
        add_repository(store, f"northwind/system-{number}", seed=number)
    store.close()
    environment = os.environ | {"MLDEBT_HOME": str(tmp_path), "DATABASE_URL": address, "MLDEBT_WEEKLY": "off"}
    chance, taken, memory = random.Random(1), [], []
    with served(address, tmp_path) as server:
        tabs = [Visitor(browser, server.address) for _ in range(TABS)]
        for number, tab in enumerate(tabs):
            tab.open(f"/scorecard?repo=northwind%2Fsystem-{number % 8}")
        scan = _scan(environment)
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < seconds:
            if scan.poll() is not None:
                assert scan.returncode == 0
                scan = _scan(environment)
            start = time.monotonic()
            chance.choice(tabs).open(f"/{chance.choice(PAGES)}?repo=northwind%2Fsystem-{chance.randrange(8)}")
            taken.append(time.monotonic() - start)
            if passed > WARM_UP * seconds:
                memory.append(megabytes(server.process.pid))
        assert scan.wait(120) == 0
        for tab in tabs:
            tab.context.close()
            assert not tab.errors
            assert not tab.outside
    tenth = quantiles(taken, n=10)[-1]
    print(  # noqa: T201
        f"{len(taken):,} pages in {seconds:.0f} s, {TABS} tabs, {len(memory)} looks at memory: median "
        f"{median(taken):.2f} s, nine in ten within {tenth:.2f} s; server {memory[0]:.0f} to {memory[-1]:.0f} MB"
    )
    third = max(1, len(memory) // 3)
    assert median(memory[-third:]) <= median(memory[:third]) * MAY_GROW


def _scan(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The example, built and scanned anew beside the server."""
    shutil.rmtree(Path(environment["MLDEBT_HOME"]) / "example", ignore_errors=True)
    command = [sys.executable, "-m", "mldebt", "example"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
