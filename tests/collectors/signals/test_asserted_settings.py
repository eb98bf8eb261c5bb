"""Settings that tests and workflows load, over a tree."""

import pytest

from collectors.signals.asserted_settings import asserted_settings
from tests.collectors.signals.declared import seen

FILES = {f"conf/{name}.yaml": f"rate: {number}\n" for number, name in enumerate("abcd")}
ONE = "from shop import load\ndef test_it():\n    assert load('conf/a.yaml')['rate'] == 0\n"
ALL = "from pathlib import Path\ndef test_all():\n    for path in Path('conf').glob('*.yaml'):\n        load(path)\n"


def test_a_test_that_names_a_file():
    found = asserted_settings(*seen(FILES | {"tests/test_a.py": ONE}))
    assert (found.value, found.n) == (1 / 4, 4)
    assert [row.subject for row in found.evidence] == ["conf/b.yaml", "conf/c.yaml", "conf/d.yaml"]


def test_a_test_of_all_files_of_a_folder():
    assert asserted_settings(*seen(FILES | {"tests/test_a.py": ALL})).value == 1


def test_a_test_that_composes_with_hydra():
    code = (
        "from hydra import compose, initialize\ndef test_it():\n"
        "    with initialize(config_path='../conf'):\n        assert compose(config_name='b').rate == 1\n"
    )
    found = asserted_settings(*seen(FILES | {"tests/test_a.py": code}))
    assert found.value == 1 / 4
    assert "conf/b.yaml" not in {row.subject for row in found.evidence}


def test_a_step_of_a_workflow():
    text = "jobs:\n  a:\n    steps:\n      - run: python train.py --config conf/b.yaml --fast\n"
    assert asserted_settings(*seen(FILES | {".github/workflows/ci.yml": text})).value == 1 / 4


def test_code_and_comments_are_no_tests():
    assert asserted_settings(*seen(FILES | {"train.py": ONE})).value == 0
    assert asserted_settings(*seen(FILES | {"tests/test_a.py": '"""conf/a.yaml"""\n# conf/a.yaml\n'})).value == 0


def test_assertions_on_features_stand_beside():
    test = "def test_it():\n    assert x.shape[1] == 12\n    assert len(FEATURES) == 12\n"
    found = asserted_settings(*seen(FILES | {"tests/test_x.py": test, "fit.py": "assert len(columns) == 3\n"}))
    assert dict(found.details) == {"assertions on features in tests": 2, "assertions on features in the code": 1}


@pytest.mark.parametrize(
    ("path", "text"),
    [("tests/test_b.py", ""), ("tests/test_b.py", "import shop\n"), ("conf/e.yaml", ""), ("ci.yml", "")],
)
def test_empty_files_and_imports_change_nothing(path: str, text: str):
    before = asserted_settings(*seen(FILES | {"tests/test_a.py": ONE}))
    assert asserted_settings(*seen(FILES | {"tests/test_a.py": ONE, path: text})).value == before.value


def test_few_settings_are_unknown():
    assert asserted_settings(*seen({"conf/a.yaml": "a: 1\n"})).value is None
    assert asserted_settings(*seen({"train.py": ONE})).value is None
