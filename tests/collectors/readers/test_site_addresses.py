"""Addresses that code reads, with and without a version."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

BARE, PINNED = SiteKind.UNPINNED_READ, SiteKind.PINNED_READ
PANDAS = "import pandas as pd\n"
URL = "https://data.example.org/daily.csv"


def of(text: str) -> list[SiteKind]:
    return [site.kind for site in sites(text, BARE, PINNED)]


@pytest.mark.parametrize(
    "text",
    [
        PANDAS + f"pd.read_csv('{URL}')",
        PANDAS + "pd.read_parquet('s3://bucket/rows.parquet')",
        PANDAS + "pd.read_csv('https://data.example.org/s/abc')",
        PANDAS + f"URL = '{URL}'\npd.read_csv(URL)",
        PANDAS + f"URL = '{URL}'\ndef read(url=URL):\n    return pd.read_csv(url)",
        f"import urllib.request\nurllib.request.urlretrieve('{URL}', 'daily.csv')",
        f"import requests\nrequests.get('{URL}')",
        f"from keras.utils import get_file\nget_file('daily.csv', '{URL}')",
        "import torch\ntorch.hub.load_state_dict_from_url('https://x.example.org/net.pth')",
    ],
)
def test_without_a_version(text: str):
    assert of(text) == [BARE]


@pytest.mark.parametrize(
    "text",
    [
        PANDAS + f"pd.read_csv('https://raw.example.org/a/b/{'0a' * 20}/rows.csv')",
        PANDAS + "pd.read_csv('https://zenodo.org/record/1234/files/rows.csv')",
        PANDAS + "pd.read_csv('https://example.org/a/b/releases/download/1.0/rows.csv')",
        PANDAS + "pd.read_csv('https://example.org/data/v2/rows.csv')",
        f"from keras.utils import get_file\nget_file('a', '{URL}', file_hash='0a1b')",
        f"import pooch\npooch.retrieve('{URL}', known_hash='sha256:0a1b')",
    ],
)
def test_with_a_version(text: str):
    assert of(text) == [PINNED]


@pytest.mark.parametrize(
    "text",
    [
        f"URL = '{URL}'",
        PANDAS + "pd.read_csv('http://localhost:8000/rows.csv')",
        PANDAS + "pd.read_csv('data/rows.csv')",
        "import requests\nrequests.get('https://api.example.org/v1/ask')",
        f"settings.get('{URL}')",
        "import hashlib\n" + PANDAS + f"pd.read_csv('{URL}')",
    ],
)
def test_neither(text: str):
    assert of(text) == []


def test_the_place_is_where_the_address_stands_and_counts_once():
    text = PANDAS + f"URL = '{URL}?key=secret'\npd.read_csv(URL)\npd.read_csv(URL)\n"
    (site,) = sites(text, BARE)
    assert (site.line, site.detail) == (2, URL)
