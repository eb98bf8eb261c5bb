"""Shell text: commands, what they start, where they run; and texts that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import StartKind
from collectors.readers.shell import MOST_COMMANDS, commands, started_by
from tests.collectors.readers.settings_by_hand import started


def words(text: str) -> list[tuple[str, ...]]:
    return [command.words for command in commands(text)]


def starts(text: str) -> list[str]:
    return [f"{row.kind.value[:2]} {row.target}" for row in started_by(text) if row.kind is not StartKind.TOOL]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dbt test --select staging", ["dbt test staging"]),
        ("poetry run dbt source freshness", ["dbt source freshness"]),
        ("python -m pytest -q tests", ["pytest tests"]),
        ("coverage run -m pytest", ["pytest"]),
        ("make -C sub check", ["make sub check"]),
        ("uv run --with x tox -e py311", ["tox py311"]),
        ("pip install dvc pytest", []),
        ("uv add dvc", []),
        ("conda install -y dvc pull", []),
        ("echo dbt test", []),
        ("docker run img pytest", ["pytest"]),
        ("dbt --version", []),
        ("kubectl get pods", []),
        ("cd a && dvc pull", ["dvc pull"]),
        ("if true; then snakemake --cores 4; fi", ["snakemake"]),
    ],
)
def test_which_programs_are_kept(text: str, expected: list[str]) -> None:
    assert [row.target for row in started_by(text) if row.kind is StartKind.TOOL] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b; c && d || e | f & g", [("a", "b"), ("c",), ("d",), ("e",), ("f",), ("g",)]),
        ("a 'b c' \"d e\"f\\ g", [("a", "b c", "d ef g")]),
        ("a # b\nc", [("a",), ("c",)]),
        ("a b#c", [("a", "b#c")]),
        ("a \\\n  b", [("a", "b")]),
        ("X=1 a", [("a",)]),
        ("X=a.py b", [("=", "a.py"), ("b",)]),
        ("if a; then b; else c; fi", [("a",), ("b",), ("c",)]),
        ("a > b 2>&1 < c", [("a", "2")]),
        ("X=y; a $X ${X} $Z", [("a", "y", "y", "*")]),
        ("a $(b c) `d`", [("b", "c"), ("d",), ("a", "*", "*")]),
        ("a ${{ x || y }} b", [("a", "*", "b")]),
        ("(a; b)", [("a",), ("b",)]),
        ("a 'unclosed; b", [("a", "unclosed"), ("b",)]),
        ("", []),
    ],
)
def test_commands_are_split_as_a_shell_would(text: str, expected: list[tuple[str, ...]]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python train.py --lr 1", ["fi train.py"]),
        ("python3.11 -u -W ignore ./src/train.py x.py", ["fi src/train.py", "ar x.py"]),
        ("python -m pkg.train", ["mo pkg.train"]),
        ("python -msphinx", ["mo sphinx"]),
        ("python -um pkg.train cfg.py", ["mo pkg.train", "ar cfg.py"]),
        ("python -c 'import a.b, c; from d import e'", ["mo a.b", "mo c", "mo d"]),
        ("python - <<EOF\nimport a\nEOF\npython b.py", ["mo a", "fi b.py"]),
        ("python src\\train.py", ["fi src/train.py"]),
        ("python scripts/$1.py", ["fi scripts/*.py"]),
        ("PY=python3\n$PY a.py", ["fi a.py"]),
        ("$PYTHON a.py", ["ar a.py"]),
        ("/usr/bin/env python a.py", ["fi a.py"]),
        ("CUDA_VISIBLE_DEVICES=0 nohup python a.py &", ["fi a.py"]),
        ("poetry run python a.py", ["fi a.py"]),
        ("uv run --with x a.py", ["ar a.py"]),
        ("uv run pytest tests/a.py -m 'not slow'", ["ar tests/a.py"]),
        ("conda run -n env python a.py", ["fi a.py"]),
        ("docker run --rm img:1 python /app/a.py", ["fi /app/a.py"]),
        ("docker run -v $PWD/a.py:/b.py:ro img", ["ar */a.py"]),
        ("torchrun --nproc_per_node 8 train.py cfg.py", ["fi train.py", "ar cfg.py"]),
        ("accelerate launch --num_processes 2 train.py", ["fi train.py"]),
        ("python -m torch.distributed.launch --nproc 2 train.py", ["mo torch.distributed.launch", "fi train.py"]),
        ("mpirun -np 4 python train.py", ["fi train.py"]),
        ("coverage run -m pkg.main", ["mo pkg.main"]),
        ("streamlit run app.py", ["fi app.py"]),
        ("uvicorn app.main:app --port 80", ["fu app.main:app"]),
        ("gunicorn 'app:create_app()'", ["fu app:create_app"]),
        ("celery -A proj worker", ["mo proj"]),
        ("flask --app web run", ["mo web"]),
        ("modal run jobs.py::train", ["fu jobs.py:train"]),
        ("papermill a.ipynb out.ipynb", ["fi a.ipynb", "ar out.ipynb"]),
        ("jupyter nbconvert --execute a.ipynb", ["fi a.ipynb"]),
        ("bash -c 'python a.py && ./run.sh'", ["fi a.py", "fi run.sh"]),
        ("bash -e scripts/run.sh", ["fi scripts/run.sh"]),
        ("source scripts/common.sh", ["fi scripts/common.sh"]),
        (". ./common.sh", ["fi common.sh"]),
        ("source .venv/bin/activate", []),
        ("./gradlew build", ["fi gradlew"]),
        ("Rscript a.R", ["fi a.R"]),
        ("for f in a.py b.py; do python $f; done", ["ar a.py", "ar b.py"]),
        ("x=$(python a.py)", ["fi a.py"]),
        ("eval 'python a.py'", ["fi a.py"]),
        ("train --script=jobs/a.py", ["ar jobs/a.py"]),
        ("echo python a.py", []),
        ("X=./a.ipynb tool", ["ar a.ipynb"]),
        ("docker run -v /home/x:/streamlit img bash -c 'python a.py'", ["fi a.py"]),
        ("lint **/*.py", []),
        ("run jobs/*.py", ["ar jobs/*.py"]),
        ("rm a.py; cat b.py; git add c.py; ruff check d.py", []),
        ("apt-get install -y python3 a.py", []),
        ("pip install -e .", []),
        ("python", []),
        ("python $SCRIPT", []),
        ("/usr/bin/foo", []),
        ("curl https://x.org/install.sh | sh", []),
    ],
)
def test_what_a_command_starts(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_a_command_runs_where_the_shell_went() -> None:
    text = "cd src && python a.py\npython b.py\n(cd ../deep; python c.py)\npython d.py\ncd /far; python e.py\n"
    assert [row.target for row in started_by(text)] == ["src/a.py", "src/b.py", "deep/c.py", "src/d.py", "e.py"]


def test_lines_are_those_of_the_command() -> None:
    text = "# a\npython a.py\n\npython \\\n  b.py\ncat <<EOF\npython no.py\nEOF\npython c.py\n"
    assert [(row.target, row.line) for row in started_by(text, line=10)] == [("a.py", 11), ("b.py", 13), ("c.py", 18)]


def test_a_shell_script_is_read_as_one() -> None:
    assert started("run.sh", "#!/bin/sh\nset -e\nDIR=$(dirname $(dirname $0))\npython ${DIR}/a.py\n") == ["fi */a.py"]


def test_many_commands_are_not_all_looked_at() -> None:
    assert len(list(started_by("python a.py\n" * 2 * MOST_COMMANDS))) <= MOST_COMMANDS


@given(st.text("ab \"'\\$(){}`;&|<>\n#=./-*", max_size=120))
def test_any_text_is_survived(text: str) -> None:
    for row in started_by(text):
        assert row.target
        assert 1 <= row.line <= text.count("\n") + 1
        assert row.kind in StartKind


@given(st.lists(st.text("abcdefgh_/", min_size=1, max_size=10), min_size=1, max_size=5))
def test_plain_words_stay_as_they_are(parts: list[str]) -> None:
    assert words(" ".join(["tool", *parts])) == [("tool", *parts)]
