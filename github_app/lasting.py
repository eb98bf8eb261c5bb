"""For how long a session lasts, and what GitHub told of its person. Pure.

All of it is told by the clock as it is now: what is from later than now is of a clock that went back, and counts for
nothing.
"""

from __future__ import annotations

from mldebt.store.sessions import Begun

HOLDS = 600
"""Seconds that what GitHub told holds, whatever happens."""
ASKED_AFTER = 480
"""Seconds after which it is asked again: a GitHub that fails for a moment then takes nothing away."""
LIVES, IDLE = 8 * 3_600, 2 * 3_600
"""Seconds of a session: at most, and without a page being looked at."""
SKEW = 60
"""Seconds by which the clocks of two servers may differ."""


def is_open(begun: Begun, now: int) -> bool:
    return begun.began_at - SKEW <= now < min(begun.ends_at, begun.seen_at + IDLE)


def holds(begun: Begun, now: int) -> bool:
    """What GitHub told."""
    return _told_at(begun) - SKEW <= now < begun.granted_until


def is_due(begun: Begun, now: int) -> bool:
    """Whether GitHub is to be asked again."""
    return not _told_at(begun) - SKEW <= now < _told_at(begun) + ASKED_AFTER


def _told_at(begun: Begun) -> int:
    return begun.granted_until - HOLDS
