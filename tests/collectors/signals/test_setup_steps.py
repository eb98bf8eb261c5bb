from collectors.facts.files import FileKind
from collectors.signals.setup_steps import setup_steps
from tests.builders import file, tree

DOC = FileKind.DOCUMENTATION


def test_the_steps_of_readme_and_contributing_are_added():
    found = setup_steps(
        tree(file("README.md", kind=DOC, setup_steps=4), file(".github/CONTRIBUTING.md", kind=DOC, setup_steps=3))
    )
    assert (found.value, found.n) == (7, 2)
    assert [(row.subject, row.number) for row in found.evidence] == [(".github/CONTRIBUTING.md", 3), ("README.md", 4)]


def test_documents_of_parts_and_of_others_do_not_count():
    root = file("README.md", kind=DOC, setup_steps=4)
    part = file("services/api/README.md", kind=DOC, setup_steps=9)
    vendored = file("docs/README.md", kind=FileKind.VENDORED, setup_steps=9)
    assert setup_steps(tree(root, part, vendored)).value == 4
    assert setup_steps(tree(part, vendored)).value is None


def test_no_command_is_unknown_not_easy():
    empty = file("README.md", kind=DOC, setup_steps=0)
    assert setup_steps(tree(empty)).value is None
    assert "write down" in setup_steps(tree(file("README.md", kind=DOC))).reason
