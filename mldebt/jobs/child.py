"""One scan in a process of its own, which can be ended from outside: `python -m mldebt.jobs.child REPOSITORY`.

It says how it went as one line of JSON, and dies with the process that began it: that one holds the other end of its
standard input, which the system closes whatever ends that process.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import closing, suppress

from collectors.git.errors import CollectError
from mldebt.failure import Failure
from mldebt.jobs.family import die_with_the_parent
from mldebt.scan import Wanted, scan
from mldebt.settings import SettingsError, make_home, read_settings
from mldebt.store.engine import open_store
from mldebt.store.errors import StoreError
from mldebt.store.reading import repositories
from scoring.finding.masking import masked
from scoring.report.text import visible

PATIENT = 3_600.0  # seconds, for another scan that writes to SQLite
LONGEST = 500


def main() -> None:
    threading.Thread(target=die_with_the_parent, daemon=True).start()
    with suppress(OSError):
        os.nice(5)
    try:
        said = _scanned(int(sys.argv[1]))
    except (CollectError, StoreError, SettingsError, Failure) as error:
        said = {"failed": masked(visible(str(error), LONGEST))}
    print(json.dumps(said), flush=True)  # noqa: T201


def _scanned(repository_id: int) -> dict[str, object]:
    settings = read_settings(os.environ)
    make_home(settings)
    with closing(open_store(settings.database_url, wait_seconds=PATIENT)) as store:
        with store.reading() as connection:
            row = next((row for row in repositories(connection) if row.id == repository_id), None)
        if row is None:
            raise Failure("the repository is not in the store any more: scan it again")
        found = scan(Wanted(row.source, is_example=row.is_example), store, settings, lambda *_: None)
    identity = found.card.identity
    return {"snapshot": found.snapshot_id, "commit": identity.commit, "partial": len(identity.missing)}


if __name__ == "__main__":
    main()
