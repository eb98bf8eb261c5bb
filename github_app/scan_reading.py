"""A hosted repository scanned in a process of its own: `python -m github_app.scan_reading`, told what by one line.

It sees the token of one repository, which comes with that line, and no other secret. The token ends after an hour: what
the tracker was not asked by then the next scan asks.
"""

from __future__ import annotations

import json
import os
import resource
import threading
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from collectors.git.errors import CollectError
from collectors.git.remote import Bounds, Remote
from collectors.git.repository import Repository
from collectors.git.tree import Tree, entries_at
from collectors.git.whole import fetch_whole
from collectors.readers.policy import PLACES
from github_app.pull_reading import MOST_MEMORY, bounded, line
from mldebt.failure import Failure
from mldebt.jobs.child import PATIENT
from mldebt.jobs.family import die_with_the_parent
from mldebt.scan import Wanted, scan
from mldebt.scan.policies import policy_in
from mldebt.settings import Settings, SettingsError, TrackerAccess, make_home, read_settings
from mldebt.store.engine import open_store
from mldebt.store.errors import StoreError
from mldebt.store.hosted import source_of
from scoring.finding.masking import masked
from scoring.report.text import visible

_LONGEST_SENTENCE = 500


def main() -> None:
    told = line()
    threading.Thread(target=die_with_the_parent, daemon=True).start()
    os.nice(5)
    bounded(resource.RLIMIT_AS, MOST_MEMORY)
    try:
        said = scan_hosted(told, read_settings(os.environ))
    except (CollectError, StoreError, SettingsError, Failure) as error:
        said = {"failed": masked(visible(str(error), _LONGEST_SENTENCE))}
    except MemoryError:
        said = {"failed": "it takes more memory than a job may have"}
    print(json.dumps(said), flush=True)  # noqa: T201


def scan_hosted(told: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Raises CollectError, StoreError, or Failure."""
    make_home(settings)
    of, token = Remote(*told["hosted"]), str(told["token"])
    source = source_of(of.server, of.repository)
    opened = fetch_whole(of, source, token, settings.mirrors, Bounds(largest=int(told["largest"])))
    tracker = TrackerAccess(token, of.server, str(told["api"]))
    with closing(open_store(settings.database_url, wait_seconds=PATIENT)) as store:
        found = scan(Wanted(source, tracker=tracker, opened=opened), store, settings, lambda *_: None)
    identity = found.card.identity
    return {
        "snapshot": found.snapshot_id,
        "commit": identity.commit,
        "partial": len(identity.missing),
        "quarterly": _wants_issue(opened, identity.commit),
    }


def _wants_issue(opened: Repository, commit: str) -> bool:
    """Whether the team says so in its `mldebt.yml`."""
    if not commit:
        return False
    return policy_in(opened, Tree(entries_at(opened, commit, PLACES)))[0].quarterly_issue


if __name__ == "__main__":
    main()
