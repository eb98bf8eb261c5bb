"""Hyperparameters as numbers, or from elsewhere."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

FIXED, SET = SiteKind.FIXED_HYPERPARAMETER, SiteKind.SET_HYPERPARAMETER
FOREST = "from sklearn.ensemble import RandomForestClassifier\n"
TORCH = "import torch\nfrom torch import optim\n"


def of(text: str) -> list[SiteKind]:
    return [site.kind for site in sites(text, FIXED, SET)]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(n_estimators=200)",
        FOREST + "RandomForestClassifier(max_depth=settings.depth, n_estimators=200)",
        "import xgboost as xgb\nxgb.XGBRegressor(learning_rate=0.1)",
        "import lightgbm\nlightgbm.LGBMClassifier(num_leaves=31)",
        TORCH + "optim.SGD(net.parameters(), 0.01)",
        TORCH + "torch.optim.AdamW(net.parameters(), lr=1e-3)",
        TORCH + "optim.lr_scheduler.StepLR(optimizer, step_size=30)",
        "from tensorflow.keras.optimizers import Adam\nAdam(learning_rate=0.001)",
        "from transformers import TrainingArguments\nTrainingArguments('out', num_train_epochs=3)",
        "from peft import LoraConfig\nLoraConfig(r=16)",
    ],
)
def test_a_number_in_the_call(text: str):
    assert of(text) == [FIXED]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(n_estimators=settings['trees'], random_state=42)",
        FOREST + "RandomForestClassifier(n_estimators=TREES)",
        FOREST + "RandomForestClassifier(**settings)",
        TORCH + "optim.Adam(net.parameters(), lr=args.lr)",
    ],
)
def test_from_elsewhere(text: str):
    assert of(text) == [SET]


@pytest.mark.parametrize(
    "text",
    [
        FOREST,
        FOREST + "RandomForestClassifier()",
        FOREST + "RandomForestClassifier(random_state=42, n_jobs=4, verbose=2)",
        FOREST + "RandomForestClassifier(n_estimators=-1)",
        "from shop.models import RandomForestClassifier\nRandomForestClassifier(n_estimators=200)",
        "from torch import nn\nnn.Linear(128, 64)",
        "from transformers import AutoModel\nAutoModel.from_pretrained('x', num_labels=3)",
        TORCH + "optim.SGD(net.parameters(), weight_decay=0.0)",
    ],
)
def test_neither(text: str):
    assert of(text) == []


def test_the_names_are_told():
    (site,) = sites(FOREST + "RandomForestClassifier(n_estimators=9, max_depth=3)", FIXED)
    assert (site.detail, site.line) == ("RandomForestClassifier: n_estimators, max_depth", 2)
