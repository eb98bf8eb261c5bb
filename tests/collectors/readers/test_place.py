"""Places in figure 1: use first, then names, else none."""

import pytest

from collectors.facts.files import FileKind, Place, Summary
from collectors.readers.place import NOTHING, place_of, placed
from collectors.readers.place_names import OWN_NAME, WORDS
from collectors.readers.place_uses import DECIDING, STRONG_USE, WEAK_USE
from collectors.readers.reading import file_of, summarise


def put(path: str, text: str = "") -> Place | None:
    return file_of(path, "0" * 40, len(text), "100644", summarise(path, text.encode())).place


USES = {
    Place.ML_CODE: [
        "from sklearn.svm import SVC\nSVC().fit(x, y)\n",
        "import torch\nclass Net(torch.nn.Module): pass\n",
        "import torch\nloss.backward()\n",
        "from sklearn.svm import SVC\nfrom flask import Flask\napp = Flask()\nSVC().fit(x)\n",
        "import torch.nn as nn\nlayer = nn.Linear(1, 2)\n",
    ],
    Place.SERVING: [
        "from fastapi import FastAPI\napp = FastAPI()\n",
        "from fastapi import FastAPI\nfrom transformers import pipeline\nFastAPI()\npipeline('x')\n",
        "import bentoml\n",
        "import streamlit\nmodel.predict(x)\n",
        "import pickle\nm = pickle.load(f)\nm.predict(x)\n",
        "import joblib\nimport sqlalchemy\njoblib.load(f).predict(x)\n",
        "import torch\ntorch.onnx.export(m, x, 'f')\n",
    ],
    Place.DATA_VERIFICATION: ["import pandera as pa\n", "from great_expectations import x\n"],
    Place.DATA_COLLECTION: [
        "import pandas as pd\npd.read_sql(q, c)\n",
        "import psycopg2\n",
        "import joblib\nimport sqlalchemy\nfrom sklearn.metrics import f1_score\njoblib.load(f).predict(x)\n",
        "import requests, pandas\nrequests.get('u')\n",
        "from torch.utils.data import Dataset\nclass D(Dataset): pass\n",
        "from datasets import load_dataset\nload_dataset('x')\n",
        "import boto3\nboto3.client('s3')\n",
    ],
    Place.FEATURE_EXTRACTION: [
        "from sklearn.feature_extraction.text import TfidfVectorizer\nTfidfVectorizer().fit(x)\n",
        "from sklearn import preprocessing\npreprocessing.StandardScaler()\n",
    ],
    Place.PROCESS_MANAGEMENT: ["from airflow import DAG\n", "from prefect import flow\n@flow\ndef f(): pass\n"],
    Place.RESOURCE_MANAGEMENT: ["from kubernetes import client\n"],
    Place.MONITORING: ["from evidently.report import Report\n", "import prometheus_client\n"],
    Place.ANALYSIS_TOOLS: [
        "import matplotlib.pyplot as plt\n",
        "from sklearn.metrics import f1_score\n",
        "import streamlit as st\n",
    ],
    Place.UNCLASSIFIED: [
        "from rich.panel import Panel\nPanel.fit('x')\n",
        "import os\n",
        "",
        "import numpy, pandas\npandas.read_csv('x')\n",
        "import requests\nrequests.get('u')\n",
    ],
}


@pytest.mark.parametrize(("place", "text"), [(place, text) for place, texts in USES.items() for text in texts])
def test_what_a_module_does_decides(place: Place, text: str) -> None:
    assert put("src/module.py", text) is place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("src/ingestion/load.py", Place.DATA_COLLECTION),
        ("src/data_validation/rules.py", Place.DATA_VERIFICATION),
        ("src/features/ratios.py", Place.FEATURE_EXTRACTION),
        ("src/featurize.py", Place.FEATURE_EXTRACTION),
        ("prepare.py", Place.FEATURE_EXTRACTION),
        ("prepare_base_model.py", Place.UNCLASSIFIED),
        ("train.sh", Place.ML_CODE),
        ("src/evaluate.py", Place.ANALYSIS_TOOLS),
        ("dags/daily.py", Place.PROCESS_MANAGEMENT),
        ("pipeline.py", Place.PROCESS_MANAGEMENT),
        ("src/pipelines/queries/a.sql", Place.UNCLASSIFIED),
        ("infra/main.tf", Place.RESOURCE_MANAGEMENT),
        ("Dockerfile", Place.RESOURCE_MANAGEMENT),
        ("serving/handler.py", Place.SERVING),
        ("serving/monitoring/drift.py", Place.MONITORING),
        ("src/train_features.py", Place.UNCLASSIFIED),
        ("src/features/train_features.py", Place.FEATURE_EXTRACTION),
        ("src/dataTrainer/run.py", Place.ML_CODE),
        ("src/config.py", Place.CONFIGURATION),
        ("config/train_small.py", Place.CONFIGURATION),
        ("kernels/attention.cu", Place.ML_CODE),
        ("Makefile", Place.PROCESS_MANAGEMENT),
        ("Jenkinsfile", Place.PROCESS_MANAGEMENT),
        ("setup.py", Place.UNCLASSIFIED),
        ("src/utils.py", Place.UNCLASSIFIED),
        ("src/models.py", Place.UNCLASSIFIED),
        ("src/brain.py", Place.UNCLASSIFIED),
        ("tests/test_train.py", Place.TESTS),
        ("README.md", None),
        ("data/train.csv", None),
    ],
)
def test_names_decide_where_use_does_not(path: str, place: Place | None) -> None:
    assert put(path, "x = 1\n") is place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("params.yaml", Place.CONFIGURATION),
        ("configs/model/resnet.yaml", Place.CONFIGURATION),
        (".github/workflows/ci.yml", Place.PROCESS_MANAGEMENT),
        (".gitlab-ci.yml", Place.PROCESS_MANAGEMENT),
        ("dvc.yaml", Place.PROCESS_MANAGEMENT),
        ("MLproject", Place.PROCESS_MANAGEMENT),
        ("docker-compose.yml", Place.RESOURCE_MANAGEMENT),
        ("k8s/deployment.yaml", Place.RESOURCE_MANAGEMENT),
        ("deploy/prometheus.yml", Place.MONITORING),
        ("bentofile.yaml", Place.SERVING),
        ("great_expectations/expectations/a.json", Place.DATA_VERIFICATION),
        ("feature_repo/feature_store.yaml", Place.FEATURE_EXTRACTION),
        ("requirements.txt", Place.UNCLASSIFIED),
        ("composer.json", Place.UNCLASSIFIED),
        ("component.json", Place.UNCLASSIFIED),
        ("Moment.js.nuspec", Place.UNCLASSIFIED),
        ("pyproject.toml", Place.UNCLASSIFIED),
        (".pre-commit-config.yaml", Place.UNCLASSIFIED),
    ],
)
def test_settings_are_placed_by_what_they_set(path: str, place: Place) -> None:
    assert put(path, "a: 1\n") is place


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("Deployment", Place.RESOURCE_MANAGEMENT),
        ("InferenceService", Place.SERVING),
        ("CronWorkflow", Place.PROCESS_MANAGEMENT),
        ("PrometheusRule", Place.MONITORING),
    ],
)
def test_kubernetes_objects_are_known_by_their_kind(kind: str, place: Place) -> None:
    assert put("deploy/a.yaml", f"apiVersion: v1\nkind: {kind}\n") is place


def test_tables_among_checks_are_verification_but_not_beside_a_learning_library() -> None:
    assert put("src/validate/rules.py", "import pandas\n") is Place.DATA_VERIFICATION
    assert put("src/validate/rules.py", "import pandas, torch\n") is Place.UNCLASSIFIED
    assert put("src/validate/rules.py", "x = 1\n") is Place.UNCLASSIFIED


def test_a_notebook_that_only_looks_is_an_analysis() -> None:
    cell = '{"cell_type": "code", "source": "import pandas"}'
    text = f'{{"metadata": {{"kernelspec": {{"language": "python"}}}}, "cells": [{cell}]}}'
    assert put("look.ipynb", text) is Place.ANALYSIS_TOOLS


def test_use_beats_name() -> None:
    assert put("serving/train.py", "from airflow import DAG\n") is Place.PROCESS_MANAGEMENT


@pytest.mark.parametrize(
    ("summary", "why"),
    [
        (Summary(estimators=("sklearn.svm.SVC",)), "it builds a model: sklearn.svm.SVC"),
        (Summary(imports=("airflow.models",)), "it orders steps: airflow.models"),
        (Summary(), NOTHING),
    ],
)
def test_a_place_has_a_reason(summary: Summary, why: str) -> None:
    found = placed("src/a.py", FileKind.CODE, summary)
    assert found is not None
    assert found[1] == why


@pytest.mark.parametrize(
    "kind", [FileKind.DATA, FileKind.DOCUMENTATION, FileKind.VENDORED, FileKind.GENERATED, FileKind.OTHER]
)
def test_what_is_not_the_systems_own_has_no_place(kind: FileKind) -> None:
    assert place_of("train.py", kind, Summary(estimators=("sklearn.svm.SVC",))) is None


def test_every_rule_can_fit_and_says_why() -> None:
    for rule in STRONG_USE + WEAK_USE:
        assert rule.reason.startswith("it ")
        assert rule.imports or rule.calls or rule.models
        assert rule.calls <= DECIDING | {name for name in rule.calls if name.startswith(".")}
    assert WORDS.keys() >= OWN_NAME
