"""Documented commands beside the tree."""

import pytest

from collectors.facts.files import File, FileKind, Summary, Told
from collectors.signals.stale_instructions import stale_instructions
from tests.builders import file, tree


def document(*told: Told, path: str = "README.md", kind: FileKind = FileKind.DOCUMENTATION) -> File:
    return file(path, kind=kind, language="Markdown")._replace(summary=Summary(told=told))


HERE = (file("src/shop/collect/tills.py"), file("src/shop/train.py"), file("tools/get.sh"), file("app/tools/a.py"))


@pytest.mark.parametrize(
    "gone",
    [
        Told("shop.tills", 3, is_module=True),
        Told("src/shop/tills.py", 3),
        Told("tools/put.sh", 3),
        Told("./tools/put.sh", 3),
        Told("put.sh", 3, folder="tools"),
        Told("tools/b.py", 3, folder="app"),
        Told("tools/put.sh", 3, folder="repo"),
    ],
)
def test_what_its_folder_lacks_is_counted(gone: Told):
    found = stale_instructions(tree(*HERE, document(gone, Told("shop.train", 5, is_module=True))))
    assert (found.value, found.n) == (1, 2)
    (spot,) = found.spots
    assert (spot.path, spot.line, spot.snippet) == ("README.md", 3, gone.target)
    assert gone.target in spot.note


@pytest.mark.parametrize(
    "there",
    [
        Told("shop.collect.tills", 3, is_module=True),
        Told("collect.tills", 3, is_module=True),
        Told("src/shop/train.py", 3),
        Told("shop/train.py", 3),
        Told("../shop/train.py", 3, folder="src/app"),
        Told("get.sh", 3),
        Told("tools/a.py", 3),
    ],
)
def test_what_any_path_ends_with_is_there(there: Told):
    found = stale_instructions(tree(*HERE, document(there)))
    assert (found.value, found.n) == (0, 1)


@pytest.mark.parametrize(
    "other",
    [
        Told("fit.py", 3),  # of the reader's own
        Told("pip", 3, is_module=True),
        Told("torch.distributed.launch", 3, is_module=True),
        Told("tensorflow/tools/a.sh", 3),
        Told("fit.py", 3, folder="detectron2"),
    ],
)
def test_what_may_lie_elsewhere_is_not_spoken_of(other: Told):
    assert stale_instructions(tree(*HERE, document(other))).value is None


def test_a_document_below_is_followed_from_its_own_folder_and_from_the_root():
    told = (Told("tools/b.py", 3), Told("tools/put.sh", 4))
    assert stale_instructions(tree(*HERE, document(*told, path="app/README.md"))).value == 2


def test_where_a_document_has_gone_into_another_repository_the_root_is_not_asked():
    told = Told("tools/b.py", 3, folder="cloned")
    assert stale_instructions(tree(*HERE, document(told, path="app/README.md"))).value == 1
    assert stale_instructions(tree(*HERE, document(told, path="doc/README.md"))).value is None


def test_each_counts_once_in_a_document_at_its_first_line():
    gone = Told("tools/b.py", 3), Told("tools/b.py", 9)
    found = stale_instructions(tree(*HERE, document(*gone), document(*gone, path="doc/INSTALL.md")))
    assert [(spot.path, spot.line) for spot in found.spots] == [("README.md", 3), ("doc/INSTALL.md", 3)]


def test_documents_of_others_say_nothing_here():
    vendored = document(Told("tools/b.py", 3), kind=FileKind.VENDORED)
    assert stale_instructions(tree(*HERE, vendored)).value is None
