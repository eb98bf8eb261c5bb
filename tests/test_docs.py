"""The documents say what the code says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from scoring.questions import QUESTIONS

ROOT = Path(__file__).parent.parent
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])


def named_in_the_tree() -> list[str]:
    """Paths that the drawn tree names, each under the folder that it stands in."""
    drawn = ARCHITECTURE.partition("\n## Tree\n")[2].split("```")[1]
    found, folder = [], ""
    for line in drawn.splitlines():
        entry = re.match(r"( *)(\S+(?:  \S+\.py)*)", line)
        if entry is None or len(entry[1]) > 2:
            continue
        if not entry[1]:
            folder = entry[2] if entry[2].endswith("/") else ""
        found += [f"{folder if entry[1] else ''}{name}" for name in entry[2].split()]
    return found


def test_the_tree_is_as_drawn() -> None:
    drawn = named_in_the_tree()
    assert len(drawn) > 20
    assert [path for path in drawn if not (ROOT / path).exists()] == []


def test_every_part_of_the_packages_is_drawn() -> None:
    drawn = {path.strip("/") for path in named_in_the_tree()}
    for package in ("collectors", "github_app", "scoring", "mldebt"):
        for path in (ROOT / package).iterdir():
            if not path.name.startswith("_"):
                assert path.relative_to(ROOT).as_posix() in drawn


def test_the_table_of_questions_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|$", ARCHITECTURE, re.MULTILINE)
    assert rows == [(question.id, ", ".join(question.debts)) for question in QUESTIONS]


@pytest.mark.parametrize("name", ["Layers", "Inside scoring"])
def test_the_import_rules_are_those_of_the_contracts(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["name"] == name)
    built = [layer for layer in contract["layers"] if not layer.startswith("(")]
    assert " → ".join(f"`{layer}`".replace(" | ", "` and `") for layer in built) in ARCHITECTURE


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_code_that_a_page_names_is_there() -> None:
    """`scoring/answers.py` and the like, in backticks."""
    for page in PAGES:
        for path in re.findall(
            r"`((?:app_pages|collectors|docs|github_app|mldebt|scoring|tests)/[\w./]+)`", page.read_text()
        ):
            assert (ROOT / path).exists(), f"{page.name} names {path}"


def test_every_picture_is_shown_and_every_one_that_is_shown_is_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))}
    assert shown == {picture.name for picture in (ROOT / "docs" / "pictures").iterdir()}
