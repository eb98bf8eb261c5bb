from collectors.facts.changes import Change
from collectors.facts.files import FileKind
from collectors.signals.multi_language_commits import multi_language_commits
from tests.builders import change, file, history, tree

FILES = tree(
    file("train.py"), file("kernel.cu", language="Cuda"), file("a.c", language="C"), file("a.h", language="C++")
)


def share(*rows: Change, day: float = 0) -> float | None:
    """With two more commits, which change a text."""
    others = [change(1, "notes.txt", day=day - back) for back in (1, 2)]
    return multi_language_commits(history(*others, *rows, day=day), FILES).value


def test_a_commit_in_two_languages_counts_among_all_commits():
    found = multi_language_commits(
        history(
            change(1, "train.py", "kernel.cu", commit="ab"),
            change(1, "train.py", day=1),
            change(1, "notes.txt", day=2),
            change(1, "kernel.cu", day=3),
        ),
        FILES,
    )
    assert (found.value, found.n) == (0.25, 4)
    assert [(row.subject, row.number, row.note) for row in found.evidence] == [("ab", 2, "languages: Cuda, Python")]
    assert dict(found.details) == {"of commits that change any of them": 1 / 3, "commits in three or more": 0}


def test_c_and_its_headers_are_one_language():
    assert share(change(1, "a.c", "a.h")) == 0


def test_a_file_that_is_gone_counts_by_its_ending():
    assert share(change(1, "train.py", "gone.rs")) == 1 / 3


def test_shell_and_markup_are_no_second_language():
    assert share(change(1, "train.py", "run.sh", "page.html", "query.sql")) == 0


def test_commits_without_code_are_unknown_not_zero():
    found = multi_language_commits(history(change(1, "notes.txt"), change(1, "run.sh")), FILES)
    assert found.value is None
    assert "no commit" in found.reason


def test_vendored_code_is_no_second_language():
    files = tree(file("train.py"), file("jquery.js", kind=FileKind.VENDORED, language="JavaScript"))
    rows = [change(1, "train.py", "jquery.js", day=day) for day in range(3)]
    assert multi_language_commits(history(*rows), files).value == 0


def test_bots_merges_and_sweeping_commits_do_not_count():
    both = ["train.py", "kernel.cu"]
    rows = [
        change(1, "train.py"),
        change(2, *both, is_bot=True),
        change(3, *both, parents=["a", "b"]),
        change(4, *both, *(f"{i}.txt" for i in range(29))),
    ]
    assert share(*rows) == 0
    assert share(rows[0], change(4, *both, *(f"{i}.txt" for i in range(28)))) == 1 / 4


def test_only_the_last_year_counts():
    assert share(change(1, "train.py", "kernel.cu", day=-365), change(1, "train.py", day=-1)) == 0
    assert share(change(1, "train.py", "kernel.cu", day=-365)) is None


def test_commits_in_most_languages_are_shown_first():
    rows = [change(1, "a.c", "train.py", "kernel.cu", day=-9, commit="c3"), change(1, "a.c", "train.py", commit="c2")]
    found = multi_language_commits(history(*rows, change(1, "notes.txt")), FILES)
    assert [row.subject for row in found.evidence] == ["c3", "c2"]
    assert dict(found.details) == {"commits in three or more": 1}  # of two commits no share is told


def test_of_two_commits_no_share_is_told():
    both, one = change(1, "a.c", "train.py", day=-9, commit="c2"), change(1, "train.py", commit="c1")
    found = multi_language_commits(history(both, one), FILES)
    assert found.value is None
    assert "(2)" in found.reason
    assert [row.subject for row in found.evidence] == ["c2"]
    assert [row.subject for row in multi_language_commits(history(one), FILES).evidence] == ["c1"]
