"""The rules that put a file into a box of figure 1, as data: what it does first, what it is called second.

Rules are tried from the top; the first that fits decides. A rule fits when each of its conditions does, and a condition
when one of its names does. Source of the boxes: Sculley et al. 2015, figure 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from collectors.facts.files import Place
from collectors.readers import ml_packages as packages


class Rule(NamedTuple):
    place: Place
    reason: str  # a clause whose subject is the file; the name that decided follows it
    imports: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    models: bool = False  # it constructs or defines a model


class Name(NamedTuple):
    place: Place
    reason: str
    path: re.Pattern[str]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_APPLICATIONS = _set(
    """
    fastapi.FastAPI fastapi.APIRouter flask.Flask flask.Blueprint flask_restful.Resource flask_restx.Resource
    flask.views.MethodView starlette.applications quart.Quart sanic.Sanic falcon.App falcon.API bottle.Bottle
    bottle.route tornado.web.Application tornado.web.RequestHandler litestar.Litestar aiohttp.web.Application
    uvicorn.run gunicorn.app mangum.Mangum ray.serve grpc.server grpc.aio.server django.urls rest_framework.views
    rest_framework.viewsets http.server.BaseHTTPRequestHandler http.server.HTTPServer flask.jsonify
    """
)
_SERVERS = _set(
    """
    bentoml mlserver seldon_core kserve kfserving ts.torch_handler tritonclient triton_python_backend_utils litserve
    tensorflow_serving sagemaker_inference mangum
    """
)
_EXPORTS = _set(
    """
    torch.onnx.export tensorflow.lite.TFLiteConverter tensorrt.Builder coremltools.convert openvino.convert_model
    openvino.compile_model skl2onnx.convert_sklearn skl2onnx.to_onnx tf2onnx.convert onnxruntime.InferenceSession
    onnxmltools.convert optimum.exporters
    """
)
PREDICTING = _set(".predict .predict_proba .predict_on_batch .generate torch.load joblib.load pickle.load")
TRAINING = _set(".backward .partial_fit .fit_generator .fit_one_cycle .train_on_batch .minimize .apply_gradients")
_OPTIMIZERS = _set(
    """
    torch.optim keras.optimizers tensorflow.keras.optimizers tensorflow.train tensorflow.GradientTape optax.adam
    optax.adamw optax.sgd torch.autograd.Function pytorch_lightning.Trainer lightning.Trainer
    lightning.pytorch.Trainer transformers.Trainer transformers.Seq2SeqTrainer trl.SFTTrainer trl.DPOTrainer
    accelerate.Accelerator deepspeed.initialize jax.grad jax.value_and_grad
    """
)
_LAYERS = _set(
    "torch.nn tensorflow.keras.layers keras.layers flax.linen haiku paddle.nn mxnet.gluon.nn tensorflow.nn "
    "torch.autograd jax.nn mlx.nn"
)
_FETCHES = _set(
    """
    requests.get requests.post requests.Session httpx.get httpx.post httpx.Client httpx.AsyncClient
    aiohttp.ClientSession urllib.request.urlopen urllib.request.urlretrieve urllib.request.Request urllib.urlretrieve
    urllib.urlopen urllib2.urlopen wget.download pooch.retrieve pooch.create sqlite3.connect redis.Redis
    redis.StrictRedis redis.from_url boto3.client boto3.resource boto3.Session boto3.session.Session
    """
)
_LOADS = _set(
    """
    torch.utils.data.Dataset torch.utils.data.IterableDataset torch.utils.data.TensorDataset torch.utils.data.DataLoader
    torch.utils.data.dataset.Dataset torch.utils.data.random_split torchvision.datasets torchtext.datasets
    torchaudio.datasets datasets.load_dataset datasets.load_from_disk datasets.Dataset datasets.GeneratorBasedBuilder
    tensorflow_datasets.load tensorflow.data tensorflow.keras.datasets keras.datasets tensorflow.keras.utils.get_file
    tensorflow.keras.preprocessing.image_dataset_from_directory sklearn.datasets huggingface_hub.hf_hub_download
    huggingface_hub.snapshot_download pandas.read_sql pandas.read_sql_query pandas.read_sql_table pandas.read_gbq
    pandas.read_html pytorch_lightning.LightningDataModule lightning.LightningDataModule
    lightning.pytorch.LightningDataModule webdataset.WebDataset nltk.download gensim.downloader.load openml.datasets
    """
)
_FLOWS = _set("kedro.pipeline.Pipeline kedro.pipeline.node kedro.pipeline.pipeline mlflow.projects.run mlflow.run")
_CLUSTERS = _set(
    """
    ray.init dask.distributed.Client dask_cuda.LocalCUDACluster torch.multiprocessing.spawn submitit.AutoExecutor
    torch.distributed.init_process_group tensorflow.distribute horovod.torch.init
    """
)
_FEATURE_STEPS = _set(
    """
    tensorflow.keras.preprocessing keras.preprocessing tensorflow.feature_column sklearn.base.TransformerMixin
    pyspark.ml.Transformer nltk.tokenize nltk.stem librosa.feature tokenizers.Tokenizer tokenizers.trainers
    transformers.PreTrainedTokenizer transformers.PreTrainedTokenizerFast transformers.FeatureExtractionMixin
    transformers.ImageProcessingMixin torchvision.transforms torchtext.vocab keras.layers.TextVectorization
    """
)
_TABLES = _set(
    """
    pandas.read_csv pandas.read_parquet pandas.read_json pandas.read_excel pandas.read_table pandas.read_feather
    pandas.read_hdf pandas.read_pickle polars.read_csv polars.read_parquet polars.scan_csv polars.scan_parquet
    pyarrow.parquet pyspark.sql.SparkSession numpy.loadtxt numpy.genfromtxt cudf.read_csv dask.dataframe.read_csv
    dask.dataframe.read_parquet
    """
)
_STORES = packages.DATA_ACCESS - packages.WEB_CLIENTS

STRONG_USE: tuple[Rule, ...] = (
    Rule(Place.SERVING, "it builds a web application", calls=_APPLICATIONS),
    Rule(Place.SERVING, "it is written for a model server", imports=_SERVERS),
    Rule(Place.SERVING, "it is a page that predicts", imports=packages.DEMO, calls=PREDICTING),
    Rule(Place.DATA_VERIFICATION, "it checks data", imports=packages.DATA_VALIDATION),
    Rule(Place.ML_CODE, "it builds a model", models=True),
    Rule(Place.ML_CODE, "it trains", imports=packages.ML_PACKAGES, calls=TRAINING | _OPTIMIZERS),
    Rule(Place.MONITORING, "it watches a running system", imports=packages.MONITORING),
    Rule(Place.PROCESS_MANAGEMENT, "it orders steps", imports=packages.PROCESS),
    Rule(Place.PROCESS_MANAGEMENT, "it orders steps", calls=_FLOWS),
    Rule(Place.RESOURCE_MANAGEMENT, "it asks for machines", imports=packages.RESOURCES),
    Rule(Place.ML_CODE, "it builds layers", calls=_LAYERS),
    Rule(Place.SERVING, "it makes a model ready to be served", calls=_EXPORTS),
    Rule(Place.FEATURE_EXTRACTION, "it makes features", imports=packages.FEATURES),
    Rule(Place.FEATURE_EXTRACTION, "it makes features", calls=_FEATURE_STEPS),
    Rule(Place.DATA_COLLECTION, "it loads a data set", calls=_LOADS),
    Rule(Place.DATA_COLLECTION, "it talks to a data store", imports=_STORES),
    Rule(Place.DATA_COLLECTION, "it fetches from elsewhere", calls=_FETCHES),
    Rule(Place.ANALYSIS_TOOLS, "it plots or measures quality", imports=packages.ANALYSIS | packages.DEMO),
)
"""Decides before the name does."""

WEAK_USE: tuple[Rule, ...] = (
    Rule(Place.RESOURCE_MANAGEMENT, "it shares out machines", calls=_CLUSTERS),
    Rule(Place.ML_CODE, "it works with a learning library", imports=packages.ML_PACKAGES),
    Rule(Place.DATA_COLLECTION, "it reads tables", calls=_TABLES),
)
"""Decides only where the name says nothing."""

METHODS = frozenset(name[1:] for name in PREDICTING | TRAINING if name.startswith("."))
"""Methods that decide on whatever object they are called; in `calls` they begin with a dot."""

DECIDING = frozenset(name for rule in STRONG_USE + WEAK_USE for name in rule.calls if not name.startswith("."))
"""Names whose call, or use as a base class or decorator, some rule asks for."""

IMPORT_NAMES = frozenset(name for rule in STRONG_USE + WEAK_USE for name in rule.imports)


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
              pixi\.toml | python_env\.yaml | bower\.json | recipe\.yaml"""),
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
              pyrightconfig\.json | \.?cspell[\w.]* | \.devcontainer/.+ | devcontainer\.json | \.pyup\.yml |
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
        tokenizers tokenization vectorizer vectorizers vectorize prepare_data data_preparation data_prep
        data_preprocessing data_processing data_transformation data_cleaning build_features""",
    Place.ML_CODE: """
        train training trainer trainers finetune finetuning finetuned pretrain pretraining model_training train_model
        losses loss layers backbone backbones optimizer optimizers learner learners estimators""",
    Place.ANALYSIS_TOOLS: """
        notebooks notebook eda exploration exploratory analysis analyses analytics visualization visualizations
        visualisation visualize visualizer visualise viz plots plot plotting plotter evaluate evaluation evaluations
        evaluator evaluators eval evals model_evaluation figures leaderboard metrics metric""",
    Place.PROCESS_MANAGEMENT: """
        pipeline pipelines dags dag workflow workflows flows orchestration orchestrator scheduler schedulers scheduling
        airflow prefect dagster kubeflow""",
    Place.RESOURCE_MANAGEMENT: """
        infra infrastructure terraform k8s kubernetes helm docker slurm cluster clusters provisioning autoscaling
        autoscaler""",
    Place.SERVING: """
        serving serve inference predict predictor predictors prediction predictions endpoint endpoints model_server
        webservice web_service triton torchserve""",
    Place.CONFIGURATION: """
        config configs configuration configurations settings hparams hyperparams hyperparameters hyper_parameters""",
    Place.MONITORING: "monitoring monitor monitors drift data_drift alerting alerts observability telemetry",
}
WORDS: Mapping[str, Place] = {word: place for place, words in _WORDS.items() for word in words.split()}
"""Words of file and folder names, two words joined by "_"."""
