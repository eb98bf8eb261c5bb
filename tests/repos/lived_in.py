"""A repository with six years behind it: six people, merges, branches, notebooks, and a framework that came back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.repos.histories import START, empty_repository, git

DAY = 86_400
MONTHS = 72
PEOPLE = [f"Person {n} <person{n}@example.org>" for n in range(6)]


def lived_in(where: Path) -> Path:
    """Two commits a month on main, a merged branch each third; one branch abandoned, one open."""
    empty_repository(where, "--bare")
    git(where, "fast-import", "--quiet", stdin="".join(_story()).encode())
    return where


def month(number: int) -> int:
    return START + number * 30 * DAY


def _story() -> Iterator[str]:
    yield from _commit("main", month(0), 0, {"README.md": _readme(0), "requirements.txt": "torch\n", **_files(0)})
    for number in range(1, MONTHS):
        if number == 4:
            yield from _branch("exp/abandoned", number, {"src/gan.py": "import jax\n" * 9})
        if number % 3 == 0:
            yield from _branch(f"feature/{number}", number, {f"src/part{number}.py": _code(number)})
            yield from _commit("main", month(number) + 9 * DAY, number, {}, f"Merge branch 'feature/{number}'", number)
        yield from _commit("main", month(number) + 12 * DAY, number, _files(number))
        if number % 6 == 0:
            yield from _commit("main", month(number) + 15 * DAY, number + 1, {"README.md": _readme(number)})
    yield from _branch("feature/open", MONTHS - 1, {"src/open.py": "x = 1\n"})


def _branch(name: str, number: int, files: dict[str, str]) -> Iterator[str]:
    yield f"reset refs/heads/{name}\nfrom refs/heads/main\n\n"
    for step, (path, text) in enumerate(files.items()):
        yield from _commit(name, month(number) + (2 + step) * DAY, number + 2, {path: text})


def _commit(
    branch: str, at: int, person: int, files: dict[str, str], subject: str = "change", merged: int | None = None
) -> Iterator[str]:
    who = f"{PEOPLE[person % len(PEOPLE)]} {at} +0000"
    yield f"commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\ndata {len(subject)}\n{subject}\n"
    if merged is not None:
        yield f"merge refs/heads/feature/{merged}\n"
        files = {f"src/part{merged}.py": _code(merged)}
    for path, text in files.items():
        yield f"M 644 inline {path}\ndata {len(text.encode())}\n{text}\n"
    yield "\n"


def _files(number: int) -> dict[str, str]:
    files = {"src/train.py": _code(number), "config/base.yaml": "".join(f"key{n}: {n}\n" for n in range(number + 2))}
    if number % 4 == 0:
        cell = f"import pandas\\nframe = pandas.DataFrame()  # TODO look at month {number}\\n"
        files[f"notebooks/look{number}.ipynb"] = (
            f'{{"cells": [{{"cell_type": "code", "source": "{cell}"}}], "metadata": {{}}}}'
        )
    if number % 7 == 0:
        files[f"native/fast{number}.cpp"] = "int main() { return 0; }\n" * (number + 1)
        files["src/glue.py"] = "import ctypes\n" * (number + 1)
    if number in (2, 30):  # came, went, came back years later
        files["src/boost.py"] = "import xgboost\n\nmodel = xgboost.XGBRegressor()\n"
    if number == 8:
        files["src/boost.py"] = "model = None\n"
    if number == 66:
        files["src/forest.py"] = "from sklearn.ensemble import RandomForestClassifier\n\nm = RandomForestClassifier()\n"
    return files


def _code(number: int) -> str:
    lines = [f"    layer{n} = torch.nn.Linear({n + 1}, 2)" for n in range(number + 1)]
    return "import torch\n\n\ndef train():\n" + "\n".join(lines) + f"\n    # FIXME month {number // 4}\n    return 1\n"


def _readme(number: int) -> str:
    return (
        "# Lived in\n\n## Installation\n\n```sh\n" + "pip install -r requirements.txt\n" * (1 + number // 12) + "```\n"
    )
