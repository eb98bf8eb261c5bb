"""Self-admitted debt against labels made by hand: `python -m benchmarks.self_admitted COMMENTS SHADES [--write]`.

COMMENTS is technical_debt_dataset.zip of github.com/maldonado/tse.satd.data, SHADES sampled_label_dataset.csv of
github.com/DavidMOBrien/23Shades. Prints the tables of docs/self_admitted.md; --write puts them there.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from collectors.facts.admitted import PATTERNS, debt_named
from collectors.readers.lines import Comment
from collectors.readers.notes import PHRASES, TAGS, notes_in
from scoring.debts import Debt

PAGE = Path(__file__).parent.parent / "docs" / "self_admitted.md"
START, END = "<!-- tables -->\n", "<!-- /tables -->\n"
BUILT_ON = frozenset(
    {
        "argouml",
        "apache-ant-1.7.0",
        "columba-1.4-src",
        "hibernate-distribution-3.3.2.GA",
        "jfreechart-1.0.19",
        "apache-jmeter-2.10",
        "sql12",  # SQuirrel SQL
    }
)
"""Projects that the wordings were chosen on. The other three are an independent check."""

KINDS = {
    "Data Conf": Debt.CONFIGURATION_DEBT,
    "DS Conf": Debt.CONFIGURATION_DEBT,
    "DS Configuration": Debt.CONFIGURATION_DEBT,
    "HP Conf": Debt.CONFIGURATION_DEBT,
    "HPConf": Debt.CONFIGURATION_DEBT,
    "Layer Conf": Debt.CONFIGURATION_DEBT,
    "Weight Conf": Debt.CONFIGURATION_DEBT,
    "MDepend": Debt.GLUE_CODE,
    "MLDepend": Debt.GLUE_CODE,
    "GC": Debt.GLUE_CODE,
    "PODT": Debt.PLAIN_OLD_DATA_SMELL,
    "Abs": Debt.ABSTRACTION_DEBT,
    "BE": Debt.ABSTRACTION_DEBT,
    "Proto": Debt.PROTOTYPE_SMELL,
    "UMC": Debt.DEAD_EXPERIMENTAL_CODEPATHS,
    "ML": Debt.MULTIPLE_LANGUAGE_SMELL,
}
"""Labels of 23 Shades as the paper's kinds. Labels that the paper has no kind for, or of two comments, are left out."""


class Labelled(NamedTuple):
    project: str
    text: str
    admits: bool


class Shade(NamedTuple):
    repository: str
    text: str
    labels: frozenset[str]  # of machine learning; empty: debt of any software

    @property
    def kinds(self) -> frozenset[Debt]:
        return frozenset(KINDS[label] for label in self.labels if label in KINDS)


class Tally(NamedTuple):
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


def labelled(path: Path) -> list[Labelled]:
    """Each distinct comment of a project once; where its labels differ, that of the most."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("technical_debt_dataset.csv").decode("utf-8", "replace")
    votes: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    csv.field_size_limit(sys.maxsize)
    for row in csv.DictReader(io.StringIO(text, newline="")):
        known = row["projectname"], row["commenttext"]
        votes[known].append(row["classification"] != "WITHOUT_CLASSIFICATION")
    return [Labelled(*known, 2 * sum(said) >= len(said)) for known, said in votes.items()]


def shades(path: Path) -> list[Shade]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Shade(
                row["Repo Name"],
                " ".join(row["Comment Text"].replace("||", "\n").replace("\\/", "/").split(" ")),
                frozenset(row[name].strip() for name in ("ML TD Type", "ML TD Type 2")) - {""},
            )
            for row in csv.DictReader(lines)
        ]


def is_found(text: str) -> bool:
    return any(note.admits for note in notes_in([Comment(1, text)]))


def is_tagged(text: str) -> bool:
    return TAGS.search(text) is not None


def tallied(rows: Iterable[Labelled], finds: Callable[[str], bool]) -> Tally:
    seen = Counter((finds(row.text), row.admits) for row in rows)
    return Tally(seen[True, True], seen[True, False], seen[False, True])


def told(rows: Iterable[Shade], debt: Debt) -> Tally:
    seen = Counter((debt in {debt_named(line) for line in row.text.split("\n")}, debt in row.kinds) for row in rows)
    return Tally(seen[True, True], seen[True, False], seen[False, True])


def tables(comments: Sequence[Labelled], positives: Sequence[Shade]) -> Iterator[str]:
    yield "### Found among all comments\n"
    yield "| project | comments | admit debt | tags alone: P, R, F1 | with wordings: P, R, F1 |"
    yield "|---|---|---|---|---|"
    built, others = ([row for row in comments if (row.project in BUILT_ON) is here] for here in (True, False))
    for title, part in (("the seven that the wordings were chosen on", built), ("the three others", others)):
        for project in sorted({row.project for row in part}):
            yield _found(project, [row for row in part if row.project == project])
        yield _found(f"**{title}**", part)
    yield _found("**all ten**", comments)
    yield "\n### Wordings, in comments of the seven projects that hold no tag\n"
    yield "| wording | right | wrong |\n|---|---|---|"
    yield from _wordings(built)
    found = sum(is_found(row.text) for row in positives)
    tagged = sum(is_tagged(row.text) for row in positives)
    every = len(positives)
    yield "\n### Found among the admitted debt of machine learning\n"
    yield f"Of {every} comments, the tags alone find {tagged} ({tagged / every:.3f}),"
    yield f"with wordings {found} ({found / every:.3f}).\n"
    yield "### The kind that the words name\n"
    yield "| kind | labelled so | named | right | precision | of those labelled with a kind | recall | in two halves |"
    yield "|---" * 8 + "|"
    yield from (_kind(debt, positives) for debt in sorted(set(KINDS.values()), key=lambda debt: debt not in PATTERNS))


def _found(title: str, rows: Sequence[Labelled]) -> str:
    cells = [
        f"{t.precision:.2f}, {t.recall:.2f}, {t.f1:.2f}" for t in (tallied(rows, is_tagged), tallied(rows, is_found))
    ]
    return f"| {title} | {len(rows):,} | {sum(row.admits for row in rows):,} | {cells[0]} | {cells[1]} |"


def _wordings(rows: Iterable[Labelled]) -> Iterator[str]:
    seen: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        if not is_tagged(row.text) and is_found(row.text):
            hit = PHRASES.search(row.text)
            words = hit[1].lower() if hit else ""
            seen["need … ?" if words.endswith("?") else words][row.admits] += 1
    for words, counts in sorted(seen.items(), key=lambda one: (-one[1][True], one[0])):
        yield f"| {words} | {counts[True]} | {counts[False]} |"


def _kind(debt: Debt, rows: Sequence[Shade]) -> str:
    every = told(rows, debt)
    labelled_so = every.right + every.missed
    if debt not in PATTERNS:
        return f"| `{debt}` | {labelled_so} | not told | | | | | |"
    typed = told([row for row in rows if row.labels], debt)
    halves = [told([row for row in rows if _half(row) == half], debt) for half in (0, 1)]
    shown = ", ".join(f"{half.precision:.2f} ({half.right + half.wrong})" for half in halves)
    return (
        f"| `{debt}` | {labelled_so} | {every.right + every.wrong} | {every.right} | {every.precision:.2f} "
        f"| {typed.precision:.2f} | {every.recall:.2f} | {shown} |"
    )


def _half(row: Shade) -> int:
    """By repository, so that comments of one team fall into one half."""
    return sha256(row.repository.encode()).digest()[0] % 2


def main(arguments: list[str]) -> int:
    paths = [Path(argument) for argument in arguments if argument != "--write"]
    if len(paths) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    text = "\n".join(tables(labelled(paths[0]), shades(paths[1]))) + "\n"
    print(text)
    if "--write" in arguments:
        before, _, rest = PAGE.read_text("utf-8").partition(START)
        PAGE.write_text(f"{before}{START}\n{text}\n{END}{rest.partition(END)[2]}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
