"""Sides of a review by hand: what two snapshots of one repository hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scoring.answers import Identity
from scoring.attestation import Attestation
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity, tally
from scoring.profile import NONE
from scoring.review.comparison import Comparison, compare
from scoring.review.goals import Checked, Outcome
from scoring.review.preparing import Earlier, Given, Typed, prepared
from scoring.review.record import Decision, Record
from scoring.review.sides import Side
from scoring.signal import Evidence, Measurement, Signal
from tests.builders import at
from tests.signals_by_hand import signal
from tests.snapshots_by_hand import accepting, finding

BEFORE, NOW = 0.0, 91.0
DAY = "2024-02-13"  # of NOW
VERSIONS = (("findings", "1"), ("glue", "1"), ("thresholds", "1"))


def glue(value: float | None = 0.5, *, evidence: Sequence[Evidence] = (), reason: str = "nobody looked") -> Signal:
    """The signal that heads *glue code*, without places."""
    one = signal(value, name="ratio", reason=reason, evidence=tuple(evidence))
    return Signal(replace(one.definition, heads=True), one.measurement)


def rule(
    name: str = "glue",
    found: Sequence[Finding] = (),
    *,
    debt: Debt | None = Debt.GLUE_CODE,
    left_out: int = 0,
    is_on: bool = True,
    reason: str = "",
) -> Signal:
    """A signal with places: as many as `found` has of its name."""
    one = signal(0.5, name=name, debt=debt, severity=Severity.MEDIUM, effort=Effort.S)
    if reason:
        return Signal(one.definition, Measurement.unknown(reason))
    mine = [row for row in found if row.rule == name]
    counted = tally(mine) if is_on else None
    return Signal(one.definition, Measurement(len(mine), 8, seen=10 - left_out, total=10, tally=counted))


def side(day: float, found: Sequence[Finding] = (), *signals: Signal, left_out: int = 0, **rest: Any) -> Side:
    """A snapshot of that day. Without `signals`, the rules `glue` and `thresholds` looked."""
    measured = signals or (
        rule("glue", found, left_out=left_out),
        rule("thresholds", found, debt=Debt.FIXED_THRESHOLDS, left_out=left_out),
    )
    about = {"collectors": VERSIONS, "commit": f"{at(day):040x}", **rest.pop("identity", {})}
    return Side(Identity(as_of=at(day), **about), measured, tuple(found), **rest)


def compared(
    before: Sequence[Finding] = (),
    now: Sequence[Finding] = (),
    signals: tuple[Sequence[Signal], Sequence[Signal]] = ((), ()),
) -> Comparison:
    return compare(side(BEFORE, before, *signals[0]), side(NOW, now, *signals[1]), NONE)


def decision(kind: str = "refactor", about: str = "debt", subject: str = "glue_code", **rest: Any) -> Decision:
    said = {
        "number": 1,
        "title": "Glue code",
        "words": "wrap the client",
        "owner": "@ml",
        "due": "2024-06-30",
        "on": "2023-11-14",
    }
    return Decision(kind=kind, about=about, subject=subject, **{**said, **rest})


def some(*names: str, **rest: Any) -> list[Finding]:
    """Places of the rule `glue`, one in each file."""
    return [finding(f"{name}.py", snippet=f"call({name})", **rest) for name in names]


def counted(found: Sequence[Finding]) -> Counter[str]:
    return Counter(row.path for row in found)


OLD, NEW = some("a", "b"), some("b", "c", interest=4)
LAPSED = finding("x.py", lapsed=accepting("glue", "2024-01-01", note="until the rewrite"))


def record(**rest: object) -> Record:
    found = compared(
        [*OLD, LAPSED],
        [*NEW, LAPSED],
        signals=(
            [glue(0.2, evidence=[Evidence("a.py", "file", 3, "calls")]), rule("glue", [*OLD, LAPSED])],
            [glue(0.6, evidence=[Evidence("c.py", "file", 9, "calls", line=4)]), rule("glue", [*NEW, LAPSED])],
        ),
    )
    typed = Typed(
        DAY,
        earlier=[
            Earlier(decision(number=1), Checked(Outcome.OPEN, "0 paid")),
            Earlier(decision(number=2, due="2024-01-01"), Checked(Outcome.BROKEN, "0 paid"), "done", "moved away"),
            Earlier(decision("supervise", number=3), Checked(Outcome.HELD, "0 new")),
        ],
        decisions=[decision(number=4, words="<script>")],
        answers={"entanglement": Given("we watch slices", "@ml", "2024-03-01")},
        said=[
            Attestation("monitoring_gaps", "none", "@ops", "2023-11-01", "2024-01-31"),
            Attestation("cultural_debt", "praised", "@ml", "2024-01-01", "2024-05-01"),
        ],
    )
    return replace(prepared("northwind/ranking", "https://github.com/northwind/ranking", found, typed), **rest)  # type: ignore[arg-type]
