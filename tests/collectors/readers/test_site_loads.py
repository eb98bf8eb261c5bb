"""Loads from hubs."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

BERT = "from transformers import AutoModel\n"
DATA = "from datasets import load_dataset\n"
HUB = "from huggingface_hub import hf_hub_download\n"
BARE, VERSIONED = SiteKind.UNVERSIONED_LOAD, SiteKind.VERSIONED_LOAD


def of(text: str) -> list[SiteKind]:
    return [site.kind for site in sites(text, BARE, VERSIONED)]


@pytest.mark.parametrize(
    "text",
    [
        BERT + "AutoModel.from_pretrained('bert-base-uncased')",
        BERT + "NAME = 'org/model'\nAutoModel.from_pretrained(NAME)",
        BERT + "AutoModel.from_pretrained(pretrained_model_name_or_path='org/model', revision=None)",
        BERT + "AutoModel.from_pretrained('org/model', revision='main')",
        DATA + "load_dataset('imdb', split='train')",
        HUB + "hf_hub_download(repo_id='org/model', filename='a.bin')",
        "from sentence_transformers import SentenceTransformer\nSentenceTransformer('all-MiniLM-L6-v2')",
        "import torch\ntorch.hub.load('ultralytics/yolov5', 'yolov5s')",
        "from sklearn.datasets import fetch_openml\nfetch_openml('mnist_784')",
    ],
)
def test_a_name_alone(text: str) -> None:
    assert of(text) == [BARE]


@pytest.mark.parametrize(
    "text",
    [
        BERT + "AutoModel.from_pretrained('org/model', revision='5c38ec7')",
        BERT + "AutoModel.from_pretrained('org/model', revision=REVISION)",
        DATA + "load_dataset('imdb', revision='1.0.0')",
        "import torch\ntorch.hub.load('ultralytics/yolov5:v7.0', 'yolov5s')",
        "from sklearn.datasets import fetch_openml\nfetch_openml('mnist_784', version=1)",
    ],
)
def test_a_name_with_a_version(text: str) -> None:
    assert of(text) == [VERSIONED]


@pytest.mark.parametrize(
    "text",
    [
        DATA + "load_dataset('json', data_files='a.json')",
        DATA + "load_dataset('csv')",
        BERT + "AutoModel.from_pretrained('./model')",
        BERT + "AutoModel.from_pretrained('checkpoints/best')",
        BERT + "AutoModel.from_pretrained(path)",
        BERT + "def f(NAME):\n    AutoModel.from_pretrained(NAME)\nNAME = 'org/model'",
        BERT + "NAME = 'a'\nNAME = 'b'\nAutoModel.from_pretrained(NAME)",
        BERT + "AutoModel.from_pretrained('org/model', local_files_only=True)",
        BERT + "AutoModel.from_pretrained('org/model', **more)",
        "import ours\nours.Model.from_pretrained('org/model')",
        "import torch\ntorch.hub.load('.', 'ours', source='local')\ntorch.load('model.pt')",
    ],
)
def test_files_folders_and_what_is_not_known_are_no_loads_from_a_hub(text: str) -> None:
    assert of(text) == []
