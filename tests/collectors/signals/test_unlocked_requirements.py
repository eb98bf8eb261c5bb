"""Packages with and without a version."""

import pytest

from collectors.signals.unlocked_requirements import unlocked_requirements
from scoring.signal import Measurement
from tests.collectors.signals.declared import seen

OPEN = {"requirements.txt": "numpy>=2\npandas\ntorch==2.9.1\nflask~=3.0\n"}
LOCK = '[[package]]\nname = "numpy"\nversion = "2.1.0"\n\n[[package]]\nname = "pandas"\nversion = "2.3.0"\n'
LIBRARY = {"pyproject.toml": '[project]\nname = "x"\ndependencies = ["numpy>=2", "pandas", "scipy"]\n'}
STAGES = {"dvc.yaml": "stages:\n  fit:\n    cmd: python fit.py\n    deps: [fit.py]\n"}


def measured(texts: dict[str, str]) -> Measurement:
    return unlocked_requirements(seen(texts)[1])


def test_ranges_and_bare_names_are_not_locked():
    found = measured(OPEN)
    assert (found.value, found.n) == (3 / 4, 4)
    assert [(row.subject, row.number) for row in found.evidence] == [("requirements.txt", 3)]
    assert "application" in found.note


def test_a_lock_locks_what_it_names_and_an_empty_one_nothing():
    assert measured(OPEN | {"uv.lock": LOCK}).value == 1 / 4
    assert measured(OPEN | {"uv.lock": "version = 1\n"}).value == measured(OPEN).value
    assert measured(OPEN | {"poetry.lock": ""}).value == measured(OPEN).value


def test_a_lock_elsewhere_locks_nothing_here_and_one_above_does():
    below = {f"service/{path}": text for path, text in OPEN.items()}
    assert measured(below | {"other/uv.lock": LOCK}).value == 3 / 4
    assert measured(below | {"uv.lock": LOCK}).value == 1 / 4


def test_pins_of_a_requirements_file_lock_the_ranges_beside_it():
    pins = {"requirements.txt": "numpy==2.1.0\npandas==2.3.0\nscipy==1.15\n"}
    assert measured(LIBRARY | STAGES | pins).value == 0


def test_lists_for_development_are_left_out():
    assert measured(OPEN | {"requirements-dev.txt": "pytest\nruff\n", "docs/requirements.txt": "sphinx\n"}).n == 4


@pytest.mark.parametrize(
    "more", [{}, {"Dockerfile": "FROM x\nRUN pip install .\n"}, {"setup.py": "from setuptools import setup\nsetup()\n"}]
)
def test_a_library_is_not_asked_to_pin(more: dict[str, str]):
    found = measured(LIBRARY | more)
    assert found.value is None
    assert "library" in found.reason


def test_a_library_that_is_published_stays_one_whatever_else_it_starts():
    workflow = {
        ".github/workflows/release.yml": "jobs:\n  a:\n    steps:\n      - uses: pypa/gh-action-pypi-publish@v1\n"
    }
    filed = {"pyproject.toml": LIBRARY["pyproject.toml"] + 'classifiers = ["Programming Language :: Python :: 3"]\n'}
    assert measured(LIBRARY | STAGES | workflow).value is None
    assert measured(LIBRARY | STAGES | filed).value is None


@pytest.mark.parametrize("more", [STAGES, {"Dockerfile": 'FROM x\nCMD ["python", "serve.py"]\n'}])
def test_packaged_but_run_is_an_application(more: dict[str, str]):
    assert measured(LIBRARY | more).value == 1


def test_nothing_asked_for_is_unknown():
    assert measured({"params.yaml": "a: 1\n"}).value is None
    assert measured({"requirements.txt": ""}).value is None
