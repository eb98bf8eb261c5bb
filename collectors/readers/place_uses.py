"""What a file does, and the box of figure 1 that this puts it into, as data.

Rules are tried from the top; the first that fits decides. A rule fits when each of its conditions does, and a condition
when one of its names does. Source of the boxes: Sculley et al. 2015, figure 1.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from collectors.facts.files import Place
from collectors.readers import ml_packages as packages
from collectors.readers.models import MODEL_MODULES


class Rule(NamedTuple):
    place: Place
    reason: str  # a clause whose subject is the file; the name that decided follows it
    imports: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()  # calls, of which one must be there too
    models: bool = False  # it constructs or defines a model
    path: re.Pattern[str] | None = None
    without: frozenset[str] = frozenset()  # imports, of which none may be there


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
_EXPORTS = _set(
    """
    torch.onnx.export tensorflow.lite.TFLiteConverter tensorrt.Builder coremltools.convert openvino.convert_model
    skl2onnx.convert_sklearn skl2onnx.to_onnx tf2onnx.convert
    onnxmltools.convert optimum.exporters
    """
)
PREDICTING = _set(".predict .predict_proba .predict_on_batch")
LOADING = _set(
    """
    pickle.load joblib.load dill.load cloudpickle.load skops.io.load torch.load tensorflow.saved_model.load
    tensorflow.keras.models.load_model keras.models.load_model keras.saving.load_model mlflow.pyfunc.load_model
    mlflow.sklearn.load_model mlflow.pytorch.load_model mlflow.tensorflow.load_model mlflow.xgboost.load_model
    """
)
TRAINING = _set(".backward .partial_fit .fit_generator .fit_one_cycle .train_on_batch .minimize .apply_gradients")
FITTING = TRAINING | {".fit"}
_OPTIMIZERS = _set(
    """
    torch.optim keras.optimizers tensorflow.keras.optimizers tensorflow.GradientTape tensorflow.train.AdamOptimizer
    tensorflow.train.GradientDescentOptimizer tensorflow.train.MomentumOptimizer tensorflow.gradients optax.adam
    optax.adamw optax.sgd torch.autograd.Function pytorch_lightning.Trainer lightning.Trainer
    lightning.pytorch.Trainer transformers.Trainer transformers.Seq2SeqTrainer trl.SFTTrainer trl.DPOTrainer
    accelerate.Accelerator deepspeed.initialize jax.grad jax.value_and_grad
    """
)
_NETWORKS = _set(
    """
    torch.nn.Linear torch.nn.Conv1d torch.nn.Conv2d torch.nn.Conv3d torch.nn.ConvTranspose2d torch.nn.RNN torch.nn.LSTM
    torch.nn.GRU torch.nn.Embedding torch.nn.Sequential torch.nn.ModuleList torch.nn.ModuleDict torch.nn.Parameter
    torch.nn.BatchNorm1d torch.nn.BatchNorm2d torch.nn.LayerNorm torch.nn.Dropout torch.nn.ReLU torch.nn.GELU
    torch.nn.MultiheadAttention torch.nn.TransformerEncoder torch.nn.TransformerEncoderLayer torch.nn.CrossEntropyLoss
    torch.nn.MSELoss torch.nn.BCELoss torch.nn.BCEWithLogitsLoss torch.nn.L1Loss
    tensorflow.keras.layers keras.layers flax.linen flax.nnx haiku paddle.nn mxnet.gluon.nn tensorflow.nn
    torch.autograd jax.nn jax.lax mlx.nn lasagne.layers theano.tensor chainer.links equinox.nn
    """
)
_FETCHES = _set(
    """
    requests.get requests.Session httpx.get httpx.Client httpx.AsyncClient
    aiohttp.ClientSession urllib.request.urlopen urllib.request.urlretrieve urllib.request.Request urllib.urlretrieve
    urllib.urlopen urllib2.urlopen wget.download pooch.retrieve pooch.create sqlite3.connect redis.Redis
    redis.StrictRedis redis.from_url
    """
)
# One client for storage, queues and model endpoints alike.
_CLOUD = _set("boto3.client boto3.resource boto3.Session boto3.session.Session")
_LOADS = _set(
    """
    torch.utils.data.Dataset torch.utils.data.IterableDataset torch.utils.data.TensorDataset
    torch.utils.data.dataset.Dataset torch.utils.data.random_split torchvision.datasets torchtext.datasets
    torchaudio.datasets datasets.load_dataset datasets.load_from_disk datasets.Dataset datasets.GeneratorBasedBuilder
    tensorflow_datasets.load tensorflow.data tensorflow.keras.datasets keras.datasets tensorflow.keras.utils.get_file
    tensorflow.keras.preprocessing.image_dataset_from_directory sklearn.datasets huggingface_hub.hf_hub_download
    huggingface_hub.snapshot_download pandas.read_sql pandas.read_sql_query pandas.read_sql_table pandas.read_gbq
    pandas.read_html pytorch_lightning.LightningDataModule lightning.LightningDataModule
    lightning.pytorch.LightningDataModule webdataset.WebDataset gensim.downloader.load openml.datasets
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
    tensorflow.keras.preprocessing.text tensorflow.keras.preprocessing.sequence keras.preprocessing.text
    keras.preprocessing.sequence tensorflow.feature_column sklearn.base.TransformerMixin
    pyspark.ml.Transformer nltk.tokenize nltk.stem librosa.feature tokenizers.Tokenizer tokenizers.trainers
    transformers.PreTrainedTokenizer transformers.PreTrainedTokenizerFast transformers.FeatureExtractionMixin
    transformers.ImageProcessingMixin torchvision.transforms torchtext.vocab keras.layers.TextVectorization
    """
)
# Alone these words say little: a web application has models too.
_MODELS = re.compile(
    r"(?:^|[/_])(?:models?|nets?|networks?|modules|nn|polic(?:y|ies)|agents?|algos?|algorithms?)(?=[/_.])"
)
_CHECKS = re.compile(r"(?:^|[/_])(?:validat(?:e|ion|ions|or|ors)|checks?|checkers?)(?=[/_.])")
_NOTEBOOK = re.compile(r"\.ipynb$")
# What is fetched with these at hand is data; without, a program only speaks with another.
_TABLES = _set("pandas polars numpy pyarrow bs4 lxml csv h5py PIL")
_STORES = packages.DATA_ACCESS - packages.WEB_CLIENTS

STRONG_USE: tuple[Rule, ...] = (
    Rule(Place.ML_CODE, "it builds and trains a model", calls=FITTING, models=True),
    Rule(Place.SERVING, "it builds a web application", calls=_APPLICATIONS),
    Rule(Place.SERVING, "it serves a model", imports=packages.SERVING),
    Rule(Place.SERVING, "it is a page that predicts", imports=packages.DEMO, calls=PREDICTING | LOADING),
    Rule(Place.SERVING, "it makes a model ready to be served", calls=_EXPORTS),
    Rule(Place.DATA_VERIFICATION, "it checks data", imports=packages.DATA_VALIDATION),
    Rule(Place.ML_CODE, "it builds a model", models=True),
    Rule(Place.ML_CODE, "it trains", imports=packages.ML_PACKAGES, calls=TRAINING | _OPTIMIZERS),
    Rule(Place.MONITORING, "it watches a running system", imports=packages.MONITORING),
    Rule(Place.PROCESS_MANAGEMENT, "it orders steps", imports=packages.PROCESS),
    Rule(Place.PROCESS_MANAGEMENT, "it orders steps", calls=_FLOWS),
    Rule(Place.RESOURCE_MANAGEMENT, "it asks for machines", imports=packages.RESOURCES),
    Rule(Place.SERVING, "it runs a finished model", imports=packages.RUNTIMES),
    Rule(Place.DATA_COLLECTION, "it loads a data set", calls=_LOADS),
    Rule(Place.FEATURE_EXTRACTION, "it makes features", calls=packages.FEATURES | _FEATURE_STEPS),
    Rule(
        Place.SERVING,  # its answers are kept in a store
        "it loads a model and predicts",
        calls=LOADING,
        also=PREDICTING,
        imports=_STORES,
        without=packages.ANALYSIS | packages.DEMO,
    ),
    Rule(Place.DATA_COLLECTION, "it talks to a data store", imports=_STORES),
    Rule(Place.DATA_COLLECTION, "it fetches data from elsewhere", imports=_TABLES, calls=_FETCHES),
    Rule(Place.ANALYSIS_TOOLS, "it plots or measures quality", imports=packages.ANALYSIS | packages.DEMO),
    Rule(Place.SERVING, "it loads a model and predicts", calls=LOADING, also=PREDICTING),
)
"""Decides before the name does."""

WEAK_USE: tuple[Rule, ...] = (
    Rule(Place.ML_CODE, "it builds layers", calls=_NETWORKS),
    Rule(Place.RESOURCE_MANAGEMENT, "it shares out machines", calls=_CLUSTERS),
    Rule(Place.ML_CODE, "it works on models", imports=_NETWORKS | frozenset(m for m in MODEL_MODULES if "." in m)),
    Rule(Place.ML_CODE, "it works with a learning library, among models", packages.ML_PACKAGES, path=_MODELS),
    Rule(
        Place.DATA_VERIFICATION,
        "it works on tables, among checks",
        imports=_set("pandas polars pyarrow pyspark"),
        without=packages.ML_PACKAGES,
        path=_CHECKS,
    ),
    Rule(Place.ML_CODE, "it fits a model of its own", packages.ML_PACKAGES | _set("numpy scipy pandas"), FITTING),
    Rule(Place.SERVING, "it answers requests", imports=packages.WEB),
    Rule(Place.DATA_COLLECTION, "it talks to cloud storage", calls=_CLOUD),
    Rule(Place.DATA_COLLECTION, "it loads data", calls=_set("torch.utils.data.DataLoader")),
    Rule(Place.ANALYSIS_TOOLS, "it looks at data in a notebook", imports=_set("pandas polars"), path=_NOTEBOOK),
)
"""Decides only where the name says nothing."""

METHODS = frozenset(name[1:] for name in PREDICTING | FITTING if name.startswith("."))
"""Methods that decide on whatever object they are called; in `calls` they begin with a dot."""

DECIDING = frozenset(
    name for rule in STRONG_USE + WEAK_USE for name in rule.calls | rule.also if not name.startswith(".")
)
"""Names whose call, or use as a base class or decorator, some rule asks for."""

MANIFESTS: tuple[Rule, ...] = (
    Rule(
        Place.SERVING,
        "it sets up a model server",
        calls=_set(
            "kubernetes.InferenceService kubernetes.SeldonDeployment kubernetes.RayService kubernetes.BentoDeployment"
        ),
    ),
    Rule(
        Place.PROCESS_MANAGEMENT,
        "it declares the steps of a pipeline",
        calls=_set(
            "kubernetes.Workflow kubernetes.WorkflowTemplate kubernetes.CronWorkflow kubernetes.Pipeline "
            "kubernetes.PipelineRun "
            "kubernetes.Task kubernetes.CronJob"
        ),
    ),
    Rule(
        Place.MONITORING,
        "it sets up monitoring",
        calls=_set(
            "kubernetes.PrometheusRule kubernetes.ServiceMonitor kubernetes.PodMonitor kubernetes.AlertmanagerConfig"
        ),
    ),
    Rule(Place.RESOURCE_MANAGEMENT, "it describes machines or containers", calls=frozenset({"kubernetes"})),
)
"""For settings: the kinds of Kubernetes objects they declare."""

IMPORT_NAMES = frozenset(name for rule in STRONG_USE + WEAK_USE for name in rule.imports)
