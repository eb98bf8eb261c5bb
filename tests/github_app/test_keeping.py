"""Many deliveries at once: each is kept, once, and who waits hears of what becomes of it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from github_app.carrying import Places
from github_app.keeping import Keeper
from mldebt.store.deliveries import Arrived, tally
from mldebt.store.engine import open_store
from mldebt.store.errors import StoreError


def arrived(number: int) -> Arrived:
    return Arrived(f"g-{number}", "push", number, f"verdict {number}")


def test_of_many_at_once_each_is_kept_and_only_one_of_those_that_are_the_same(places: Places) -> None:
    keeper = Keeper(places.deliveries)
    with ThreadPoolExecutor(20) as pool:
        found = list(pool.map(lambda number: (number, keeper.keep(arrived(number))), [*range(100), *range(100)]))
    assert sum(before is None for _, before in found) == 100
    assert {before for number, before in found if before is not None} == {f"verdict {number}" for number in range(100)}
    assert all(before in (None, f"verdict {number}") for number, before in found)
    with places.deliveries.reading() as connection:
        assert tally(connection).kept == 100


def test_what_came_meanwhile_is_written_in_one_transaction(places: Places) -> None:
    keeper = Keeper(places.deliveries)
    with ThreadPoolExecutor(20) as pool:
        with places.deliveries.writing():
            waiting = [pool.submit(keeper.keep, arrived(number)) for number in range(20)]
            end = time.monotonic() + 60
            while len(keeper._pending) < 19:  # the first waits for the database, the others for it
                assert time.monotonic() < end
                time.sleep(0.01)
        assert [one.result() for one in waiting] == [None] * 20


def test_everybody_who_waits_hears_that_the_store_is_down(places: Places) -> None:
    with closing(open_store(f"sqlite:///{places.deliveries.place}", wait_seconds=0.05)) as impatient:
        keeper = Keeper(impatient)
        with places.deliveries.writing(), ThreadPoolExecutor(5) as pool:
            waiting = [pool.submit(keeper.keep, arrived(number)) for number in range(5)]
            for one in waiting:
                with pytest.raises(StoreError, match="locked"):
                    one.result()
        assert keeper.keep(arrived(1)) is None


def test_nobody_is_told_that_it_is_kept_where_something_else_fails(places: Places) -> None:
    keeper = Keeper(places.deliveries)
    odd = arrived(1)._replace(received_us=1 << 70)  # no row holds that
    errors: list[BaseException] = []

    def told(number: int) -> None:
        try:
            keeper.keep(odd if number == 0 else arrived(number))
        except Exception as error:  # noqa: BLE001  whatever it is
            errors.append(error)

    with places.deliveries.writing():
        threads = [threading.Thread(target=told, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        end = time.monotonic() + 60
        while len(keeper._pending) < 2:
            assert time.monotonic() < end
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    with places.deliveries.reading() as connection:
        assert tally(connection).kept + len(errors) == 3
    assert sum(isinstance(error, OverflowError) for error in errors) == 1
