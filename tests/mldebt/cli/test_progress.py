"""How far a long scan has come, in words that cannot steer a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from mldebt.cli import progress
from mldebt.cli.progress import reporting

REMOTE = "remote: \x1b]0;owned\x07[red]x[/red]\u202e"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(progress, "PLAIN_SECONDS", 0.0)


def test_nothing_is_said_in_the_first_seconds() -> None:
    for terminal in (True, False):
        heard = io.StringIO()
        with reporting(Console(file=heard, force_terminal=terminal)) as report:
            report("reading history", 1, None)
        assert heard.getvalue() == ""


@pytest.mark.usefixtures("impatient")
def test_without_a_terminal_each_report_is_a_line() -> None:
    heard = io.StringIO()
    with reporting(Console(file=heard, width=20)) as report:
        report("reading history of all that there is", 20_000, None)
        report("reading files", 5, 1_000)
        report("comparing branches", 0, None)
        report(REMOTE, 0, None)
    first, second, *rest = heard.getvalue().splitlines()
    assert first.startswith("reading history of all that there is: 20,000")
    assert second.startswith("reading files: 5 of 1,000")
    assert rest == ["comparing branches", "remote: \\x1b]0;owned\\x07[red]x[/red]\\u202e"]


@pytest.mark.usefixtures("impatient")
def test_on_a_terminal_the_last_stage_is_shown_and_taken_away() -> None:
    heard = io.StringIO()
    with reporting(Console(file=heard, force_terminal=True, width=200)) as report:
        for percent in range(300):
            report(f"Receiving objects: {percent}", 0, None)
        report(REMOTE, 1, 2)
    said = heard.getvalue()
    assert "\x1b]0;owned" not in said
    assert "\u202e" not in said
    assert "[red]x[/red]" in said
    assert said.rstrip("\n").endswith(("\x1b[?25h", "\x1b[2K"))
