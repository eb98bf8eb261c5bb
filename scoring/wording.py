"""Words that follow a number: "1 branch is", "2 branches are", "0 branches are"."""

from __future__ import annotations

from dataclasses import dataclass


def worded(number: float, one: str, many: str) -> str:
    """The word that goes with a number: `one` with 1 and −1 alone."""
    return one if abs(number) == 1 else many


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in a template: `{n}` is the number as written, `{n:file is|files are}` the words that go with it."""

    number: float | None  # None: not known; goes with the plural
    shown: str

    def __format__(self, words: str) -> str:
        """Raises ValueError where the words are not two, parted by a bar."""
        if not words:
            return self.shown
        one, bar, many = words.partition("|")
        if not bar or "|" in many:
            raise ValueError(f"two words parted by a bar go with a number, not {words!r}")
        return many if self.number is None else worded(self.number, one, many)


def told(template: str, value: Counted, n: Counted) -> str:
    """The sentence of a signal. Raises ValueError, KeyError or IndexError where the template holds anything else."""
    return template.format(value=value, n=n)
