"""One thing that `mldebt doctor` looked at."""

from __future__ import annotations

from typing import NamedTuple


class Check(NamedTuple):
    name: str
    passed: bool | None  # None: it cannot be told
    says: str  # what was seen and, where it failed, what to do
