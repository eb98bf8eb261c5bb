"""Which file is read how; and whatever the bytes, an answer of bounded size, or a reason."""

from __future__ import annotations

import gzip
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import from_json, to_json
from collectors.facts.settings import SettingsSummary
from collectors.readers.declarations import (
    DECLARATIONS_VERSION,
    declarations_key,
    read_as,
    read_settings_file,
)
from collectors.readers.rows import MOST

ONE_OF_EACH = {
    "conf/a.yaml": "YAML",
    "conf/a.yml.example": "YAML",
    "a.toml": "TOML",
    "a.cfg": "INI",
    "a.JSON": "JSON",
    "tsconfig.json": "JSON",
    "a.gin": "gin",
    ".env": "env",
    ".env.production": "env",
    "docker/web.env.example": "env",
    "setup.cfg": "setup.cfg",
    "setup.py": "setup.py",
    "pyproject.toml": "pyproject.toml",
    "pixi.toml": "pixi.toml",
    "Pipfile": "Pipfile",
    "Pipfile.lock": "Pipfile.lock",
    "poetry.lock": "TOML lock",
    "uv.lock": "TOML lock",
    "pdm.lock": "TOML lock",
    "pylock.toml": "TOML lock",
    "conda-lock.yml": "conda lock",
    "conda-linux-64.lock": "conda list",
    "environment.yml": "conda environment",
    "env/environment-gpu.yaml": "conda environment",
    "python_env.yaml": "conda environment",
    "requirements.txt": "requirements",
    "requirements-dev.in": "requirements",
    "requirements/base.txt": "requirements",
    "docker/constraints.txt": "requirements",
    "package.json": "package.json",
    "entry_points.txt": "entry points",
    "Makefile": "Makefile",
    "make/common.mk": "Makefile",
    "justfile": "justfile",
    "Dockerfile": "Dockerfile",
    "docker/Dockerfile.gpu": "Dockerfile",
    "gpu.dockerfile": "Dockerfile",
    "Procfile": "Procfile",
    "crontab": "crontab",
    "Jenkinsfile": "Jenkinsfile",
    "run.sh": "shell",
    "Snakefile": "Snakemake",
    "rules/a.smk": "Snakemake",
    "dvc.yaml": "dvc.yaml",
    "dvc.lock": "dvc.lock",
    "data/a.csv.dvc": ".dvc",
    ".dvc/config": "INI",
    "MLproject": "MLproject",
    "dbt_project.yml": "dbt project",
    "packages.yml": "dbt packages",
    ".github/workflows/ci.yml": "YAML that is run",
    ".github/actions/x/action.yml": "YAML that is run",
    ".gitlab-ci.yml": "YAML that is run",
    ".circleci/config.yml": "YAML that is run",
    "docker-compose.override.yml": "YAML that is run",
    "tox.ini": "INI that is run",
    "a.service": "INI that is run",
    "tox.toml": "TOML that is run",
    ".devcontainer/devcontainer.json": "JSON that is run",
    ".coveragerc": "INI of a tool",
    "codecov.yml": "YAML of a tool",
    "dags/a.py": "flow",
    "a.ipynb": None,
    "a.sql": None,
    "a.csv": None,
    "README.md": None,
    "package-lock.json": None,
    "pnpm-lock.yaml": None,
    "environment.py": "flow",
    "makefile.py": "flow",
    "LICENSE": None,
    "": None,
}
READ = [path for path, how in ONE_OF_EACH.items() if how]
ONE_OF_EACH_KIND = list({how: path for path, how in ONE_OF_EACH.items() if how}.values())


@pytest.mark.parametrize(("path", "how"), ONE_OF_EACH.items())
def test_a_name_says_how_a_file_is_read(path: str, how: str | None) -> None:
    assert read_as(path) == how
    assert declarations_key(path) == (how and f"{how}@{DECLARATIONS_VERSION}")


def test_files_of_one_key_are_read_alike() -> None:
    text = b"a: 1\nstages: {b: {cmd: python c.py}}\n"
    by_key: dict[str | None, set[SettingsSummary | None]] = {}
    for path in ONE_OF_EACH:
        by_key.setdefault(declarations_key(path), set()).add(read_settings_file(path, text))
    assert all(len(found) == 1 for found in by_key.values())


ODD = {
    "nothing": b"",
    "null bytes": b"a: 1\0\n",
    "a null byte late": b"a: 1\n" * 2_000 + b"\0\n",
    "UTF-16": "a: é\n".encode("utf-16"),
    "Latin-1": "a: é\n".encode("latin-1"),
    "a mark": b"\xef\xbb\xbfa: 1\n",
    "old line ends": b"a: 1\r\nb: 2\rc: 3",
    "a picture": gzip.compress(b"x" * 10_000, mtime=0),
    "one long line": b"a" * 500_000,
    "brackets": b"[" * 200_000,
    "braces": b'{"a":' * 50_000,
    "quotes": b"\"'" * 50_000,
    "dollars": b"$(${`" * 30_000,
    "dots": b"./a." * 50_000,
    "spaces": b"x" + b" " * 300_000 + b"y",
    "line ends": b"\\\n" * 50_000,
    "colons": b"a:b:" * 30_000,
    "equals": b"a=" * 50_000,
    "here documents": b"python - <<A\n" * 5_000,
    "templates": b"{{ x " * 30_000,
}


@pytest.mark.parametrize("path", ONE_OF_EACH_KIND)
@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_whatever_the_bytes_there_is_an_answer(path: str, content: bytes) -> None:
    if read_as(path) == "flow":
        content = b"import luigi\n" + content
    summary = read_settings_file(path, content)
    assert summary is not None
    assert_bounded(summary)


def assert_bounded(summary: SettingsSummary) -> None:
    for rows in summary[1:9]:
        assert len(rows) <= max(MOST.values())
        for row in rows:
            texts = [part for field in row for part in (field if isinstance(field, tuple) else (field,))]
            assert all(len(text) <= 500 for text in texts if isinstance(text, str))
            assert all("\0" not in text for text in texts if isinstance(text, str))
    assert not summary.unread or summary.unread.startswith("it ")


@pytest.mark.parametrize("path", ONE_OF_EACH_KIND)
def test_fifty_megabytes_are_not_read(path: str) -> None:
    content = (b"import luigi\n" if path.endswith(".py") else b"") + b"a: 1\n" * 10_500_000
    summary = read_settings_file(path, content)
    assert summary is not None
    assert summary.unread
    assert "larger than" in summary.unread


@pytest.mark.parametrize("path", ONE_OF_EACH_KIND)
@given(st.binary(max_size=200))
def test_any_bytes_are_survived(path: str, content: bytes) -> None:
    summary = read_settings_file(path, content)
    if summary is not None:
        assert_bounded(summary)


WORDS = ["a", "b.py", "python ", ": ", "= ", "- ", "\n", "\n  ", "[", "]", "{", "}", '"', "'", "$(", ")", "stages:",
         "cmd: ", "deps:", "&x ", "*x", "<<: ", "run: ", "!t ", "# ", "|", "@", "==1", "RUN "]  # fmt: skip


@pytest.mark.parametrize("path", ONE_OF_EACH_KIND)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_text_of_their_words_is_survived(path: str, words: list[str]) -> None:
    summary = read_settings_file(path, "".join(words).encode())
    if summary is not None:
        assert_bounded(summary)


SAMPLES = {
    "a.yaml": "a: &x {b: [1, 2.5, yes]}\nc: *x\ndefaults: [d]\n_target_: e.f\npassword: g\n",
    "a.toml": "a = 1\n[b]\nc = 'd'\n",
    "a.ini": "[a]\nb = 1\nc =\n  d\n",
    "a.json": '{"a": [1, null], "b": "c"}',
    "a.gin": "a.b = 1\nc.d = @e()\n",
    ".env": "A=b\n",
    "requirements.txt": "a==1\nb>=2\n-r c.txt\n",
    "pyproject.toml": '[project]\ndependencies = ["a"]\n[project.scripts]\nb = "c:d"\n',
    "setup.py": "setup(install_requires=['a'], entry_points={'console_scripts': ['b=c:d']})\n",
    "environment.yml": "dependencies: [a=1, {pip: [b]}]\n",
    "poetry.lock": '[[package]]\nname = "a"\nversion = "1"\n',
    "Makefile": "A = b\nc: d.py\n\tpython $(A).py\n",
    "Dockerfile": "FROM a:1\nRUN python b.py\n",
    "dvc.yaml": "stages: {a: {cmd: python b.py, deps: [c], outs: [d]}}\n",
    "x.dvc": "outs: [{md5: a, path: b}]\n",
    "Snakefile": "rule a:\n    input: 'b'\n    shell: 'python c.py'\n",
    ".github/workflows/a.yml": "jobs: {a: {steps: [{run: python b.py}]}}\n",
    "dag.py": "import luigi\nclass A(luigi.Task): ...\n",
    "run.sh": "cd a && python b.py\n",
}
EXPECTED = {"6": "6d0664ec703b71a2"}


@pytest.mark.parametrize("path", SAMPLES)
def test_a_summary_is_the_same_after_it_was_kept(path: str) -> None:
    summary = read_settings_file(path, SAMPLES[path].encode())
    assert summary is not None
    again = from_json(SettingsSummary, to_json(summary))
    assert again == summary
    assert repr(again) == repr(summary)


def test_what_is_unread_is_kept_too() -> None:
    summary = read_settings_file("a.yaml", b"a: [")
    assert summary is not None
    assert from_json(SettingsSummary, to_json(summary)) == summary


def test_a_changed_summary_has_another_version() -> None:
    """Summaries are kept by the readers' version: who changes one raises it, and notes the new digest here."""
    seen = repr([read_settings_file(path, text.encode()) for path, text in SAMPLES.items()])
    assert EXPECTED[DECLARATIONS_VERSION] == sha256(seen.encode()).hexdigest()[:16]
