import pytest

from collectors.facts.changes import Change
from collectors.facts.files import FileKind
from collectors.signals.docs_freshness import docs_freshness
from scoring.signal import Measurement
from tests.builders import change, file, history, tree

README = file("README.md", kind=FileKind.DOCUMENTATION)
MANIFEST = file("pyproject.toml", kind=FileKind.CONFIGURATION)
BEGAN = change(1, "README.md", "pyproject.toml", status="A", day=0)


def seen(*rows: Change, day: float = 100) -> Measurement:
    return docs_freshness(history(BEGAN, *rows, day=day), tree(README, MANIFEST))


def test_documents_fall_behind_from_the_first_set_up_change_they_missed():
    found = seen(change(2, "pyproject.toml", day=40), change(2, "pyproject.toml", "Dockerfile", day=60))
    assert (found.value, found.n) == (60, 2)
    assert [(row.subject, row.number) for row in found.evidence] == [("pyproject.toml", 2), ("Dockerfile", 1)]
    assert dict(found.details) == {"days since the documents changed": 100, "documents": 1}


def test_a_change_of_the_documents_catches_up():
    found = seen(change(2, "pyproject.toml", day=40), change(2, "README.md", day=50))
    assert (found.value, found.n) == (0, 0)


def test_documents_changed_with_the_set_up_are_not_behind():
    assert seen(change(2, "README.md", "pyproject.toml", day=50)).value == 0


def test_a_document_beside_a_set_up_file_one_folder_down_speaks_for_it():
    files = tree(README, file("serve/README.md", kind=FileKind.DOCUMENTATION), file("serve/requirements.txt"))
    rows = (BEGAN, change(2, "serve/README.md", "serve/requirements.txt", status="A", day=50))
    assert docs_freshness(history(*rows, day=100), files).value == 0
    found = docs_freshness(history(*rows, change(2, "serve/requirements.txt", day=90), day=100), files)
    assert (found.value, [row.subject for row in found.evidence]) == (10, ["serve/requirements.txt"])
    assert docs_freshness(history(*rows, change(2, "pyproject.toml", day=60), day=100), files).value == 40


@pytest.mark.parametrize(
    "path",
    ["requirements/dev.txt", "requirements.in", "docker/Dockerfile.gpu", "environment.yml", "Makefile", "setup.py"],
)
def test_manifests_and_container_files_are_the_set_up(path: str):
    assert seen(change(2, path, day=90)).value == 10


@pytest.mark.parametrize("path", ["poetry.lock", "src/model.py", "a/b/requirements.txt", "package-lock.json"])
def test_locks_code_and_deep_folders_are_not(path: str):
    assert seen(change(2, path, day=90)).value == 0


def test_bots_merges_and_sweeping_commits_count_on_neither_side():
    wide = [f"{i}.py" for i in range(30)]
    rows = [
        change(3, "pyproject.toml", day=10, is_bot=True),
        change(3, "pyproject.toml", day=11, parents=["a", "b"]),
        change(3, "pyproject.toml", *wide, day=12),
    ]
    assert seen(*rows).value == 0
    assert seen(change(2, "pyproject.toml", day=40), change(3, "README.md", *wide, day=50)).value == 60


def test_a_document_is_as_new_as_its_addition_in_a_wide_commit():
    files = tree(README, MANIFEST)
    wide = change(1, "README.md", *(f"{i}.py" for i in range(40)), status="A", day=20)
    rows = [change(1, "pyproject.toml", day=10), wide, change(1, "pyproject.toml", day=30)]
    assert docs_freshness(history(*rows, day=100), files).value == 70


def test_nothing_to_compare_is_unknown_and_says_what_to_add():
    assert "write down" in docs_freshness(history(BEGAN), tree(MANIFEST)).reason
    assert "pyproject.toml" in docs_freshness(history(BEGAN), tree(README)).reason
    assert "whole history" in docs_freshness(history(), tree(README, MANIFEST)).reason
