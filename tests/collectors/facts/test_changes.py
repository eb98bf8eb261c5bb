from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.changes import Change, Changes, FileChange
from tests.builders import change, history


def numbers(*rows: Change) -> list[tuple[int, ...]]:
    return list(history(*rows).followed.files)


def test_a_renamed_file_keeps_its_number():
    first, second = numbers(change(1, "a.py", status="A"), change(2, renames={"a.py": "b.py"}))
    assert first == second


def test_a_new_file_on_a_path_that_moved_away_is_another_file():
    followed = history(
        change(1, "a.py", status="A"), change(1, renames={"a.py": "b.py"}), change(2, "a.py", status="A")
    ).followed
    assert followed.now["a.py"] != followed.now["b.py"]
    assert followed.files[2] == (followed.now["a.py"],)


def test_a_branch_that_did_not_see_the_rename_still_changes_the_same_file():
    followed = history(
        change(1, "a.py", status="A"), change(1, renames={"a.py": "b.py"}), change(2, "a.py", status="M")
    ).followed
    assert followed.files[2] == (followed.now["b.py"],)


def test_a_file_deleted_and_restored_is_one_file():
    added, _, restored = numbers(
        change(1, "a.py", status="A"), change(1, "a.py", status="D"), change(2, "a.py", status="A")
    )
    assert added == restored


def test_two_files_may_swap_their_names_in_one_change():
    followed = history(
        change(1, "a.py", "b.py", status="A"), change(1, renames={"a.py": "b.py", "b.py": "a.py"})
    ).followed
    one, other = followed.files[0]
    assert followed.now == {"a.py": other, "b.py": one}


def test_a_copy_is_another_file():
    assert len({*numbers(change(1, "a.py", status="A"), change(1, "b.py", status="C"))}) == 2


def test_people_are_everybody_but_bots():
    rows = [change(1, "a"), change(2, "a", coauthors=[3]), change(4, "a", is_bot=True), change(5, parents=["x", "y"])]
    assert history(*rows).people == {1, 2, 3}


paths = st.sampled_from("abcd")
events = st.lists(
    st.builds(lambda p, s: change(1, p, status=s), paths, st.sampled_from("AMD"))
    | st.builds(lambda old, new: change(1, renames={old: new}), paths, paths),
    max_size=30,
)


@given(events)
def test_every_change_of_a_file_has_a_number_and_the_last_path_leads_to_it(rows: list[Change]):
    followed = history(*rows).followed
    assert [len(numbers) for numbers in followed.files] == [len(row.files) for row in rows]
    for row, of_change in zip(rows[-1:], followed.files[-1:], strict=True):
        assert [followed.now[file.path] for file in row.files] == list(of_change)


def test_an_empty_history_has_no_files():
    assert Changes().followed == ((), {})


def test_a_window_ends_at_the_moment_of_looking_and_leaves_its_start_out():
    rows = [change(1, "a", day=day) for day in (-90, -89, 0, 1)]
    assert list(history(*rows, day=0).last(90)) == rows[1:3]


def test_bots_and_merges_are_not_by_people():
    mine, root = change(1, "a"), change(1, "a", parents=["p"])
    assert list(history(mine, root, change(2, "a", is_bot=True), change(3, "a", parents=["p", "q"])).by_people()) == [
        mine,
        root,
    ]


def test_a_commit_of_more_than_thirty_files_is_not_focused():
    focused, sweeping = change(1, *map(str, range(30))), change(1, *map(str, range(31)))
    assert list(history(focused, sweeping, change(2, "a", is_bot=True)).focused()) == [focused]


def test_newcomers_are_told_by_the_times_of_their_changes():
    rows = [change(1, "a", day=-10), change(1, "a", day=-20), change(2, "a", day=-100), change(2, "a", day=-1)]
    later = [change(1, "a", day=0), change(1, "a", day=1), change(3, "a", day=-30), change(4, "a", day=-5, is_bot=True)]
    newcomers = history(*rows, *later, day=0).newcomers(30)
    assert newcomers == [[rows[1].at, rows[0].at, later[0].at]]


def test_an_old_path_means_nothing_unless_git_says_renamed():
    odd = change(1, "a.py", "b.py", status="A")
    copied = change(1)._replace(files=(FileChange("c.py", "C", old_path="a.py"),))
    followed = history(odd, copied, change(1, "a.py")).followed
    assert len({*followed.now.values()}) == 3
    assert followed.files[2] == (followed.now["a.py"],)


def test_touches_of_a_file_are_counted_through_its_renames():
    rows = (
        change(1, "old.py", "b.py", day=-400),
        change(1, "old.py", "old.py", day=-300),
        change(2, day=-200, renames={"old.py": "a.py"}),
        change(3, "a.py", day=-100),
        change(4, "a.py", day=-50, is_bot=True),
        change(1, "a.py", day=-40, parents=("x", "y")),
        change(1, "a.py", day=5),
    )
    touches = history(*rows, day=0).touches(365)
    assert touches["a.py"] == 3
    assert "b.py" not in touches
