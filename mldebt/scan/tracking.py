"""What a tracker says of a repository, and why it says nothing."""

from __future__ import annotations

from typing import NamedTuple

from collectors.facts.branches import Branches
from collectors.facts.change_requests import ChangeRequests, OpenRequests, open_requests
from collectors.facts.issues import Issues
from collectors.facts.missing import Missing

NOT_ASKED = Missing("no tracker was asked: scan with --tracker, and a token in GITHUB_TOKEN")
OF_TODAY = Missing("the tracker is looked at for the newest commit alone")


class Tracked(NamedTuple):
    """What a tracker said."""

    requests: ChangeRequests | Missing
    issues: Issues | Missing
    sentences: tuple[str, ...] = ()  # what it could not say
    digest: str = ""  # of all that it said

    def waiting(self, seen: Branches | Missing) -> OpenRequests | Missing:
        """Open requests: the tracker knows better than refs do."""
        if isinstance(self.requests, ChangeRequests):
            return open_requests(self.requests)
        return seen if isinstance(seen, Missing) else open_requests(seen)


PAST = Tracked(OF_TODAY, OF_TODAY)
UNASKED = Tracked(NOT_ASKED, NOT_ASKED)
