"""The ledger's rows as HTML. Every word that is not written in this file goes through `safe`."""

from __future__ import annotations

from collections.abc import Sequence

from app_pages import _groups_html
from app_pages._groups import Row, Shown
from app_pages._html import SIGNS, STATE_WORDS, linked, marked, name, wrapped
from app_pages._labels import Speaker, speaker
from app_pages._ledger import EFFORTS, FindingRow, KindRow
from app_pages._numbers import counted, whole
from app_pages._text import safe
from scoring.signal import State

ORDER = (
    "The heaviest first: severity, times how often the file was changed in the last 365 days, which is the interest. "
    "Effort is a size: {sizes}."
)


def kind(row: KindRow, *, is_alone: bool = False, most: int = 0) -> str:
    """One kind of debt: what it is, what pays it off, and what is known of it, folded unless it stands alone.

    `most` open findings fill the bar; without it there is none.
    """
    tell = speaker()
    words = tell(STATE_WORDS[row.state] if row.state is not State.ASK else "ask the team")
    ask = "".join(f"<p><strong>{tell('Ask the team:')}</strong> {safe(question)}</p>" for question in row.asks)
    remedy = f"<p><strong>{tell('Pay it off:')}</strong> {safe(row.remedy)}</p>"
    example = f"<em>{tell('For example:')}</em> {safe(row.example)}"
    if is_alone:
        about, below = f"{safe(row.sentence)} {example}", f"{remedy}{_groups_html.signals(row.signals)}{ask}"
    else:
        about = safe(row.sentence)
        below = _known(row, tell, f'<p class="about">{example}</p>{remedy}{_short(row.signals, tell)}{ask}')
    level = "h2" if is_alone else "h3"
    counts, alone = _counts(row, most, tell), " alone" if is_alone else ""
    return wrapped(
        f'<section class="md-kind{alone}" data-testid="kind-{safe(row.slug)}"><div class="what">'
        f'<{level}>{safe(row.title)} <span class="state {row.state}">{words}</span>{_moved(row, tell)}</{level}>'
        f'<p class="about">{about}</p>{below}</div>{counts}</section>'
    )


def _moved(row: KindRow, tell: Speaker) -> str:
    """How many of its numbers went which way in a quarter."""
    ways = [one.row.change.way for one in row.signals.lines]
    return "".join(
        f' <span class="change {way}">{SIGNS[way]}{tell(told, n=ways.count(way))}</span>'
        for way, told in (("worse", "{n} worse"), ("better", "{n} better"))
        if way in ways
    )


def _known(row: KindRow, tell: Speaker, inside: str) -> str:
    """What is measured and asked, behind one line that says how much it is."""
    shown = row.signals
    numbers = len(shown.lines) + sum(len(fold.rows) for fold in shown.shared)
    parts = [
        tell("{n} {n:number|numbers}", n=counted(numbers)) if numbers else "",
        tell("{n} unknown", n=len(shown.unknown)) if shown.unknown else "",
        tell("{n} {n:question|questions} for the team", n=counted(len(row.asks))) if row.asks else "",
    ]
    told = ", ".join(filter(None, parts)) or tell("nothing")
    known = tell("What is known:")
    is_open = " open" if row.state is State.ASK else ""
    return f"<details{is_open}><summary>{known} {told}</summary>{inside}</details>"


def _short(shown: Shown, tell: Speaker) -> str:
    """A line each, and what stands behind it on the page of the kind."""
    items = [_number(one, tell) for one in shown.lines]
    items += [f'<li class="muted">{safe(tell(fold.title))}: {safe(fold.names)}</li>' for fold in shown.shared]
    told = f'<ul class="numbers">{"".join(items)}</ul>' if items else ""
    return told + _groups_html.unknown(shown.unknown)


def _number(one: Row, tell: Speaker) -> str:
    row = one.row
    seen = tell("{part} seen", part=safe(row.coverage))
    part = "" if row.is_whole else f' <span class="small muted">{seen}</span>'
    return f"<li><span>{safe(row.title)}:</span> <strong>{safe(row.now)}</strong> {_groups_html.since(row)}{part}</li>"


def _counts(row: KindRow, most: int, tell: Speaker) -> str:
    found = row.findings
    if found is None:  # nothing looks for single places of it, which the head of the page says once
        return ""
    cells = (("open findings", whole(found.open)), ("accepted", whole(found.accepted)))
    inside = "".join(
        f'<div><dt class="label">{tell(words)}</dt><dd class="key">{number}</dd></div>' for words, number in cells
    )
    filled = 100 * found.open // most if most else 0
    drawn = f'<span class="md-bar" aria-hidden="true"><i style="width:{filled}%"></i></span>' if most else ""
    return f'<div class="md-counts">{drawn}<dl class="counts">{inside}</dl></div>'


def legend() -> str:
    """How to read a list of findings."""
    tell = speaker()
    sizes = "; ".join(f"<strong>{size.value}</strong> {tell(words)}" for size, words in EFFORTS.items())
    return f'<p class="muted small">{tell(ORDER, sizes=sizes)}</p>'


def findings(rows: Sequence[FindingRow], first: int) -> str:
    """A page of findings, numbered from `first`."""
    tell = speaker()
    items = "".join(_finding(row, tell) for row in rows)
    return wrapped(f'<ol class="md-findings" data-testid="findings" start="{first}">{items}</ol>')


def _begun(note: str) -> str:
    """A sentence begins with a capital letter; a name stays as it is."""
    return note[:1].upper() + note[1:] if note.split(" ", 1)[0].isalpha() else note


def _finding(row: FindingRow, tell: Speaker) -> str:
    symbol = f' <span class="muted">{tell("in")}</span> <code>{name(row.symbol)}</code>' if row.symbol else ""
    snippet = f"<pre><code><bdi>{safe(row.snippet)}</bdi></code></pre>" if row.snippet else ""
    facts = "".join(
        f'<span class="badge">{safe(fact)}</span>'
        for fact in (
            tell("effort {size}", size=row.effort),
            tell(f"{row.severity} severity"),
            row.interest,
            row.last_changed,
        )
    )
    note = f"<p>{safe(_begun(row.note))}</p>" if row.note else ""
    tone = "accepted" if row.is_accepted else "lapsed"
    accepted = f'<p class="{tone}">{safe(row.accepted[:1].upper() + row.accepted[1:])}.</p>' if row.accepted else ""
    why = (
        f"<details><summary>{safe(row.rule)}: {tell('why it matters, and how to pay it off')}</summary>"
        f"<p>{marked(row.why)}</p><p><strong>{tell('Pay it off:')}</strong> {marked(row.pay_off)}</p></details>"
    )
    place = linked(row.place, row.link, is_code=True)
    return (
        f'<li data-testid="finding-{safe(row.id)}"><div class="place">{place}{symbol}</div>'
        f"{snippet}{note}<div>{facts}</div>{accepted}{why}</li>"
    )
