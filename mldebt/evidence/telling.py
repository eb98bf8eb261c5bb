"""What the table of repositories says, as Markdown and CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from mldebt.evidence.scales import Scaled, strata
from mldebt.evidence.statistics import RATIO, Auc, Point, auc
from mldebt.evidence.table import FEWEST_COMMITS, Row, Table, comparable
from mldebt.evidence.verdicts import ENGINEERED, NOT, Verdict
from scoring.answers import Identity, score
from scoring.profile import Profile
from scoring.signal import Definition, Letter, Measurement, Signal

NO_TABLE = "No table of repositories is shipped yet: every signal shows its number, and none makes a letter."
HEAD = "| signal | engineered, other | AUC | size-matched | first half | held-out half, size-matched | verdict |"
PERCENTILES = ("signal", "stratum", "n", *(f"{name}{end}" for name in "ABCD" for end in ("", ":low", ":high")))


def page(
    table: Table,
    judged: Sequence[Verdict],
    profile: Profile,
    definitions: Sequence[Definition],
    earlier: Iterable[Profile] = (),
) -> str:
    """The corpus, each signal's verdict, the letters that came of it, and what differs from `earlier` profiles."""
    proven = sum(verdict.scores for verdict in judged)
    return "\n\n".join(
        [
            _corpus(table),
            "\n".join([HEAD, "|---" * 7 + "|", *map(_line, judged)]),
            f"Of {len(judged)} signals {proven} may make letters; {len({n for n, _ in profile.scales})} have a scale.",
            _letters(table, profile, definitions),
            *(_differences(table, profile, one, definitions) for one in earlier),
        ]
    )


def percentiles(made: Iterable[Scaled]) -> str:
    """Where the letters would end for every signal, proven or not: CSV, without letters given to anybody."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(PERCENTILES)
    for one in made:
        ends = [number for bound, spread in zip(one.bounds, one.spread, strict=True) for number in (bound, *spread)]
        rows.writerow([one.signal, one.stratum, one.n, *(f"{number:.6g}" for number in ends)])
    return out.getvalue()


def _corpus(table: Table) -> str:
    labels = Counter(row.label for row in table.rows)
    kinds = Counter(row.kind or "unknown" for row in table.rows)
    rows = comparable(table.rows)
    layers = strata(rows)
    told = "; ".join(f"{one.name}, {one.words}: {one.n}" for one in layers)
    return (
        f"{len(table.rows):,} repositories up to {table.until}, {table.failed:,} more could not be measured. Labelled "
        f"by NICHE: {labels[ENGINEERED]} engineered, {labels[NOT]} not. Kinds: "
        f"{', '.join(f'{name} {number}' for name, number in sorted(kinds.items()))}. Strata: {told}. "
        f"{len(table.rows) - len(rows)} have no ML system in them (fewer than three files of ML code, or more "
        f"notebooks of it) or fewer than {FEWEST_COMMITS} commits, and are not compared below."
    )


def _line(one: Verdict) -> str:
    counts = f"{one.engineered}, {one.other}"
    numbers = " | ".join(map(_told, (one.auc, one.matched, one.chosen, one.proof)))
    return f"| `{one.name}` | {counts} | {numbers} | {'SCORE' if one.scores else f'SHOW: {one.why_not}'} |"


def _told(one: Auc | None) -> str:
    return "–" if one is None else f"{one.value:.2f} ({one.low:.2f} to {one.high:.2f})"


def _letters(table: Table, profile: Profile, definitions: Sequence[Definition]) -> str:
    """The weakest letter of each repository against its label. Reported; nothing is chosen by it."""
    scored = [definition for definition in definitions if definition.name in profile.scored]
    graded = [(row, letter) for row in table.rows if row.label and (letter := weakest(row, scored, profile))]
    if not graded:
        return "No repository has a letter."
    counts = Counter((row.label, letter) for row, letter in graded)
    lines = ["| label | " + " | ".join(Letter) + " |", "|---" * 6 + "|"]
    for label, name in ((ENGINEERED, "engineered"), (NOT, "not engineered")):
        lines.append(f"| {name} | " + " | ".join(str(counts[label, letter]) for letter in Letter) + " |")
    held = [(row, letter) for row, letter in graded if row.is_held_out]
    bad, good = (_ranked(held, label) for label in (NOT, ENGINEERED))
    return (
        "The weakest letter of each labelled repository:\n\n"
        + "\n".join(lines)
        + f"\n\nOn the held-out half its AUC is {_told(auc(bad, good))}, size-matched {_told(auc(bad, good, RATIO))}."
    )


def _differences(table: Table, profile: Profile, earlier: Profile, definitions: Sequence[Definition]) -> str:
    """How many letters are others than by an earlier profile, over the same numbers."""
    now, then = (
        [weakest(row, [one for one in definitions if one.name in of.scored], of) for row in table.rows]
        for of in (profile, earlier)
    )
    moved = Counter((was or "none", is_now or "none") for was, is_now in zip(then, now, strict=True) if was != is_now)
    told = ", ".join(f"{was} to {is_now} {number}" for (was, is_now), number in sorted(moved.items()))
    total = f"{sum(moved.values())} of {len(table.rows)} letters differ"
    return f"Against the earlier profile `{earlier.name}`, {total}{f': {told}' if told else ''}."


def _ranked(graded: Iterable[tuple[Row, Letter]], label: str) -> list[Point]:
    return [Point(list(Letter).index(letter), row.commits) for row, letter in graded if row.label == label]


def weakest(row: Row, scored: Iterable[Definition], profile: Profile) -> Letter | None:
    """Of all its answers, as a scan would give it."""
    signals = [
        Signal(one, Measurement(value, seen=round(1000 * row.cells[one.name].coverage), total=1000))
        for one in scored
        if (value := row.value(one.name)) is not None
    ]
    card = score(signals, Identity("", 0, profile=profile.id, size=row.size), profile)
    return max((signal.letter for signal in card.signals if signal.letter is not None), default=None)
