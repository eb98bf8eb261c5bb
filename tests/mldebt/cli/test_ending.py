"""What runs until it is told to end: told once or twice, by a person, by the system or by its database."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from mldebt.cli.ending import told_to_end
from mldebt.failure import Failure


def test_ctrl_c_is_noted_and_comes_after_the_tidying() -> None:
    before = signal.getsignal(signal.SIGINT)
    done: list[bool] = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012, SIM117
        with told_to_end() as told:
            signal.raise_signal(signal.SIGINT)
            done.append(told.wait())
            signal.raise_signal(signal.SIGINT)  # the tidying is not cut short
            done.append(told.wait(0))
    assert done == [True, True]
    assert signal.getsignal(signal.SIGINT) is before


def test_who_is_ended_by_the_system_ends_by_its_signal() -> None:
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    try:
        with told_to_end() as told:
            signal.raise_signal(signal.SIGTERM)
            assert told.wait()
            assert came == []
        assert came == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_signal_that_another_thread_got_ends_the_wait_too() -> None:
    with pytest.raises(KeyboardInterrupt), told_to_end() as told:  # noqa: PT012
        threading.Timer(0.1, lambda: told.by(signal.SIGINT, None)).start()
        assert told.wait()


def test_a_database_that_let_go_is_told_and_a_wait_has_an_end() -> None:
    with pytest.raises(Failure, match="broke off the connection"), told_to_end() as told:  # noqa: PT012
        begun = time.monotonic()
        assert not told.wait(0.3)
        assert time.monotonic() - begun >= 0.3
        told.lost()
        assert told.wait()


def test_what_fails_within_is_told_first() -> None:
    with pytest.raises(OSError, match="disk"), told_to_end() as told:  # noqa: PT012
        told.lost()
        raise OSError("disk")
