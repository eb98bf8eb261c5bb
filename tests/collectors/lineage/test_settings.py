from __future__ import annotations

import pytest

from tests.lineage_by_hand import seen

READ = "import pandas as pd\n"
YAML = "data:\n  path: data/a.csv\n  names: [x, y]\n"


@pytest.mark.parametrize(
    ("code", "path", "text"),
    [
        ("import yaml\nc = yaml.safe_load(open('c.yaml'))\npd.read_csv(c['data']['path'])", "c.yaml", YAML),
        (("import yaml\nwith open('c.yaml') as f:\n    c = yaml.load(f, Loader=yaml.Loader)\n"
         "pd.read_csv(c['data']['path'])"), "c.yaml", YAML),
        (("import yaml\nfrom pathlib import Path\nc = yaml.safe_load(Path('c.yaml').read_text())\n"
         "pd.read_csv(c['data']['path'])"), "c.yaml", YAML),
        (("import json\nc = json.load(open('c.json'))\n"
         "pd.read_csv(c['data'].get('path', 'b.csv'))"), "c.json", '{"data": {"path": "data/a.csv"}}'),
        (("import json\nc = json.loads(open('c.json').read())\n"
         "pd.read_csv(c['data']['path'])"), "c.json", '{"data": {"path": "data/a.csv"}}'),
        (("import tomllib\nc = tomllib.load(open('c.toml', 'rb'))\n"
         "pd.read_csv(c['data']['path'])"), "c.toml", "[data]\npath = 'data/a.csv'"),
        (("import configparser\nc = configparser.ConfigParser()\nc.read('c.ini')\n"
         "pd.read_csv(c['data']['path'])"), "c.ini", "[data]\npath = data/a.csv"),
        (("import configparser\nc = configparser.ConfigParser()\nc.read('c.ini')\n"
         "pd.read_csv(c.get('data', 'path'))"), "c.ini", "[data]\npath = data/a.csv"),
        ("from omegaconf import OmegaConf\nc = OmegaConf.load('c.yaml')\npd.read_csv(c.data.path)", "c.yaml", YAML),
        (("from box import ConfigBox\nimport yaml\nc = ConfigBox(yaml.safe_load(open('c.yaml')))\n"
         "pd.read_csv(c.data.path)"), "c.yaml", YAML),
        ("import dvc.api\nc = dvc.api.params_show()\npd.read_csv(c['data']['path'])", "params.yaml", YAML),
    ],
)  # fmt: skip
def test_values_come_from_settings_files_of_the_tree(code, path, text):
    assert seen(READ + code, files={path: text}) == sorted([f"r {path}", "r data/a.csv"])


def test_lists_of_a_settings_file_are_walked_through():
    code = (
        "import yaml\nc = yaml.safe_load(open('c.yaml'))\nfor n in c['data']['names']:\n"
        "    pd.read_csv(f'data/{n}.csv')"
    )
    assert seen(READ + code, files={"c.yaml": YAML}) == ["r c.yaml", "r data/x.csv", "r data/y.csv"]


def test_references_within_a_configuration_are_filled_in():
    text = "root: data\npath: ${root}/a.csv\nother: ${oc.env:PLACE,elsewhere}/b.csv"
    code = "from omegaconf import OmegaConf\nc = OmegaConf.load('c.yaml')\npd.read_csv(c.path)\npd.read_csv(c.other)"
    assert seen(READ + code, files={"c.yaml": text}) == ["r c.yaml", "r data/a.csv", "r elsewhere/b.csv"]


def test_a_settings_file_that_is_not_in_the_tree_makes_its_values_unknown():
    code = "import yaml\nc = yaml.safe_load(open('c.yaml'))\npd.read_csv(c['path'])"
    assert seen(READ + code) == ["r ?", "r c.yaml"]


def test_pydantic_makes_a_table_an_instance_of_the_kind_that_it_names():
    code = """
import yaml
from typing import Literal, Union
import pydantic
class Csv(pydantic.BaseModel):
    KIND: Literal["Csv"] = "Csv"
    path: str
    def read(self):
        return pd.read_csv(self.path)
class Json(pydantic.BaseModel):
    KIND: Literal["Json"] = "Json"
    path: str
    def read(self):
        return pd.read_json(self.path)
class Settings(pydantic.BaseModel):
    source: Union[Csv, Json]
Settings.model_validate(yaml.safe_load(open("c.yaml"))).source.read()
"""
    assert seen(READ + code, files={"c.yaml": "source:\n  KIND: Csv\n  path: a.csv"}) == ["r a.csv", "r c.yaml"]


HYDRA = """
import hydra
import pandas as pd
from hydra.utils import to_absolute_path
@hydra.main(config_path="../conf", config_name="config", version_base=None)
def main(cfg):
    pd.read_csv(to_absolute_path(cfg.data.path)).to_csv(f"{cfg.out}/{cfg.model.name}.csv")
if __name__ == "__main__":
    main()
"""
CONF = {
    "conf/config.yaml": "defaults:\n  - data: small\n  - model: tree\n  - _self_\nout: out",
    "conf/data/small.yaml": "path: data/small.csv",
    "conf/data/large.yaml": "path: ${root}/large.csv\nroot: nowhere",
    "conf/model/tree.yaml": "name: tree",
}


def test_hydra_composes_its_configuration():
    assert seen({"src/main.py": HYDRA}, files=CONF) == ["r data/small.csv", "w out/tree.csv"]
    assert seen({"src/main.py": HYDRA}, files=CONF, open_=True) == ["r data/small.csv", "w out/tree.csv"]


def test_words_of_a_command_override_hydras_configuration():
    assert seen({"src/main.py": HYDRA}, "out=b", "model.name=x", files=CONF) == ["r data/small.csv", "w b/x.csv"]
    files = CONF | {"conf/data/large.yaml": "path: data/large.csv"}
    assert seen({"src/main.py": HYDRA}, "data=large", files=files) == ["r data/large.csv", "w out/tree.csv"]


def test_targets_of_hydra_are_called():
    code = {
        "main.py": "from hydra.utils import instantiate\nfrom omegaconf import OmegaConf\n"
        "instantiate(OmegaConf.load('c.yaml').loader).run()",
        "load.py": READ + "class Loader:\n    def __init__(self, path):\n        self.path = path\n"
        "    def run(self):\n        pd.read_csv(self.path)",
    }
    assert seen(code, files={"c.yaml": "loader:\n  _target_: load.Loader\n  path: a.csv"}) == ["r a.csv", "r c.yaml"]
