"""A fact that could not be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands in place of a fact. Every signal that needs the fact becomes *unknown* with this reason.

    The reason is one clause that ends a sentence beginning "unknown, because", and says what to add:
    "the clone is shallow: fetch the whole history".
    """

    reason: str
