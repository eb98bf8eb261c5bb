"""The list of repositories that a calibration measures."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from mldebt.failure import Failure

COLUMNS = ("repository", "population", "label", "kind")
FORGE = "https://github.com/"


class Candidate(NamedTuple):
    """A repository that is to be measured, and what is known of it without looking."""

    repository: str  # owner/name, or an address
    population: str  # what it was sampled from
    label: str  # what others say of it: in NICHE Y for engineered, N for not; empty: nobody said
    kind: str  # library, application, research code, course
    outcome: str = ""  # why there is no mirror of it

    @property
    def address(self) -> str:
        """Where it is fetched from."""
        return self.repository if "://" in self.repository else f"{FORGE}{self.repository}"


def read_corpus(path: Path) -> list[Candidate]:
    """Raises Failure where it cannot be used."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = (isinstance(error, OSError) and error.strerror) or "it is no text in UTF-8 with commas"
        raise Failure(f"the list {path} cannot be read ({why}): give a CSV with {', '.join(COLUMNS)}") from None
    if not rows or not set(COLUMNS) <= rows[0].keys():
        raise Failure(f"the list {path} lacks rows or columns: give a CSV with {', '.join(COLUMNS)}")
    found = [
        Candidate(*((row[column] or "").strip() for column in (*COLUMNS, "outcome") if column in row)) for row in rows
    ]
    names = [one.repository for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or "" in names:
        said = f"names {twice[0]} twice" if twice and twice[0] else "has a row without a repository"
        raise Failure(f"the list {path} {said}: one row for each")
    return found


def mirror_of(repository: str, mirrors: Path) -> Path | None:
    """Its git directory in a folder of mirrors: under `owner+name` or `owner/name`, bare or not, or in `repo` there."""
    bare = repository.removesuffix(".git").removesuffix("/")
    name = "/".join(bare.split("/")[-2:])
    if ".." in name.split("/"):
        return None
    for folder in (mirrors / name.replace("/", "+"), mirrors / name, mirrors / f"{name}.git"):
        for place in (folder / "repo" / ".git", folder / "repo", folder / ".git", folder):
            if (place / "HEAD").is_file() or (place / "HEAD").is_symlink():
                return place
    return None
