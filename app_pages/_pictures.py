"""The picture of each question: what one looks at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import streamlit as st

from app_pages import _door, _html, _lineage, _lineage_html, _matrix_html, _strip
from app_pages._choice import Choice
from app_pages._graveyard import FATE_WORDS
from app_pages._labels import spoken
from app_pages._numbers import chart, count, numbers, stored, whole
from app_pages._text import listed, safe
from collectors.facts.data_graph import Lineage

NOT_KEPT = "This snapshot was stored before such pictures were kept. The next scan keeps them."
NO_GRAPH = "Who reads and writes data is followed for the newest commit alone, where the code names any."


def of_question(question: str, shown: Choice) -> None:
    """Drawn in a card of its own; where there is nothing to draw, why."""
    title, draw = PICTURES[question]
    with st.container(border=True, key=f"picture_{question}", gap="small"):
        st.html(_html.wrapped(f"<h3>{safe(spoken(title))}</h3>"))
        draw(shown)


def _nothing(why: str) -> None:
    st.html(_html.wrapped(f'<p class="muted" data-testid="no-picture">{safe(why)}</p>'))


def graveyard(shown: Choice) -> None:
    if not _door.branch_counts(shown.snapshot.id):
        _nothing("No branches are kept of this snapshot: git does not remember which stood in the past, or none did.")
        return
    made = _door.branch_pictures(shown.snapshot)
    if not made.drawn:
        _nothing("There are no topic branches to draw: work goes straight to the default branch.")
        return
    counted = Counter[str]()
    for row in _door.branch_counts(shown.snapshot.id):
        counted[row.fate] += 0 if row.is_release or row.kind == "pull" else row.branches
    fates = listed(f"{whole(counted[fate])} {word.lower()}" for fate, word in FATE_WORDS.items() if counted[fate])
    says = f"{count(made.topics, 'topic branch', 'topic branches')}: {fates}."
    st.html(
        _html.wrapped(
            f"<p>{says}</p>",
            '<p class="muted small">A bar runs from a branch’s first commit to its last; dots are the silence '
            "since.</p>",
        )
    )
    chart(made.graveyard, says)


def graph(shown: Choice) -> None:
    lineage = _door.lineage(shown.snapshot.id)
    if lineage is None or not _lineage.stages(lineage):
        _nothing(NO_GRAPH)
        return
    st.html(graph_html(_door.made_of(shown.repo, shown.snapshot, ""), lineage))


@st.cache_resource(show_spinner=False, max_entries=100)
def graph_html(made: _door.Made, _graph_of_it: Lineage) -> str:  # noqa: ARG001 - a key of the cache
    drawn = _lineage.picture(_graph_of_it)
    return _html.wrapped(f"<p>{safe(stored(_graph_of_it.how_sure))}</p>") + _lineage_html.graph(drawn, "")


def coverage(shown: Choice) -> None:
    found = _door.pictures(shown.snapshot.id)
    if found is None:
        _nothing(NOT_KEPT)
    elif not found.weeks:
        _nothing("No change of models, features or their settings was seen in the year before.")
    else:
        says = _strip.strip_says(found.weeks, has_metrics=found.has_metrics, numbers=numbers())
        st.html(_html.wrapped(f'<p data-testid="strip-says">{safe(says)}</p>'))
        chart(_strip.strip(found.weeks), says)


def matrix(shown: Choice) -> None:
    found = _door.model_pairs(shown.snapshot.id)
    if found is None:
        _nothing(NO_GRAPH)
    elif len(found.models) < 2:
        seen = f"One model is trained here by a known name: {found.models[0]}" if found.models else "No job was seen to"
        _nothing(f"{seen}, so no two can be compared." if found.models else f"{seen} train a model of a known name.")
    else:
        st.html(_matrix_html.matrix(found))


def ramp(shown: Choice) -> None:
    found = _door.pictures(shown.snapshot.id)
    if found is None:
        _nothing(NOT_KEPT)
    elif not found.newcomers:
        _nothing("Fewer than five newcomers began in either of the last two years: groups under five are not shown.")
    else:
        says = _strip.ramps_say(found.newcomers, numbers())
        st.html(
            _html.wrapped(
                f'<p data-testid="ramp-says">{safe(says)}</p>',
                '<p class="muted small">Whoever made one change and left counts too. '
                "Who began lately counts for the weeks that were had (Kaplan-Meier).</p>",
            )
        )
        chart(_strip.ramps(found.newcomers, numbers()), says)


PICTURES: Mapping[str, tuple[str, Callable[[Choice], None]]] = {
    "new_algorithm": ("How long experiments live", graveyard),
    "data_dependencies": ("What data rests on what", graph),
    "change_impact": ("Which changes somebody measured", coverage),
    "cross_degradation": ("Which models hang together", matrix),
    "onboarding": ("How newcomers come to more", ramp),
}
