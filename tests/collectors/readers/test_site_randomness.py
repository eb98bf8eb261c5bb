"""Random numbers and seeds."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import kinds, sites

SPLIT = "from sklearn.model_selection import train_test_split\n"
FOREST = "from sklearn.ensemble import RandomForestClassifier\n"
UNSEEDED, SEEDED, GLOBAL = SiteKind.UNSEEDED, SiteKind.SEEDED, SiteKind.GLOBAL_SEED


def of(text: str) -> list[SiteKind]:
    return [kind for kind in kinds(text) if kind in (UNSEEDED, SEEDED)]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(n_estimators=10)",
        FOREST + "RandomForestClassifier(random_state=None)",
        "import sklearn.cluster as c\nc.KMeans(4)",
        SPLIT + "a, b = train_test_split(x)",
        "from sklearn.model_selection import KFold\nKFold(5, shuffle=True)",
        "from sklearn.linear_model import LogisticRegression\nLogisticRegression(solver='saga')",
        "from imblearn.over_sampling import SMOTE\nSMOTE()",
        "from torch.utils.data import random_split\nrandom_split(rows, [8, 2])",
        "import pandas as pd\npd.read_csv('a.csv').sample(frac=0.1)",
        "from datasets import load_dataset\nrows.train_test_split(test_size=0.1)",
        "import torch\ntorch.manual_seed(1)\n" + FOREST + "RandomForestClassifier()",  # another source
        FOREST + "env.seed(1)\nRandomForestClassifier()",
    ],
)
def test_no_seed_in_sight(text: str) -> None:
    assert of(text) == [UNSEEDED]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(random_state=1)",
        FOREST + "RandomForestClassifier(random_state=seed)",
        "import numpy as np\nnp.random.seed(1)\n" + FOREST + "RandomForestClassifier()",
        "from pytorch_lightning import seed_everything\nseed_everything(1)\n" + FOREST + "RandomForestClassifier()",
        "import torch\ntorch.manual_seed(1)\nfrom torch.utils.data import random_split\nrandom_split(rows, [8, 2])",
        "from torch.utils.data import random_split\nrandom_split(rows, [8, 2], generator=g)",
        FOREST + "m = RandomForestClassifier()\nm.set_params(random_state=1)",
        "import datasets\nrows.train_test_split(test_size=0.1, seed=3)",
    ],
)
def test_a_seed_in_the_call_or_for_its_source_is_in_sight(text: str) -> None:
    assert of(text) == [SEEDED]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(**settings)",
        SPLIT + "train_test_split(x, shuffle=False)",
        SPLIT + "train_test_split(x, shuffle=SHUFFLE)",
        "from sklearn.model_selection import KFold\nKFold(5)",
        "from sklearn.linear_model import LogisticRegression\nLogisticRegression()",
        "from ours import train_test_split\ntrain_test_split(x)",
        "import pandas\nrandom.sample(names, 3)",
        FOREST + "forest = RandomForestClassifier()\ngrid = {'model__random_state': [0]}",
        "from sklearn.cluster import KMeans\nKMeans(3, init=centres, n_init=1)",
        "RandomForestClassifier = None\nRandomForestClassifier()",
    ],
)
def test_what_may_be_seeded_or_draws_nothing_is_not_counted(text: str) -> None:
    assert of(text) == []


def test_an_ensemble_answers_for_the_models_that_it_is_given() -> None:
    imports = "from sklearn.ensemble import BaggingClassifier\nfrom sklearn.tree import DecisionTreeClassifier\n"
    assert of(imports + "BaggingClassifier(DecisionTreeClassifier(), random_state=1)") == [SEEDED]
    assert of(imports + "BaggingClassifier(DecisionTreeClassifier())") == [UNSEEDED]


def test_a_seed_for_all_is_told_with_what_it_seeds() -> None:
    text = "import numpy as np, torch\nnp.random.seed(1)\ntorch.cuda.manual_seed_all(1)\nset_seed(1)\nx = 1\n"
    assert [site.detail for site in sites(text, GLOBAL)] == ["numpy", "torch", "all"]


DRAW = SiteKind.UNSEEDED_DRAW
TORCH, NUMPY = "import torch\n", "import numpy as np\n"


@pytest.mark.parametrize(
    "text",
    [
        TORCH + NUMPY + "np.random.rand(4)",
        TORCH + "torch.randn(10)",
        TORCH + "class A:\n    noise = torch.rand(3)",
        "import tensorflow as tf\ntf.random.uniform([1])",
        "import random\nimport sklearn\nrandom.shuffle(rows)",
        "from torch.utils.data import DataLoader\nDataLoader(rows, batch_size=4, num_workers=workers)",
        "from torch.utils.data import DataLoader\nDataLoader(rows, shuffle=True)",
        TORCH + NUMPY + "np.random.seed(1)\ntorch.randn(3)",
    ],
)
def test_numbers_drawn_outside_functions_without_a_seed(text: str) -> None:
    assert kinds(text).count(DRAW) == 1


@pytest.mark.parametrize(
    "text",
    [
        NUMPY + "np.random.rand(4)",  # no machine learning beside it
        TORCH + "def noise():\n    return torch.randn(10)",
        TORCH + "torch.manual_seed(1)\ntorch.randn(10)",
        TORCH + "def seed():\n    torch.manual_seed(1)\ntorch.randn(10)",
        TORCH + "torch.randn(10, generator=g)",
        TORCH + NUMPY + "rng = np.random.default_rng(1)\nrng.normal()",
        TORCH + "from torch.utils.data import DataLoader\nDataLoader(rows, batch_size=4, num_workers=0)",
        "from torch.utils.data import DataLoader\nDataLoader(rows, 4, num_workers=2, worker_init_fn=f, generator=g)",
        TORCH + "from lightning import seed_everything\nseed_everything(1)\ntorch.randn(10)",
        TORCH + "dist.normal(3)\nplt.uniform()",
    ],
)
def test_seeded_draws_and_those_of_functions_are_not_told(text: str) -> None:
    assert DRAW not in kinds(text)
