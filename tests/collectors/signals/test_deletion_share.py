"""Commits that take more away than they add."""

from dataclasses import replace

from collectors.facts.changes import Change, FileChange
from collectors.facts.files import FileKind
from collectors.signals.deletion_share import deletion_share
from tests.builders import change, file, history, tree

FILES = tree(file("a.py"), file("c.yaml", kind=FileKind.CONFIGURATION), file("t.py", kind=FileKind.TEST))


def lines(added: int | None, deleted: int | None, path: str = "a.py", day: float = 0) -> Change:
    return change(1, day=day)._replace(files=(FileChange(path, "M", added, deleted),))


def test_a_share_of_the_commits_to_code_and_settings():
    rows = [lines(5, 1), lines(1, 5), lines(2, 2, "c.yaml"), lines(0, 9, "c.yaml"), lines(0, 9, "t.py")]
    found = deletion_share(history(*rows), FILES)
    assert (found.value, found.n) == (2 / 4, 4)
    assert [row.number for row in found.evidence] == [-9, -4]


def test_a_file_that_is_gone_counts_where_its_ending_is_code():
    rows = [lines(0, 50, "old.py"), lines(0, 9, "old.csv"), lines(3, 0), lines(3, 0)]
    assert deletion_share(history(*rows), FILES).value == 1 / 3


def test_few_commits_and_uncounted_lines_are_unknown():
    assert deletion_share(history(lines(1, 2), lines(1, 2)), FILES).value is None
    uncounted = replace(history(*(lines(None, None) for _ in range(5))), counted=False)
    assert deletion_share(uncounted, FILES).value is None


def test_what_lies_longer_back_does_not_count():
    rows = [lines(0, 5, day=0), lines(5, 0, day=400), lines(5, 0, day=400), lines(0, 5, day=400)]
    assert deletion_share(history(*rows, day=400), FILES).value == 1 / 3
