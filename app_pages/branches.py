"""Branches: how long experiments live, and what is left of them. Evidence of the first question."""

from __future__ import annotations

import streamlit as st

from app_pages import _address, _door, _frames, _graveyard_html, _html, _numbers, _refusals, _visitor
from app_pages._choice import Choice, choice
from app_pages._graveyard import FATE_WORDS
from app_pages._labels import spoken
from app_pages._numbers import chart, count, stored, whole
from app_pages._text import day, listed, safe, shortened
from collectors.facts.branches import QUIET_AFTER_DAYS, Fate
from scoring.debts import DEBTS, Debt
from scoring.report.links import permalink
from scoring.signal import State

BRANCHES_A_PAGE = 50
DEBTS_SHOWN = Debt.DEAD_EXPERIMENTAL_CODEPATHS, Debt.PROCESS_MANAGEMENT_DEBT
SIGNALS_SHOWN = "abandoned_branches", "branch_lifecycle", "merge_lead_time"
DAY = 86_400


def head(shown: Choice, language: str) -> None:
    as_of = _html.as_of(shown.snapshot.as_of, shown.snapshot.commit)
    st.html(
        _html.wrapped(
            f"<h1>{spoken('Branches')}</h1>",
            f"<p>{_html.name(shortened(shown.repo.title, 120))}: how long experiments live, and what is left of them. "
            f'<span class="muted">{as_of}</span></p>',
            *(_html.debt(DEBTS[debt], language) for debt in DEBTS_SHOWN),
            classes="md-head",
        )
    )
    if shown.snapshot.partial:
        st.html(_html.notice("This snapshot is partial. What follows is unknown, not zero:", shown.snapshot.partial))


def numbers(shown: Choice, language: str) -> None:
    """What the branches say in numbers, each with where it came from in a quarter."""
    card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
    signals = [signal for signal in card.signals if signal.name in SIGNALS_SHOWN]
    if signals:
        st.html(_html.number_cards([_frames.signal_row(signal, view) for signal in signals]))


def pictures(shown: Choice) -> None:
    with st.skeleton(height=640):
        made = _door.branch_pictures(shown.snapshot)
    if not made.drawn:
        st.html(_html.empty("No topic branches to draw", "All that stand beside the default branch are listed below."))
        return
    drawn = len(made.drawn)
    first = (
        f"{drawn} of {whole(made.topics)}: those that nobody merged, the longest silent; all are listed below. "
        if drawn < made.topics
        else ""
    )
    with st.container(border=True, key="graveyard"):
        st.html(
            _html.wrapped(
                f"<h2>{spoken('Graveyard')}</h2>",
                f'<p class="muted small">{first}A bar runs from the first commit to the last; dots are the silence '
                f"since. Abandoned: unmerged, and without a commit for {QUIET_AFTER_DAYS} days. Release lines and open "
                "pull requests are left out.</p>",
            )
        )
        told = _html.fates(_counts(shown))
        st.html(_graveyard_html.graveyard(made.drawn, shown.snapshot.as_of, told, _numbers.numbers()))
    with st.container(border=True, key="silence"):
        st.html(
            _html.wrapped(
                f"<h2>{spoken('Unmerged branches carried along')}</h2>",
                '<p class="muted small">How many of today’s branches had been silent, and for how long. Branches that '
                "were deleted since are missing: git does not remember them.</p>",
            )
        )
        silence = _door.branch_silence(shown.snapshot)
        says = f"{count(silence.now, 'unmerged branch', 'unmerged branches')} silent for a month or more now."
        chart(silence.chart, says)


def _counts(shown: Choice) -> dict[str, int]:
    counted = dict.fromkeys(FATE_WORDS, 0)
    for row in _door.branch_counts(shown.snapshot.id):
        counted[row.fate] = counted.get(row.fate, 0) + row.branches
    return counted


def apart(shown: Choice) -> str:
    """How many of the branches below are no topic branches: why a fate's number here may be above the one on top."""
    kept = sum(row.branches for row in _door.branch_counts(shown.snapshot.id) if row.is_release)
    pulls = sum(r.branches for r in _door.branch_counts(shown.snapshot.id) if r.kind == "pull" and not r.is_release)
    found = [count(kept, "release line")] * bool(kept) + [count(pulls, "open pull request")] * bool(pulls)
    if not found:
        return "All branches that stood beside the default branch."
    return f"All branches, with {listed(found)}: those are no experiments, and what stands above leaves them out."


def _first_page() -> None:
    st.session_state.pop("branch_pages", None)
    st.query_params["fate"] = st.session_state["fate"]


def _back() -> None:
    st.session_state["branch_pages"].pop()


@_refusals.part()
def listing(shown: Choice) -> None:
    """All branches of one fate, those silent for longest first."""
    counted = _counts(shown)
    fates = [fate for fate, number in counted.items() if number]
    st.html(
        _html.wrapped(f"<h2>{spoken('Longest silent first')}</h2>", f'<p class="muted small">{safe(apart(shown))}</p>')
    )
    asked = st.query_params.get("fate")
    default = Fate.ABANDONED.value if Fate.ABANDONED.value in fates else fates[0]
    if asked not in fates:
        asked = default
    if st.session_state.get("fate") != asked:
        st.session_state["fate"] = asked
    fate = st.segmented_control(
        "Fate",
        fates,
        format_func=lambda fate: f"{FATE_WORDS.get(fate, fate)} {whole(counted[fate])}",
        key="fate",
        required=True,
        label_visibility="collapsed",
        on_change=_first_page,
    )
    chosen = fate or default
    pages: list[tuple[int, int] | None] = st.session_state.setdefault("branch_pages", [None])
    found = _door.branches(shown.snapshot.id, Fate(chosen), pages[-1], BRANCHES_A_PAGE)
    first = (len(pages) - 1) * BRANCHES_A_PAGE
    last = first + len(found)
    rows = [
        (
            _html.linked(
                shortened(row.name, 120),
                permalink(shown.repo.web, "branch", row.name, row.tip) if row.kind == "branch" else None,
                is_code=True,
            ),
            _html.linked(row.tip[:7], permalink(shown.repo.web, "commit", row.tip, row.tip), is_code=True),
            safe(row.kind + (", release" if row.is_release else "")),
            day(row.last_at),
            whole(max(0, shown.snapshot.as_of - row.last_at) // DAY),
            whole(row.ahead),
            whole(row.behind),
        )
        for row in found
    ]
    columns = ("Branch", False), ("Tip", False), ("Kind", False), ("Last commit", False)
    numbers = ("Days silent", True), ("Ahead", True), ("Behind", True)
    st.html(_html.table((*columns, *numbers), rows, "branches"))
    if counted[chosen] > BRANCHES_A_PAGE:
        after = (found[-1].last_at, found[-1].position) if found else None
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Previous", key="branches_back", on_click=_back, disabled=len(pages) == 1)
            st.button("Next", key="branches_on", on_click=pages.append, args=(after,), disabled=last >= counted[chosen])
            st.html(_html.part_of(first + 1, last, counted[chosen]))


def nothing(shown: Choice) -> None:
    """No branch is listed: say whether there is none, none is remembered, or none could be read."""
    card = _door.card(shown.snapshot)
    reasons = {s.measurement.reason for s in card.signals if s.name in SIGNALS_SHOWN[:1] and s.state is State.UNKNOWN}
    if shown.snapshot.is_backfill:
        why = "This snapshot was made from history, and git does not remember which branches stood at that time."
    elif reasons:
        why = "Branches could not be looked at: " + "; ".join(sorted(safe(stored(reason)) for reason in reasons)) + "."
    else:
        why = (
            "Besides the default branch there are no branches, remote-tracking refs, open pull requests or "
            "experiments. Work goes straight to the default branch, or branches are deleted when they are merged."
        )
    st.html(_html.empty("No branches to show", why))


def page() -> None:
    shown = choice()
    language = _visitor.language()
    head(shown, language)
    _address.check({"fate": [fate for fate, number in _counts(shown).items() if number]})
    numbers(shown, language)
    if _door.branch_counts(shown.snapshot.id):
        pictures(shown)
        listing(shown)
    else:
        nothing(shown)


page()
