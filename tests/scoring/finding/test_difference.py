"""Findings of two versions of files, compared."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scoring.finding import Effort, Finding, Rule, Severity, Spot, findings, judged
from scoring.finding.acceptance import Acceptance, Reason
from scoring.finding.difference import difference

RULE = Rule("local_paths", None, Severity.MEDIUM, Effort.S)
ACCEPTED = Acceptance("*", "**", Reason.INTENDED, "@ml", "2099-12-31")


def found(*places: tuple[str, int, str], accepted: int | None = None) -> list[Finding]:
    """Places (path, line, snippet); the one on line `accepted` is accepted."""
    rows = findings(RULE, [Spot(path, line, snippet) for path, line, snippet in places])
    one = ACCEPTED._replace(line=accepted, path=places[0][0]) if accepted else None
    return judged(rows, [one] if one else [], "2026-01-01", lambda _: None, lambda _: "")


def places(rows: tuple[Finding, ...]) -> list[tuple[str, int]]:
    return [(row.path, row.line) for row in rows]


def test_what_stands_there_only_afterwards_is_added_and_only_before_is_paid():
    change = difference(found(("a.py", 1, "x"), ("a.py", 2, "y")), found(("a.py", 1, "y"), ("a.py", 9, "z")), {})
    assert places(change.added) == [("a.py", 9)]
    assert places(change.paid) == [("a.py", 1)]


def test_of_places_alike_as_many_as_before_are_old():
    change = difference(found(("a.py", 3, "x")), found(("a.py", 1, "x"), ("a.py", 5, "x"), ("b.py", 1, "x")), {})
    assert places(change.added) == [("a.py", 5), ("b.py", 1)]
    assert not change.paid


def test_ids_carry_no_number():
    change = difference([], found(("a.py", 1, "x"), ("a.py", 5, "x")), {})
    assert len({row.id for row in change.added}) == 1
    assert "-" not in change.added[0].id


def test_a_copy_beside_a_renamed_file_is_what_is_new():
    before, after = found(("old.py", 1, "x")), found(("copy.py", 1, "x"), ("new.py", 1, "x"))
    assert places(difference(before, after, {"old.py": "new.py"}).added) == [("copy.py", 1)]


def test_files_that_change_names_with_each_other_keep_their_own():
    before = found(("a.py", 1, "x"), ("b.py", 1, "y"))
    after = found(("a.py", 1, "y"), ("b.py", 1, "x"))
    assert difference(before, after, {"a.py": "b.py", "b.py": "a.py"}) == ((), ())


def test_a_place_moved_to_another_file_is_neither():
    assert difference(found(("a.py", 1, "x")), found(("b.py", 7, "x")), {}) == ((), ())


def test_beside_an_accepted_place_one_more_that_is_not_accepted_is_new():
    before = found(("a.py", 1, "x"), accepted=1)
    (added,) = difference(before, found(("a.py", 1, "x"), ("a.py", 5, "x"), accepted=5), {}).added
    assert (added.line, added.accepted) == (1, None)


def test_accepting_what_was_there_and_no_more_accepting_it_are_no_change():
    plain, accepted = found(("a.py", 1, "x")), found(("a.py", 1, "x"), accepted=1)
    assert difference(plain, accepted, {}) == difference(accepted, plain, {}) == ((), ())


rows = st.lists(
    st.tuples(st.sampled_from(["a.py", "b.py", "c.py"]), st.integers(1, 9), st.sampled_from("xyz")), max_size=12
)
renames = st.dictionaries(st.sampled_from(["a.py", "b.py", "c.py"]), st.sampled_from(["a.py", "b.py", "d.py"]))


def counted(some: tuple[Finding, ...]) -> Counter[str]:
    return Counter(row.id for row in some)


@given(rows, rows, renames)
def test_what_one_way_adds_the_other_way_pays(before: list[tuple[str, int, str]], after, moved: dict[str, str]):
    there, back = (difference(found(*one), found(*other), moved) for one, other in ((before, after), (after, before)))
    assert counted(there.added) == counted(back.paid)
    assert counted(there.paid) == counted(back.added)


@given(rows, rows, renames)
def test_what_was_there_less_paid_and_more_added_is_what_is_there(before, after, moved):
    change = difference(found(*before), found(*after), moved)
    stems = [Counter(row.id.partition("-")[0] for row in found(*some)) for some in (before, after)]
    assert stems[0] - counted(change.paid) + counted(change.added) == stems[1]
    assert not counted(change.added) & counted(change.paid)


@given(rows, st.permutations(["a.py", "b.py", "c.py"]), st.integers(0, 50))
def test_other_names_and_other_lines_are_no_change(before, names, shift):
    moved = dict(zip(["a.py", "b.py", "c.py"], names, strict=True))
    after = [(moved[path], line + shift, snippet) for path, line, snippet in before]
    assert difference(found(*before), found(*after), moved) == ((), ())
    assert difference(found(*before), found(*after), {}) == ((), ())
