"""Debts: every kind that the paper names, what is known of it, and each place where it shows."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import streamlit as st

from app_pages import _address, _answering, _door, _html, _ledger, _ledger_html, _refusals, _stated_html, _visitor
from app_pages._choice import Choice, choice
from app_pages._labels import spoken
from app_pages._ledger import ACCEPTANCES, NOT_NAMED, SECTIONS, SEVERITIES, KindRow, Wanted
from app_pages._numbers import counted, whole
from app_pages._text import label, safe, shortened
from app_pages._view import View
from scoring.report.stated import stated_of
from scoring.signal import State

FINDINGS_A_PAGE = 50
ALL = ""
FILTERS = {"acceptance": ("Accepted or not", ACCEPTANCES), "severity": ("Severity", SEVERITIES)}
STATES = (
    "{measured} of the paper’s {total} kinds of debt are measured, {unknown} unknown, {asked} for the team to answer."
)


def head(shown: Choice, rows: tuple[KindRow, ...], view: View) -> None:
    as_of = _html.as_of(shown.snapshot.as_of, shown.snapshot.commit)
    as_of += f" {spoken('No snapshot is from a quarter ago, so nothing is compared.')}" if view.is_first else ""
    named = [row for row in rows if row.slug != NOT_NAMED]
    states = Counter(row.state for row in named)
    said = spoken(
        STATES,
        measured=states[State.MEASURED],
        total=len(named),
        unknown=states[State.UNKNOWN],
        asked=states[State.ASK],
    )
    where = spoken("Findings are counted where a signal looks for single places of a kind.")
    st.html(
        _html.wrapped(
            f"<h1>{spoken('Debts')}</h1>",
            f'<p>{_html.name(shortened(shown.repo.title, 120))}: {said} <span class="muted">{as_of}</span></p>',
            f'<p class="muted small">{where}</p>',
            classes="md-head",
        )
    )
    if shown.snapshot.partial:
        st.html(
            _html.notice(spoken("This snapshot is partial. What follows is unknown, not zero:"), shown.snapshot.partial)
        )
    if shown.snapshot.advice:
        st.html(
            _html.notice(spoken("To tidy up in mldebt.yml, or beside the code:"), shown.snapshot.advice, is_calm=True)
        )
    if shown.snapshot.is_backfill:
        st.html(
            _html.notice(
                spoken(
                    "This snapshot was made from history: findings are counted where that was possible, but not listed."
                ),
                is_calm=True,
            )
        )


def _pick(slug: str | None = None) -> None:
    chosen = st.session_state["debt"] if slug is None else slug
    if chosen == ALL:
        st.query_params.pop("debt", None)
    else:
        st.query_params["debt"] = chosen


def picker(rows: tuple[KindRow, ...]) -> KindRow | None:
    """The kind that the address names. One that there is not is never replaced by another."""
    titles = {ALL: spoken("All kinds"), **{row.slug: row.title for row in rows}}
    asked = st.query_params.get("debt", ALL)
    asked = asked if asked in titles else ALL
    if st.session_state.get("debt") != asked:
        st.session_state["debt"] = asked
    st.selectbox(spoken("Kind of debt"), list(titles), key="debt", format_func=titles.__getitem__, on_change=_pick)
    return next((row for row in rows if row.slug == asked), None)


def ledger(shown: Choice, rows: tuple[KindRow, ...], language: str) -> None:
    """All kinds, by the paper's sections; a bar compares their open findings."""
    most = max((row.findings.open for row in rows if row.findings), default=0)
    for section, group in groupby(rows, key=lambda row: row.section):
        title = (
            f"{spoken('Section {number}', number=section)} · {SECTIONS[section].in_language(language)}"
            if section
            else spoken("Of no kind in the paper")
        )
        st.html(_html.wrapped(f"<h2>{safe(title)}</h2>"))
        with st.container(key=f"section_{section or NOT_NAMED}", border=True, gap=None):
            for row in group:
                st.html(_ledger_html.kind(row, most=most))
                found = sum(row.findings or ())
                if found and not shown.snapshot.is_backfill:
                    says = f"{spoken('List {n} {n:finding|findings}', n=counted(found))}: {label(row.title)}"
                    st.button(says, key=f"list_{row.slug}", type="tertiary", on_click=_pick, args=(row.slug,))


def why_none(shown: Choice, row: KindRow) -> str:
    """Why a kind lists no findings: that nobody looked is another answer than that there are none."""
    if shown.snapshot.is_backfill:
        return spoken("Findings are listed for scans only, not for snapshots made from history.")
    if row.findings is None:
        if not row.rules:
            return spoken("No signal looks for single places of this kind: what is known of it stands above.")
        return spoken("Places of this kind could not be looked for: the reason stands above.")
    if sum(row.findings):
        lighter = "{n} {n:finding|findings} counted, but lighter than all that are kept of this snapshot."
        return spoken(lighter, n=counted(sum(row.findings)))
    return spoken("Looked for, and none was found. What a signal cannot see is told on the scorecard.")


def _back(pages: str) -> None:
    st.session_state[pages].pop()


def _narrow(name: str) -> None:
    """What is chosen stands in the address."""
    if st.session_state[name]:
        st.query_params[name] = st.session_state[name]
    else:
        st.query_params.pop(name, None)


def _widen() -> None:
    for name in FILTERS:
        st.query_params.pop(name, None)


def filters() -> Wanted:
    """Which findings the address asks for; the address wins over what was chosen before."""
    asked = {name: st.query_params.get(name) for name in FILTERS}
    with st.container(horizontal=True, key="finding_filters"):
        for name, (title, options) in FILTERS.items():
            st.session_state[name] = asked[name] if asked[name] in options else None
            shown_as = {option: spoken(words) for option, words in options.items()}
            st.pills(
                spoken(title),
                list(options),
                key=name,
                format_func=shown_as.__getitem__,
                on_change=_narrow,
                args=(name,),
            )
    return _ledger.wanted(asked["acceptance"], asked["severity"])


@_refusals.part()
def listing(shown: Choice, row: KindRow, view: View) -> None:
    """The findings of one kind, the heaviest first, a page at a time."""
    every = _door.finding_count(shown.snapshot.id, row.rules)
    if not every:
        st.html(_html.empty(spoken("No findings to list"), safe(why_none(shown, row))))
        return
    st.html(_html.wrapped(f"<h2>{spoken('Findings')}</h2>", _ledger_html.legend(), _kept(every, row)))
    wanted = filters()
    listed = _door.finding_count(shown.snapshot.id, row.rules, wanted)
    if not listed:
        none = spoken("None of the {n} listed findings fits the filter.", n=whole(every))
        st.html(_html.empty(spoken("No match"), none))
        st.button(spoken("Show all findings"), key="all_findings", on_click=_widen)
        return
    key = f"finding_pages_{shown.snapshot.id}_{row.slug}_{wanted.accepted}_{wanted.severity}"
    pages: list[int] = st.session_state.setdefault(key, [-1])
    found = _door.findings(shown.snapshot.id, row.rules, pages[-1], FINDINGS_A_PAGE, wanted)
    definitions = {signal.name: signal.definition for signal in _door.card(shown.snapshot).signals}
    first = (len(pages) - 1) * FINDINGS_A_PAGE
    last = first + len(found)
    st.html(_ledger_html.findings([_ledger.finding_row(one.finding, definitions, view) for one in found], first + 1))
    if listed > FINDINGS_A_PAGE:
        after = found[-1].position if found else pages[-1]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(spoken("Previous"), key="findings_back", on_click=_back, args=(key,), disabled=len(pages) == 1)
            st.button(spoken("Next"), key="findings_on", on_click=pages.append, args=(after,), disabled=last >= listed)
            st.html(_html.part_of(first + 1, last, listed))


def _kept(listed: int, row: KindRow) -> str:
    every = sum(row.findings or ())
    if every <= listed:
        return ""
    told = spoken("The heaviest {n} of {total} are kept and listed.", n=whole(listed), total=whole(every))
    return f'<p class="muted small">{told}</p>'


def page() -> None:
    shown = choice()
    language = _visitor.language()
    with st.skeleton(height=520):
        card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
    rows = _ledger.kind_rows(card, view, st.query_params.get("debt"))
    head(shown, rows, view)
    _address.check({"debt": [row.slug for row in rows], **{name: known for name, (_, known) in FILTERS.items()}})
    chosen = picker(rows)
    said = stated_of(card, _door.attestations(shown.repo, shown.snapshot))
    if told := _stated_html.section(said, chosen.slug if chosen else None, language):
        st.html(told)
    if chosen is None:
        ledger(shown, rows, language)
        return
    with st.container(key="chosen", border=True, gap=None):
        st.html(_ledger_html.kind(chosen, is_alone=True))
    if chosen.section:
        _answering.form(shown.repo, chosen.slug, chosen.asks)
    listing(shown, chosen, view)
    st.button(spoken("Show all kinds"), key="all_kinds", on_click=_pick, args=(ALL,))


page()
