"""`mldebt`: exit 0 done (also partial, said loudly), 1 a gate failed, 2 the tool failed, 130 interrupted."""

from __future__ import annotations

import signal
import sys
from errno import EDQUOT, ENOSPC
from types import FrameType

__all__ = ["main"]


class _Interrupted(BaseException):
    """Ctrl-C. Not a KeyboardInterrupt, which the command parser would turn into exit status 1."""


def main() -> None:
    """Run one command. What a person can mend is one sentence on standard error; a bug keeps its traceback."""
    signal.signal(signal.SIGINT, _interrupt)
    try:
        _run()
    except _Interrupted:
        _end("interrupted; what was stored is whole, and the next run goes on from there", 130)


def _run() -> None:
    # Imported here, so that whoever interrupts that is answered too.
    from collectors.git.errors import CollectError
    from mldebt.cli.commands import app
    from mldebt.cli.output import LONGEST, forget_the_rest, show_what_can_be_shown, stand_in_for_what_is_closed
    from mldebt.failure import Failure
    from mldebt.logs import keep_secrets_out_of_logs
    from mldebt.settings import SettingsError
    from mldebt.store.errors import StoreError
    from scoring.report.text import visible

    stand_in_for_what_is_closed()
    show_what_can_be_shown()
    keep_secrets_out_of_logs()
    output = sys.stdout
    try:
        app()
    except (CollectError, StoreError, SettingsError, Failure) as error:
        _end(visible(str(error), LONGEST), 2)
    except SystemExit:
        if sys.stdout is output:
            raise
        forget_the_rest()  # the parser puts another in its place where a reader of its help has seen enough: no error
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT):
            raise
        forget_the_rest()
        _end("there is no room left to write: make room on the disk, then run it again", 2)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not cut the tidying short
    raise _Interrupted


def _end(sentence: str, status: int) -> None:
    print(f"mldebt: {sentence}", file=sys.stderr)  # noqa: T201
    sys.exit(status)
