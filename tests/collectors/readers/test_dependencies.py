"""Requirements in each grammar: name, specifier, pinned or not, group, line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collectors.readers.settings_by_hand import read

SHA = "0123456789abcdef" * 4
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def asked(path: str, text: str) -> list[tuple[str, str, bool, str]]:
    return [(row.name, row.specifier, row.is_pinned, row.group) for row in read(path, text).requirements]


REQUIREMENTS = f"""\
# comment
--index-url https://u:hunter22@host/simple
-r base.txt
--constraint=limits.txt
Numpy==1.26.0  # why
torch[cuda]>=2,<3 ; python_version > "3.8"
scikit_learn
pandas==1.*
a.b===1.0
hashed==1.0 \\
    --hash=sha256:{SHA} \\
    # via x
    --hash=sha256:{SHA}
-e .
-e git+https://u:hunter22@host/own.git@{COMMIT}#egg=own
branch @ git+https://host/branch.git@main
https://host/wheels/wheel_x-1.2-py3-none-any.whl
./local
{{{{ template }}}}
name with spaces
"""


def test_each_line_of_a_requirements_file() -> None:
    found = read("requirements.txt", REQUIREMENTS)
    assert [(row.name, row.specifier, row.is_pinned, row.line, row.is_hashed) for row in found.requirements] == [
        ("numpy", "==1.26.0", True, 5, False),
        ("torch", ">=2,<3", False, 6, False),
        ("scikit-learn", "", False, 7, False),
        ("pandas", "==1.*", False, 8, False),
        ("a-b", "===1.0", True, 9, False),
        ("hashed", "==1.0", True, 10, True),
        ("own", f"git+https://***@host/own.git@{COMMIT}#egg=own", True, 15, False),
        ("branch", "git+https://host/branch.git@main", False, 16, False),
        ("wheel-x", "https://host/wheels/wheel_x-1.2-py3-none-any.whl", False, 17, False),
    ]
    assert [tuple(row) for row in found.inherits] == [("base.txt", "requirement", 3), ("limits.txt", "constraint", 4)]


PYPROJECT = """\
[build-system]
requires = ["hatchling"]
[project]
requires-python = ">=3.11"
dependencies = [
  "numpy>=1",
  "torch==2.1.0",
]
[project.optional-dependencies]
gpu = ["cupy"]
[dependency-groups]
dev = ["pytest==8.0.0", {include-group = "x"}]
[tool.poetry.dependencies]
python = "^3.11"
pandas = "^2.0"
exact = "1.2.3"
any = "*"
many = [{version = "1.0"}, {version = ">=2"}]
own = {path = "../own"}
git = {git = "https://host/x.git", rev = "main"}
[tool.poetry.group.docs.dependencies]
sphinx = {version = "~7.1", extras = ["x"]}
"""


def test_pyproject_has_many_places_for_them() -> None:
    assert asked("pyproject.toml", PYPROJECT) == [
        ("hatchling", "", False, "build"),
        ("python", ">=3.11", False, "python"),
        ("numpy", ">=1", False, ""),
        ("torch", "==2.1.0", True, ""),
        ("cupy", "", False, "gpu"),
        ("pytest", "==8.0.0", True, "dev"),
        ("python", "^3.11", False, "python"),
        ("pandas", "^2.0", False, ""),
        ("exact", "==1.2.3", True, ""),
        ("any", "", False, ""),
        ("many", "==1.0", True, ""),
        ("many", ">=2", False, ""),
        ("git", "https://host/x.git@main", False, ""),
        ("sphinx", "~7.1", False, "docs"),
    ]


def test_requirements_that_another_file_holds_are_pointed_to() -> None:
    text = '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = {file = ["reqs.txt"]}\n'
    assert [tuple(row) for row in read("pyproject.toml", text).inherits] == [("reqs.txt", "requirement", 4)]
    text = "[options]\ninstall_requires = file: reqs.txt\n"
    assert [tuple(row) for row in read("setup.cfg", text).inherits] == [("reqs.txt", "requirement", 2)]


def test_setup_cfg_lists_them_line_by_line() -> None:
    text = (
        "[options]\npython_requires = >=3.8\ninstall_requires =\n  numpy>=1\n  # no\n"
        "  torch==2.0 ; python_version>'3'\n[options.extras_require]\ndev = pytest; mypy\n"
    )
    assert [(row.name, row.specifier, row.group, row.line) for row in read("setup.cfg", text).requirements] == [
        ("python", ">=3.8", "python", 2),
        ("numpy", ">=1", "", 4),
        ("torch", "==2.0", "", 6),
        ("pytest", "", "dev", 8),
        ("mypy", "", "dev", 8),
    ]


def test_a_conda_environment_and_its_pip_part() -> None:
    text = (
        "name: x\nchannels: [conda-forge]\ndependencies:\n- python=3.10\n- conda-forge::numpy=1.26.0\n"
        "- pandas=2.0.1=py310_0\n- scipy==1.11.0\n- torch>=2,<3\n- jupyter\n"
        "- pip:\n  - wandb==0.16.0\n  - -r reqs.txt\n"
    )
    assert asked("environment.yml", text) == [
        ("python", "=3.10*", False, "python"),
        ("numpy", "=1.26.0*", False, ""),
        ("pandas", "==2.0.1", True, ""),
        ("scipy", "==1.11.0", True, ""),
        ("torch", ">=2,<3", False, ""),
        ("jupyter", "", False, ""),
        ("wandb", "==0.16.0", True, ""),
    ]
    assert [row.target for row in read("environment.yml", text).inherits] == ["reqs.txt"]


def test_pipfile_and_pixi() -> None:
    text = (
        '[packages]\nnumpy = "==1.0"\nx = {version = "*"}\n[dev-packages]\npytest = "*"\n'
        '[requires]\npython_version = "3.11"\n'
    )
    assert asked("Pipfile", text) == [
        ("numpy", "==1.0", True, ""),
        ("x", "", False, ""),
        ("pytest", "", False, "dev"),
        ("python", "==3.11", True, "python"),
    ]
    text = '[dependencies]\npython = "3.11.*"\n[pypi-dependencies]\nx = ">=1"\n[tasks]\ntrain = "python train.py"\n'
    assert asked("pixi.toml", text) == [("python", "3.11.*", False, "python"), ("x", ">=1", False, "")]


POETRY = f"""\
[[package]]
name = "A_b"
version = "1.0"
groups = ["dev"]
files = [
  {{file = "x", hash = "sha256:{SHA}"}},
]

[package.dependencies]
x = "*"

[[package]]
name = "c"
version = "2"

[metadata]
lock-version = "2"
"""
UV = f"""\
version = 1
[[package]]
name = "own"
version = "0.1"
source = {{ editable = "." }}
[[package]]
name = "a"
version = "1"
sdist = {{ url = "x", hash = "sha256:{SHA}" }}
"""
PIPENV = f"""{{"default": {{"a": {{"hashes": ["sha256:{SHA}"], "version": "==1.0"}}}}, "develop": {{
"b": {{"version": "==2"}}}}}}"""
CONDA = f"""\
package:
- name: a
  version: '1.0'
  category: main
  hash:
    sha256: {SHA}
- name: b
  version: 2
  category: dev
"""
EXPLICIT = "@EXPLICIT\nhttps://host/linux-64/a-b-1.0-py310_0.conda#0123abcd\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("poetry.lock", POETRY, [("a-b", "==1.0", True, "dev", 2, True), ("c", "==2", True, "", 13, False)]),
        ("uv.lock", UV, [("a", "==1", True, "", 7, True)]),
        ("Pipfile.lock", PIPENV, [("a", "==1.0", True, "", 1, True), ("b", "==2", True, "dev", 2, False)]),
        ("conda-lock.yml", CONDA, [("a", "==1.0", True, "", 2, True), ("b", "==2", True, "dev", 7, False)]),
        ("conda-linux-64.lock", EXPLICIT, [("a-b", "==1.0", True, "", 2, True)]),
    ],
)
def test_lock_files_pin_each_package(path: str, text: str, expected: list[tuple[object, ...]]) -> None:
    assert [tuple(row) for row in read(path, text).requirements] == expected


SETUP = """\
from setuptools import setup, find_packages
REQUIRED = ["numpy>=1", "torch==2.0"] + ["x"]
EXTRAS = {"dev": ["pytest"], "docs": REQUIRED}
EXTRAS["gpu"] = ["cupy"]
with open("requirements.txt") as f:
    rest = f.read().splitlines()
setup(
    name="x",
    install_requires=REQUIRED + rest,
    extras_require=EXTRAS,
    python_requires=">=3.8",
    setup_requires="wheel",
    scripts=["bin/run.py"],
    entry_points={"console_scripts": ["x = pkg.cli:main", "y=pkg:run [dev]"]},
)
"""


def test_setup_py_is_read_and_never_run() -> None:
    found = read("setup.py", SETUP)
    assert [(row.name, row.specifier, row.group, row.line) for row in found.requirements] == [
        ("numpy", ">=1", "", 2),
        ("torch", "==2.0", "", 2),
        ("x", "", "", 2),
        ("numpy", ">=1", "docs", 2),
        ("torch", "==2.0", "docs", 2),
        ("x", "", "docs", 2),
        ("pytest", "", "dev", 3),
        ("cupy", "", "gpu", 4),
        ("python", ">=3.8", "python", 11),
        ("wheel", "", "build", 12),
    ]
    assert [(row.target, row.kind.value, row.by) for row in found.started] == [
        ("bin/run.py", "file", "scripts"),
        ("pkg.cli:main", "function", "x"),
        ("pkg:run", "function", "y"),
    ]
    assert [tuple(row) for row in found.inherits] == [("requirements.txt", "reads", 5)]


def test_names_that_name_themselves_end() -> None:
    text = "a = b\nb = a\nx = {}\nx['a'] = x\nsetup(install_requires=a + b + [a, *b], extras_require=x)\n"
    assert read("setup.py", text).requirements == ()


LOCKS = ("poetry.lock", "conda-lock.yml", "conda-linux-64.lock")


@given(st.text("ab=<>~!12.*[],;@ #\\-:/\n", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    for path in (*LOCKS, "requirements.txt", "setup.cfg", "environment.yml", "Pipfile", "setup.py"):
        for row in read(path, text).requirements:
            assert row.name
            assert 1 <= row.line <= text.count("\n") + 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["numpy", "a-b", "c2"]), st.sampled_from(["", "==1.0", ">=1,<2", "~=3.1"])),
        max_size=6,
    )
)
def test_what_is_written_is_read(rows: list[tuple[str, str]]) -> None:
    text = "".join(f"{name}{specifier}\n" for name, specifier in rows)
    expected = [(name, specifier, specifier == "==1.0", "", number) for number, (name, specifier) in enumerate(rows, 1)]
    assert [tuple(row)[:5] for row in read("requirements.txt", text).requirements] == expected
