"""Line by line: what was planted in the example's Python is found, and nothing else is claimed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from collectors.facts.changes import Change, Changes, FileChange
from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import Files
from collectors.readers.declarations import is_declared_in, read_settings_file
from collectors.readers.notebook import read_notebook
from collectors.readers.reading import file_of, summarise
from collectors.registry import SignalFunction
from collectors.signals.clones import clones
from collectors.signals.commented_out_code import commented_out_code
from collectors.signals.dangling_stages import dangling_stages
from collectors.signals.dead_experiment_files import dead_experiment_files
from collectors.signals.dead_settings import dead_settings
from collectors.signals.default_hyperparameters import default_hyperparameters
from collectors.signals.disabled_code import disabled_code
from collectors.signals.fixed_thresholds import fixed_thresholds
from collectors.signals.hardcoded_hyperparameters import hardcoded_hyperparameters
from collectors.signals.leakage_before_split import leakage_before_split
from collectors.signals.local_paths import local_paths
from collectors.signals.notebook_execution_order import notebook_execution_order
from collectors.signals.notebooks_in_production import notebooks_in_production
from collectors.signals.scale_toggles import scale_toggles
from collectors.signals.settings_outside_git import settings_outside_git
from collectors.signals.stale_flags import stale_flags
from collectors.signals.train_serve_clones import train_serve_clones
from collectors.signals.unpinned_images import unpinned_images
from collectors.signals.unpinned_inputs import unpinned_inputs
from collectors.signals.unseeded_randomness import unseeded_randomness
from collectors.signals.unset_columns import unset_columns
from collectors.signals.unversioned_loads import unversioned_loads
from mldebt.example import build_example
from mldebt.example.planted import PLANTED

Show = Callable[[str], bytes]
FOUND: dict[SignalFunction, tuple[str, ...]] = {
    clones: (),
    dangling_stages: (),
    commented_out_code: (),
    disabled_code: (),
    train_serve_clones: (),
    default_hyperparameters: (),
    unset_columns: (),
    hardcoded_hyperparameters: (),
    notebooks_in_production: ("papermill notebooks/weekly_report.ipynb",),
    settings_outside_git: ('pd.read_parquet(os.environ["FORECASTS"])',),
    unpinned_images: (),
    unpinned_inputs: ('URL = "https://weather.example.com/open/daily.csv"',),
    fixed_thresholds: ("probability > 0.35",),
    local_paths: ("/home/analyst/exports/harbour_pilot.parquet",),
    scale_toggles: (".sample(frac=0.05",),
    unseeded_randomness: ("return RandomForestRegressor(",),
}
"""Signals with the texts of what was planted for them. Neither hubs nor split functions occur in the example,
nothing in it was copied word for word, and every hyper-parameter is chosen."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_example(tmp_path_factory.mktemp("example") / "shop")


@pytest.fixture(scope="module")
def show(example: Path) -> Show:
    def contents(path: str) -> bytes:
        command = ["git", f"--git-dir={example}", "show", f"HEAD:{path}"]
        return subprocess.run(command, capture_output=True, check=True).stdout

    return contents


@pytest.fixture(scope="module")
def files(example: Path, show: Show) -> Files:
    command = ["git", f"--git-dir={example}", "ls-tree", "-r", "--name-only", "HEAD"]
    names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    bodies = {name: show(name) for name in names}
    return Files(
        tuple(
            file_of(name, "0" * 40, len(body), "100644", summarise(name, body)) for name, body in sorted(bodies.items())
        )
    )


@pytest.fixture(scope="module")
def declared(files: Files, show: Show) -> Declarations:
    rows = ((file.path, read_settings_file(file.path, show(file.path))) for file in files if is_declared_in(file))
    return declarations((Declared(path, row) for path, row in rows if row), (file.path for file in files))


@pytest.fixture(scope="module")
def changes(example: Path) -> Changes:
    command = ["git", f"--git-dir={example}", "log", "--reverse", "--name-only", "--format=%x00%H %ct", "HEAD"]
    log = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    rows = []
    for piece in log.split("\0")[1:]:
        head, *paths = piece.split("\n")
        commit, at = head.split()
        rows.append(Change(commit, int(at), 1, tuple(FileChange(path) for path in paths if path)))
    return Changes(tuple(rows), max(row.at for row in rows))


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.definition.name)
def test_each_planted_place_is_found_and_no_other(
    found: SignalFunction, files: Files, declared: Declarations, show: Show
) -> None:
    by_type: dict[type, object] = {Files: files, Declarations: declared}
    planted = {
        (one.debt, one.path, number)
        for text in FOUND[found]
        for one in PLANTED
        if one.text == text
        for number, line in enumerate(source(one.path, show(one.path)), 1)
        if text in line
    }
    assert len(planted) == len(FOUND[found])
    assert {
        (found.definition.debt, spot.path, spot.line) for spot in found(*(by_type[need] for need in found.needs)).spots
    } == planted


@pytest.mark.parametrize("signal", [unversioned_loads, leakage_before_split], ids=lambda one: one.definition.name)
def test_what_never_occurs_is_unknown(signal: SignalFunction, files: Files) -> None:
    assert signal(files).value is None


def test_the_notebooks_that_were_run_out_of_order_are_found(files: Files) -> None:
    planted = {(one.debt, one.path) for one in PLANTED if one.what.startswith("cells were run out of order")}
    debt = notebook_execution_order.definition.debt
    assert {(debt, spot.path) for spot in notebook_execution_order(files).spots} == planted


def test_the_trial_that_nothing_uses_is_found(files: Files, changes: Changes, declared: Declarations) -> None:
    planted = {(one.debt, one.path) for one in PLANTED if one.what == "a trial that nothing imports"}
    found = dead_experiment_files(files, changes, declared)
    assert {(dead_experiment_files.definition.debt, spot.path) for spot in found.spots} == planted


def test_the_branches_that_no_settings_turn_on_are_found(files: Files, declared: Declarations, show: Show) -> None:
    planted = {
        (one.path, number)
        for one in PLANTED
        if one.text in ("if use_price_index:", 'if store(name)["two_stage"]:')
        for number, line in enumerate(source(one.path, show(one.path)), 1)
        if one.text in line
    }
    assert {(spot.path, spot.line) for spot in stale_flags(files, declared).spots} == planted


def test_the_settings_that_nothing_reads_are_found(files: Files, declared: Declarations, show: Show) -> None:
    planted = {
        (one.debt, one.path, number)
        for one in PLANTED
        if one.what == "a setting that nothing reads"
        for number, line in enumerate(source(one.path, show(one.path)), 1)
        if one.text in line
    }
    found = dead_settings(files, declared)
    assert {(dead_settings.definition.debt, spot.path, spot.line) for spot in found.spots} == planted


def source(path: str, body: bytes) -> list[str]:
    """Lines as places count them."""
    text = body.decode()
    return (read_notebook(text).source if path.endswith(".ipynb") else text).split("\n")
