"""`mldebt`: exit 0 done (also partial, said loudly), 2 the tool failed, 130 interrupted."""

from __future__ import annotations

import signal
import sys
from types import FrameType

from collectors.git.errors import CollectError
from mldebt.cli.commands import app
from mldebt.cli.output import LONGEST, show_what_can_be_shown
from mldebt.failure import Failure
from mldebt.logs import keep_secrets_out_of_logs
from mldebt.settings import SettingsError
from mldebt.store.errors import StoreError
from scoring.report.text import visible

__all__ = ["main"]


class _Interrupted(BaseException):
    """Ctrl-C. Not a KeyboardInterrupt, which the command parser would turn into exit status 1."""


def main() -> None:
    """Run one command. What a person can mend is one sentence on standard error; a bug keeps its traceback."""
    signal.signal(signal.SIGINT, _interrupt)
    show_what_can_be_shown()
    keep_secrets_out_of_logs()
    try:
        app()
    except (CollectError, StoreError, SettingsError, Failure) as error:
        _end(str(error), 2)
    except _Interrupted:
        _end("interrupted; what was stored is whole, and the next run goes on from there", 130)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)  # a second one must not cut the tidying short
    raise _Interrupted


def _end(sentence: str, status: int) -> None:
    print(f"mldebt: {visible(sentence, LONGEST)}", file=sys.stderr)  # noqa: T201
    sys.exit(status)
