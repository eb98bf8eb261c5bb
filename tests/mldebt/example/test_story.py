"""The example's story as it is written down."""

from __future__ import annotations

import pytest

from mldebt.example.story import Kind, steps

LINES = """
# a comment
2025-01-01 ada+bo  main   lag        | Lags
2025-01-01 bo      exp/x  lag,run    | Try
2025-01-02 ada     main   merge exp/x #7 keep | Bring it in
2025-01-02 ada     main   run        | Again
2025-01-03 ada     main   tag v1     | One
2025-01-04 ada     old    fix from v1 | Mend
2025-01-05 ada     main   try big-cat rate | Experiment
2025-01-06 ada     exp/y  open #8    | Please
"""


def test_a_line_is_a_step() -> None:
    found = list(steps(iter(LINES.splitlines())))
    assert [step.kind for step in found] == [
        *(Kind.COMMIT, Kind.COMMIT, Kind.MERGE, Kind.COMMIT),
        *(Kind.TAG, Kind.COMMIT, Kind.TRY, Kind.OPEN),
    ]
    assert found[0].people == ("ada", "bo")
    assert (found[2].other, found[2].number, found[2].keep) == ("exp/x", 7, True)
    assert found[5].other == "v1"
    assert found[6].events == ("rate", "run-3")
    assert found[7].number == 8


def test_runs_are_numbered() -> None:
    found = list(steps(iter(LINES.splitlines())))
    assert [event for step in found for event in step.events if "run" in event] == ["run-1", "run-2", "run-3"]


@pytest.mark.parametrize(
    "line",
    [
        "2024-12-31 ada main lag | Before the first",
        "2025-02-01 ada main lag",
        "2025-02-01 ada main squash exp/x | Without a number",
    ],
)
def test_a_line_that_does_not_fit_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match="not "):
        list(steps(iter([*LINES.splitlines(), line])))
