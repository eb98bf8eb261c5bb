"""Commands in tables of settings: workflows, compose, Kubernetes, and files of programs nobody knows."""

from __future__ import annotations

import pytest

from collectors.facts.settings import Image
from tests.collectors.readers.settings_by_hand import read, started

WORKFLOW = """\
on: push
jobs:
  train:
    runs-on: ubuntu-latest
    container: {image: 'python:3.11@sha256:0123456789abcdef'}
    services:
      db:
        image: postgres:16
    env: {SCRIPT: jobs/a.py}
    steps:
    - uses: actions/checkout@v4
    - uses: ./.github/actions/setup
    - name: Train
      working-directory: sub
      run: |
        pip install -r requirements.txt
        python train.py --seed ${{ matrix.seed }}
    - run: python $SCRIPT
      env: {SCRIPT: jobs/b.py}
    - run: import pkg.mod
      shell: python
    - uses: actions/github-script@v7
      with:
        script: require('./x.js')
  other:
    uses: ./.github/workflows/other.yml
    strategy:
      matrix:
        script: [one.py, two.py]
"""


def test_a_workflow_starts_what_its_steps_run() -> None:
    found = read(".github/workflows/ci.yml", WORKFLOW)
    assert [(row.target, row.line, row.by) for row in found.started] == [
        ("jobs/a.py", 9, "train"),
        (".github/actions/setup", 12, "train"),
        ("sub/train.py", 17, "train"),
        ("jobs/b.py", 18, "train"),
        ("jobs/b.py", 19, "train"),
        ("pkg.mod", 20, "train"),
        (".github/workflows/other.yml", 26, "other"),
        ("one.py", 29, "other"),
        ("two.py", 29, "other"),
    ]
    assert [row[:3] for row in found.images] == [("python", "3.11", True), ("postgres", "16", False)]


def test_paths_that_only_filter_start_nothing() -> None:
    text = "on:\n  push:\n    paths: [src/a.py]\n    paths-ignore:\n    - b.py\njobs: {}\n"
    assert started(".github/workflows/ci.yml", text) == []


def test_gitlab_lists_commands_one_by_one() -> None:
    text = (
        "image: python:3.11\ninclude:\n- local: ci/base.yml\ntrain:\n  extends: .base\n"
        "  script:\n  - cd src\n  - python a.py\n  - - sh b.sh\n"
    )
    found = read(".gitlab-ci.yml", text)
    assert [row.target for row in found.started] == ["a.py", "b.sh"]
    assert [tuple(row)[:2] for row in found.inherits] == [("ci/base.yml", "include"), (".base", "extends")]
    assert found.images == (Image("python", "3.11", False, 1),)


COMPOSE = """\
x-base: &base
  image: registry:5000/team/app:${TAG}
services:
  web:
    <<: *base
    command: ["uvicorn", "app.main:app", "--reload"]
  worker:
    <<: *base
    command: celery -A app.tasks worker
  job:
    image: job@sha256:abc0
    entrypoint: [bash, -c, "python jobs/a.py && python jobs/b.py"]
"""


def test_compose_starts_its_services() -> None:
    found = read("docker-compose.yml", COMPOSE)
    assert [(f"{row.kind.value} {row.target}", row.by) for row in found.started] == [
        ("function app.main:app", "web"),
        ("module app.tasks", "worker"),
        ("function app.tasks", "worker"),
        ("file jobs/a.py", "job"),
        ("file jobs/b.py", "job"),
    ]
    assert [row[:3] for row in found.images] == [("registry:5000/team/app", "*", False), ("job", "", True)]


def test_kubernetes_is_known_by_what_stands_in_the_file() -> None:
    text = (
        "apiVersion: batch/v1\nkind: CronJob\nspec:\n  containers:\n  - name: train\n    image: team/train:1\n"
        '    command: ["python"]\n    args: ["-m", "x"]\n  - name: other\n    command: ["python", "/app/a.py"]\n'
    )
    found = read("deploy/job.yaml", text)
    assert [row.target for row in found.started] == ["/app/a.py"]
    assert [row.name for row in found.images] == ["team/train"]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("tox.ini", "[testenv]\ncommands =\n  python a.py\n  pytest\n", ["fi a.py"]),
        ("a.service", "[Service]\nExecStart=/usr/bin/python3 /srv/a.py\n", ["fi /srv/a.py"]),
        ("supervisord.conf", "[program:x]\ncommand=python a.py\n", ["fi a.py"]),
        (".pre-commit-config.yaml", "repos:\n- hooks:\n  - id: x\n    entry: python tools/a.py\n", ["fi tools/a.py"]),
        ("Taskfile.yml", "tasks:\n  a:\n    cmds:\n    - python a.py\n    - task: b\n", ["fi a.py"]),
        ("bentofile.yaml", 'service: "service:svc"\n', []),
        ("cog.yaml", 'predict: "predict.py:Predictor"\n', ["fu predict.py:Predictor"]),
        ("sweep.yaml", "program: train.py\nmethod: grid\n", ["fi train.py"]),
        ("job.yaml", "code: src\ncommand: >-\n  python train.py\n  --data x\n", ["fi train.py"]),
        ("params.yaml", "data: data/raw\ntest: data/test\nscript: tools/x\n", []),
        ("conf.yaml", "schedule:\n  path: jobs/a.py\n", ["ar jobs/a.py"]),
        (".devcontainer/devcontainer.json", '{"postCreateCommand": "bash setup.sh"}', ["fi setup.sh"]),
        (".coveragerc", "[run]\nomit =\n  a.py\n", []),
        ("codecov.yml", "ignore:\n- a.py\n", []),
    ],
)
def test_programs_name_their_commands_alike(path: str, text: str, expected: list[str]) -> None:
    assert started(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("model.yaml", "_target_: pkg.models.Net\nlayers: 3\n", ["fu pkg.models.Net"]),
        ("model.yaml", "trainer:\n  class_path: pkg.Trainer\n  init_args: {}\n", ["fu pkg.Trainer"]),
        ("w.yaml", "model:\n  class: LGB\n  module_path: pkg.contrib\n", ["fu pkg.contrib:LGB"]),
        ("catalog.yml", "cars:\n  type: pkg.io.MyDataset\n  filepath: a.csv\n", ["fu pkg.io.MyDataset"]),
        ("x.yaml", "type: dataset\ntarget: price\nfile: a.csv\n", []),
        ("x.yaml", "type: data.csv\n", []),
    ],
)
def test_classes_that_settings_name_are_started(path: str, text: str, expected: list[str]) -> None:
    assert started(path, text) == expected


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("readthedocs.yml", "build:\n  image: latest\n"),
        (".readthedocs.yaml", "version: 2\nbuild:\n  image: '5.0'\n"),
        ("appveyor.yml", "image: Ubuntu2004\n"),
        (".appveyor.yml", "image: Visual Studio 2022\n"),
    ],
)
def test_the_machine_of_a_build_service_is_no_container_image(path: str, text: str) -> None:
    assert read(path, text).images == ()
