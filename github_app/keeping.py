"""Deliveries written down together: the disk is waited for once for all that came, and nobody is passed over."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from mldebt.store.deliveries import Arrived, keep, verdict_of
from mldebt.store.engine import Store
from mldebt.store.errors import StoreError


@dataclass
class _Slip:
    arrived: Arrived
    is_done: bool = False
    before: str | None = None  # the verdict of the same delivery, where it came before
    trouble: StoreError | None = None


@dataclass
class Keeper:
    """For any number of threads."""

    deliveries: Store
    _pending: list[_Slip] = field(default_factory=list)
    _listing: threading.Lock = field(default_factory=threading.Lock)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, arrived: Arrived) -> str | None:
        """None once it is on the disk; where it came before, what was decided then. Raises StoreError."""
        mine = _Slip(arrived)
        with self._listing:
            self._pending.append(mine)
        with self._turn:  # whoever has it writes for all who wait
            if not mine.is_done:
                with self._listing:
                    some, self._pending = self._pending, []
                self._write(some)
        if mine.trouble is not None:
            raise mine.trouble
        return mine.before

    def _write(self, some: list[_Slip]) -> None:
        trouble: StoreError | None = StoreError("it was not written")  # unless it is
        try:
            with self.deliveries.writing() as connection:
                for slip in some:
                    if not keep(connection, slip.arrived):
                        slip.before = verdict_of(connection, slip.arrived.guid) or ""
            trouble = None
        except StoreError as error:
            trouble = error
        finally:
            for slip in some:
                slip.is_done, slip.trouble = True, trouble
