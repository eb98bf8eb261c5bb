"""Write the next migration, from what differs between the tables and the newest one."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from mldebt.store.engine import open_store
from mldebt.store.migrations import configuration


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'new.db'}")
        with store.engine.connect() as connection:
            config = configuration(connection)
            scripts = ScriptDirectory.from_config(config)
            number = f"{1 + len(list(scripts.walk_revisions())):04}"
            command.revision(config, message, autogenerate=True, rev_id=number)
        store.close()


if __name__ == "__main__":
    main(sys.argv[1])
