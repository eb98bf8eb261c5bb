"""Scoring signals by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.signal import SCORE, SHOW, Better, Definition, Evidence, Measurement, Scale, Signal, Status

SCALE = Scale((0.1, 0.2, 0.3, 0.4), "a rule for tests")


def signal(
    value: float | None = 0.5,
    *,
    debt: Debt | None = Debt.GLUE_CODE,
    name: str = "glue",
    status: Status = SHOW,
    unit: str = "share of files",
    better: Better = "lower",
    scale: Scale | None = None,
    reason: str = "nobody looked",
    evidence: tuple[Evidence, ...] = (),
    remedy: bool = False,
    severity: Severity | None = None,
    effort: Effort | None = None,
) -> Signal:
    definition = Definition(
        name=name,
        title=name.replace("_", " ").capitalize(),
        debt=debt,
        unit=unit,
        better=better,
        status=status,
        summary="A number for tests.",
        says="{value} of {n} files are glue.",
        ask="Where is the glue?",
        remedy=remedy,
        severity=severity,
        effort=effort,
        scale=scale or (None if status is not SCORE else SCALE),
    )
    measured = Measurement.unknown(reason, evidence) if value is None else Measurement(value, 8, evidence)
    return Signal(definition, measured)


def signals() -> st.SearchStrategy[list[Signal]]:
    """Any mixture of measured, unknown, scored and shown signals, with distinct names."""
    one = st.builds(
        signal,
        st.none() | st.floats(0, 1),
        debt=st.none() | st.sampled_from(Debt),
        name=st.text("abcdefgh_", min_size=1, max_size=6),
        status=st.sampled_from([SCORE, SHOW]),
    )
    return st.lists(one, unique_by=lambda s: s.name, max_size=30)
