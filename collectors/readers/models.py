"""Which dotted names are models, as data: what a program constructs when it chooses an algorithm.

Preparation (scalers, encoders, tokenizers), search (grids, pipelines) and single layers are no models.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_CLASS = r"[A-Z]\w*"

_SKLEARN = (
    "calibration cluster covariance cross_decomposition discriminant_analysis ensemble gaussian_process isotonic "
    "kernel_ridge linear_model mixture multiclass multioutput naive_bayes neighbors neural_network semi_supervised svm"
)

# Package or module: which names below it are models. The longest that fits decides.
_MODELS: Mapping[str, str] = {
    **{
        f"sklearn.{module}": rf"(?!.*(?:Transformer|Tree|Embedding|Kernel)$){_CLASS}"
        for module in re.split(" ", _SKLEARN)
    },
    "sklearn.tree": "(?:Decision|Extra)Tree(?:Classifier|Regressor)",
    "sklearn.gaussian_process.kernels": r"\Z.",
    "xgboost": r"XGB\w+|DaskXGB\w+|Booster|train|cv",
    "lightgbm": r"LGBM\w+|DaskLGBM\w+|Booster|train|cv",
    "catboost": r"CatBoost\w*|train|cv",
    "ngboost": r"NGB\w*",
    "statsmodels": rf"(?!Variable|Summary|Q_Q|ProbPlot){_CLASS}|ols|gls|wls|glm|logit|probit|mixedlm|poisson|quantreg",
    "prophet": "Prophet",
    "fbprophet": "Prophet",
    "neuralprophet": "NeuralProphet",
    "pmdarima": "auto_arima|ARIMA|AutoARIMA",
    "lifelines": r"\w+Fitter",
    "sksurv": rf"{_CLASS}",
    "imblearn.ensemble": _CLASS,
    "sktime": r"\w*(?:Classifier|Regressor|Forecaster|Clusterer|Detector|ARIMA)",
    "aeon": r"\w*(?:Classifier|Regressor|Forecaster|Clusterer|Detector)",
    "darts.models": _CLASS,
    "tslearn": r"\w*(?:Classifier|Regressor|KMeans|SVC|SVR)",
    "gluonts": r"\w*(?:Estimator|Predictor)",
    "statsforecast.models": _CLASS,
    "neuralforecast.models": _CLASS,
    "mlforecast": "MLForecast",
    "arch": "arch_model",
    "pyod.models": _CLASS,
    "hdbscan": "HDBSCAN",
    "umap": "UMAP",
    "pygam": r"\w*GAM",
    "interpret.glassbox": _CLASS,
    "econml": _CLASS,
    "causalml.inference": _CLASS,
    "river": r"\w*(?:Classifier|Regressor|Detector|KMeans|Bayes\w*)",
    "vowpalwabbit": "Workspace|pyvw",
    "h2o.estimators": rf"{_CLASS}",
    "h2o.automl": "H2OAutoML",
    "cuml": r"(?!.*(?:Scaler|Encoder|Imputer|Vectorizer)$)[A-Z]\w+",
    "lightfm": "LightFM",
    "implicit": r"[A-Z]\w+",
    "surprise": r"SVD|SVDpp|NMF|SlopeOne|CoClustering|KNN\w+|BaselineOnly|NormalPredictor",
    "mlxtend.classifier": _CLASS,
    "mlxtend.regressor": _CLASS,
    "hmmlearn": _CLASS,
    "pomegranate": _CLASS,
    "pgmpy.models": _CLASS,
    "GPy.models": _CLASS,
    "gpflow.models": _CLASS,
    "pymc": "Model",
    "pymc3": "Model",
    "pyspark.ml.classification": rf"(?!.*(?:Summary|Model)$){_CLASS}",
    "pyspark.ml.regression": rf"(?!.*(?:Summary|Model)$){_CLASS}",
    "pyspark.ml.clustering": rf"(?!.*(?:Summary|Model)$){_CLASS}",
    "pyspark.ml.recommendation": "ALS",
    "pyspark.mllib": r"\w+(?:SGD|LBFGS|SVM\w*|Bayes|KMeans|ALS|Forest|Trees?)",
    "autosklearn": _CLASS,
    "tpot": r"TPOT\w*",
    "flaml": "AutoML",
    "autogluon": r"\w+Predictor",
    "autokeras": rf"(?!.*(?:Input|Node)$){_CLASS}",
    "tabpfn": r"TabPFN\w+",
    "pytorch_tabnet": r"TabNet\w+",
    "pytorch_forecasting.models": _CLASS,
    "sklearn_crfsuite": "CRF",
    "torchvision.models": r"(?!.*Weights$)[A-Za-z]\w*",
    **{
        f"torchvision.models.{task}": r"(?!.*Weights$)[A-Za-z]\w*"
        for task in ("detection", "segmentation", "video", "quantization", "optical_flow")
    },
    "torchaudio.models": _CLASS,
    "torchaudio.pipelines": r"[A-Z]\w+",
    "torch.hub": "load",
    "timm": "create_model",
    "timm.models": "create_model|[a-z]\\w+",
    "segmentation_models_pytorch": r"(?!losses|utils|metrics)[A-Z]\w+|create_model",
    "segmentation_models": "Unet|FPN|Linknet|PSPNet",
    "efficientnet_pytorch": "EfficientNet",
    "ultralytics": r"YOLO\w*|RTDETR|SAM|FastSAM|NAS",
    "detectron2.modeling": "build_model",
    "monai.networks.nets": _CLASS,
    "torch_geometric.nn.models": _CLASS,
    "keras": "Sequential|Model|Functional",
    "keras.applications": r"[A-Z]\w+",
    "tensorflow.estimator": r"[A-Z]\w*(?:Classifier|Regressor|Estimator)",
    "tensorflow_hub": "KerasLayer|load|Module",
    "tensorflow_decision_forests": r"\w+Model",
    "fastai": r"\w*_learner|Learner",
    "stable_baselines3": r"[A-Z][A-Z0-9]+",
    "stable_baselines": r"[A-Z][A-Z0-9]+",
    "sb3_contrib": r"[A-Z]\w+",
    "botorch.models": _CLASS,
    "transformers": r"\w*Model(?:For\w+)?|\w+For[A-Z]\w+|\w+LMHeadModel|pipeline",
    "sentence_transformers": "SentenceTransformer|CrossEncoder|SparseEncoder",
    "diffusers": r"\w+(?:Pipeline|Model)\w*",
    "setfit": "SetFitModel",
    "spacy": "load|blank",
    "flair.models": _CLASS,
    "stanza": "Pipeline",
    "gensim.models": rf"(?!.*(?:Phrases|Phraser|TfidfModel|CoherenceModel)$){_CLASS}",
    "fasttext": "train_supervised|train_unsupervised|load_model",
    "bertopic": "BERTopic",
    "top2vec": "Top2Vec",
    "whisper": "load_model",
    "open_clip": r"create_model\w*",
    "clip": "load",
    "llama_cpp": "Llama",
    "vllm": "LLM|AsyncLLMEngine",
    "openai": r"(?:Async)?(?:Azure)?OpenAI|ChatCompletion|Completion|Embedding",
    "anthropic": r"(?:Async)?Anthropic\w*",
    "cohere": "Client|ClientV2",
    "mistralai": r"Mistral\w*",
    "google.generativeai": "GenerativeModel",
    "langchain": r"Chat[A-Z]\w+|\w+LLM|OpenAI|\w+Embeddings",
    "langchain_core": r"\Z.",
    "langchain_community": r"Chat[A-Z]\w+|\w+LLM|\w+Embeddings",
    "langchain_openai": r"(?:Azure)?(?:Chat)?OpenAI(?:Embeddings)?",
    "litellm": r"a?completion|a?embedding",
}
_PATTERNS = {module: re.compile(rf"(?:{pattern})\Z") for module, pattern in _MODELS.items()}

# A class of the repository that inherits from one of these is a model of its own.
_BASES = re.compile(
    r"""(?:
    torch\.nn\.(?:Module|Sequential)
    | (?:torch\.nn\.modules\.[\w.]*|torch\.jit\.)(?:Module|ScriptModule)
    | (?:pytorch_lightning|lightning|lightning\.pytorch)(?:\.core(?:\.\w+)?)?\.LightningModule
    | keras\.(?:models\.|engine\.training\.)?(?:Model|Sequential|Functional)
    | tensorflow\.Module | sonnet\.(?:Abstract)?Module | haiku\.Module | equinox\.Module | flax\.(?:linen|nnx)\.Module
    | sklearn\.base\.(?:Base(?:Estimator)|(?:Classifier|Regressor|Cluster|Outlier)Mixin)
    | paddle\.nn\.Layer | mxnet\.gluon\.(?:nn\.)?(?:Hybrid)?Block | chainer\.Chain | mindspore\.nn\.Cell
    | mlx\.nn\.Module | trax\.layers\.Layer | tinygrad\.nn\.\w+ | megatron\.[\w.]*Module
    | fairseq\.models(?:\.\w+)*\.\w+(?:Model|Decoder|Encoder)
    | mmengine\.model\.BaseM(?:odel|odule) | mmcv\.runner\.BaseModule
    | torch_geometric\.nn\.MessagePassing | gpytorch\.models\.\w+ | botorch\.models\.\w+
    | transformers\.(?:\w+\.)*\w*PreTrainedModel
    | stable_baselines3\.[\w.]*\w+Policy | pyod\.models\.base\.BaseDetector | surprise\.AlgoBase
    )\Z""",
    re.VERBOSE,
)
# Bases that make a class a preparation step, whatever else it inherits from.
_STEPS = re.compile(r"(?:sklearn\.base|pyspark\.ml)\.(?:TransformerMixin|Transformer|OneToOneFeatureMixin)\Z")
_SAME_KERAS = re.compile(r"\A(?:tensorflow\.(?:python\.|compat\.v\d\.)?(?:_api\.v\d\.)?keras|tf_keras)(?=\.|\Z)")


@lru_cache(maxsize=4096)
def model_in(dotted: str) -> str | None:
    """The model that a called name constructs: "transformers.AutoModel" for transformers.AutoModel.from_pretrained."""
    name = canonical(dotted)
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        pattern = _PATTERNS.get(".".join(parts[:end]))
        if pattern is not None:
            return _first_that_fits(parts, end, pattern)
    return None


def _first_that_fits(parts: list[str], start: int, pattern: re.Pattern[str]) -> str | None:
    for position in range(start, len(parts)):
        if pattern.match(parts[position]):
            return ".".join(parts[: position + 1])
    return None


def is_model_base(dotted: str) -> bool:
    """Whether a class that inherits from this name is a model."""
    return _BASES.match(canonical(dotted)) is not None or model_in(dotted) is not None


def is_step_base(dotted: str) -> bool:
    return _STEPS.match(dotted) is not None


def canonical(dotted: str) -> str:
    """tensorflow.keras.models.X as keras.X: one model under two paths is no new algorithm."""
    return _SAME_KERAS.sub("keras", dotted).replace("keras.models.", "keras.", 1)


MODEL_MODULES = frozenset(_MODELS)
"""Modules that hold models; `from sklearn import svm` names one of them."""
