"""ML packages over the files of a tree."""

from collectors.facts.files import File, FileKind, Place
from collectors.signals.package_spread import package_spread
from tests.builders import file, tree


def importing(path: str, *packages: str, kind: FileKind = FileKind.CODE, place: Place | None = None) -> File:
    plain = file(path, kind=kind, place=place)
    return plain._replace(summary=plain.summary._replace(packages=packages))


A, B = importing("a.py", "torch"), importing("b.py", "sklearn", "torch")
NAMED_SO = file("train.py", place=Place.ML_CODE)


def test_the_package_in_most_files_is_held_against_all_files_that_touch_ml():
    found = package_spread(tree(A, B, NAMED_SO, importing("c.py", "xgboost"), file("io.py")))
    assert (found.value, found.n, found.note) == (0.5, 4, "the package is torch")
    assert [row.subject for row in found.evidence] == ["a.py", "b.py"]
    assert dict(found.details)["files that import sklearn"] == 1


def test_adapters_and_tests_are_left_out_on_both_sides():
    adapters = [importing(f"{name}.py", "torch") for name in ("adapters/net", "torch_wrapper", "ml/backends/one")]
    tests = importing("tests/test_a.py", "torch", kind=FileKind.TEST)
    found = package_spread(tree(A, B, NAMED_SO, tests, *adapters))
    assert (found.value, found.n) == (2 / 3, 3)
    assert dict(found.details)["adapters left out"] == 3


def test_a_name_that_only_holds_such_a_word_is_no_adapter():
    found = package_spread(tree(A, B, importing("backendless.py", "torch")))
    assert found.n == 3


def test_packages_that_are_imported_in_adapters_alone_spread_nowhere():
    found = package_spread(tree(importing("wrapper.py", "torch"), *(NAMED_SO._replace(path=f"{n}.py") for n in "xyz")))
    assert (found.value, found.note) == (0, "packages are imported in adapters alone")


def test_the_repository_of_a_package_does_not_depend_on_itself():
    own = [importing(f"src/clip/{name}.py", "clip") for name in ("__init__", "a", "b")]
    found = package_spread(tree(*own, A))
    assert (found.value, found.note) == (1 / 4, "the package is torch")
    assert package_spread(tree(*own)).value is None


def test_two_files_are_too_few_and_none_are_unknown():
    assert package_spread(tree(A, B)).value is None
    assert package_spread(tree(file("a.py"), file("b.py"), file("c.py"))).value is None
    assert package_spread(tree(*(NAMED_SO._replace(path=f"{n}.py") for n in "xyz"))).value is None
