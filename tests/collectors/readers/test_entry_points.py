"""Scripts, plug-ins and tasks that packaging and task runners declare."""

from __future__ import annotations

import pytest

from tests.collectors.readers.settings_by_hand import read, started

PYPROJECT = """\
[project.scripts]
tool = "pkg.cli:main"
[project.entry-points."x.plugins"]
one = "pkg.plugins"
[tool.poetry.scripts]
two = {callable = "pkg:run"}
[tool.poe.tasks]
train = "python train.py"
chain = ["lint", "train"]
call = {script = "pkg.tasks:go('x')"}
shell = {shell = "python a.py && python b.py"}
[tool.hatch.envs.dev.scripts]
check = ["python check.py", "ruff check ."]
[tool.setuptools.dynamic]
version = {attr = "pkg.version"}
[tool.kedro]
package_name = "shop"
[build-system]
build-backend = "own_backend"
backend-path = ["tools"]
[tool.bentoml.build]
service = "serve.py:Net"
[tool.ruff]
exclude = ["old.py"]
"""


def test_pyproject_starts_scripts_plugins_and_tasks() -> None:
    found = read("pyproject.toml", PYPROJECT)
    assert [(f"{row.kind.value} {row.target}", row.by) for row in found.started] == [
        ("function pkg.cli:main", "tool"),
        ("module pkg.plugins", "one"),
        ("function pkg:run", "two"),
        ("file train.py", "train"),
        ("function pkg.tasks:go", "call"),
        ("file a.py", "shell"),
        ("file b.py", "shell"),
        ("file check.py", "check"),
        ("function pkg.version", "attr"),
        ("module shop.pipeline_registry", "kedro"),
        ("module shop.settings", "kedro"),
        ("module shop.__main__", "kedro"),
        ("module own_backend", "build-backend"),
        ("function serve.py:Net", "bentoml"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n  x = pkg:main\n  y = pkg.b:run\n",
         ["fu pkg:main", "fu pkg.b:run"]),
        ("entry_points.txt", "[console_scripts]\nx = pkg:main\n", ["fu pkg:main"]),
        ("package.json",
         '{"main": "./index.js", "bin": {"x": "cli.js"}, "scripts": {"a": "node tools/a.js && python b.py"}}',
         ["fi tools/a.js", "fi b.py", "fi index.js", "fi cli.js"]),
        ("package.json", '{"scripts": ["x"], "main": 1, "bin": null}', []),
        ("pyproject.toml", "[project]\nscripts = 1\n[tool.poe]\ntasks = ['x']\n", []),
    ],
)  # fmt: skip
def test_other_files_declare_them_too(path: str, text: str, expected: list[str]) -> None:
    assert started(path, text) == expected
