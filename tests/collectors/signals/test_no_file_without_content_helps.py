"""A law: files that say nothing improve no number about settings, inputs and packages, in any mixture."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.facts.changes import Changes
from collectors.facts.declarations import Declarations
from collectors.facts.files import Files
from collectors.registry import SignalFunction
from collectors.signals.asserted_settings import asserted_settings
from collectors.signals.config_inheritance import config_inheritance
from collectors.signals.config_sibling_difference import config_sibling_difference
from collectors.signals.hardcoded_hyperparameters import hardcoded_hyperparameters
from collectors.signals.notebooks_in_production import notebooks_in_production
from collectors.signals.settings_outside_git import settings_outside_git
from collectors.signals.unlocked_requirements import unlocked_requirements
from collectors.signals.unpinned_images import unpinned_images
from collectors.signals.unpinned_inputs import unpinned_inputs
from collectors.signals.upstream_volatility import upstream_volatility
from collectors.signals.validated_settings import validated_settings
from scoring.signal import Measurement
from tests.builders import change, history
from tests.collectors.signals.declared import seen

SIGNALS = (
    *(asserted_settings, config_inheritance, config_sibling_difference, hardcoded_hyperparameters, unpinned_images),
    *(notebooks_in_production, settings_outside_git, unlocked_requirements, unpinned_inputs, upstream_volatility),
    validated_settings,
)
TREE = {
    "conf/a.yaml": "rate: 1\ndepth: 3\nwidth: 8\n",
    "conf/b.yaml": "rate: 2\ndepth: 4\nwidth: 8\n",
    "conf/c.yaml": "_base_: a.yaml\nrate: 2\n",
    "conf/d.yaml": "rate: 3\ndepth: 5\nwidth: 9\n",
    "data/a.csv.dvc": f"outs:\n- md5: {'0' * 32}\n  path: a.csv\n",
    "data/b.csv.dvc": "outs:\n- path: b.csv\n",
    "requirements.txt": "numpy\npandas==2.1.0\ntorch>=2\n",
    "Dockerfile": "FROM python:3.11\n",
    "compose.yaml": "services:\n  a:\n    image: redis\n  b:\n    image: postgres:16\n",
    "Makefile": "report:\n\tpapermill notebooks/report.ipynb out.ipynb\n",
    "notebooks/report.ipynb": '{"metadata": {}, "cells": []}',
    "tests/test_fit.py": "def test_a():\n    load('conf/a.yaml')\n",
    "fit.py": (
        "import os\nimport yaml\nimport pandas as pd\nfrom sklearn.svm import SVC\n"
        "settings = yaml.safe_load(open('conf/a.yaml'))\nname = os.environ['MODEL_NAME']\n"
        "rows = pd.read_csv('https://x.example.org/a.csv')\nSVC(C=3)\n"
    ),
}
EMPTY = {
    **dict.fromkeys(
        ["uv.lock", "poetry.lock", "Pipfile.lock", "dvc.lock", "data/c.dvc", "conf/e.yaml", "setup.cfg"], ""
    ),
    **dict.fromkeys(["conf/f.json", "schema.json"], "{}"),
    "conf/g.yaml": "# nothing\n",
    "conf/h.yaml": "_base_: a.yaml\n",
    "conf/i.yaml": "defaults:\n  - a\n",
    "conf/copy.yaml": TREE["conf/a.yaml"],
    "constraints.txt": "# none\n",
    ".env.example": "",
    "Dockerfile.gpu": "# FROM x@sha256:0\n",
    "unused.py": "import dvc\nimport hydra\nimport jsonschema\nimport pydantic\nfrom omegaconf import OmegaConf\n",
    "tests/test_none.py": "import pytest\nimport yaml\n",
}
"""Files that are there and do nothing."""
HISTORY = history(change(1, "data/a.csv.dvc", day=-5), day=0)


def measured(signal: SignalFunction, texts: dict[str, str]) -> Measurement:
    files, found = seen(texts)
    facts: dict[type, object] = {Files: files, Declarations: found, Changes: HISTORY}
    return signal(*(facts[need] for need in signal.needs))


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda one: one.definition.name)
def test_the_tree_has_something_to_improve(signal: SignalFunction) -> None:
    found = measured(signal, TREE)
    assert found.value is not None
    assert signal.definition.better == "neither" or found.value != (signal.definition.better == "higher")


@settings(max_examples=40)
@given(st.sampled_from(SIGNALS), st.sets(st.sampled_from(sorted(EMPTY)), min_size=1))
def test_empty_files_improve_nothing(signal: SignalFunction, names: set[str]) -> None:
    before, after = measured(signal, TREE), measured(signal, TREE | {name: EMPTY[name] for name in names})
    assert before.value is not None
    assert after.value is not None
    if signal.definition.better == "higher":
        assert after.value <= before.value
    elif signal.definition.better == "lower":
        assert after.value >= before.value
    else:
        assert after.value == before.value
