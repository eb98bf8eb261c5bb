"""The tables against data small enough to count by hand."""

import zipfile
from pathlib import Path

import pytest

from benchmarks.self_admitted import Labelled, Tally, is_found, labelled, main, shades, tallied, told
from scoring.debts import Debt

COMMENTS = """projectname,classification,commenttext
argouml,DESIGN,// TODO split
argouml,WITHOUT_CLASSIFICATION,// TODO split
argouml,DESIGN,// TODO split
argouml,WITHOUT_CLASSIFICATION,// plain
argouml,DEFECT,// a workaround
jEdit-4.2,DESIGN,// TODO split
jEdit-4.2,WITHOUT_CLASSIFICATION,// ugly
jEdit-4.2,DESIGN,// strange
"""
SHADES = """Repo Name,Comment Text,ML TD Type,ML TD Type 2
a/b,TODO remove this,UMC ,MDepend
a/b,TODO: get rid of it,MLKnow,
c/d,''' || FIXME unused || ''',,
c/d,needs a model,UMC,
"""


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    with zipfile.ZipFile(tmp_path / "comments.zip", "w") as archive:
        archive.writestr("technical_debt_dataset.csv", COMMENTS)
    (tmp_path / "shades.csv").write_text(SHADES, "utf-8")
    return [tmp_path / "comments.zip", tmp_path / "shades.csv"]


def test_each_comment_of_a_project_counts_once(paths: list[Path]):
    rows = labelled(paths[0])
    assert rows[:2] == [Labelled("argouml", "// TODO split", True), Labelled("argouml", "// plain", False)]
    assert tallied(rows, is_found) == Tally(right=3, wrong=1, missed=1)


def test_kinds_are_held_against_labels(paths: list[Path]):
    rows = shades(paths[1])
    assert told(rows, Debt.DEAD_EXPERIMENTAL_CODEPATHS) == Tally(right=1, wrong=2, missed=1)
    assert [len(row.labels) for row in rows] == [2, 1, 0, 1]


def test_the_tables_are_printed(paths: list[Path], capsys: pytest.CaptureFixture[str]):
    assert main([str(path) for path in paths]) == 0
    printed = capsys.readouterr().out
    assert "| **all ten** | 6 | 4 | 1.00, 0.50, 0.67 | 0.75, 0.75, 0.75 |" in printed
    assert "the tags alone find 3 (0.750)" in printed
    assert main([]) == 2


def test_shares_of_nothing_are_zero():
    assert (Tally().precision, Tally().recall, Tally().f1) == (0, 0, 0)
