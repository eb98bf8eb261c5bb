"""What plain numbers mean."""

from __future__ import annotations

from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import ASK, Measurement


@signal(debt=Debt.PLAIN_OLD_DATA_SMELL, unit="answer", better="neither", status=ASK, says="{value}")
def meaning_of_numbers() -> Measurement:
    """Whether unit, range and meaning of the numbers between parts are written down: a person answers.

    Why it matters: a bare 0.7 may be a probability, a threshold or a factor, and callers guess.
    Pay it off: give the numbers that cross an interface a type or a name that says what they are.
    Cannot see: what is agreed on in talks, tickets and other documents.
    Ask: For three numbers that cross your model's interface, where are unit, range and meaning written down?
    Source: Sculley et al. 2015, section 5 (plain-old-data type smell).
    """
    return Measurement.asked()
