import pytest

from collectors.facts.files import FileKind
from collectors.signals.languages import languages
from tests.builders import file, tree


def test_a_language_counts_from_five_percent_of_the_lines():
    found = languages(tree(file("a.py", 95), file("b.sh", 5, language="Shell")))
    assert (found.value, found.n) == (2, 100)
    assert languages(tree(file("a.py", 96), file("b.sh", 4, language="Shell"))).value == 1


def test_each_language_is_shown_largest_first():
    found = languages(tree(file("a.py", 30), file("c.py", 30), file("k.cu", 40, language="Cuda")))
    assert [(row.subject, row.number, row.note) for row in found.evidence] == [
        ("Python", 0.6, "of the lines; 60 in 2 files"),
        ("Cuda", 0.4, "of the lines; 40 in 1 file"),
    ]


def test_two_equal_languages_have_an_effective_number_of_two():
    found = languages(tree(file("a.py", 50), file("b.r", 50, language="R")))
    assert dict(found.details) == {"effective number of languages": pytest.approx(2), "languages of any size": 2}


def test_tests_are_code_but_nothing_else_is():
    others = [kind for kind in FileKind if kind not in (FileKind.CODE, FileKind.TEST)]
    rows = [file(f"{kind}.x", 100, kind=kind, language=kind.value) for kind in others]
    found = languages(tree(file("a.py"), file("t.rb", kind=FileKind.TEST, language="Ruby"), *rows))
    assert {row.subject for row in found.evidence} == {"Python", "Ruby"}


def test_settings_of_tests_are_no_language():
    settings = file("tests/case.yaml", 100, kind=FileKind.TEST, language="YAML")
    assert languages(tree(file("a.py", 10), settings)).n == 10


def test_a_file_that_could_not_be_read_lowers_the_coverage():
    found = languages(tree(file("a.py"), file("b.ipynb", 0, language=None, unread="not JSON")))
    assert (found.seen, found.total) == (1, 2)


def test_no_code_is_unknown_not_zero():
    assert languages(tree(file("README.md", kind=FileKind.DOCUMENTATION))).value is None
