"""Which files a declaration means: exact first, then by its end, rather too many than too few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import Started, StartKind
from collectors.facts.started import Startable

PATHS = [
    "train.py",
    "src/train.py",
    "src/pkg/__init__.py",
    "src/pkg/__main__.py",
    "src/pkg/model.py",
    "src/pkg/deep/model.py",
    "jobs/daily/run.sh",
    "jobs/daily/train.py",
    "notebooks/look.ipynb",
    "scripts/a_one.py",
    "scripts/a_two.py",
    "models/x.sql",
]


def found(target: str, kind: StartKind = StartKind.FILE, declared_in: str = "Makefile") -> set[str]:
    return set(Startable(PATHS).found(Started(target, kind, 1), declared_in))


@pytest.mark.parametrize(
    ("target", "declared_in", "paths"),
    [
        ("train.py", "Makefile", {"train.py"}),
        ("train.py", "jobs/daily/Makefile", {"jobs/daily/train.py"}),
        ("./src/train.py", "Makefile", {"src/train.py"}),
        ("../../train.py", "jobs/daily/dvc.yaml", {"train.py"}),
        ("src/train.py", ".github/workflows/ci.yml", {"src/train.py"}),
        ("pkg/model.py", "Dockerfile", {"src/pkg/model.py"}),
        ("/app/src/train.py", "Dockerfile", {"src/train.py"}),
        ("/opt/ml/run.sh", "Dockerfile", {"jobs/daily/run.sh"}),
        ("scripts/a_*.py", "Makefile", {"scripts/a_one.py", "scripts/a_two.py"}),
        ("*/a_one.py", "x.sh", {"scripts/a_one.py"}),
        ("*/train.py", "x.sh", {"train.py", "src/train.py", "jobs/daily/train.py"}),
        ("other/train.py", "Makefile", set()),
        ("gone.py", "Makefile", set()),
        ("", "Makefile", set()),
        ("*", "Makefile", set(PATHS)),
    ],
)
def test_a_path_is_looked_for_beside_the_file_then_from_the_root_then_by_its_end(
    target: str, declared_in: str, paths: set[str]
) -> None:
    assert found(target, declared_in=declared_in) == paths


@pytest.mark.parametrize(
    ("module", "paths"),
    [
        ("pkg.model", {"src/pkg/model.py"}),
        ("pkg", {"src/pkg/__init__.py", "src/pkg/__main__.py"}),
        ("train", {"train.py", "src/train.py"}),
        ("model", set()),
        ("pkg.*", {"src/pkg/__init__.py", "src/pkg/__main__.py", "src/pkg/model.py", "src/pkg/deep/model.py"}),
        ("numpy.linalg", set()),
        ("", set()),
    ],
)
def test_a_module_is_found_in_any_source_folder_and_a_bare_one_only_high_up(module: str, paths: set[str]) -> None:
    assert found(module, StartKind.MODULE) == paths


@pytest.mark.parametrize(
    ("function", "paths"),
    [
        ("pkg.model:train", {"src/pkg/model.py"}),
        ("pkg.model.Net", {"src/pkg/model.py"}),
        ("pkg.model.Net.fit", {"src/pkg/model.py"}),
        (":step", {"jobs/daily/flow.py"}),
        ("scripts/a_one.py:main", {"scripts/a_one.py"}),
        (".model:f", set()),
        ("torch.optim.Adam", set()),
    ],
)
def test_a_function_is_the_longest_module_that_there_is(function: str, paths: set[str]) -> None:
    assert found(function, StartKind.FUNCTION, "jobs/daily/flow.py") == paths


def test_a_module_beside_the_declaration_is_found_however_deep_it_lies() -> None:
    assert found(".train:f", StartKind.FUNCTION, "jobs/daily/flow.py") == {
        "jobs/daily/train.py",
        "train.py",
        "src/train.py",
    }


def test_a_folder_is_everything_in_it() -> None:
    assert found("scripts", StartKind.FOLDER) == {"scripts/a_one.py", "scripts/a_two.py"}
    assert found("models/", StartKind.FOLDER, "dbt_project.yml") == {"models/x.sql"}
    assert found("gone", StartKind.FOLDER) == set()


@given(st.text("ab*./:-", max_size=30), st.sampled_from(StartKind), st.sampled_from(PATHS))
def test_any_target_is_survived_and_names_only_files_of_the_tree(target: str, kind: StartKind, declared: str) -> None:
    assert found(target, kind, declared) <= {*PATHS, declared}
