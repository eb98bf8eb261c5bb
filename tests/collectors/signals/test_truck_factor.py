from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.changes import TOO_FEW, Change
from collectors.facts.files import FileKind
from collectors.signals.truck_factor import authors_of_files, degree_of_authorship, orphaning, truck_factor
from tests.builders import change, file, history, tree


def added(person: int, *paths: str) -> Change:
    return change(person, *paths, status="A")


CROWD = [change(person, "notes.md") for person in range(90, 95)]


def authors(*rows: Change, path: str = "a.py") -> set[int]:
    return set(authors_of_files(history(*rows), [path])[path])


def test_the_degree_of_authorship_is_the_published_one():
    assert degree_of_authorship(created=True, deliveries=0, acceptances=0) == pytest.approx(4.391)
    assert degree_of_authorship(created=False, deliveries=5, acceptances=3) == pytest.approx(4.113 - 0.321 * log(4))


def test_who_creates_a_file_is_its_author():
    assert authors(added(1, "a.py")) == {1}


def test_who_changes_it_as_often_as_others_becomes_an_author_too():
    assert authors(added(1, "a.py"), change(2, "a.py")) == {1, 2}
    assert authors(added(1, "a.py"), change(2, "a.py"), *[change(1, "a.py")] * 4) == {1}


def test_the_first_author_fades_when_others_do_most():
    assert authors(added(1, "a.py"), *[change(2, "a.py")] * 12) == {2}


def test_a_stranger_below_the_least_degree_is_no_author_though_nobody_is_far_above():
    rows = [change(person, "a.py") for person in range(1, 40)]
    assert authors(*rows) == set()


def test_a_rename_keeps_the_author():
    assert authors(added(1, "old.py"), change(2, renames={"old.py": "a.py"}), change(3, "a.py")) == {1}


def test_a_file_made_together_has_both_authors():
    assert authors(change(1, "a.py", status="A", coauthors=[2])) == {1, 2}


def test_bots_and_merges_write_nothing():
    assert authors(added(1, "a.py"), *[change(2, "a.py", is_bot=True)] * 9) == {1}
    assert authors(added(1, "a.py"), *[change(2, "a.py", parents=["x", "y"])] * 9) == {1}


def test_deleting_is_no_delivery():
    assert authors(added(1, "a.py"), *[change(2, "a.py", status="D")] * 9, added(1, "a.py")) == {1}


def test_people_are_taken_until_fewer_than_half_of_the_files_have_an_author():
    held = {"a": frozenset([1]), "b": frozenset([1]), "c": frozenset([2]), "d": frozenset([3])}
    assert orphaning(held, 4) == [1, 2]
    assert orphaning(held, 9) == []


held_files = st.dictionaries(st.text(max_size=3), st.frozensets(st.integers(1, 9)), min_size=1)


@given(held_files, st.permutations(range(1, 10)))
def test_how_people_are_numbered_does_not_matter(held: dict[str, frozenset[int]], numbers: list[int]):
    other = {path: frozenset(numbers[person - 1] for person in people) for path, people in held.items()}
    assert len(orphaning(held, len(held))) == len(orphaning(other, len(held)))


@given(held_files)
def test_nobody_is_taken_needlessly(held: dict[str, frozenset[int]]):
    taken = orphaning(held, len(held))
    for stop in range(len(taken) + 1):
        left = sum(bool(people - set(taken[:stop])) for people in held.values())
        assert (left < len(held) / 2) == (stop == len(taken))


def test_one_who_wrote_most_files_is_a_factor_of_one():
    paths = [f"core/{i}.py" for i in range(6)]
    found = truck_factor(
        history(*CROWD, added(1, *paths), added(2, "x.py", "y.py")),
        tree(*(file(path) for path in [*paths, "x.py"]), file("y.py", kind=FileKind.TEST)),
    )
    assert (found.value, found.n, found.seen) == (1, 8, 8)
    assert [(row.subject, row.number, row.note) for row in found.evidence] == [("core", 6, "files, one maintainer")]


def test_a_folder_of_one_maintainer_hides_the_folders_within():
    paths = [f"a/b/{i}.py" for i in range(5)] + ["a/c.py"]
    found = truck_factor(history(*CROWD, added(1, *paths), added(2, "z.py")), tree(*map(file, [*paths, "z.py"])))
    assert [(row.subject, row.number) for row in found.evidence] == [("a", 6)]


def test_a_folder_of_two_maintainers_is_not_shown():
    paths = [f"a/{i}.py" for i in range(8)]
    found = truck_factor(history(*CROWD, added(1, *paths[:7]), added(2, *paths[7:])), tree(*map(file, paths)))
    assert found.evidence == ()


def test_another_language_than_the_main_one_may_have_one_maintainer():
    python, native = [f"{i}.py" for i in range(3)], ["a.cpp", "b.c"]
    found = truck_factor(
        history(
            *CROWD, added(1, *native), added(2, *python), added(3, "x.jl", "y.jl"), change(4, "y.jl"), added(3, "z.r")
        ),
        tree(
            *map(file, python),
            *(file(path, language=language) for path, language in zip(native, ("C++", "C"), strict=True)),
            *(file(path, language="Julia") for path in ("x.jl", "y.jl")),
            file("z.r", language="R"),
        ),
    )
    assert [tuple(row[:4]) for row in found.evidence] == [("C/C++", "language", 2, "files, one maintainer")]


def test_a_file_that_nobody_wrote_most_of_has_no_maintainer():
    rows = [added(1, "a.cpp", "b.cpp"), *(change(person, "b.cpp") for person in range(2, 40))]
    paths = [file("a.cpp", language="C++"), file("b.cpp", language="C++"), *map(file, ("1.py", "2.py", "3.py"))]
    found = truck_factor(history(*CROWD, *rows, added(2, "1.py", "2.py", "3.py")), tree(*paths))
    assert found.evidence == ()


def test_vendored_files_do_not_make_a_maintainer():
    vendored = [f"lib/{i}.js" for i in range(9)]
    found = truck_factor(
        history(*CROWD, added(1, *vendored), added(2, "a.py"), added(3, "b.py"), added(4, "c.py")),
        tree(file("a.py"), file("b.py"), file("c.py"), *(file(path, kind=FileKind.VENDORED) for path in vendored)),
    )
    assert (found.value, found.n) == (2, 3)


def test_a_repository_of_four_people_shows_nothing():
    found = truck_factor(history(*CROWD[1:], change(99, "a.py", is_bot=True)), tree(file("a.py")))
    assert (found.value, found.reason, found.evidence) == (None, TOO_FEW, ())


def test_a_history_that_knows_few_of_the_files_is_unknown():
    found = truck_factor(history(*CROWD, added(1, "a.py")), tree(file("a.py"), file("b.py"), file("c.py")))
    assert "whole history" in found.reason


def test_no_source_files_are_unknown():
    assert truck_factor(history(*CROWD), tree(file("notes.md", kind=FileKind.DOCUMENTATION))).value is None


def test_three_quarters_of_the_highest_degree_divides_authors_from_helpers():
    assert authors(added(1, "a.py"), *[change(1, "a.py")] * 3, *[change(2, "a.py")] * 3) == {1, 2}  # 0.7526
    assert authors(added(1, "a.py"), *[change(1, "a.py")] * 9, *[change(2, "a.py")] * 8) == {1}  # 0.7490


def test_adding_a_file_anew_does_not_make_another_creator():
    rows = [added(1, "a.py"), change(1, "a.py", status="D"), added(2, "a.py"), *[change(1, "a.py")] * 4]
    assert authors(*rows) == {1}


def test_five_files_are_a_folder_and_five_people_enough():
    paths = [f"a/{i}.py" for i in range(5)]
    rows = [added(1, *paths), *(added(person, f"{person}.py") for person in range(2, 6))]
    found = truck_factor(history(*rows), tree(*map(file, [*paths, *(f"{person}.py" for person in range(2, 6))])))
    assert (found.value, [row.subject for row in found.evidence]) == (1, ["a"])
    four = truck_factor(history(added(1, *paths[:4]), *rows[1:]), tree(*map(file, paths[:4])))
    assert (four.value, four.evidence) == (1, ())


def test_a_history_that_knows_half_of_the_files_is_enough():
    found = truck_factor(history(*CROWD, added(1, "a.py", "b.py")), tree(*map(file, ("a.py", "b.py", "c.py", "d.py"))))
    assert (found.value, found.seen, found.total) == (1, 2, 4)


def test_more_than_half_of_one_or_two_files_is_not_told():
    found = truck_factor(history(*CROWD, added(1, "a.py", "b.py")), tree(file("a.py"), file("b.py")))
    assert found.reason == "there are too few source files (2)"
