"""Settings that pass through a schema, over a tree."""

import pytest

from collectors.signals.validated_settings import validated_settings
from tests.collectors.signals.declared import seen

FILES = {f"conf/{name}.yaml": f"rate: {number}\n" for number, name in enumerate("abc")}
PLAIN = "import yaml\nsettings = yaml.safe_load(open('conf/a.yaml'))\n"
CLASS = "from pydantic import BaseModel\nclass Settings(BaseModel):\n    rate: float\n"
ALL = "import yaml\nfor path in Path('conf').glob('*.yaml'):\n    raw = yaml.safe_load(path.open())\n"


def test_without_any_schema_every_load_is_plain():
    found = validated_settings(*seen(FILES | {"train.py": PLAIN}))
    assert (found.value, found.n) == (0, 3)
    assert found.evidence[0].note == "no schema"


def test_a_schema_in_use_counts_for_the_files_that_are_named():
    found = validated_settings(*seen(FILES | {"train.py": CLASS + ALL + "    Settings(**raw)\n"}))
    assert (found.value, found.n) == (1, 3)


def test_a_schema_that_the_load_does_not_use_counts_half():
    found = validated_settings(*seen(FILES | {"train.py": CLASS + ALL}))
    assert (found.value, found.n) == (1 / 2, 3)
    assert dict(found.details) == {"with a schema that the load does not use": 3}


def test_files_of_another_folder_are_unknown_where_a_schema_is_used_somewhere():
    more = {f"other/{name}.yaml": "depth: 3\n" for name in "de"}
    found = validated_settings(*seen(FILES | more | {"train.py": CLASS + ALL + "    Settings(**raw)\n"}))
    assert (found.value, found.n, found.seen, found.total) == (1, 3, 3, 5)


def test_hydra_loads_its_folder():
    code = "import hydra\n@hydra.main(config_path='conf', config_name='a')\ndef main(settings): ...\n"
    store = "from hydra.core.config_store import ConfigStore\nConfigStore.instance().store(name='a', node=Settings)\n"
    assert validated_settings(*seen(FILES | {"train.py": code})).value == 0
    assert validated_settings(*seen(FILES | {"train.py": code + store})).value == 1


def test_each_program_loads_the_folder_beside_it():
    code = "import hydra\n@hydra.main(config_path='conf', config_name='a')\ndef main(settings): ...\n"
    store = "from hydra.core.config_store import ConfigStore\nConfigStore.instance().store(name='a', node=Settings)\n"
    both = {f"{program}/{path}": text for program in ("first", "second") for path, text in FILES.items()}
    found = validated_settings(*seen(both | {"first/train.py": code + store, "second/train.py": code}))
    assert (found.value, found.n) == (1 / 2, 6)


def test_gin_checks_what_it_binds():
    files = {f"conf/{name}.gin": f"fit.rate = {number}\n" for number, name in enumerate("abc")}
    code = "import gin\ngin.parse_config_files_and_bindings([f'conf/{name}.gin' for name in ('a', 'b')], [])\n"
    folder = "FOLDER = 'conf'\n"
    assert (
        validated_settings(*seen(files | {"train.py": folder + code.replace("conf/{name}.gin", "{name}.gin")})).value
        == 1
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("conf/empty.yaml", ""),
        ("conf/empty.json", "{}"),
        ("unused.py", "import pydantic\nfrom omegaconf import OmegaConf\nimport jsonschema\n"),
        ("schema.json", "{}"),
    ],
)
def test_empty_files_and_unused_imports_change_nothing(path: str, text: str):
    before = validated_settings(*seen(FILES | {"train.py": PLAIN}))
    after = validated_settings(*seen(FILES | {"train.py": PLAIN, path: text}))
    assert (after.value, after.n) == (before.value, before.n)


def test_where_nothing_loads_it_is_unknown():
    assert validated_settings(*seen(FILES)).value is None
    assert validated_settings(*seen({"train.py": PLAIN})).value is None
    assert validated_settings(*seen(FILES | {"tests/test_a.py": PLAIN})).value is None
