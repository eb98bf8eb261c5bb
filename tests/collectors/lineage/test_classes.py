from __future__ import annotations

from tests.lineage_by_hand import seen

READ = "import pandas as pd\nfrom pathlib import Path\n"


def test_attributes_of_instances():
    code = """
class Loader:
    folder = "data"
    def __init__(self, name):
        self.path = f"{self.folder}/{name}.csv"
    def run(self):
        return pd.read_csv(self.path)
Loader("a").run()
"""
    assert seen(READ + code) == ["r data/a.csv"]


def test_inheritance_super_and_properties():
    code = """
class Base:
    def __init__(self, root):
        self.root = Path(root)
    @property
    def path(self):
        return self.root / self.name()
    def run(self):
        pd.read_csv(self.path)
class Child(Base):
    def __init__(self):
        super().__init__("data")
    def name(self):
        return "a.csv"
Child().run()
"""
    assert seen(READ + code) == ["r data/a.csv"]


def test_dataclasses_and_their_factories():
    code = """
from dataclasses import dataclass, field
@dataclass
class Config:
    root: Path
    name: str = "a.csv"
    more: list = field(default_factory=lambda: ["b.csv"])
config = Config(root=Path("data"))
pd.read_csv(config.root / config.name)
for name in config.more:
    pd.read_csv(config.root / name)
"""
    assert seen(READ + code) == ["r data/a.csv", "r data/b.csv"]


def test_pydantic_models_named_tuples_and_enumerations():
    code = """
from enum import Enum
from typing import NamedTuple
from pydantic import BaseModel, Field
class Settings(BaseModel):
    path: str = Field(default="a.csv")
class Row(NamedTuple):
    path: str
class Split(str, Enum):
    TRAIN = "train"
    TEST = "test"
pd.read_csv(Settings().path)
pd.read_csv(Row("b.csv").path)
pd.read_csv(f"{Split.TRAIN.value}.csv")
for split in Split:
    pd.read_json(split.value + ".json")
"""
    assert seen(READ + code) == ["r a.csv", "r b.csv", "r test.json", "r train.csv", "r train.json"]


def test_class_methods_static_methods_and_calls():
    code = """
class Loader:
    @classmethod
    def of(cls, name):
        return cls(name)
    def __init__(self, name):
        self.name = name
    @staticmethod
    def read(name):
        return pd.read_csv(name)
    def __call__(self):
        return self.read(self.name)
    def __enter__(self):
        return self
Loader.of("a.csv")()
with Loader("b.csv") as loader:
    loader()
"""
    assert seen(READ + code) == ["r a.csv", "r b.csv"]


def test_a_monkey_patched_method_is_the_one_that_runs():
    code = """
class Loader:
    def path(self):
        return "a.csv"
def other(self):
    return "b.csv"
Loader.path = other
pd.read_csv(Loader.path(Loader()))
"""
    assert seen(READ + code) == ["r b.csv"]
