"""Deliveries asked for instead of waited for: for a machine that GitHub does not reach.

GitHub tries to deliver all the same, and keeps what it could not for three days. Each goes the way of one that came.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from github_app.carrying import Places, carry_out
from github_app.client import Door
from github_app.keeping import Keeper
from github_app.port import GitHubFailed
from github_app.receiving import ACCEPTED, receive
from github_app.routing import Own
from github_app.sent import KEPT_SECONDS, Sent, attempts, fetched
from mldebt.app_access import AppAccess
from mldebt.store.deliveries import verdict_of

OVERLAP_SECONDS = 3_600.0
"""Looked at again each time: a delivery may be listed a little after others that are younger."""


class Polled(NamedTuple):
    taken: int = 0  # that were not known
    refused: int = 0  # whose signature is not of this App's secrets, or that cannot be read


def look(door: Door, access: AppAccess, places: Places, since: float) -> Polled:
    """Take all that was delivered since a moment and is not known yet, the oldest first; then carry it out.

    Raises GitHubFailed, or StoreError; what was taken by then is taken.
    """
    own, keeper = Own(access.app_id, access.bot), Keeper(places.deliveries)
    taken = refused = 0
    for one in _unknown(door, places, since):
        delivered = fetched(door, one, access.webhook_secrets)
        if delivered is None:
            refused += 1
            continue
        answer = receive(delivered, access.webhook_secrets, own, keeper, int(one.at * 1_000_000))
        taken, refused = taken + (answer.status == ACCEPTED), refused + (answer.status != ACCEPTED)
    carry_out(places)
    return Polled(taken, refused)


def _unknown(door: Door, places: Places, since: float) -> list[Sent]:
    """Of each delivery one attempt."""
    rows = {row.guid: row for row in attempts(door, since)}
    with places.deliveries.reading() as connection:
        new = [row for row in rows.values() if verdict_of(connection, row.guid) is None]
    return sorted(new, key=lambda row: (row.at, row.id))


def go_on(
    turn: Callable[[float], Polled],
    told: Callable[[str], None],
    wait: Callable[[], bool],
    clock: Callable[[], float] = time.time,
) -> None:
    """Look until `wait` says that it is over, first at all that GitHub keeps.

    Where GitHub fails it is said once, and the next look sees to what this one did not.
    """
    since, failed, refused = clock() - KEPT_SECONDS, "", 0
    while True:
        begun = clock()
        try:
            found = turn(since)
        except GitHubFailed as error:
            if str(error) != failed:
                told(str(error))
            failed = str(error)
        else:
            since, failed = max(since, begun - OVERLAP_SECONDS), ""
            if found.taken:
                told(f"{found.taken:,} {'delivery' if found.taken == 1 else 'deliveries'} taken")
            if found.refused and found.refused != refused:
                told(f"{found.refused:,} not taken: not signed by this App's webhook secret, or not readable")
            refused = found.refused
        if wait():
            return
