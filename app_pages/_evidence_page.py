"""What the pages of evidence have in common: a head, one signal over time, and a section for each debt."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages import _address, _door, _evidence, _evidence_html, _frames, _html, _over_time, _refusals, _stated_html
from app_pages._choice import Choice
from app_pages._labels import spoken
from app_pages._numbers import counted
from app_pages._text import label, safe, shortened
from app_pages._view import View
from scoring.answers import Answer, Part, Scorecard
from scoring.report.stated import stated_of
from scoring.signal import Signal


def head(shown: Choice, title: str, about: str, answers: Sequence[Answer], view: View) -> None:
    """The questions that the page is evidence of lead it."""
    as_of = _html.as_of(shown.snapshot.as_of, shown.snapshot.commit)
    as_of += f" {spoken('No snapshot is from a quarter ago, so nothing is compared.')}" if view.is_first else ""
    rows = [_frames.answer_row(answer, view) for answer in answers]
    st.html(
        _html.wrapped(
            f"<h1>{safe(spoken(title))}</h1>",
            f"<p>{_html.name(shortened(shown.repo.title, 120))}: {safe(spoken(about))} "
            f'<span class="muted">{as_of}</span></p>',
            *map(_evidence_html.question, rows),
            classes="md-head",
        )
    )
    if shown.snapshot.partial:
        st.html(
            _html.notice(spoken("This snapshot is partial. What follows is unknown, not zero:"), shown.snapshot.partial)
        )


def trend(shown: Choice, signals: list[Signal], view: View) -> None:
    """One signal over all snapshots, to be chosen: at first the one that says most."""
    if not signals:
        return
    titles = {signal.name: view.title(signal.definition) for signal in signals}
    key, asked = f"trend_{signals[0].name}", st.query_params.get("line")
    wanted = asked if asked in titles else signals[_evidence.to_look_at(signals, view)].name
    if st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    lead = st.selectbox(
        spoken("Over time"), list(titles), format_func=titles.__getitem__, key=key, on_change=_pick_line, args=(key,)
    )
    signal = next(signal for signal in signals if signal.name == lead)
    series = _door.whole_past(shown.repo, signal.name)
    change = _html.told(view.change(signal))
    says = spoken(
        "{title}: {value} now; {change}.", title=titles[lead], value=_frames.shown(signal, view), change=change
    )
    st.html(_over_time.over_time(series, signal.definition.unit, says, view.numbers, view.language))


def _pick_line(key: str) -> None:
    """What is drawn stands in the address."""
    st.query_params["line"] = st.session_state[key]


def check(parts: Sequence[Part], view: View) -> None:
    """What the address asks for, of a page that draws one of its numbers over time."""
    _address.check({"line": [signal.name for signal in _drawn(parts, view)]})


def _drawn(parts: Sequence[Part], view: View) -> list[Signal]:
    return _evidence.with_a_line([signal for part in parts for signal in part.signals], view)


@_refusals.part()
def over_time(shown: Choice, parts: Sequence[Part], view: View) -> None:
    trend(shown, _drawn(parts, view), view)


def sections(shown: Choice, card: Scorecard, parts: Sequence[Part], view: View) -> None:
    said = stated_of(card, _door.attestations(shown.repo, shown.snapshot))
    for one in _evidence.sections(parts, view):
        st.html(_evidence_html.section(one))
        if told := _stated_html.section(said, one.block.debt, view.language):
            st.html(told)
        found = sum(one.findings or ())
        if found and not shown.snapshot.is_backfill:
            says = f"{spoken('List {n} {n:finding|findings}', n=counted(found))}: {label(one.block.title)}"
            st.page_link("debts.py", label=says, query_params={**shown.address, "debt": one.block.debt})
