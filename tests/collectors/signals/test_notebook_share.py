import pytest

from collectors.facts.files import FileKind
from collectors.signals.notebook_share import notebook_share
from tests.builders import file, tree

MODULE = file("train.py", 90)
NOTEBOOK = file("explore.ipynb", 10)


def test_notebooks_are_counted_among_code_files():
    found = notebook_share(tree(MODULE, NOTEBOOK, file("api.go", language="Go"), file("old.ipynb", 30, language="R")))
    assert (found.value, found.n) == (0.5, 4)
    assert [(row.subject, row.number) for row in found.evidence] == [("old.ipynb", 30), ("explore.ipynb", 10)]
    assert dict(found.details) == {"notebooks": 2, "share of lines": pytest.approx(40 / 140)}


def test_shells_and_markup_do_not_thin_the_notebooks_out():
    notebooks = [file(f"{name}.ipynb") for name in "abc"]
    assert (
        notebook_share(tree(*notebooks, file("run.sh", language="Shell"), file("a.html", language="HTML"))).value == 1
    )


@pytest.mark.parametrize("kind", sorted(set(FileKind) - {FileKind.CODE}))
def test_notebooks_that_are_not_the_systems_code_do_not_count(kind: FileKind):
    modules = [file(f"{name}.py") for name in "abc"]
    assert notebook_share(tree(*modules, file("docs/tour.ipynb", kind=kind))).value == 0


def test_notebooks_that_are_left_out_are_told():
    modules = [file(f"{name}.py") for name in "abc"]
    examples = [file(f"examples/{name}.ipynb", kind=FileKind.DOCUMENTATION) for name in "ab"]
    found = notebook_share(tree(*modules, *examples))
    assert (found.value, found.note) == (0, "2 notebooks among documents, examples or tests left out")
    assert notebook_share(tree(*modules)).note == ""


def test_empty_modules_do_not_thin_the_notebooks_out():
    found = notebook_share(tree(MODULE, file("b.py"), NOTEBOOK, file("__init__.py", 0), file("empty.ipynb", 0)))
    assert (found.value, found.n) == (1 / 3, 3)


def test_a_broken_notebook_is_a_notebook_and_lowers_the_coverage():
    found = notebook_share(
        tree(MODULE, file("b.py"), file("broken.ipynb", 0, language="Jupyter Notebook", unread="not JSON"))
    )
    assert (found.value, found.seen, found.total) == (1 / 3, 2, 3)


def test_of_two_files_no_share_is_told():
    found = notebook_share(tree(MODULE, NOTEBOOK))
    assert found.value is None
    assert "(2)" in found.reason
    assert [row.subject for row in found.evidence] == ["explore.ipynb"]


def test_no_code_is_unknown_not_zero():
    assert notebook_share(tree(file("README.md", kind=FileKind.DOCUMENTATION))).value is None
