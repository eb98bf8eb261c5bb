"""What is printed: results on standard output, everything else on standard error, whatever these can show."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

from mldebt.failure import Failure
from scoring.report.text import visible

PIPED_WIDTH = 100
LONGEST = 2_000
"""Characters of a sentence that is told; names from a repository may be longer than a screen."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704  the error that is being handled; Rich would exit with the status of a failed gate


def stand_in_for_what_is_closed() -> None:
    """Who closed an output (`>&-`) wants none of it; nor may a file that is opened later take its number."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    while nowhere <= 2:
        nowhere = os.open(os.devnull, os.O_RDWR)
    os.close(nowhere)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def show_what_can_be_shown() -> None:
    """Let characters that an output's encoding lacks (LANG=C) be spelled out instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(*what: Any, **style: Any) -> None:
    """Print a result: what Rich can render."""
    with _read_as_far_as_wanted():
        _Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False).print(*what, **style)


def write(text: str) -> None:
    """Print a result as it stands, in UTF-8."""
    with _read_as_far_as_wanted():
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def warn(sentence: str) -> None:
    """Say on standard error, on one line, that the result is not all there is."""
    line = visible(sentence, LONGEST)
    Console(stderr=True).print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _read_as_far_as_wanted() -> Iterator[None]:
    """A reader that has seen enough (`| head`) is no error; a full disk is. Raises Failure."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        forget_the_rest()
    except OSError as error:
        forget_the_rest()
        raise Failure(f"the output cannot be written ({error.strerror}): make room, or write it elsewhere") from error


def forget_the_rest() -> None:
    """What is still buffered is not written when the program ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
