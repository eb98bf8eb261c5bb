"""Makefiles, Dockerfiles, Procfiles, crontabs, Jenkinsfiles: what they start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import StartKind
from tests.collectors.readers.settings_by_hand import read, started

MAKEFILE = """\
PYTHON ?= python3
SRC = src
ROOT := $(shell dirname $(realpath $(lastword $(MAKEFILE_LIST))))
VERSION = $(shell python tools/version.py)
include common.mk

.PHONY: train
train: $(SRC)/prepare.py data.csv ## Train
\t@$(PYTHON) $(SRC)/train.py \\
\t  --config conf.yaml
\tcd jobs && python daily.py
\tpython other.py
\t-for x in 1 2; do echo $$x; done
\tcd $(ROOT)/deep && python here.py

evaluate:; python evaluate.py
ifeq ($(X),1)
test:
\tpytest tests/test_a.py
endif
# python no.py
"""


def test_a_makefile_starts_what_its_recipes_run() -> None:
    found = read("Makefile", MAKEFILE)
    assert [(row.target, row.line, row.by) for row in found.started if row.kind is not StartKind.TOOL] == [
        ("tools/version.py", 4, ""),
        ("src/prepare.py", 8, "train"),
        ("src/train.py", 9, "train"),
        ("jobs/daily.py", 11, "train"),
        ("other.py", 12, "train"),
        ("here.py", 14, "train"),
        ("evaluate.py", 16, "evaluate"),
        ("tests/test_a.py", 19, "test"),
    ]
    assert [tuple(row) for row in found.inherits] == [("common.mk", "include", 5)]


def test_variables_that_name_each_other_end() -> None:
    assert started("Makefile", "A = $(B)\nB = $(A)\nx:\n\tpython $(A).py\n") == ["fi *.py"]


def test_a_justfile_starts_what_its_recipes_run() -> None:
    assert started("justfile", "x := 'a'\ntrain arg='1':\n    python train.py {{arg}}\n    @just other\n") == [
        "fi train.py"
    ]


DOCKERFILE = """\
# syntax=docker/dockerfile:1
ARG VERSION=3.11
FROM python:${VERSION}-slim AS base
ENV APP=app.py
WORKDIR /app
COPY --chown=1 train.py requirements.txt ./
COPY src/ src/
# comment
RUN pip install -r requirements.txt \\
    # within

    && python setup.py build
RUN <<EOF
python a.py
EOF
FROM base
FROM scratch
FROM --platform=linux/amd64 ghcr.io/team/x@sha256:0123456789abcdef
HEALTHCHECK --interval=5s CMD python health.py
ENTRYPOINT ["python", "-m", "pkg.main"]
CMD python $APP
"""


def test_a_dockerfile_starts_what_it_runs_and_copies() -> None:
    found = read("Dockerfile", DOCKERFILE)
    assert [(f"{row.kind.value} {row.target}", row.line, row.by) for row in found.started] == [
        ("argument train.py", 6, "COPY"),
        ("file setup.py", 12, "RUN"),
        ("file a.py", 14, "RUN"),
        ("file health.py", 19, "HEALTHCHECK"),
        ("module pkg.main", 20, "ENTRYPOINT"),
        ("file app.py", 21, "CMD"),
    ]


def test_a_dockerfile_names_its_images_and_its_own_stages_are_none() -> None:
    assert [tuple(row) for row in read("docker/Dockerfile.gpu", DOCKERFILE).images] == [
        ("python", "3.11-slim", False, 3),
        ("ghcr.io/team/x", "", True, 18),
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("Procfile", "web: gunicorn app:app\nworker: python worker.py\n# x: python y.py\n",
         ["fu app:app", "fi worker.py"]),
        ("crontab", "# m h\n0 3 * * * cd jobs && python nightly.py\n@daily bash clean.sh\nPATH=/x\n",
         ["fi jobs/nightly.py", "fi clean.sh"]),
        ("Jenkinsfile", "stage('x') {\n  sh 'python a.py'\n  sh(script: \"\"\"\n    python b.py\n  \"\"\")\n}\n",
         ["fi a.py", "fi b.py"]),
        ("jobs/x.slurm", "#SBATCH -n 1\nsrun python a.py\n", ["fi a.py"]),
    ],
)  # fmt: skip
def test_other_files_that_start_things(path: str, text: str, expected: list[str]) -> None:
    assert started(path, text) == expected


SNAKEFILE = """\
configfile: "config.yaml"
include: "rules/other.smk"

rule all:
    input: "out.csv"

rule train:
    input:
        data="data/{name}.csv",
        script="scripts/train.R"
    output: "models/{name}.pkl"
    conda: "envs/train.yaml"
    shell:
        "python src/train.py {input.data} "
        "{output}"

checkpoint plot:
    input: "models/a.pkl"
    script: "scripts/plot.py"
"""


def test_a_snakefile_has_rules_as_stages() -> None:
    found = read("workflow/Snakefile", SNAKEFILE)
    assert [tuple(row)[:4] for row in found.stages] == [
        ("all", 4, ("out.csv",), ()),
        ("train", 7, ("data/*.csv", "scripts/train.R"), ("models/*.pkl",)),
        ("plot", 17, ("models/a.pkl",), ()),
    ]
    assert [(row.target, row.by) for row in found.started] == [("src/train.py", "train"), ("scripts/plot.py", "plot")]
    assert [(row.target, row.how) for row in found.inherits] == [
        ("config.yaml", "reads"),
        ("rules/other.smk", "include"),
        ("envs/train.yaml", "requirement"),
    ]


@pytest.mark.parametrize(
    "path", ["Makefile", "Dockerfile", "Procfile", "crontab", "Jenkinsfile", "Snakefile", "justfile", "x.sh"]
)
@given(st.text("abRUNFOMsh:=$(){}'\"\\\n\t #<*.py@1", max_size=100))
def test_any_text_is_survived(path: str, text: str) -> None:
    summary = read(path, text)
    assert summary.unread is None
    found = [row.line for rows in (summary.started, summary.images, summary.stages) for row in rows]
    assert all(1 <= line <= text.count("\n") + 1 for line in found)
