"""The picture of each question: what one looks at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from app_pages import _door, _graveyard_html, _html, _lineage, _lineage_html, _matrix_html, _strip, _visitor
from app_pages._cache import kept
from app_pages._choice import Choice
from app_pages._labels import spoken
from app_pages._numbers import chart, numbers, stored, whole
from app_pages._numbers import counted as counted_of
from app_pages._text import listed, safe
from collectors.facts.data_graph import Lineage

NOT_KEPT = "This snapshot was stored before such pictures were kept. The next scan keeps them."
NO_BRANCHES = "No branches are kept of this snapshot: git does not remember which stood in the past, or none did."
WHO_COUNTS = (
    "Whoever made one change and left counts too. Who began lately counts for the weeks that were had (Kaplan-Meier)."
)
BARS = "A bar runs from a branch’s first commit to its last; dots are the silence since."
FATES = {"active": "{n} active", "merged": "{n} merged", "abandoned": "{n} abandoned"}
NO_GRAPH = "Who reads and writes data is followed for the newest commit alone, where the code names any."


def of_question(question: str, shown: Choice) -> None:
    """Drawn in a card of its own; where there is nothing to draw, why."""
    title, draw = PICTURES[question]
    with st.container(border=True, key=f"picture_{question}", gap="small"):
        st.html(_html.wrapped(f"<h3>{safe(spoken(title))}</h3>"))
        draw(shown)


def _nothing(why: str) -> None:
    st.html(_html.wrapped(f'<p class="muted" data-testid="no-picture">{safe(spoken(why))}</p>'))


def graveyard(shown: Choice) -> None:
    if not _door.branch_counts(shown.snapshot.id):
        _nothing(NO_BRANCHES)
        return
    made = _door.branch_pictures(shown.snapshot)
    if not made.drawn:
        _nothing("There are no topic branches to draw: work goes straight to the default branch.")
        return
    counted = Counter[str]()
    for row in _door.branch_counts(shown.snapshot.id):
        counted[row.fate] += 0 if row.is_release or row.kind == "pull" else row.branches
    topics = spoken("{n} {n:topic branch|topic branches}", n=counted_of(made.topics))
    each = listed_here([spoken(told, n=whole(counted[fate])) for fate, told in FATES.items() if counted[fate]])
    says = f"{topics}: {each}."
    st.html(
        _html.wrapped(
            f"<p>{says}</p>",
            f'<p class="muted small">{spoken(BARS)}</p>',
        )
    )
    st.html(_graveyard_html.graveyard(made.drawn, shown.snapshot.as_of, says, numbers()))


def listed_here(items: Sequence[str]) -> str:
    return ", ".join(items) if _visitor.language() == "ko" else listed(items)


def graph(shown: Choice) -> None:
    lineage = _door.lineage(shown.snapshot.id)
    if lineage is None or not _lineage.stages(lineage):
        _nothing(NO_GRAPH)
        return
    st.html(graph_html(_door.made_of(shown.repo, shown.snapshot, ""), shown.anew("data"), lineage))


@kept(most=100, by=2)
def graph_html(made: _door.Made, where: str, found: Lineage) -> str:  # noqa: ARG001 - a key
    drawn = _lineage.picture(found)
    return _html.wrapped(f"<p>{safe(stored(found.how_sure))}</p>") + _lineage_html.graph(drawn, "", where)


def coverage(shown: Choice) -> None:
    found = _door.pictures(shown.snapshot.id)
    if found is None:
        _nothing(NOT_KEPT)
    elif not found.weeks:
        _nothing("No change of models, features or their settings was seen in the year before.")
    else:
        says = _strip.strip_says(
            found.weeks, has_metrics=found.has_metrics, numbers=numbers(), language=_visitor.language()
        )
        st.html(_html.wrapped(f'<p data-testid="strip-says">{safe(says)}</p>'))
        chart(_strip.strip(found.weeks), says)


def matrix(shown: Choice) -> None:
    found = _door.model_pairs(shown.snapshot.id)
    if found is None:
        _nothing(NO_GRAPH)
    elif len(found.models) < 2:
        one = "One model is trained here by a known name: {name}, so no two can be compared."
        none = "No job was seen to train a model of a known name."
        _nothing(spoken(one, name=found.models[0]) if found.models else none)
    else:
        st.html(_matrix_html.matrix(found))


def ramp(shown: Choice) -> None:
    found = _door.pictures(shown.snapshot.id)
    if found is None:
        _nothing(NOT_KEPT)
    elif not found.newcomers:
        _nothing("Fewer than five newcomers began in either of the last two years: groups under five are not shown.")
    else:
        says = _strip.ramps_say(found.newcomers, numbers(), _visitor.language())
        st.html(
            _html.wrapped(
                f'<p data-testid="ramp-says">{safe(says)}</p>',
                f'<p class="muted small">{spoken(WHO_COUNTS)}</p>',
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
