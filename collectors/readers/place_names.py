"""Names of files and folders that speak for a box of figure 1, as data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from collectors.facts.files import Place


class Name(NamedTuple):
    place: Place
    reason: str
    path: re.Pattern[str]


def _path(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|/)(?:{' '.join(pattern.split()).replace(' ', '')})$", re.IGNORECASE)


SETTINGS: tuple[Name, ...] = (
    Name(
        Place.PROCESS_MANAGEMENT,
        "continuous integration runs it",
        _path(r"""\.github/workflows/.+ | \.github/actions/.+ | \.gitlab-ci\.yml | \.gitlab/.+\.ya?ml | \.circleci/.+
              | \.travis\.yml | azure-pipelines[^/]*\.ya?ml | \.azure-pipelines/.+ | bitbucket-pipelines\.yml |
              \.?appveyor\.yml | cloudbuild[^/]*\.ya?ml | \.buildkite/.+ | \.drone\.yml | \.cirrus\.yml |
              buildspec[^/]*\.ya?ml | \.ci/.+ | tekton/.+"""),
    ),
    Name(
        Place.PROCESS_MANAGEMENT,
        "it declares the steps of a pipeline",
        _path(r"""dvc\.yaml | MLproject | ploomber\.yaml | pipeline\.ya?ml | [^/]*[-_]pipeline\.ya?ml | prefect\.yaml |
              dagster\.yaml | workspace\.yaml | argo[^/]*/.+\.ya?ml | [^/]*airflow[^/]*\.(?:cfg|ya?ml)
              | kubeflow[^/]*/.+ |
              dags/.+\.ya?ml | lakefile[^/]*"""),
    ),
    Name(
        Place.MONITORING,
        "it sets up monitoring",
        _path(r"""(?:prometheus|alertmanager|alert(?:s|ing)?(?:[-_]rules)?|grafana|loki|promtail|otel[-\w]*|jaeger)
              [^/]*\.(?:ya?ml|json) | (?:.+/)?(?:grafana|prometheus|monitoring|alerts)/.+"""),
    ),
    Name(
        Place.SERVING,
        "it sets up a model server",
        _path(r"""bentofile\.ya?ml | model-settings\.json | nginx[^/]*\.conf | cog\.yaml |
              inferenceservice[^/]*\.ya?ml | (?:.+/)?(?:serving|kserve|seldon|triton|torchserve)/.+ | vercel\.json"""),
    ),
    Name(
        Place.RESOURCE_MANAGEMENT,
        "it describes machines or containers",
        _path(r"""(?:[\w.-]*docker-)?compose[\w.-]*\.ya?ml |
              (?:.+/)?(?:k8s|kubernetes|kustomize|helm|charts?|terraform
              |infra(?:structure)?|ansible|manifests|slurm|cloudformation)/.+ | skaffold\.ya?ml | Chart\.yaml |
              kustomization\.ya?ml | serverless\.ya?ml | [^/]*\.tfvars(?:\.json)? | [^/]*[-_]cluster\.ya?ml |
              skypilot[^/]*\.ya?ml | [^/]*[-_](?:deployment|service|ingress|statefulset|cronjob|configmap)\.ya?ml"""),
    ),
    Name(
        Place.DATA_VERIFICATION,
        "it declares checks of data",
        _path(r"""(?:.+/)?(?:great_expectations|gx|expectations|soda)/.+ | great_expectations\.ya?ml |
              [^/]*[-_]?schema\.pbtxt"""),
    ),
    Name(Place.FEATURE_EXTRACTION, "it declares a feature store", _path(r"feature_store\.ya?ml")),
    Name(
        Place.UNCLASSIFIED,
        "it lists packages to install",
        _path(r"""[\w.-]*(?:requirements?|constraints)[\w.-]*\.(?:txt|in|pip) | requirements/.+ |
              environment[\w.-]*\.ya?ml | [\w.-]*conda[\w.-]*\.ya?ml | meta\.ya?ml | Pipfile | package\.json |
              pyproject\.toml | setup\.cfg | Cargo\.toml | pom\.xml | Project\.toml | poetry\.toml | uv\.toml |
              pixi\.toml | python_env\.yaml | bower\.json | component\.json | composer\.json | [^/]+\.nuspec"""),
    ),
    Name(
        Place.UNCLASSIFIED,
        "it sets up a development tool",
        _path(r"""tox\.ini | pytest\.ini | \.?mypy\.ini | \.?ruff\.toml | \.?flake8 | \.?pylintrc | \.coveragerc |
              \.pre-commit[\w-]*\.ya?ml | \.isort\.cfg | \.editorconfig | \.?readthedocs\.ya?ml |
              mkdocs[\w.-]*\.ya?ml | _config\.yml | \.?codecov\.ya?ml | \.?dependabot\.ya?ml | \.?renovate\.json5?
              | [jt]sconfig[\w.-]*\.json | \.?eslint[\w.]* | \.prettierrc[\w.]* | babel\.config[\w.]* | \.babelrc
              | \.markdownlint[\w.-]* | \.yamllint[\w.]* | \.clang-(?:format|tidy) | \.style\.yapf |
              \.sourcery\.yaml | \.mergify\.yml | \.bumpversion[\w.]* | \.?typos\.toml | \.codespellrc |
              pyrightconfig\.json | \.?cspell[\w.]* | \.devcontainer/.+ | \.?devcontainer\.json | \.pyup\.yml |
              \.lgtm\.yml | \.hound\.yml | \.deepsource\.toml | \.codeclimate\.yml | \.releaserc[\w.]* |
              \.zenodo\.json | \.all-contributorsrc | tslint\.json | \.npmrc | turbo\.json | lerna\.json |
              nx\.json | vite\.config\.\w+ | netlify\.toml | \.dvc/config | \.?sonar[\w.-]* | \.secrets\.baseline
              | manifest\.json | vetur\.config\.js | \.sqlfluff | logging[\w.]* | \.gitpod\.yml |
              cookiecutter\.json | copier\.ya?ml | \.cruft\.json | book\.toml | _toc\.yml"""),
    ),
)
"""Files of settings that stand for something else than the system's own options. The first that fits decides."""

TOOLS: tuple[Name, ...] = (
    Name(Place.UNCLASSIFIED, "it packages the project", _path(r"setup\.py | hatch_build\.py")),
    Name(
        Place.PROCESS_MANAGEMENT,
        "it orders steps",
        _path(r"Makefile[\w.-]* | GNUmakefile | [\w-]+\.mk | Jenkinsfile | [Jj]ustfile | Taskfile\.ya?ml"),
    ),
    Name(Place.SERVING, "it starts the system's processes", _path(r"Procfile")),
    Name(
        Place.RESOURCE_MANAGEMENT, "it describes machines", _path(r"Vagrantfile | [\w.-]+\.(?:slurm|sbatch|tf|bicep)")
    ),
)
"""Files of code whose name is a contract with a tool."""

LANGUAGES: Mapping[str, tuple[Place, str]] = {
    "Dockerfile": (Place.RESOURCE_MANAGEMENT, "it describes a container"),
    "HCL": (Place.RESOURCE_MANAGEMENT, "it describes machines"),
    "Bicep": (Place.RESOURCE_MANAGEMENT, "it describes machines"),
    "Snakemake": (Place.PROCESS_MANAGEMENT, "it orders steps"),
    "Nextflow": (Place.PROCESS_MANAGEMENT, "it orders steps"),
    "WDL": (Place.PROCESS_MANAGEMENT, "it orders steps"),
    "Common Workflow Language": (Place.PROCESS_MANAGEMENT, "it orders steps"),
    "Makefile": (Place.PROCESS_MANAGEMENT, "it orders steps"),
    "Just": (Place.PROCESS_MANAGEMENT, "it orders steps"),
    "Cuda": (Place.ML_CODE, "it is a kernel for graphics processors"),
    "Stan": (Place.ML_CODE, "it is a statistical model"),
    "BAML": (Place.ML_CODE, "it calls a language model"),
    "CMake": (Place.UNCLASSIFIED, "it builds the project"),
}
"""Languages that serve one end."""

_WORDS: Mapping[Place, str] = {
    Place.DATA_COLLECTION: """
        ingest ingestion ingester scrape scraper scrapers scraping crawl crawler crawlers download downloader downloads
        etl dataloader dataloaders data_loader data_loaders data_loading dataset datasets make_dataset make_datasets
        data_collection data_ingestion data_source data_sources datamodule datamodules data_module acquisition""",
    Place.DATA_VERIFICATION: """
        data_validation validate_data data_quality quality_checks expectations data_checks data_check
        schema_validation data_validator""",
    Place.FEATURE_EXTRACTION: """
        features feature featurize featurization featurizer featurizers feature_engineering feature_store preprocess
        preprocessing preprocessor preprocessors preprocessed augment augmentation augmentations tokenize tokenizer
        tokenizers tokenization vectorizer vectorizers vectorize preparation prepare_data
        data_preparation data_prep
        data_preprocessing data_processing data_transformation data_cleaning build_features""",
    Place.ML_CODE: """
        train training trainer trainers finetune finetuning finetuned pretrain pretraining model_training train_model
        losses loss layers backbone backbones learner learners estimators
        modeling modelling""",
    Place.ANALYSIS_TOOLS: """
        eda exploration exploratory analysis analyses visualization visualizations
        visualisation visualize visualizer visualise viz plots plot plotting plotter hist hists histogram
        histograms evaluate evaluation evaluations evaluator
        evaluators eval evals model_evaluation figures leaderboard metrics metric
        dashboard dashboards report reports reporting""",
    Place.PROCESS_MANAGEMENT: """
        pipeline pipelines workflow workflows dags dag flows orchestration orchestrator airflow prefect dagster""",
    Place.RESOURCE_MANAGEMENT: "terraform k8s helm slurm autoscaling autoscaler",
    Place.SERVING: """
        serving serve inference predict predictor predictors serverless lambda_function endpoint endpoints model_server
        webservice web_service triton torchserve""",
    Place.CONFIGURATION: """
        config configs configuration configurations settings hparams hyperparams hyperparameters hyper_parameters""",
    Place.MONITORING: "monitoring drift data_drift alerting alerts observability telemetry",
}
WORDS: Mapping[str, Place] = {word: place for place, words in _WORDS.items() for word in words.split()}
"""Words of file and folder names, two words joined by "_"."""

WHOLE_NAME: Mapping[str, Place] = {"prepare": Place.FEATURE_EXTRACTION}
"""Words that speak only where they are the whole name: prepare.py prepares data, prepare_base_model.py does not."""

OWN_NAME = frozenset({"pipeline", "pipelines", "workflow", "workflows", "feature"})
"""Words that speak for a file, not for all that lies in a folder: whole systems live in `pipelines/`."""
