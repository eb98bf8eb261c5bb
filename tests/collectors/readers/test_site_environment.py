"""Settings from the environment; imports and runs of what was tried out."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

READ, DEFAULT = SiteKind.ENVIRONMENT, SiteKind.ENVIRONMENT_DEFAULT


def of(text: str) -> list[SiteKind]:
    return [site.kind for site in sites("import os\n" + text, READ, DEFAULT)]


@pytest.mark.parametrize(
    "text",
    [
        "rate = float(os.environ['LEARNING_RATE'])",
        "model = os.getenv('MODEL_LOCATION')",
        "rows = os.environ.get('DATASET', None)",
        "NAME = 'MODEL_DIR'\nload(os.environ[NAME])",
        "from os import environ\nx = environ['MODEL_DEPTH']",
    ],
)
def test_without_a_default(text: str):
    assert of(text) == [READ]


@pytest.mark.parametrize(
    "text",
    [
        "depth = os.getenv('MODEL_DEPTH', '3')",
        "depth = os.environ.get('MODEL_DEPTH', default)",
        "depth = os.getenv('MODEL_DEPTH') or 3",
        "if os.getenv('FAST_MODEL'):\n    pass",
        "if os.getenv('MODEL_MODE') == 'fast':\n    pass",
        "x = 1 if not os.environ.get('FAST_MODEL') else 2",
        "if 'MODEL_DEPTH' in os.environ:\n    x = os.environ['MODEL_DEPTH']",
        "try:\n    x = os.environ['MODEL_DEPTH']\nexcept KeyError:\n    x = 3",
    ],
)
def test_with_something_that_holds_without_it(text: str):
    assert of(text) == [DEFAULT]


@pytest.mark.parametrize(
    "text",
    [
        "os.environ['MODEL_DEPTH'] = '3'",
        "x = os.environ['JAVA_HOME']",
        "x = os.environ['COLOURS']",
        "del os.environ['MODEL_DEPTH']",
        "os.environ.setdefault('MODEL_DEPTH', '3')",
        "x = os.environ['HOME']",
        "x = os.environ['API_KEY']",
        "x = os.environ['DATABASE_URL']",
        "x = os.environ['LOCAL_RANK']",
        "x = os.environ['CUDA_VISIBLE_DEVICES']",
        "x = os.environ[name]",
        "x = settings.get('MODEL_DEPTH')",
        "x = settings['MODEL_DEPTH']",
    ],
)
def test_neither(text: str):
    assert of(text) == []


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("import experiments.trial", "experiments.trial"),
        ("from notebooks.features import build", "notebooks.features.build"),
        ("from src.notebooks import features", "src.notebooks.features"),
    ],
)
def test_imports_of_what_was_tried_out(text: str, detail: str):
    (site,) = sites(text, SiteKind.RESEARCH_IMPORT)
    assert site.detail == detail


@pytest.mark.parametrize("text", ["import shop.experiments.trial", "import experimental", "from ray import tune"])
def test_other_imports(text: str):
    assert sites(text, SiteKind.RESEARCH_IMPORT) == []


def test_notebooks_that_code_runs():
    text = "import papermill as pm\npm.execute_notebook('notebooks/a.ipynb', 'out.ipynb')\n"
    (site,) = sites(text, SiteKind.NOTEBOOK_RUN)
    assert site.detail == "notebooks/a.ipynb"
    assert sites("import other\nother.execute_notebook('a.ipynb')", SiteKind.NOTEBOOK_RUN) == []
