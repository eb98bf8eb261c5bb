"""The profiles of scales that ship with the product: data in `scoring/calibration`, passed to `score()`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import scoring
from scoring.profile import NONE, Profile

CALIBRATION = Path(scoring.__file__).with_name("calibration")
CURRENT = "profile.json"
"""The one that scans judge by. Earlier ones stay beside it, as `profile-NAME.json`: stored snapshots name theirs."""


def shipped() -> Profile:
    """The profile that scans judge by; the one without scales where none is shipped."""
    return _read(CALIBRATION / CURRENT)


def profile_called(name: str) -> Profile:
    """The profile that an identity names; the one without scales where it is not at hand (`score` then says so)."""
    return next((profile for profile in _at_hand() if profile.id == name), NONE)


def is_at_hand(name: str) -> bool:
    """Whether letters by the profile that an identity names can be made again."""
    return profile_called(name).id == name


def _at_hand() -> list[Profile]:
    return [_read(path) for path in sorted(CALIBRATION.glob("profile*.json"))]


@cache
def _read(path: Path) -> Profile:
    return Profile.read(path.read_text("utf-8")) if path.is_file() else NONE
