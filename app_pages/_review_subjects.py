"""What can be decided on: a place, a file, or a kind of debt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app_pages._text import plain, shortened
from mldebt.review.typed import is_begun
from scoring.debts import DEBTS, Debt
from scoring.review.goals import About
from scoring.review.heaviest import place
from scoring.review.record import Place, Record
from scoring.review.sides import Side

MOST_SUBJECTS = 200


@dataclass(frozen=True, slots=True)
class Subjects:
    """What can be decided on, by its id: its title as the reader is shown it, and all that is told of a place."""

    places: Mapping[str, str]
    files: Mapping[str, str]
    debts: Mapping[str, str]
    told: Mapping[str, Place]

    def of(self, about: str) -> Mapping[str, str]:
        return {About.FINDING: self.places, About.FILE: self.files}.get(About(about), self.debts)

    def title(self, about: str, subject: str) -> str:
        """As it is kept: in English, whoever decides; a reader is shown a kind of debt by its id."""
        return DEBTS[Debt(subject)].title.en if about == About.DEBT else self.of(about)[subject]

    def in_file(self, path: str) -> list[Place]:
        return [one for one in self.told.values() if one.path == path]

    def begun(self, fields: Mapping[str, str]) -> Iterator[tuple[About, str]]:
        """On what somebody began to decide."""
        if any(name.startswith("draft.") for name in fields):
            for about in About:
                yield from ((about, one) for one in self.of(about) if is_begun(fields, about, one))


def subjects(one: Record, side: Side, language: str, further: tuple[Place, ...] = ()) -> Subjects:
    """The places that the review shows, the heaviest ones that nobody accepted, their files, and all kinds of debt."""
    rules = {signal.name: signal.definition for signal in side.signals}
    heaviest = [row for row in side.findings if row.accepted is None and row.rule in rules][:MOST_SUBJECTS]
    told = {row.id: place(row, rules[row.rule], side.identity.commit, one.web) for row in heaviest}
    told |= {row.id: row for row in (*further, *one.places)}
    files = list(dict.fromkeys(row.path for row in told.values()))
    return Subjects(
        {key: f"{row.title}: {shortened(plain(row.path), 100)}:{row.line}" for key, row in told.items()},
        {path: shortened(plain(path), 160) for path in files},
        {kind.debt.value: kind.title.in_language(language) for kind in DEBTS.values()},
        told,
    )
