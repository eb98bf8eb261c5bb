"""Stages whose script is gone."""

import pytest

from collectors.signals.dangling_stages import dangling_stages
from tests.collectors.signals.declared import seen

FIT = "stages:\n  fit:\n    cmd: python {script}\n    deps: [a.csv]\n    outs: [m.pkl]\n"


def test_a_script_that_is_not_in_the_tree_is_a_place():
    found = dangling_stages(seen({"dvc.yaml": FIT.format(script="src/fit.py"), "src/train.py": ""})[1])
    assert (found.value, found.n) == (1, 1)
    (spot,) = found.spots
    assert (spot.path, spot.snippet, spot.note) == (
        "dvc.yaml",
        "src/fit.py",
        "stage fit runs src/fit.py, which is not in the tree",
    )


@pytest.mark.parametrize("path", ["src/fit.py", "pipeline/src/fit.py"])
def test_one_that_is_there_or_below_another_folder(path: str):
    assert dangling_stages(seen({"dvc.yaml": FIT.format(script="src/fit.py"), path: ""})[1]).value == 0


@pytest.mark.parametrize("script", ["/opt/fit.py", "${script}.py", "../fit.py"])
def test_paths_that_are_not_known_whole_are_not_judged(script: str):
    assert dangling_stages(seen({"dvc.yaml": FIT.format(script=script), "a.py": ""})[1]).value is None


def test_a_script_that_another_stage_writes_is_none():
    writes = "  make:\n    cmd: python make.py\n    deps: [b.csv]\n    outs: [src/fit.py]\n"
    found = dangling_stages(seen({"dvc.yaml": FIT.format(script="src/fit.py") + writes, "make.py": ""})[1])
    assert (found.value, found.n) == (0, 2)


def test_commands_outside_stages_are_not_judged():
    assert dangling_stages(seen({"run.sh": "python gone.py\n"})[1]).value is None
