"""Settings from the environment, over a tree."""

import pytest

from collectors.signals.settings_outside_git import settings_outside_git
from tests.collectors.signals.declared import seen

CODE = "import os\nDEPTH = int(os.environ['MODEL_DEPTH'])\nRATE = os.getenv('RATE', '0.1')\n"


def test_places_before_all_reads():
    found = settings_outside_git(*seen({"train.py": CODE}))
    assert (found.value, found.n) == (1, 2)
    assert [(spot.path, spot.line, spot.note) for spot in found.spots] == [("train.py", 2, "MODEL_DEPTH")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env.example", "MODEL_DEPTH=3\n"),
        ("docker-compose.yml", "services:\n  a:\n    image: x\n    environment:\n      MODEL_DEPTH: 3\n"),
        ("docker-compose.yml", "services:\n  a:\n    image: x\n    environment:\n      - MODEL_DEPTH=3\n"),
        ("train.sh", "export MODEL_DEPTH=3\npython train.py\n"),
        ("Dockerfile", "FROM x\nENV MODEL_DEPTH=3\n"),
        (".github/workflows/train.yml", "on: push\nenv:\n  MODEL_DEPTH: 3\n"),
    ],
)
def test_a_value_that_is_checked_in_is_none(path: str, text: str):
    assert settings_outside_git(*seen({"train.py": CODE, path: text})).value == 0


@pytest.mark.parametrize(("path", "text"), [(".env.example", ""), ("conf/a.yaml", "{}\n"), ("b.py", "import os\n")])
def test_empty_files_and_imports_change_nothing(path: str, text: str):
    assert settings_outside_git(*seen({"train.py": CODE, path: text})).value == 1


def test_no_reads_and_tests_alone_are_unknown():
    assert settings_outside_git(*seen({"train.py": "x = 1\n"})).value is None
    assert settings_outside_git(*seen({"tests/test_train.py": CODE})).value is None
