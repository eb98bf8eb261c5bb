"""What runs without a person."""

from __future__ import annotations

from collectors.facts.declarations import Declared, declarations
from collectors.facts.running import Running, running
from collectors.readers.declarations import read_settings_file
from tests.collectors.facts.practices_by_hand import CI, WORKFLOW


def seen(texts: dict[str, str], *others: str) -> Running:
    rows = [Declared(path, found) for path, text in texts.items() if (found := read_settings_file(path, text.encode()))]
    return running(declarations(rows, [*texts, *others]))


def test_what_a_workflow_runs_is_active_and_what_stands_in_a_makefile_is_not():
    found = seen({WORKFLOW: CI.format("pytest -q"), "Makefile": "data:\n\tdvc pull\n"})
    assert [(ran.command, ran.is_active) for ran in found.commands] == [("pytest", True), ("dvc pull", False)]
    assert found.tests_run
    assert not found.is_active("dvc pull")


def test_targets_are_followed_from_job_to_target_to_target():
    make = {"Makefile": "all:\n\tmake data\n\ndata:\n\tdvc pull\n\nother:\n\tpytest\n"}
    found = seen({WORKFLOW: CI.format("make all"), **make})
    assert found.is_active("dvc pull")
    assert not found.tests_run


def test_tox_and_nox_run_the_tests():
    assert seen({WORKFLOW: CI.format("tox"), "tox.ini": "[testenv]\ncommands = pytest {posargs}\n"}).tests_run
    assert not seen({"tox.ini": "[testenv]\ncommands = pytest {posargs}\n"}).tests_run
    assert seen({WORKFLOW: CI.format("nox -s tests")}, "noxfile.py").tests_run


def test_a_hook_of_a_commit_runs_on_somebodys_machine():
    hook = "repos:\n- repo: local\n  hooks:\n  - id: t\n    entry: pytest\n"
    assert not seen({".pre-commit-config.yaml": hook}).tests_run


def test_scripts_in_circles_end():
    found = seen({WORKFLOW: CI.format("bash a.sh"), "a.sh": "bash b.sh\n", "b.sh": "bash a.sh\npytest\n"})
    assert found.tests_run


def test_roots_are_what_is_run_and_not_what_is_given():
    found = seen({WORKFLOW: CI.format("python train.py config.py")}, "train.py", "config.py")
    assert found.roots == {"train.py"}
