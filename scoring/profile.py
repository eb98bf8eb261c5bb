"""A profile: the scales that were made from a corpus of repositories, and which of them one repository is judged by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from scoring.signal import SCORE, Definition, Scale, Signal, Status

NO_SCALES = "default@1"
"""The id of the profile without scales."""

FEWEST_FILES = 3
"""Files of ML code: below this there is no system to compare, whatever its history."""


class Size(NamedTuple):
    """What a repository is compared by: counted facts of one commit."""

    commits: int  # that the commit reaches, itself among them
    ml_files: int  # files of code that touch ML, without notebooks and tests
    ml_notebooks: int  # notebooks that do

    @property
    def is_no_system(self) -> str:
        """Why there is nothing to compare, whatever the history; empty where there may be."""
        if self.ml_notebooks > self.ml_files:
            return "most of its ML code is in notebooks, as in a course or a study: there is no system to compare"
        if self.ml_files < FEWEST_FILES:
            return f"fewer than {FEWEST_FILES} files of ML code: there is no ML system to compare"
        return ""


class Stratum(NamedTuple):
    """Repositories of like size. Numbers are compared inside of it alone: most of them grow with size."""

    name: str
    least: int  # commits
    most: int | None  # commits; None: no end
    n: int  # repositories

    @property
    def words(self) -> str:
        return f"{self.least:,} commits or more" if self.most is None else f"{self.least:,} to {self.most:,} commits"


class Scored(NamedTuple):
    """The scale of one signal in one stratum. It holds for the version of the signal that it was made from."""

    version: int
    scale: Scale


@dataclass(frozen=True)
class Profile:
    """Scales by (signal, stratum). Without any no letter is made."""

    name: str = NO_SCALES
    made: str = ""  # day
    corpus: str = ""  # what the scales were made from
    strata: tuple[Stratum, ...] = ()  # by size, the smallest first
    scales: Mapping[tuple[str, str], Scored] = field(default_factory=dict)
    digest: str = ""  # of all of the above, as it was read

    @property
    def id(self) -> str:
        """As an identity names it. Another digest is another profile, whatever its name."""
        return f"{self.name}@{self.digest}" if self.digest else self.name

    @property
    def scored(self) -> frozenset[str]:
        """Signals that have a scale in some stratum."""
        return frozenset(name for name, _ in self.scales)

    def status_of(self, definition: Definition) -> Status:
        """SCORE where this profile has a scale of the signal, else what it says of itself."""
        scored = any(
            name == definition.name and one.version == definition.version for (name, _), one in self.scales.items()
        )
        return SCORE if scored else definition.status

    def stratum(self, size: Size) -> Stratum | None:
        rows = (row for row in self.strata if row.least <= size.commits and size.commits <= (row.most or size.commits))
        return next(rows, None)

    def why_not(self, size: Size | None) -> str:
        """Why a repository of this size gets no letter; empty where it may get some."""
        if not self.scales:
            unproven = f"on {self.corpus} no signal was proven to point the right way"
            return unproven if self.corpus else "no signal here has a calibrated scale yet"
        if size is None:
            return "its size is not known, so there is nothing to compare it with"
        too_small = f"fewer than {self.strata[0].least:,} commits: too small to compare"
        return size.is_no_system or ("" if self.stratum(size) else too_small)

    def graded(self, signal: Signal, stratum: str) -> Signal:
        """The signal on its scale, if it has one here, made from this version of it."""
        scored = self.scales.get((signal.name, stratum))
        definition = signal.definition
        if scored is None or scored.version != definition.version or definition.status is Status.ASK:
            return signal
        if definition.better != ("higher" if scored.scale.higher_is_better else "lower"):
            return signal
        return replace(signal, definition=replace(definition, status=SCORE, scale=scored.scale))

    @classmethod
    def read(cls, text: str) -> Profile:
        """Of what `written` gave. Raises ValueError for anything else."""
        try:
            read = json.loads(text)
            return cls(
                name=read["name"],
                made=read["made"],
                corpus=read["corpus"],
                strata=tuple(Stratum(**row) for row in read["strata"]),
                scales={(row["signal"], row["stratum"]): _scored(read, row) for row in read["scales"]},
                digest=hashlib.sha256(canonical(read).encode()).hexdigest()[:12],
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no profile of scales: {error!r}") from None


def canonical(profile: object) -> str:
    """The bytes that a digest is of: how a file is laid out does not matter."""
    return json.dumps(profile, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _scored(read: Mapping[str, Any], row: Mapping[str, Any]) -> Scored:
    first, second, third, fourth = row["bounds"]
    among = next(Stratum(**one).words for one in read["strata"] if one["name"] == row["stratum"])
    spread = tuple((float(low), float(high)) for low, high in row["spread"])
    source = f"{read['corpus']}, {read['made']}"
    return Scored(row["version"], Scale((first, second, third, fourth), source, spread, row["n"], among))


NONE = Profile()
