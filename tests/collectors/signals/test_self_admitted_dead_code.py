from collectors.facts.files import FileKind
from collectors.signals.self_admitted_dead_code import self_admitted_dead_code
from collectors.signals.self_admitted_debt_flow import self_admitted_debt_flow
from tests.builders import earlier, file, tree

GO, SEED = "TODO(ada): remove this branch", "FIXME seed the split"


def test_notes_that_want_code_gone_among_those_that_admit():
    now = tree(file("a.py", notes=[SEED, GO]), file("b.py", notes=["XXX not used"]), file("c.py", notes=[SEED]))
    found = self_admitted_dead_code(now)
    assert (found.value, found.n, found.seen, found.total) == (2, 4, 3, 3)
    assert [(spot.path, spot.line, spot.snippet) for spot in found.spots] == [
        ("a.py", 2, "TODO…: remove this branch"),
        ("b.py", 1, "XXX not used"),
    ]


def test_each_note_is_a_place_of_one_signal():
    now = tree(file("a.py", notes=[SEED, GO]))
    flow = self_admitted_debt_flow(now, earlier())
    assert flow.n == 2
    assert [spot.line for spot in flow.spots] == [1]
    assert [spot.line for spot in self_admitted_dead_code(now).spots] == [2]


def test_none_of_some_is_a_zero_and_none_of_none_is_unknown():
    assert self_admitted_dead_code(tree(file(notes=[SEED]))).value == 0
    assert self_admitted_dead_code(tree(file())).value is None
    assert self_admitted_dead_code(tree(file("v.js", kind=FileKind.VENDORED, notes=[GO]))).value is None


def test_unread_files_lower_the_coverage():
    found = self_admitted_dead_code(tree(file("a.py", notes=[GO]), file("b.py", notes=[GO], unread="not Python 3")))
    assert (found.value, found.seen, found.total) == (1, 1, 2)
