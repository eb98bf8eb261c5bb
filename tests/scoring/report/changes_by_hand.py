"""Changes by hand."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity, Spot, findings, judged
from scoring.finding.acceptance import Acceptance, Reason
from scoring.finding.difference import difference
from scoring.report.change import Change, Commits, LeftOut
from scoring.report.data_change import DataChange, DataEdge
from scoring.signal import SHOW, Definition

COMMITS = Commits("main", "b" * 40, "topic", "c" * 40, "a" * 40)
WEB = "https://github.com/owner/name"
ACCEPTED = Acceptance("*", "accepted.py", Reason.INTENDED, "@somebody", "2099-12-31", "for now")


def rule(name: str, one: str, several: str, severity: Severity, title: str, pay_off: str) -> Definition:
    return Definition(
        name=name,
        title=title,
        debt=Debt.PROTOTYPE_SMELL,
        unit="places",
        better="lower",
        status=SHOW,
        summary="",
        says="",
        pay_off=pay_off,
        severity=severity,
        effort=Effort.S,
        per_file=True,
        places=(one, several),
    )


PATHS = rule("local_paths", "local path", "local paths", Severity.LOW, "Local paths", "take paths from a *setting*.")
CUTS = rule("scale_toggles", "cut of the data", "cuts of the data", Severity.MEDIUM, "Data cut", "make it a setting.")


def change(
    added: Sequence[tuple[Definition, Spot]] = (),
    paid: Sequence[tuple[Definition, Spot]] = (),
    *,
    web: str | None = WEB,
    unread: tuple[tuple[str, str], ...] = (),
    partial: tuple[str, ...] = (),
    data: DataChange = DataChange(),  # noqa: B008 - a frozen value
) -> Change:
    """What stands in accepted.py is accepted."""
    return Change(
        repository="owner/name",
        web=web,
        commits=COMMITS,
        difference=difference(_found(paid), _found(added), {}),
        rules=(PATHS, CUTS),
        left_out=(LeftOut("unseeded_randomness", "it needs the whole tree"),),
        files=2,
        unread=unread,
        partial=partial,
        data=data,
    )


def _found(places: Sequence[tuple[Definition, Spot]]) -> list[Finding]:
    rows = [row for one, spot in places if one.rule for row in findings(one.rule, [spot])]
    return judged(rows, [ACCEPTED], "2026-01-01", lambda _: None, lambda _: "")


def path_in(path: str, line: int = 1, snippet: str = "open('/home/x')") -> tuple[Definition, Spot]:
    return PATHS, Spot(path, line, snippet, note="a path of one machine")


def cut_in(path: str, line: int = 1, snippet: str = "nrows=500") -> tuple[Definition, Spot]:
    return CUTS, Spot(path, line, snippet, note="cut by nrows")


def reads(data: str, job: str = "train", line: int = 1, *, status: str = "resolved") -> DataEdge:
    declared = status == "declared_only"
    return DataEdge("read", data, job, "src/a.py", line, "pandas.read_csv", True, declared, not declared, status)


def writes(data: str, job: str = "train", line: int = 1) -> DataEdge:
    return reads(data, job, line)._replace(access="write", call="joblib.dump", is_started=False)
