from __future__ import annotations

from typing import Any

import pytest

from collectors.lineage.commands import console_scripts, entries_of
from collectors.lineage.entries import Entry

PATHS = frozenset(
    {"src/train.py", "src/pkg/__init__.py", "src/pkg/__main__.py", "src/pkg/load.py", "run.sh", "note.ipynb"}
)


def found(text: str, **more: Any) -> list[tuple[str, tuple[str, ...] | None, str, str]]:
    return [
        (entry.script, entry.argv, entry.folder, entry.function) for entry in entries_of(text, PATHS, "job", **more)
    ]


@pytest.mark.parametrize(
    ("text", "script", "argv"),
    [
        ("python src/train.py --a b 'c d'", "src/train.py", ("--a", "b", "c d")),
        ("PYTHONPATH=. python3.11 -u ./src/train.py a", "src/train.py", ("a",)),
        ("uv run python src/train.py", "src/train.py", ()),
        ("python src\\train.py", "src/train.py", ()),
        ("python -m pkg.load a", "src/pkg/load.py", ("a",)),
        ("python -m src.pkg a", "src/pkg/__main__.py", ("a",)),
        ("torchrun --nproc_per_node 2 src/train.py --a", "src/train.py", ("--a",)),
        ("mkdir -p x && python src/train.py > log.txt", "src/train.py", ()),
        ("papermill note.ipynb out.ipynb", "note.ipynb", None),
        ("python src/train.py --x $UNKNOWN", "src/train.py", ("--x", "◌")),
        ("python -m torch.distributed.launch src/train.py a", "src/train.py", ("a",)),
    ],
)
def test_a_command_starts_a_script_with_its_words(text, script, argv):
    assert found(text) == [(script, argv, "", "")]


def test_the_folder_in_which_it_runs():
    assert found("cd src && python train.py") == [("src/train.py", (), "src", "")]
    assert found("python train.py", folder="src") == [("src/train.py", (), "src", "")]


def test_a_shell_script_is_read_with_its_words():
    texts = {"run.sh": "#!/bin/sh\npython src/train.py $1\n"}
    assert found("bash run.sh a.csv", read=texts.get) == [("src/train.py", ("a.csv",), "", "")]
    assert found("./run.sh a.csv", read=texts.get) == [("src/train.py", ("a.csv",), "", "")]
    assert found("bash run.sh", read={"run.sh": "bash run.sh"}.get) == []


def test_console_scripts_are_known_from_pyproject():
    scripts = console_scripts('[project.scripts]\nfit = "pkg.load:main"\n[tool.poetry.scripts]\nother = "pkg:run"\n')
    assert scripts == {"fit": "pkg.load:main", "other": "pkg:run"}
    assert found("fit --a", scripts=scripts) == [("src/pkg/load.py", ("--a",), "", "main")]
    assert console_scripts("[") == {}


def test_what_is_not_of_the_tree_is_no_entry():
    assert found("python elsewhere.py; echo src/train.py; python -c 'import x'") == []
    assert isinstance(next(entries_of("python src/train.py", PATHS)), Entry)
