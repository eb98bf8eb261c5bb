"""Data: what rests on what, and how sure one can be of it. Evidence of question 2."""

from __future__ import annotations

import streamlit as st

from app_pages import _door, _evidence, _evidence_page, _html, _lineage, _lineage_html, _visitor
from app_pages._choice import Choice, choice
from app_pages._labels import spoken
from app_pages._numbers import numbers, whole
from app_pages._text import plain, safe
from collectors.facts.closure import closure
from collectors.facts.data_graph import Lineage, Node
from scoring.debts import Debt

ROWS = 100
ALL = "the whole graph"
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
    if lineage is None or not _lineage.stages(lineage):
        says = "No graph is kept of snapshots of the past, nor where no data is read or written by a known name."
        st.html(_html.empty("No graph of data", says))
    else:
        _graph(shown, lineage, language)
    _evidence_page.sections(shown, card, [_evidence.part_of(card, debt) for debt in DEBTS], view)


def _graph(shown: Choice, lineage: Lineage, language: str) -> None:
    names = list(_lineage.stages(lineage))
    asked = st.query_params.get("node", "")
    if "data_node" not in st.session_state:
        st.session_state["data_node"] = asked if asked in names else ALL
    with st.container(horizontal=True, vertical_alignment="bottom", key="data_shown"):
        node = st.selectbox("Around", [ALL, *names], key="data_node", format_func=plain, on_change=_picked, width=420)
        only = st.toggle("Only what is to be looked at", key="data_problems")
    for part in drawn_html(_door.made_of(shown.repo, shown.snapshot, language), node, only, shown, lineage):
        st.html(part)
    if node != ALL:
        _closures(shown, lineage, node)
    if shown.is_latest and (met := _door.sharing(shown.repo)):
        st.html(_lineage_html.elsewhere(met, shown.repo.web, shown.snapshot.commit, ROWS))


@st.cache_resource(show_spinner=False, max_entries=200)
def drawn_html(made: _door.Made, node: str, only: bool, _shown: Choice, _graph: Lineage) -> tuple[str, ...]:  # noqa: ARG001
    """How sure one can be of it, the picture, and what is to be looked at: made once for each choice."""
    lineage, names = _graph, list(_lineage.stages(_graph))
    told = _lineage.problems(lineage)
    wanted = None if node == ALL else _lineage.around(lineage, node)
    if only:
        wanted = frozenset(name for name in told if wanted is None or name in wanted)
    drawn = _lineage.picture(lineage, wanted)
    form = numbers()
    shown_of = _lineage.folded(drawn, names if wanted is None else [name for name in names if name in wanted], form)
    sure = f"{form.within(lineage.how_sure)} {shown_of}."
    parts = [
        _html.wrapped(f'<p class="muted" data-testid="data-sure">{safe(sure)}</p>'),
        _lineage_html.graph(drawn, node),
    ]
    if asked := {name: problem for name, problem in told.items() if wanted is None or name in wanted}:
        where = _lineage.readers(lineage, asked)
        parts.append(_lineage_html.problems(asked, where, _shown.repo.web, _shown.snapshot.commit, ROWS))
    return tuple(parts)


def _closures(shown: Choice, lineage: Lineage, name: str) -> None:
    for downstream, title in ((False, "It rests on"), (True, "Rests on it")):
        found = closure(lineage, Node(name), downstream=downstream)
        st.html(_html.wrapped(f"<h2>{spoken(title)}: {whole(len(found.data))}</h2>"))
        if found.data:
            st.html(_lineage_html.closure_table(found, shown.repo.web, shown.snapshot.commit, ROWS))
            if rest := _lineage_html.left_out(len(found.data), ROWS):
                st.html(rest)


def _picked() -> None:
    """What is shown stands in the address."""
    node = st.session_state["data_node"]
    if node == ALL:
        st.query_params.pop("node", None)
    else:
        st.query_params["node"] = node


page()
