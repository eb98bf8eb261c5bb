"""Numbers as they are written, and the words that follow them: "1 branch is", "2 branches are", "0 branches are"."""

from __future__ import annotations

import re
from dataclasses import dataclass

# From 1,000 on, and shares of a hundred: a number of another look may be a version, a path, or a value of the code.
_PLAIN = re.compile(r"(?<![\w.,/:@#$-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?( %)?|\d+(?:\.\d+)?( %))(?![\w/@%]|[.,:-]\w)")
_MAYBE = re.compile(r"\d(?:,\d| %)")  # quick: most sentences have none
_EVERY = re.compile(r"\d[\d,]*(?:\.\d+)?( %)?")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How numbers are written. All is first written as in English, and then put into this form."""

    decimal: str = "."
    group: str = ","
    last: int = 3  # digits of the last group before the decimal sign
    others: int = 3  # of the groups before it
    percent: str = "{} %"
    least: int = 1  # digits before the last group, below which nothing is grouped: 2 where 1234 is written so

    def whole(self, number: int) -> str:
        return self.written(f"{number:,}")

    def count(self, number: int, one: str, many: str | None = None) -> str:
        """ "1 file", "1,204 files"."""
        return f"{self.whole(number)} {one if number == 1 else many or one + 's'}"

    def short(self, number: float) -> str:
        """At most four digits that matter, and all that stand before the decimal sign."""
        return self.written(f"{number:,.4g}" if abs(number) < 9_999.5 else f"{number:,.0f}")

    def share(self, number: str) -> str:
        """So many of a hundred, from the number as English writes it."""
        return self.percent.format(self.written(number))

    def written(self, english: str) -> str:
        """One number, as English writes it, in this form."""
        if self is ENGLISH:
            return english
        whole, dot, rest = english.partition(".")
        return f"{self._grouped(whole) if ',' in whole else whole}{self.decimal if dot else ''}{rest}"

    def _grouped(self, whole: str) -> str:
        if self.others == self.last == 3 and self.least == 1:
            return whole.replace(",", self.group)
        sign, digits = "-" * whole.startswith("-"), whole.strip("-").replace(",", "")
        if len(digits) < self.last + self.least:
            return sign + digits
        return sign + self.group.join([*_parts(digits[: -self.last], self.others), digits[-self.last :]])

    def within(self, text: str) -> str:
        """A stored sentence, whose numbers are written as in English: those that can be nothing else are put anew."""
        return _PLAIN.sub(self._anew, text) if _MAYBE.search(text) and self != ENGLISH else text

    def throughout(self, text: str) -> str:
        """A stored text in which every number is one: "3.5 days", "1,204 → 1,310"."""
        return text if self == ENGLISH else _EVERY.sub(self._anew, text)

    def _anew(self, found: re.Match[str]) -> str:
        number = found[0].removesuffix(" %")
        return self.written(number) if number == found[0] else self.share(number)


def _parts(digits: str, size: int) -> list[str]:
    """From the right, so many digits each."""
    first = len(digits) % size
    return [digits[:first]] * bool(first) + [digits[at : at + size] for at in range(first, len(digits), size)]


ENGLISH = Numbers()


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
