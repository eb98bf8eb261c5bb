"""What `per_file` promises: the places in a file are the same whatever stands beside it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.files import EarlierFiles, File, FileKind, Files
from collectors.facts.sites import SiteKind
from collectors.registry import SignalFunction, discover
from tests.builders import file, tree
from tests.collectors.signals.files_with_sites import holding

SIGNALS = [signal for signal in discover() if signal.definition.per_file]

# A leak is one of the split in the same code.
files = st.lists(
    st.one_of(
        st.builds(
            lambda path, kinds, kind: holding(path, *kinds, *[SiteKind.SPLIT] * (SiteKind.LEAK in kinds), kind=kind),
            st.sampled_from(["a.py", "b.py", "c/d.py", "e.ipynb"]),
            st.lists(st.sampled_from(SiteKind), max_size=4),
            st.sampled_from([FileKind.CODE, FileKind.TEST]),
        ),
        st.builds(
            lambda path, notes: file(path, notes=notes),
            st.sampled_from(["f.py", "g.py"]),
            st.lists(st.sampled_from(["TODO a", "HACK b", "FIXME remove this, it is unused"]), max_size=3),
        ),
    ),
    unique_by=lambda row: row.path,
    max_size=5,
)


def places(signal: SignalFunction, *rows: File) -> Counter[object]:
    by_type: dict[type, Files] = {Files: tree(*rows), EarlierFiles: EarlierFiles()}
    return Counter(signal(*(by_type[need] for need in signal.needs)).spots)


@pytest.mark.parametrize("signal", SIGNALS, ids=[signal.definition.name for signal in SIGNALS])
@given(files)
def test_places_of_files_together_are_those_of_each_alone(signal: SignalFunction, rows: list[File]):
    alone: Counter[object] = sum((places(signal, row) for row in rows), Counter())
    assert places(signal, *rows) == alone


def test_signals_that_look_across_files_do_not_promise_it():
    assert not {signal.definition.name for signal in SIGNALS} & {"clones", "unseeded_randomness"}
