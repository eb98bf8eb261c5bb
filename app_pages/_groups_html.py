"""Grouped signals as HTML: a line each, and what stands behind it folded. All other words go through `safe`."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages._frames import EvidenceRow, PartBlock, SignalRow
from app_pages._groups import Fold, Row, Shown
from app_pages._html import STATE_WORDS, evidence, evidence_items, further, marked, moved, sourced, tile, told, wrapped
from app_pages._labels import speaking, spoken
from app_pages._numbers import counted, whole
from app_pages._text import safe
from app_pages._trend import NO_SNAPSHOT
from scoring.signal import State

LINES_SHOWN = 10
"""Numbers that stand open: what moved comes first, so the rest did not. One more is never folded alone."""
ROWS_SHOWN = 5
"""Evidence that stands open below a number; the rest is folded away."""


def signals(shown: Shown, *, with_kind: bool = False) -> str:
    """Numbers, then what many have in common, then what could not be seen."""
    most = len(shown.lines) if len(shown.lines) <= LINES_SHOWN + 1 else LINES_SHOWN
    lines = "".join(_line(row, with_kind=with_kind) for row in shown.lines[:most])
    if rest := shown.lines[most:]:
        inside = "".join(_line(row, with_kind=with_kind) for row in rest)
        lines += group(
            spoken("{n} more {n:number|numbers}", n=counted(len(rest))),
            "; ".join(row.row.title for row in rest),
            inside,
        )
    shared = "".join(_fold(fold, with_kind=with_kind) for fold in shown.shared)
    return f'<div class="md-lines">{lines}{shared}{unknown(shown.unknown)}</div>'


def unknown(rows: Sequence[Row]) -> str:
    """What could not be seen, each with its reason."""
    if not rows:
        return ""
    items = "".join(
        f'<li data-testid="signal-{safe(row.name)}"><strong>{safe(row.title)}:</strong> '
        f"{safe(row.unknown)}{evidence(row.evidence)}</li>"
        for row, _, _ in rows
    )
    return group(
        f"{spoken('Unknown')} ({len(rows)})", "; ".join(row.row.title for row in rows), f"<ul>{items}</ul>", "unknown"
    )


def questions(asks: Sequence[str]) -> str:
    """What only people can say."""
    if not asks:
        return ""
    items = "".join(f"<li>{safe(text)}</li>" for text in asks)
    where = f'<p class="muted">{spoken("Answer on the page Debts, at the kind of debt.")}</p>'
    names = spoken("{n} {n:question|questions}", n=counted(len(asks)))
    return group(spoken("Ask the team"), names, f"<ul>{items}</ul>{where}", "ask")


def group(title: str, names: str, inside: str, kind: str = "") -> str:
    """One line that opens. `inside` is HTML of our own."""
    line = f"<summary><span><strong>{safe(title)}:</strong> {safe(names)}</span></summary>"
    return f'<details class="md-group {kind}">{line}<div class="inside">{inside}</div></details>'


def _fold(fold: Fold, *, with_kind: bool) -> str:
    return group(spoken(fold.title), fold.names, "".join(_line(row, with_kind=with_kind) for row in fold.rows))


def _line(one: Row, *, with_kind: bool) -> str:
    row = one.row
    kind = f' <span class="small muted">{safe(one.kind)}</span>' if with_kind else ""
    letter = tile(row.letter, is_small=True) if row.letter else ""
    says = spoken("{title}, one year: {change}", title=row.title, change=told(row.change))
    line = f'<img loading="lazy" src="{safe(one.line)}" alt="{safe(says)}" width="132" height="34">' if one.line else ""
    seen = spoken("{part} seen", part=safe(row.coverage))
    part = "" if row.is_whole else f'<span class="small muted">{seen}</span>'
    return (
        f'<details class="md-line-of" data-testid="signal-{safe(row.name)}"><summary>'
        f'<span class="what"><strong>{safe(row.title)}</strong>{kind}</span>'
        f'<span class="key">{letter} {safe(row.now)} {part}</span><span class="way">{since(row)}</span>'
        f'<span class="line">{line}</span></summary><div class="inside">{behind(row)}</div></details>'
    )


def since(row: SignalRow) -> str:
    """Nothing, where the page says once that there is no snapshot to compare with."""
    return "" if row.change.why == NO_SNAPSHOT else moved(row.change)


def behind(row: SignalRow) -> str:
    """What a number is, what it rests on, and what it cannot see."""
    note = f" {safe(row.note[:1].upper() + row.note[1:])}." if row.note else ""
    facts = {
        **{title: safe(text) for title, text in row.arithmetic},
        "Looked at": safe(row.coverage),
        "A quarter ago": safe(row.then),
        "Why it matters": marked(row.why[:1].upper() + row.why[1:]),
        "Pay it off": marked(row.pay_off[:1].upper() + row.pay_off[1:]),
        "What it cannot see": marked(row.cannot_see[:1].upper() + row.cannot_see[1:]),
        "Ask the team": safe(row.ask),
        "Source": sourced(row.source),
    }
    names = speaking()
    listed = "".join(f"<dt>{names.get(title, title)}</dt><dd>{text}</dd>" for title, text in facts.items() if text)
    return (
        f"<p>{marked(row.summary)}{note}</p>{_rows(row.evidence, row.left_out)}{further(row.details)}<dl>{listed}</dl>"
    )


def _rows(rows: Sequence[EvidenceRow], left_out: int) -> str:
    if not rows:
        return ""
    first, rest = rows[:ROWS_SHOWN], rows[ROWS_SHOWN:]
    further_rows = spoken("{n} more", n=len(rest))
    more = f"<details><summary>{further_rows}</summary><ol>{evidence_items(rest)}</ol></details>" if rest else ""
    rest_of_them = (
        f'<p class="muted">{spoken("{n} more on the page Debts, at its kind of debt.", n=whole(left_out))}</p>'
        if left_out
        else ""
    )
    return f'<ol class="md-rows">{evidence_items(first)}</ol>{more}{rest_of_them}'


def evidence_of(blocks: Sequence[PartBlock], shown: Shown) -> str:
    """All that speaks of a question: the kinds of debt that it consults, and their signals."""
    kinds = "".join(map(_kind, blocks))
    seen = [block for block in blocks if block.state is State.MEASURED]
    names = "; ".join(block.title + _state(block) for block in blocks)
    title = spoken("Kinds of debt ({seen} of {total} seen)", seen=len(seen), total=len(blocks))
    about = group(title, names, kinds)
    asks = [text for block in blocks for text in block.asks]
    return wrapped(signals(shown, with_kind=True), questions(asks), about)


def _state(block: PartBlock) -> str:
    return "" if block.state is State.MEASURED else f" ({spoken(STATE_WORDS[block.state])})"


def _kind(block: PartBlock) -> str:
    letter = tile(block.letter, is_small=True) if block.letter else ""
    return (
        f'<div class="md-kind-of" data-testid="part-{safe(block.debt)}">{letter}<strong>{safe(block.title)}</strong> '
        f'<span class="state {block.state}">{spoken(STATE_WORDS[block.state])}</span>'
        f'<p class="muted">{safe(block.sentence)} <em>{spoken("For example:")}</em> {safe(block.example)}</p></div>'
    )
