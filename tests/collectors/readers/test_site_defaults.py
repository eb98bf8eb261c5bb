"""Models and optimisers whose hyper-parameters nobody chose."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

DEFAULT, CHOSEN = SiteKind.DEFAULT_HYPERPARAMETERS, SiteKind.CHOSEN_HYPERPARAMETERS
FOREST = "from sklearn.ensemble import RandomForestClassifier\n"
NET = "from sklearn.linear_model import ElasticNet\n"
LOADER = "from torch.utils.data import DataLoader\n"


def of(text: str) -> list[SiteKind]:
    return [site.kind for site in sites(text, DEFAULT, CHOSEN)]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier()",
        FOREST + "RandomForestClassifier(random_state=1, n_jobs=-1, verbose=2)",
        "import sklearn.svm as s\ns.SVC(probability=True)",
        "import xgboost\nxgboost.XGBClassifier()",
        NET + "ElasticNet(1.0)",
        NET + "ElasticNet(l1_ratio=0.5)",
        "import torch\ntorch.optim.Adam(net.parameters())",
        "from torch import optim\noptim.AdamW(net.parameters(), weight_decay=0.1)",
        "from tensorflow.keras.optimizers import SGD\nSGD()",
        "import tensorflow as tf\ntf.keras.optimizers.Adam(clipnorm=1)",
        LOADER + "DataLoader(rows, num_workers=2)",
    ],
)
def test_nobody_chose(text: str) -> None:
    assert of(text) == [DEFAULT]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(100)",
        FOREST + "RandomForestClassifier(max_depth=depth)",
        NET + "ElasticNet(1.0, l1_ratio=0.5)",
        "import torch\ntorch.optim.Adam(net.parameters(), lr=rate)",
        "import torch\ntorch.optim.SGD(net.parameters(), 0.1)",
        "from keras.optimizers import Adam\nAdam(learning_rate=0.1)",
        LOADER + "DataLoader(rows, 32)",
        LOADER + "DataLoader(rows, batch_sampler=days)",
        LOADER + "DataLoader(rows, sampler=days)",
    ],
)
def test_somebody_chose(text: str) -> None:
    assert of(text) == [CHOSEN]


@pytest.mark.parametrize(
    "text",
    [
        FOREST + "RandomForestClassifier(**settings)",
        FOREST + "RandomForestClassifier(*settings)",
        FOREST + "GridSearchCV(RandomForestClassifier(), grid)",
        FOREST + "forest = RandomForestClassifier()\nforest.set_params(max_depth=3)",
        "import xgboost\nmodel = xgboost.XGBClassifier()\nmodel.load_model(path)",
        "import torch\ntorch.optim.Adam(groups)",
        "import torch\no = torch.optim.Adam(net.parameters())\nfor group in o.param_groups:\n    group['lr'] = 0.1",
        "from ours import RandomForestClassifier, SGD, DataLoader\nRandomForestClassifier()\nSGD()\nDataLoader(rows)",
        "from sklearn.linear_model import LinearRegression\nLinearRegression()",
    ],
)
def test_what_may_be_chosen_elsewhere_is_not_counted(text: str) -> None:
    assert of(text) == []


def test_the_place_says_what_is_left_to_the_library() -> None:
    found = sites(NET + "ElasticNet()\n" + FOREST + "RandomForestClassifier(random_state=1)", DEFAULT)
    assert [(site.line, site.snippet, site.detail) for site in found] == [
        (2, "ElasticNet()", "ElasticNet without alpha and l1_ratio"),
        (4, "RandomForestClassifier(random_state=1)", "RandomForestClassifier as the library sets it"),
    ]
