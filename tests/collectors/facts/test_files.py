import pytest

from collectors.facts.files import FileKind
from tests.builders import file, tree


def test_only_code_tests_and_configuration_are_the_systems_own():
    files = tree(*(file(kind.value, kind=kind) for kind in FileKind))
    assert [row.kind for row in files.own] == [FileKind.CODE, FileKind.CONFIGURATION, FileKind.TEST]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("gone/model.py", "Python"),
        ("gone/kernel.CPP", "C/C++"),
        ("gone/kernel.h", "C/C++"),
        ("gone/app.tsx", "TypeScript"),
        ("gone/run.sh", None),
        ("gone/query.sql", None),
        ("gone/Makefile", None),
        ("gone/.py", None),
    ],
)
def test_a_path_that_is_gone_has_the_language_of_its_ending(path: str, language: str | None):
    assert tree().general_purpose(path) == language


def test_what_was_read_beats_the_ending():
    files = tree(
        file("explore.ipynb", language="R"),
        file("bin/train", language="Python"),
        file("deploy.py", language="Shell"),
        file("fast.cc", language="C++"),
    )
    assert [files.general_purpose(row.path) for row in files] == ["Python", None, "R", "C/C++"]


@pytest.mark.parametrize("kind", [FileKind.VENDORED, FileKind.GENERATED, FileKind.DATA, FileKind.DOCUMENTATION])
def test_what_others_or_machines_wrote_has_no_language_here(kind: FileKind):
    assert tree(file("jquery.js", kind=kind, language="JavaScript")).general_purpose("jquery.js") is None
