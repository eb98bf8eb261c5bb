"""Settings that are loaded and checked; features that are asserted."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

RAW, CHECKED, SHAPE = SiteKind.RAW_SETTINGS, SiteKind.CHECKED_SETTINGS, SiteKind.ASSERTED_SHAPE
YAML = "import yaml\n"


@pytest.mark.parametrize(
    "text",
    [
        YAML + "yaml.safe_load(file)",
        "from yaml import safe_load\nsafe_load(file)",
        "import tomllib\ntomllib.load(file)",
        "from omegaconf import OmegaConf\nOmegaConf.load('a.yaml')",
        "import configparser\nconfigparser.ConfigParser()",
        "import hydra\n@hydra.main(config_path='conf')\ndef main(cfg): ...\n",
    ],
)
def test_a_plain_load(text: str):
    assert [site.kind for site in sites(text, RAW, CHECKED)] == [RAW]


@pytest.mark.parametrize(
    "text",
    [
        "from omegaconf import OmegaConf\nOmegaConf.structured(Config)",
        "import jsonschema\njsonschema.validate(settings, schema)",
        "import gin\ngin.parse_config_file('a.gin')",
        "import dacite\ndacite.from_dict(Config, raw)",
        "from transformers import HfArgumentParser as P\nparser = P(Arguments)\nparser.parse_yaml_file('a.yaml')",
        "from shop import Settings\nSettings.model_validate(raw)",
        "from hydra.core.config_store import ConfigStore\nConfigStore.instance().store(name='a', node=Config)",
    ],
)
def test_through_a_schema(text: str):
    assert [site.kind for site in sites(text, RAW, CHECKED)] == [CHECKED]


@pytest.mark.parametrize("text", ["Config(**yaml.safe_load(file))", "raw = yaml.safe_load(file)\nConfig(**raw)"])
def test_a_class_that_is_given_what_was_loaded(text: str):
    assert sites(YAML + text, CHECKED)
    assert not sites(YAML + text.replace("**", ""), CHECKED)


@pytest.mark.parametrize(
    "text", ["import pydantic\nfrom omegaconf import OmegaConf", "np.load('a.npy')", "store(node=1)"]
)
def test_imports_and_other_calls_are_none(text: str):
    assert sites(text, RAW, CHECKED) == []


def test_classes_of_settings():
    text = "from pydantic import BaseModel\nclass TrainConfig(BaseModel): ...\nclass Row(BaseModel): ...\n"
    assert [site.detail for site in sites(text, SiteKind.SETTINGS_SCHEMA)] == ["TrainConfig"]
    text = "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Settings:\n    rate: float\n"
    assert [site.detail for site in sites(text, SiteKind.SETTINGS_SCHEMA)] == ["Settings"]
    assert sites("class Settings: ...", SiteKind.SETTINGS_SCHEMA) == []


def test_names_of_settings():
    text = '"""Not params.yaml."""\nopen("conf/params.yaml")\nPath("configs").glob("*.yaml")\nx = "a.csv"\n'
    found = [site.detail for site in sites(text, SiteKind.SETTINGS_NAME)]
    assert found == ["conf/params.yaml", "configs", "*.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "assert x.shape[1] == 12",
        "assert x.shape[-1] == len(FEATURES)",
        "assert len(feature_names) == 12",
        "assert list(frame.columns) == COLUMNS",
        "assert model.n_features_in_ == 12 and x",
        "self.assertEqual(len(FEATURES), 12)",
        "suite.expect_table_column_count_to_equal(12)",
    ],
)
def test_an_assertion_on_features(text: str):
    assert len(sites(text, SHAPE)) == 1


@pytest.mark.parametrize(
    "text",
    ["assert x.shape[0] == 12", "assert len(rows) == 3", "assert columns", "x.shape[1] == 12", "assertEqual(1, 2)"],
)
def test_other_assertions(text: str):
    assert sites(text, SHAPE) == []
