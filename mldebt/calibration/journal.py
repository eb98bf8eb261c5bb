"""What was measured so far: a line for each repository, added as soon as it is known."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from mldebt.failure import Failure

TOO_MUCH = "too_much"
"""Names, in what was found, the bound that a repository went beyond."""


class Known(NamedTuple):
    """The last that is known of a repository."""

    versions: str  # digest of those of all collectors
    bounds: tuple[int, int]  # seconds and megabytes that it was given
    found: Mapping[str, Any]

    @property
    def commit(self) -> str:
        return str(self.found.get("commit", ""))

    @property
    def is_too_much(self) -> bool:
        """It failed by its bounds: within the same ones it will again."""
        return TOO_MUCH in self.found


class Journal:
    """A file of lines of JSON that only grows. A line that was cut short is passed over."""

    def __init__(self, path: Path) -> None:
        self.known: dict[str, Known] = {}
        try:
            self._file = path.open("a+b")
        except OSError as error:
            raise Failure(f"{path} cannot be written ({error.strerror}): give another --out") from None
        self._file.seek(0)
        lines = self._file.read().split(b"\n")
        for line in lines:
            with suppress(ValueError, KeyError, TypeError):
                row = json.loads(line)
                self._keep(row["repository"], row["versions"], row["bounds"], row["found"])
        if lines[-1]:
            self._file.write(b"\n")

    def add(self, repository: str, versions: str, bounds: tuple[int, int], found: Mapping[str, Any]) -> None:
        """On the disk when this returns."""
        row = {"repository": repository, "versions": versions, "bounds": bounds, "found": found}
        self._file.write(json.dumps(row, sort_keys=True).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._keep(repository, versions, bounds, found)

    def close(self) -> None:
        self._file.close()

    def _keep(self, repository: str, versions: str, bounds: Sequence[int], found: Mapping[str, Any]) -> None:
        seconds, megabytes = bounds
        if "outcome" in found:
            self.known[repository] = Known(str(versions), (seconds, megabytes), dict(found))
