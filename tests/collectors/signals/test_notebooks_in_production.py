"""What was tried out, in production."""

import pytest

from collectors.signals.notebooks_in_production import notebooks_in_production
from tests.collectors.signals.declared import seen

NOTEBOOK = '{"metadata": {}, "cells": []}'
TREE = {"experiments/trial.py": "x = 1\n", "notebooks/report.ipynb": NOTEBOOK, "shop/serve.py": "x = 1\n"}


def test_an_import_from_a_folder_of_experiments():
    found = notebooks_in_production(*seen(TREE | {"shop/serve.py": "\nfrom experiments.trial import x\n"}))
    assert found.value == 1
    assert [(spot.path, spot.line) for spot in found.spots] == [("shop/serve.py", 2)]
    assert "experiments/trial.py" in found.spots[0].note


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "report:\n\tpapermill notebooks/report.ipynb out.ipynb\n"),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    steps:\n      - run: papermill notebooks/report.ipynb out.ipynb\n",
        ),
        ("shop/night.py", "import papermill\npapermill.execute_notebook('notebooks/report.ipynb', 'out.ipynb')\n"),
    ],
)
def test_a_notebook_that_is_run(path: str, text: str):
    found = notebooks_in_production(*seen(TREE | {path: text}))
    assert found.value == 1
    assert found.spots[0].path == path
    assert found.spots[0].line > 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("experiments/other.py", "from experiments.trial import x\n"),
        ("tests/test_trial.py", "from experiments.trial import x\n"),
        ("experiment.py", "from experiments.trial import x\n"),
        ("shop/run_exp_2.py", "from experiments.trial import x\n"),
        ("shop/tune.py", "from experiments import missing\n"),
        ("shop/fit.py", "from shop.experiments.trial import x\n"),
        ("Makefile", "docs:\n\tpapermill docs/tutorial.ipynb out.ipynb\n"),
        ("Makefile", "report:\n\tjupyter lab\n"),
        ("jobs/basics/job.sh", "papermill ../../notebooks/report.ipynb out.ipynb\n"),
        (
            ".github/workflows/a.yml",
            "on: [push, pull_request]\njobs: {a: {steps: [{run: papermill notebooks/report.ipynb out.ipynb}]}}\n",
        ),
        ("Makefile", "report:\n\tjupyter nbconvert --to html notebooks/report.ipynb\n"),
    ],
)
def test_what_is_tried_out_among_itself_in_tests_and_documents_is_none(path: str, text: str):
    more = {"docs/tutorial.ipynb": NOTEBOOK, path: text}
    assert notebooks_in_production(*seen(TREE | more)).value == 0


def test_nothing_that_could_is_unknown():
    assert notebooks_in_production(*seen({"notebooks/report.ipynb": NOTEBOOK})).value is None
