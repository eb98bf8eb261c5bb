"""Processes that take too long, take too much, or die: each is told, and the others go on."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from mldebt.calibration.measuring import Limits, Order
from mldebt.calibration.workers import worked
from mldebt.memory import peak_bytes

LIMITS = Limits(seconds=60, megabytes=100, memory=2_000)


def deed(order: Order) -> Mapping[str, Any]:
    """What a worker is to do stands in its source."""
    if order.source == "hang":
        Path(order.home).write_text(str(os.getpid()))
        time.sleep(600)
    while order.source == "spin":
        pass
    if order.source == "die":
        os._exit(3)
    if order.source == "hoard":
        held = bytearray(600 << 20)
        held[::4_096] = b"x" * len(held[::4_096])
        time.sleep(30)
    return {"outcome": order.source}


def order(source: str, limits: Limits = LIMITS, home: str = "") -> Order:
    return Order(source, source, home, "", limits)


def outcomes(*orders: Order, jobs: int = 2) -> dict[str, str]:
    return {one.repository: found["outcome"] for one, found in worked(orders, jobs, deed)}


def is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def test_one_that_hangs_is_ended_and_the_others_go_on(tmp_path: Path) -> None:
    home = tmp_path / "pid"
    begun = time.monotonic()
    hangs = order("hang", LIMITS._replace(seconds=5), str(home))
    assert outcomes(hangs, order("a"), order("b")) == {
        "hang": "failed: it takes more than 5 seconds",
        "a": "a",
        "b": "b",
    }
    assert time.monotonic() - begun < 60
    assert not is_alive(int(home.read_text()))


def test_one_that_spins_is_ended_by_the_time_that_it_took() -> None:
    found = outcomes(order("spin", LIMITS._replace(seconds=2)), order("a"))
    assert found == {"spin": "failed: it takes more than 2 seconds", "a": "a"}


def test_one_that_dies_is_told_by_its_status() -> None:
    assert outcomes(order("die"), order("a"), jobs=1) == {"die": "failed: its process ended with status 3", "a": "a"}


def test_one_that_hoards_memory_is_ended() -> None:
    found = outcomes(order("hoard", LIMITS._replace(memory=500)), order("a"))
    assert found == {"hoard": "failed: it takes more than 500 MB of memory", "a": "a"}


def test_what_the_process_holds_that_began_them_is_not_theirs() -> None:
    held = bytearray(600 << 20)
    held[::4_096] = b"x" * len(held[::4_096])
    (_, found), *_ = worked([order("a", LIMITS._replace(memory=500))], 1, deed)
    assert found["outcome"] == "a"
    assert found["megabytes"] < 500
    assert peak_bytes() > len(held)


def test_what_each_took_is_told() -> None:
    (_, found), *_ = worked([order("a")], 1, deed)
    assert 0 <= found["seconds"] < 30
    assert 10 < found["megabytes"] < 2_000


def test_whoever_stops_asking_leaves_no_process_behind(tmp_path: Path) -> None:
    home = tmp_path / "pid"
    going_on = worked([order("hang", home=str(home)), order("a"), order("b")], 2, deed)
    next(going_on)
    end = time.monotonic() + 30
    while not home.exists() and time.monotonic() < end:
        time.sleep(0.05)
    pid = int(home.read_text())
    assert is_alive(pid)
    going_on.close()  # type: ignore[attr-defined]
    assert not is_alive(pid)
