"""`mldebt`: exit 0 done (also partial, said loudly), 2 the tool failed, 130 interrupted."""

from __future__ import annotations

import sys

from collectors.git.errors import CollectError
from mldebt.cli.commands import app
from mldebt.failure import Failure
from mldebt.settings import SettingsError
from mldebt.store.errors import StoreError

__all__ = ["main"]


def main() -> None:
    """Run one command. What a person can mend is one sentence on standard error; a bug keeps its traceback."""
    import click

    try:
        status = app(standalone_mode=False)
    except (CollectError, StoreError, SettingsError, Failure) as error:
        sys.exit(_failed(str(error)))
    except click.exceptions.Abort:
        sys.exit(_interrupted())
    except KeyboardInterrupt:
        sys.exit(_interrupted())
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status or 0)


def _failed(sentence: str) -> int:
    print(f"mldebt: {sentence}", file=sys.stderr)  # noqa: T201
    return 2


def _interrupted() -> int:
    print("mldebt: interrupted; what was stored is whole, and the next run goes on from there", file=sys.stderr)  # noqa: T201
    return 130
