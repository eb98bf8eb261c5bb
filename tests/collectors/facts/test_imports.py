"""Which Python files import which."""

import pytest

from collectors.facts.imports import Importing, imported_by


def reached(path: str, *reaches: str, imports: tuple[str, ...] = (), among: tuple[str, ...]) -> set[str]:
    return set(imported_by([Importing(path, imports, reaches)], (path, *among)))


@pytest.mark.parametrize(
    ("path", "entry", "found"),
    [
        ("pkg/a.py", ".:b", {"pkg/b.py", "pkg/__init__.py"}),
        ("pkg/a.py", ".b:name", {"pkg/b.py", "pkg/__init__.py"}),
        ("pkg/sub/a.py", "..b:name", {"pkg/b.py", "pkg/__init__.py"}),
        ("pkg/__init__.py", ".sub:c", {"pkg/sub/c.py"}),
        ("pkg/sub/a.py", ".....b:name", set()),
        ("run.py", "pkg.sub:c", {"pkg/__init__.py", "pkg/sub/c.py"}),
        ("run.py", "pkg:*", {"pkg/__init__.py"}),
        ("run.py", "numpy:array", set()),
        ("run.py", "?pkg.b", {"pkg/b.py", "pkg/__init__.py"}),
        ("run.py", "?pkg.sub.*", {"pkg/sub/c.py"}),
        ("run.py", "?pkg.s*", {"pkg/sub/c.py"}),
        ("run.py", "?*", set()),
        ("pkg/a.py", "?*", {"pkg/__init__.py", "pkg/b.py", "pkg/sub/c.py"}),
        ("pkg/a.py", "?.b", {"pkg/b.py", "pkg/__init__.py"}),
    ],
)
def test_each_way_to_import(path: str, entry: str, found: set[str]) -> None:
    among = ("pkg/__init__.py", "pkg/b.py", "pkg/sub/c.py")
    assert reached(path, entry, among=among) == found - {path}


def test_a_module_stands_beside_its_importer_before_it_stands_elsewhere() -> None:
    among = ("exp/utils.py", "other/utils.py")
    assert reached("exp/train.py", imports=("utils",), among=among) == {"exp/utils.py"}
    assert reached("src/train.py", imports=("utils",), among=among) == {"exp/utils.py", "other/utils.py"}


def test_a_package_is_found_below_a_folder_of_sources() -> None:
    among = ("src/shop/__init__.py", "src/shop/load.py")
    assert reached("tests/test_load.py", imports=("shop.load.read",), among=among) == set(among)


def test_importers_are_sorted_and_nothing_imports_itself() -> None:
    rows = [Importing(path, ("a",), ()) for path in ("c.py", "b.py", "a.py")]
    assert imported_by(rows, ("a.py", "b.py", "c.py")) == {"a.py": ("b.py", "c.py")}
