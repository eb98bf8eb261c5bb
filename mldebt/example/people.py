"""Who made the example. All names are made up; example.com belongs to nobody."""

from __future__ import annotations

from typing import NamedTuple


class Person(NamedTuple):
    name: str
    mail: str
    zone: str = "+0100"
    other: tuple[str, str] | None = None  # name and address before `other_until`; .mailmap joins the two
    other_until: str = ""  # ISO date

    def signature(self, date: str) -> str:
        name, mail = self.other if self.other and date < self.other_until else (self.name, self.mail)
        return f"{name} <{mail}>"


PEOPLE = {
    "ines": Person("Ines Falkenrath", "ines@example.com"),
    "tomasz": Person("Tomasz Wendelor", "tomasz@example.com"),
    "maya": Person(
        "Maya Brennholt", "maya@example.com", "+0000", ("mbrennholt", "maya@laptop.example.com"), "2025-02-10"
    ),
    "dewi": Person("Dewi Castorin", "dewi@example.com"),
    "rohan": Person("Rohan Velmarsk", "rohan@example.com", "+0530"),
    "selin": Person("Selin Aaltovar", "selin@example.com", "+0200"),
    "kofi": Person("Kofi Marchenz", "kofi@example.com", "+0000"),
    "noor": Person("Noor Lindqvar", "noor@example.com", "+0100", ("Noor L.", "noor@home.example.com"), "2026-05-20"),
    "bot": Person("shelfbot[bot]", "shelfbot[bot]@example.com", "+0000"),
}
