"""Ahead and behind by bit sets, against plain sets, on any graph."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.git.distance import distances
from collectors.git.graph import NOWHERE, Graph, Row, graph_of

Parents = list[tuple[int, ...]]


@st.composite
def histories(draw: st.DrawFn) -> Parents:
    """Up to 40 commits: linear stretches, roots, octopus merges, criss-cross, and twice the same parent."""
    found: Parents = []
    for n in range(draw(st.integers(1, 40))):
        earlier = st.lists(st.integers(max(0, n - draw(st.sampled_from([4, 40]))), max(0, n - 1)), max_size=4)
        found.append(tuple(draw(st.one_of(st.just([n - 1]), st.just([n - 1]), earlier))) if n else ())
    return found


def graph(parents: Parents) -> Graph:
    return graph_of(Row(f"{n:040x}", tuple(f"{p:040x}" for p in ps), n * 7919 % 101) for n, ps in enumerate(parents))


def pasts(parents: Parents) -> list[set[int]]:
    found: list[set[int]] = []
    for commit, own in enumerate(parents):
        found.append({commit}.union(*(found[parent] for parent in own)))
    return found


@settings(max_examples=300)
@given(histories(), st.data())
def test_every_commit_is_as_far_from_any_base_as_the_sets_of_their_pasts_say(
    parents: Parents, data: st.DataObject
) -> None:
    base = data.draw(st.integers(0, len(parents) - 1))
    found, sets, made = distances(graph(parents), base), pasts(parents), graph(parents)
    for commit, own in enumerate(sets):
        ahead = own - sets[base]
        assert found.ahead[commit] == len(ahead)
        assert found.behind(commit) == len(sets[base] - own)
        assert not ahead or found.first_at[commit] == min(made.at[c] for c in ahead)
        assert found.fork[commit] == max(own & sets[base], default=NOWHERE)


@given(histories(), st.data())
def test_a_commit_arrives_with_the_first_commit_of_the_line_that_reaches_it(
    parents: Parents, data: st.DataObject
) -> None:
    base = data.draw(st.integers(0, len(parents) - 1))
    made, sets = graph(parents), pasts(parents)
    line = made.first_parents(base)[::-1]
    arrivals = made.arrivals(base)
    for commit in range(len(parents)):
        assert arrivals[commit] == next((on for on in line if commit in sets[on]), NOWHERE)


@given(histories(), st.data())
def test_one_commit_reaches_another_where_it_lies_in_its_past(parents: Parents, data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(0, len(parents) - 1)) for _ in range(2))
    made = graph(parents)
    assert made.reaches(one, other) == (other in pasts(parents)[one]) == bool(made.past(one)[other])
