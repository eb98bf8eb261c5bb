from collectors.facts.changes import Change
from collectors.facts.files import FileKind
from collectors.signals.change_coupling import Pair, change_coupling, coupled
from scoring.signal import Measurement
from tests.builders import change, file, history, tree

FILES = tree(file("a/x.py"), file("b/y.py"), file("a/z.py"), file("conf.yaml", kind=FileKind.CONFIGURATION))
ALONE = tree(*FILES, file("alone.py"))


def times(count: int, *paths: str, start: float = 0) -> list[Change]:
    return [change(1, *paths, day=start + day) for day in range(count)]


def seen(*rows: Change, day: float = 100) -> Measurement:
    """With one more file that changes often enough, by itself."""
    return change_coupling(history(*rows, *times(5, "alone.py", start=day - 6), day=day), ALONE)


def test_files_that_change_together_are_a_pair_by_code_maats_degree():
    revisions, pairs = coupled(history(*times(5, "a/x.py", "b/y.py"), *times(5, "a/x.py")), FILES)
    assert revisions == {"a/x.py": 10, "b/y.py": 5}
    assert pairs == [Pair("a/x.py", "b/y.py", 5, 5 / 7.5)]


def test_the_number_is_the_share_of_often_changed_files_with_a_partner():
    rows = [*times(5, "a/x.py", "b/y.py"), *times(5, "a/z.py"), *times(4, "conf.yaml")]
    found = change_coupling(history(*rows, day=100), FILES)
    assert (found.value, found.n) == (2 / 3, 3)
    assert dict(found.details) == {"pairs": 1, "pairs across folders": 1}


def test_four_times_together_is_chance():
    assert seen(*times(4, "a/x.py", "b/y.py"), *times(5, "a/x.py"), *times(5, "b/y.py")).value == 0


def test_a_degree_under_thirty_percent_is_weak():
    assert seen(*times(5, "a/x.py", "b/y.py"), *times(24, "a/x.py")).value == 0  # 5 / 17
    assert seen(*times(5, "a/x.py", "b/y.py"), *times(23, "a/x.py")).value == 2 / 3  # 5 / 16.5


def test_pairs_across_folders_come_first_even_when_weaker():
    rows = [*times(6, "a/x.py", "a/z.py"), *times(5, "a/x.py", "b/y.py", start=20)]
    assert [row.subject for row in seen(*rows).evidence] == ["a/x.py + b/y.py", "a/x.py + a/z.py"]


def test_a_rename_changes_nothing():
    begun = times(3, "a/x.py", "b/old.py")
    moved = change(1, day=10, renames={"b/old.py": "b/y.py"})
    found = seen(*begun, moved, *times(2, "a/x.py", "b/y.py", start=20))
    assert (found.value, found.evidence[0].subject) == (2 / 3, "a/x.py + b/y.py")


def test_tests_documents_and_deleted_files_do_not_count():
    files = tree(*FILES, file("test_x.py", kind=FileKind.TEST), file("notes.md", kind=FileKind.DOCUMENTATION))
    rows = times(6, "a/x.py", "test_x.py", "notes.md", "gone.py")
    others = [*times(5, "b/y.py", start=20), *times(5, "a/z.py", start=30)]
    found = change_coupling(history(*rows, *others, day=100), files)
    assert (found.value, found.n) == (0, 3)


def test_of_two_files_no_share_is_told():
    """0 % and 100 % would be all that there is."""
    pair = change_coupling(history(*times(5, "a/x.py", "b/y.py"), day=100), FILES)
    assert pair.value is None
    assert "(2)" in pair.reason
    assert [row.subject for row in pair.evidence] == ["a/x.py + b/y.py"]
    alone = change_coupling(history(*times(5, "a/x.py"), day=100), FILES)
    assert alone.value is None
    assert [(row.subject, row.number) for row in alone.evidence] == [("a/x.py", 5)]


def test_bots_merges_sweeping_and_old_commits_do_not_count():
    wide = [f"{i}.py" for i in range(29)]
    pair = ["a/x.py", "b/y.py"]
    alone = [*times(5, "a/x.py", start=300), *times(5, "b/y.py", start=310)]
    for extra in (
        [change(1, *pair, day=400 + i, is_bot=True) for i in range(6)],
        [change(1, *pair, day=400 + i, parents=["p", "q"]) for i in range(6)],
        times(6, *pair, *wide, start=400),
        times(6, *pair, start=129),
    ):
        assert seen(*alone, *extra, day=500).value == 0
    assert seen(*alone, *times(6, *pair, *wide[1:], start=400), day=500).value == 2 / 3


def test_quiet_files_are_unknown_not_free():
    assert change_coupling(history(*times(4, "a/x.py", "b/y.py"), day=100), FILES).value is None


def test_a_degree_of_exactly_thirty_percent_is_strong():
    rows = [*times(6, "a/x.py", "b/y.py"), *times(28, "a/x.py")]  # 6 / mean(34, 6)
    assert seen(*rows).value == 2 / 3


def test_the_window_is_the_last_365_days():
    rows = times(5, "a/x.py", "b/y.py", start=0)
    assert seen(*rows, day=365).value is None
    assert seen(*rows, day=364.9).value == 2 / 3
