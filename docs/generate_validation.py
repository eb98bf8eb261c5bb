"""Writes docs/validation.md, and the scales that ship, from tables: `python docs/generate_validation.py [--check]`.

Each rule has a file in docs/validation with a row for each place that was read: rule, permalink, line, verdict, why.
In docs/validation/looked_at stand the repositories that every rule ran over, and how many places each found where.
Repositories stand in scoring/calibration/table.csv; from them come the verdict on every signal, its percentiles
(percentiles.csv), the profile (profile.json), and what letters the model gives each of them (tests/golden/letters.csv):
where a change of the model moves some, the command says how many, and the difference of that file says which.
"""
# ruff: noqa: INP001

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from collectors.registry import discover
from mldebt.evidence import telling
from mldebt.evidence.letters import differences, letters
from mldebt.evidence.scales import profile, scaled
from mldebt.evidence.table import read as read_table
from mldebt.evidence.verdicts import verdicts
from mldebt.profiles import CALIBRATION, CURRENT
from scoring.profile import Profile

PAGE = Path(__file__).with_name("validation.md")
JUDGED = Path(__file__).with_name("validation")
START, END = "<!-- judged: made by docs/generate_validation.py -->", "<!-- /judged -->"
RIGHT, WRONG = "right", "wrong"
COLUMNS = ("rule", "permalink", "line", "verdict", "why")
ASKED = 0.9  # precision of a rule that is on by default
LEAST = 20  # places that were judged
Z = 1.96
LOOKED_AT = JUDGED / "looked_at"
SCANNED, FOUND = ("repository", "commit", "without"), ("rule", "repository", "places")
PRACTICES = JUDGED / "practices" / "practices.csv"
PRACTISED = ("repository", "commit", "practice", "level", "path", "verdict", "why")
TABLE = CALIBRATION / "table.csv"
LETTERS = Path(__file__).parent.with_name("tests") / "golden" / "letters.csv"
CALIBRATED_START, CALIBRATED_END = "<!-- calibrated: made by docs/generate_validation.py -->", "<!-- /calibrated -->"
LEVELS = ("in use", "present")
PRACTICES_START, PRACTICES_END = "<!-- practices: made by docs/generate_validation.py -->", "<!-- /practices -->"


class Row(NamedTuple):
    rule: str
    permalink: str
    line: int  # of a notebook: within its code cells joined
    verdict: str
    why: str

    @property
    def repository(self) -> str:
        return "/".join(self.permalink.split("/")[3:5])


def main(arguments: Sequence[str]) -> int:
    page = PAGE.read_text("utf-8")
    text = written(page, table(read(JUDGED), read_looked_at(LOOKED_AT)))
    text = written(text, practices(read_practices(PRACTICES)), PRACTICES_START, PRACTICES_END)
    made = calibrated()
    text = written(text, made.page, CALIBRATED_START, CALIBRATED_END)
    files = {PAGE: text, CALIBRATION / CURRENT: made.profile, CALIBRATION / "percentiles.csv": made.percentiles}
    files[LETTERS] = made.letters
    stale = [path for path, content in files.items() if (path.read_text("utf-8") if path.exists() else "") != content]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.name} is stale: run `python docs/generate_validation.py`\n")
        return int(bool(stale))
    if LETTERS in stale and LETTERS.exists():
        sys.stderr.write(f"{differences(LETTERS.read_text('utf-8'), made.letters)}\n")
    for path in stale:
        if files[path]:
            path.write_text(files[path], "utf-8")
        else:
            path.unlink()
    return 0


class Calibrated(NamedTuple):
    page: str
    profile: str = ""
    percentiles: str = ""
    letters: str = ""


def calibrated() -> Calibrated:
    """What the table of repositories says of every signal; without one, that there is none."""
    if not TABLE.exists():
        return Calibrated(telling.NO_TABLE)
    repositories = read_table(TABLE.read_text("utf-8"))
    versions = json.loads(TABLE.with_suffix(".about.json").read_text("utf-8"))["collectors"]
    definitions = [signal.definition for signal in discover()]
    judged, made = verdicts(repositories, definitions), scaled(repositories, definitions)
    shipped = profile(repositories, versions, judged, made)
    earlier = [Profile.read(path.read_text("utf-8")) for path in sorted(CALIBRATION.glob("profile-*.json"))]
    scales = Profile.read(shipped)
    page = telling.page(repositories, judged, scales, definitions, earlier)
    return Calibrated(page, shipped, telling.percentiles(made), letters(repositories, definitions, scales))


def read(folder: Path) -> list[Row]:
    """Every judged place. Raises ValueError for a file of other columns, or another verdict."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise ValueError(f"{path.name} has other columns than {', '.join(COLUMNS)}")
            found += [Row(row["rule"], row["permalink"], int(row["line"]), row["verdict"], row["why"]) for row in rows]
    strange = {row.verdict for row in found} - {RIGHT, WRONG}
    if strange:
        raise ValueError(f"a place is {RIGHT} or {WRONG}, not {', '.join(sorted(strange))}")
    return found


class LookedAt(NamedTuple):
    """Where one rule ran, and where it found a place: repositories."""

    ran: frozenset[str]
    found: frozenset[str]


NOWHERE = LookedAt(frozenset(), frozenset())


def read_looked_at(folder: Path) -> dict[str, LookedAt]:
    """By rule. Raises ValueError for a file of other columns."""
    scanned, found = (_rows(folder / f"{name}.csv", columns) for name, columns in _TABLES.items())
    rules = {row["rule"] for row in found}
    return {
        rule: LookedAt(
            frozenset(row["repository"] for row in scanned if rule not in row["without"].split()),
            frozenset(row["repository"] for row in found if row["rule"] == rule),
        )
        for rule in rules
    }


_TABLES = {"repositories": SCANNED, "places": FOUND}


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if tuple(rows.fieldnames or ()) != tuple(columns):
            raise ValueError(f"{path.name} has other columns than {', '.join(columns)}")
        return list(rows)


class Practised(NamedTuple):
    """A level that was told of one practice in one repository, judged by its first row of evidence."""

    repository: str
    commit: str
    practice: str
    level: str
    path: str
    verdict: str
    why: str


def read_practices(path: Path) -> list[Practised]:
    """Raises ValueError for a file of other columns, or another level or verdict."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if tuple(rows.fieldnames or ()) != PRACTISED:
            raise ValueError(f"{path.name} has other columns than {', '.join(PRACTISED)}")
        found = [Practised(**row) for row in rows]
    if any(row.level not in LEVELS or row.verdict not in {RIGHT, WRONG} for row in found):
        raise ValueError(f"a level is {' or '.join(LEVELS)}, and {RIGHT} or {WRONG}")
    return found


def practices(rows: Sequence[Practised]) -> str:
    """How many levels were right, for each practice and over all."""
    lines = ["| practice | repositories | in use: right of judged | present: right of judged |", "|---" * 4 + "|"]
    for name in [*sorted({row.practice for row in rows}), "all"]:
        of_it = [row for row in rows if name in {row.practice, "all"}]
        cells = [_right([row for row in of_it if row.level == level]) for level in LEVELS]
        lines.append(f"| {name} | {len({row.repository for row in of_it})} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def _right(rows: Sequence[Practised]) -> str:
    return f"{sum(row.verdict == RIGHT for row in rows)} of {len(rows)}" if rows else "–"


def table(rows: Iterable[Row], looked_at: Mapping[str, LookedAt]) -> str:
    """Where a rule was judged it had run, in whatever session: such repositories count as looked at."""
    by_rule: dict[str, list[Row]] = {}
    for row in rows:
        by_rule.setdefault(row.rule, []).append(row)
    head = (
        "| rule | repositories looked at | with a place | judged in | places judged | right | precision "
        "| 95 % interval | on by default |"
    )
    lines = [_line(rule, of_it, looked_at.get(rule, NOWHERE)) for rule, of_it in sorted(by_rule.items())]
    return "\n".join([head, "|---" * 9 + "|", *lines])


def _line(rule: str, rows: Sequence[Row], looked_at: LookedAt) -> str:
    right = sum(row.verdict == RIGHT for row in rows)
    low, high = wilson(right, len(rows))
    is_on = len(rows) >= LEAST and right / len(rows) >= ASKED
    judged = {row.repository for row in rows}
    return (
        f"| [`{rule}`](validation/{rule}.csv) | {len(looked_at.ran | judged)} | {len(looked_at.found | judged)} "
        f"| {len(judged)} | {len(rows)} | {right} "
        f"| {right / len(rows):.2f} | {low:.2f} to {high:.2f} | {'yes' if is_on else 'no'} |"
    )


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 %."""
    share, square = right / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return middle - half, middle + half


def written(page: str, made: str, first: str = START, last: str = END) -> str:
    """`page` with `made` between its two marks. Raises ValueError where it lacks them."""
    before, start, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not start or not end:
        raise ValueError(f"the page lacks {first} or {last}")
    return f"{before}{first}\n\n{made}\n\n{last}{after}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
