"""Writes docs/signals.md from the signals' docstrings: `python docs/generate_signals.py [--check]`."""
# ruff: noqa: INP001

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from collectors.registry import SignalFunction, discover
from mldebt.profiles import shipped
from scoring.debts import DEBTS, DebtKind
from scoring.signal import ASK, Definition

PAGE = Path(__file__).with_name("signals.md")
HEAD = """\
# Signals

<!-- Made from the docstrings under collectors/signals by `python docs/generate_signals.py`; edit those. -->

What is measured, how, and what each number cannot tell. A signal is SCORE (may move a letter), SHOW (number and trend
only) or ASK (a person answers). It is *unknown*, with a reason, where its facts could not be seen: never 0.
Numbers about people are shown for groups of five and more only.

A practice has three levels: *not seen*, *present* (it is called or set up somewhere, and nothing that runs it was seen)
and *in use* (a job, a stage, a schedule or code that is started runs it). An import, a dependency or an empty file
counts for nothing. Practices outside the repository are not seen.
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
    lines += ["", "# Kinds of debt", "", "Every kind that the paper names, and what it prescribes."]
    for kind in DEBTS.values():
        lines += _kind(kind, [signal.definition for signal in ordered if signal.definition.debt is kind.debt])
    lines += ["", "# Each signal"]
    for signal in ordered:
        lines += _section(signal)
    return "\n".join(lines) + "\n"


def _place(definition: Definition) -> int:
    return [*DEBTS, None].index(definition.debt)


def _debt(definition: Definition) -> str:
    return f"`{definition.debt}`" if definition.debt else "not named"


def _status(one: Definition) -> str:
    """With the scales that ship."""
    return shipped().status_of(one).upper()


def _row(one: Definition) -> str:
    return f"| {_link(one)} | {_debt(one)} | {one.unit} | {one.better} | {_status(one)} |"


def _kind(kind: DebtKind, signals: Sequence[Definition]) -> Iterator[str]:
    looking = [_link(one) for one in signals if one.remedy]
    asking = [_link(one) for one in signals if one.status is ASK]
    yield f"\n## {kind.title.en}\n"
    yield f"`{kind.debt}`, section {kind.section} of the paper. {kind.sentence.en}\n"
    yield f"- Remedy: {kind.remedy.en}"
    yield f"- Looked for by: {', '.join(looking) or 'nothing; ask: ' + (', '.join(asking) or kind.ask.en)}"
    for one in signals:
        told = f"{one.summary} Cannot see: {_ended(one.cannot_see)} Source: {_ended(one.source)}"
        yield f"- {_link(one)} ({_status(one)}): {told}"


def _link(one: Definition) -> str:
    return f"[`{one.name}`](#{one.name})"


def _ended(text: str) -> str:
    return text if text.endswith((".", "/")) or "https://" in text.rsplit(" ", 1)[-1] else f"{text}."


def _section(signal: SignalFunction) -> Iterator[str]:
    one = signal.definition
    yield f"\n## {one.name}\n"
    yield f"**{one.title}.** {one.summary}\n"
    if one.text:
        yield f"{one.text}\n"
    scale = ", letters by calibration" if one.name in shipped().scored else ""
    needs = ", ".join(need.__name__ for need in signal.needs) or "nothing"
    yield f"- Debt: {_debt(one)}; status: {_status(one)}{scale}; looks at: {needs}"
    yield f"- Why it matters: {one.why}"
    yield f"- Pay it off: {one.pay_off}"
    yield f"- Cannot see: {one.cannot_see}"
    yield f"- Ask: {one.ask}"
    yield f"- Source: {one.source}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
