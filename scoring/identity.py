"""What the bytes of a scorecard depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from scoring.profile import NO_SCALES, Size

SCORING_VERSION = "3"
"""Raised when the same signals and scales give other answers. Trends break where it or the profile changes."""


@dataclass(frozen=True, slots=True)
class Identity:
    """All that the bytes of a scorecard depend on. Same identity, same bytes."""

    commit: str  # hex; empty where there is no commit
    as_of: int  # seconds since 1970 UTC
    refs: str = ""  # digest of the refs that were read; empty where they were not
    collectors: tuple[tuple[str, str], ...] = ()  # (collector, version), sorted
    missing: tuple[str, ...] = ()  # sentences: what could not be seen, sorted
    tracker: str = ""
    attestations: str = ""
    acceptances: str = ""
    profile: str = NO_SCALES  # which scales are in force
    scoring_version: str = SCORING_VERSION
    size: Size | None = None  # that it is compared by; None where it cannot be counted

    @property
    def spelled_out(self) -> str:
        """JSON with sorted keys. The size is told too, so that answers can be made again from stored signals."""
        return _spelled(asdict(self) if self.size else self._without_size)

    @property
    def digest(self) -> str:
        """Of all but the size, which follows from the rest."""
        return hashlib.sha256(_spelled(self._without_size).encode("utf-8", "backslashreplace")).hexdigest()

    @property
    def _without_size(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "size"}

    @classmethod
    def read(cls, spelled_out: str) -> Identity:
        """The identity that was spelled out."""
        read = json.loads(spelled_out)
        read["collectors"] = tuple((name, version) for name, version in read["collectors"])
        read["missing"] = tuple(read["missing"])
        if "size" in read:
            read["size"] = Size(*read["size"])
        return cls(**read)


def _spelled(parts: dict[str, Any]) -> str:
    return json.dumps(parts, sort_keys=True, ensure_ascii=False)
