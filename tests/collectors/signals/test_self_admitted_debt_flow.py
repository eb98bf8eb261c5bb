from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.files import FileKind
from collectors.signals.self_admitted_debt_flow import self_admitted_debt_flow
from tests.builders import earlier, file, tree

CLAMP, SEED = "TODO clamp the score", "FIXME seed the split"


def test_what_came_minus_what_went():
    now = tree(file("a.py", 500, notes=[CLAMP, "HACK retry"]), file("b.py", 500, notes=[CLAMP]))
    found = self_admitted_debt_flow(now, earlier(file("a.py", notes=[SEED, CLAMP])))
    assert (found.value, found.n) == (1, 3)
    assert dict(found.details) == {"introduced": 2, "removed": 1, "open for each 1,000 lines": 3}
    assert [(row.subject, row.line, row.note) for row in found.evidence] == [
        ("a.py", 1, CLAMP),
        ("a.py", 2, "HACK retry"),
    ]


def test_paying_more_than_is_taken_on_is_negative():
    assert self_admitted_debt_flow(tree(file("a.py")), earlier(file("a.py", notes=[CLAMP, SEED]))).value == -2


notes = st.lists(st.sampled_from([CLAMP, SEED, "XXX why"]), max_size=5)


@given(notes, notes)
def test_moving_files_changes_nothing(one: Sequence[str], other: Sequence[str]):
    before = earlier(file("a.py", notes=one), file("b.py", notes=other))
    found = self_admitted_debt_flow(tree(file("c/all.py", notes=[*other, *one])), before)
    assert found.value == dict(found.details)["introduced"] == dict(found.details)["removed"] == 0


@given(notes, notes)
def test_the_flow_is_the_difference_of_what_is_open(one: Sequence[str], other: Sequence[str]):
    flow = self_admitted_debt_flow(tree(file(notes=other)), earlier(file(notes=one))).value
    assert flow == len(other) - len(one)


def test_the_notes_of_others_are_not_ours():
    now = tree(file("a.py"), file("v.js", kind=FileKind.VENDORED, notes=[CLAMP]))
    assert self_admitted_debt_flow(now, earlier(file("a.py"))).value == 0


def test_a_file_unread_at_one_time_counts_at_neither():
    now = tree(file("a.py", notes=[CLAMP]), file("b.py", notes=[SEED]))
    found = self_admitted_debt_flow(now, earlier(file("a.py", unread="missing blob"), file("b.py", notes=[SEED])))
    assert (found.value, found.n, found.seen, found.total) == (0, 1, 1, 2)


def test_whom_a_note_names_is_not_shown():
    now = tree(file(notes=["TODO(ada): ask @bo", "FIXME mail eve@example.org"]))
    shown = [row.note for row in self_admitted_debt_flow(now, earlier()).evidence]
    assert shown == ["TODO…: ask …", "FIXME mail …"]


def test_every_open_note_is_a_place_old_ones_too():
    now = tree(file("a.py", notes=[CLAMP, "HACK(ada) retry"]), file("b.py", notes=[CLAMP]))
    found = self_admitted_debt_flow(now, earlier(file("a.py", notes=[CLAMP])))
    assert [(spot.path, spot.line, spot.snippet) for spot in found.spots] == [
        ("a.py", 1, CLAMP),
        ("a.py", 2, "HACK… retry"),
        ("b.py", 1, CLAMP),
    ]
    assert len(found.spots) == found.n


def test_a_password_in_a_note_is_not_shown():
    now = tree(file(notes=["TODO rotate password=hunter2"]))
    assert [row.note for row in self_admitted_debt_flow(now, earlier()).evidence] == ["TODO rotate password=***"]


def test_a_long_note_is_cut():
    row = self_admitted_debt_flow(tree(file(notes=["TODO " + "x" * 500])), earlier()).evidence[0]
    assert len(row.note) == 120


def test_no_files_are_unknown_not_clean():
    assert self_admitted_debt_flow(tree(), earlier()).value is None
