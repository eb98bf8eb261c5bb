"""Writes docs/signals.md from the signals' docstrings: `python docs/generate_signals.py [--check]`."""
# ruff: noqa: INP001

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from collectors.registry import SignalFunction, discover
from scoring.debts import DEBTS
from scoring.signal import Definition

PAGE = Path(__file__).with_name("signals.md")
HEAD = """\
# Signals

<!-- Made from the docstrings under collectors/signals by `python docs/generate_signals.py`; edit those. -->

What is measured, how, and what each number cannot tell. A signal is SCORE (may move a letter), SHOW (number and trend
only) or ASK (a person answers). It is *unknown*, with a reason, where its facts could not be seen: never 0.
Numbers about people are shown for groups of five and more only.
"""


def main(arguments: Sequence[str]) -> int:
    text = page(discover())
    if "--check" in arguments:
        if PAGE.exists() and PAGE.read_text("utf-8") == text:
            return 0
        sys.stderr.write("docs/signals.md is stale: run `python docs/generate_signals.py`\n")
        return 1
    PAGE.write_text(text, "utf-8")
    return 0


def page(signals: Sequence[SignalFunction]) -> str:
    """The whole page: a table, then each signal under its debt, in the paper's order."""
    ordered = sorted(signals, key=lambda signal: (_place(signal.definition), signal.definition.name))
    lines = [HEAD, "| signal | debt | unit | better | status |", "|---|---|---|---|---|"]
    lines += [_row(signal.definition) for signal in ordered]
    for signal in ordered:
        lines += _section(signal)
    return "\n".join(lines) + "\n"


def _place(definition: Definition) -> int:
    return [*DEBTS, None].index(definition.debt)


def _debt(definition: Definition) -> str:
    return f"`{definition.debt}`" if definition.debt else "not named"


def _row(one: Definition) -> str:
    name = f"[`{one.name}`](#{one.name})"
    return f"| {name} | {_debt(one)} | {one.unit} | {one.better} | {one.status.upper()} |"


def _section(signal: SignalFunction) -> Iterator[str]:
    one = signal.definition
    yield f"\n## {one.name}\n"
    yield f"**{one.title}.** {one.summary}\n"
    if one.text:
        yield f"{one.text}\n"
    scale = f", letters by {one.scale.source}" if one.scale else ""
    needs = ", ".join(need.__name__ for need in signal.needs)
    yield f"- Debt: {_debt(one)}; status: {one.status.upper()}{scale}; looks at: {needs}"
    yield f"- Why it matters: {one.why}"
    yield f"- Pay it off: {one.pay_off}"
    yield f"- Cannot see: {one.cannot_see}"
    yield f"- Ask: {one.ask}"
    yield f"- Source: {one.source}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
