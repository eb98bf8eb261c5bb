"""Data: what rests on what, and how sure one can be of it. Evidence of question 2."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages import (
    _address,
    _door,
    _evidence,
    _evidence_page,
    _html,
    _lineage,
    _lineage_answers,
    _lineage_answers_html,
    _lineage_html,
    _visitor,
)
from app_pages._choice import Choice, choice
from app_pages._labels import spoken
from app_pages._numbers import numbers, whole
from app_pages._text import plain, safe, shortened
from app_pages._view import View
from collectors.facts.closure import closure
from collectors.facts.data_graph import Lineage, Node
from scoring.answers import Scorecard
from scoring.debts import Debt

ROWS = 100
ALL = "the whole graph"
ONLY = "1"
DEBTS = (
    *(Debt.UNANALYZED_DATA_DEPENDENCIES, Debt.UNSTABLE_DATA_DEPENDENCIES, Debt.UNDERUTILIZED_DATA_DEPENDENCIES),
    *(Debt.UNDECLARED_CONSUMERS, Debt.CORRECTION_CASCADES, Debt.DIRECT_FEEDBACK_LOOPS, Debt.PIPELINE_JUNGLES),
)


def page() -> None:
    shown = choice()
    language = _visitor.language()
    with st.skeleton(height=520):
        card, view = _door.card(shown.snapshot), _door.view(shown.repo, shown.snapshot, language)
        lineage = _door.lineage(shown.snapshot.id)
    about = "what data rests on what, as the code shows it and as pipelines declare it: evidence of the question below."
    _evidence_page.head(shown, "Data", about, [_evidence.answer_to(card, "data_dependencies")], view)
    names = list(_lineage.stages(lineage)) if lineage is not None else []
    none = {} if names else dict.fromkeys(("node", "only"), "no graph is kept to show it in")
    _address.check({"node": names, "only": (ONLY,) if names else ()}, **none)
    if lineage is None or not names:
        says = "No graph is kept of snapshots of the past, nor where no data is read or written by a known name."
        st.html(_html.empty("No graph of data", says))
    else:
        _graph(shown, card, view, lineage, language)
    _evidence_page.sections(shown, card, [_evidence.part_of(card, debt) for debt in DEBTS], view)


def _graph(shown: Choice, card: Scorecard, view: View, lineage: Lineage, language: str) -> None:
    met = _door.sharing(shown.repo) if shown.is_latest else None
    made, where = _door.made_of(shown.repo, shown.snapshot, language), shown.anew("data")
    st.html(answers_html(made, where, _lineage_answers_html.elsewhere_briefly(met), card, view, lineage))
    node, only = _controls(list(_lineage.stages(lineage)))
    parts = drawn_html(made, node, only, where, shown, lineage)
    if parts is None:
        _nothing(node)
    for part in parts or ():
        st.html(part)
    if node != ALL:
        _closures(shown, lineage, node, where)
    if met:
        st.html(_lineage_answers_html.elsewhere(met, shown.repo.web, shown.snapshot.commit, ROWS))


def _controls(names: Sequence[str]) -> tuple[str, bool]:
    """What the address asks for; it wins over what was chosen before."""
    asked, only = st.query_params.get("node", ""), st.query_params.get("only") == ONLY
    node = asked if asked in names else ALL
    if st.session_state.get("data_node") != node:
        st.session_state["data_node"] = node
    st.session_state["data_problems"] = only
    with st.container(horizontal=True, vertical_alignment="bottom", key="data_shown"):
        st.selectbox("Around", [ALL, *names], key="data_node", format_func=plain, on_change=_picked, width=420)
        st.toggle("Only what is to be looked at", key="data_problems", on_change=_narrowed)
        if node != ALL:
            st.button("Show the whole graph", key="whole_graph", type="tertiary", on_click=_whole)
    return node, only


def _nothing(node: str) -> None:
    """Why the graph would be empty, and the ways out."""
    if node == ALL:
        says = (
            "Nothing in this graph is read undeclared, predicted and trained on, or from elsewhere without a version."
        )
        st.html(_html.empty("Nothing is to be looked at", says))
    else:
        says = f"Neither <code>{_html.name(shortened(node, 120))}</code> nor what it rests on or what rests on it is."
        st.html(_html.empty("Nothing around it is to be looked at", says))
    st.button("Show everything" if node == ALL else "Show all around it", key="widen", on_click=_widened)


@st.cache_resource(show_spinner=False, max_entries=200)
def answers_html(
    made: _door.Made,  # noqa: ARG001 - a key of the cache
    where: str,
    elsewhere: str,
    _card: Scorecard,
    _view: View,
    _graph: Lineage,
) -> str:
    found = _lineage_answers.answers(_graph, _lineage.problems(_graph), _card.signals, _view)
    return _lineage_answers_html.answers(found, elsewhere, where)


@st.cache_resource(show_spinner=False, max_entries=200)
def drawn_html(
    made: _door.Made,  # noqa: ARG001 - a key of the cache
    node: str,
    only: bool,
    where: str,
    _shown: Choice,
    _graph: Lineage,
) -> tuple[str, ...] | None:
    """How sure one can be of it, the picture, and what is to be looked at: made once for each choice.

    None where nothing would be drawn.
    """
    lineage, names = _graph, list(_lineage.stages(_graph))
    told = _lineage.problems(lineage)
    wanted = None if node == ALL else _lineage.around(lineage, node)
    if only:
        wanted = frozenset(name for name in told if wanted is None or name in wanted)
    drawn = _lineage.picture(lineage, wanted, node)
    if not drawn.chips:
        return None
    form = numbers()
    shown_of = _lineage.folded(drawn, names if wanted is None else [name for name in names if name in wanted], form)
    sure = f"{form.within(lineage.how_sure)} {shown_of}."
    parts = [
        _html.wrapped(f'<p class="muted" data-testid="data-sure">{safe(sure)}</p>'),
        _lineage_html.graph(drawn, node, where),
    ]
    if asked := {name: problem for name, problem in told.items() if wanted is None or name in wanted}:
        read = _lineage.readers(lineage, asked)
        parts.append(_lineage_html.problems(asked, read, _shown.repo.web, _shown.snapshot.commit, ROWS, where))
    return tuple(parts)


def _closures(shown: Choice, lineage: Lineage, name: str, where: str) -> None:
    for downstream, title in ((False, "It rests on"), (True, "Rests on it")):
        found = closure(lineage, Node(name), downstream=downstream)
        st.html(_html.wrapped(f"<h2>{spoken(title)}: {whole(len(found.data))}</h2>"))
        if found.data:
            st.html(_lineage_html.closure_table(found, shown.repo.web, shown.snapshot.commit, ROWS, where))
            if rest := _lineage_html.left_out(len(found.data), ROWS):
                st.html(rest)


def _picked() -> None:
    """What is shown stands in the address."""
    node = st.session_state["data_node"]
    if node == ALL:
        _whole()
    else:
        st.query_params["node"] = node


def _whole() -> None:
    st.query_params.pop("node", None)


def _narrowed() -> None:
    if st.session_state["data_problems"]:
        st.query_params["only"] = ONLY
    else:
        _widened()


def _widened() -> None:
    st.query_params.pop("only", None)


page()
