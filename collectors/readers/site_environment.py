"""Settings that are read from the environment, and what is imported or run from where things are tried out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.masking import is_secret_name
from collectors.readers.site_text import Found, Text

_PLATFORM = re.compile(
    r"(?:HOME|PATH|PWD|USER\w*|LOGNAME|SHELL|EDITOR|LANG|LC_\w+|TZ|TE?MP\w*|DISPLAY|HOSTNAME|COMPUTERNAME|TERM|APPDATA|LOCALAPPDATA"
    r"|USERPROFILE|PROGRAMFILES|SYSTEM\w*|WINDIR|XDG_\w+|LD_\w+|CI|PYTHON\w*|PYTEST\w*|VIRTUAL_ENV|CONDA\w*|CUDA\w*|CUDNN\w*|NVIDIA\w*|NCCL\w*"
    r"|GPUS?|NPROC|ROC\w*|HIP\w*|XLA\w*|TPU\w*|JAX\w*|TF_\w+|TORCH\w*|\w*RANK|\w*WORLD_SIZE|MASTER_\w+|SLURM\w*|PBS\w*|LSB\w*|SGE\w*|OMP\w*|OMPI\w*|MPI\w*"
    r"|PMI\w*|MKL\w*|GITHUB\w*|RUNNER\w*|GITLAB\w*|CIRCLE\w*|TRAVIS\w*|BUILD\w*|JENKINS\w*|READTHEDOCS\w*|KUBERNETES\w*|SM_\w+|AZUREML\w*|AZ_\w+|COLAB\w*"
    r"|KAGGLE\w*|DATABRICKS\w*|AWS\w*|GOOGLE\w*|GCP\w*|AIP_\w+|RAY_\w+|AIRFLOW\w*|DJANGO\w*|SSH\w*|HF_HOME|TRANSFORMERS_CACHE|CC|CXX|CFLAGS|LDFLAGS"
    r"|\w*_INCLUDE|\w*_LIB(?:RARY)?|\w*VERSION|\w*HOME|\w*CWD|CLASSPATH|PATH_INFO|PAGER|LESS|TAG|HASH|NNI\w*|KUBE\w*|JOB_\w+|OPENBLAS\w*|\w*DEVICE)\Z"
)
"""What a machine, a cluster or a service tells its programs: nobody sets the system with it."""
_WHERE = re.compile(
    r"(?:^|_)(?:URLS?|URIS?|HOST|HOSTS|HOSTNAME|PORT|DSN|ENDPOINT|ADDR|ADDRESS|SERVER|CONN\w*|DOMAIN|ACCOUNT|PROJECT|SUBSCRIPTION|TENANT|REGION"
    r"|WORKSPACE|EMAIL|PROXY|CERT\w*|PASS|PWD|KEY|TOKEN|SECRETS?|PASSWORD|CREDENTIALS?|CREDS?|AUTH|USER|USERNAME|LOGIN|WEBHOOK|CLIENT|ID|SSL"
    r"|DB|POSTGRES\w*|SQL\w*|MYSQL\w*|MONGO\w*|REDIS\w*|KAFKA\w*|MLFLOW\w*|WANDB\w*|DAGSHUB\w*|LOG\w*|DEBUG|VALIDATION|CHECK|SHOW|ENABLED?|DISABLED?|FORCE|VERBOS\w+|COLOR|NODES?|GPUS?"
    r"|CPUS?|BIN|MPI|LD)(?:_|$)"
)
"""Where a service is, who may use it, and what a machine has: that does not belong into a repository."""
_LEARNS = re.compile(
    r"(?:^|_)(?:MODEL|DATA|DATASET|EXPERIMENT|BATCH|EPOCHS?|RATE|THRESHOLD|PARAMS?|FEATURES?|TABLE|BUCKET|PARQUET|TRAIN|TRAINING|SCORING"
    r"|PREDICTIONS?|FORECASTS?|LEARNING)(?:_|$)"
)
"""What models, data and training are told by."""
_NAME = re.compile(r"[A-Z][A-Z0-9_]{1,99}\Z")


def environment(text: Text) -> Iterator[Found]:
    for node in text.marks.environment:
        named = _named(node, text)
        if _sets(named):
            has_default = isinstance(node, ast.Call) and (_has_default(node) or id(node) in text.marks.fallen_back)
            is_open = not has_default and _must_be_there(named, text)
            yield Found(SiteKind.ENVIRONMENT if is_open else SiteKind.ENVIRONMENT_DEFAULT, node, named)
    for dotted, found in text.marks.research:
        yield Found(SiteKind.RESEARCH_IMPORT, found, dotted.removesuffix("._"))
    for name, call in text.marks.calls:
        if name == "execute_notebook" and text.name_of(call).startswith("papermill."):
            constant = text.text_of(call.args[0]) if call.args else None
            if constant:
                yield Found(SiteKind.NOTEBOOK_RUN, call, str(constant.value))


def _sets(name: str) -> bool:
    """Whether a variable of that name sets models, data or training: no machine, place or secret."""
    is_other = _PLATFORM.match(name) or _WHERE.search(name) or is_secret_name(name)
    return _NAME.match(name) is not None and _LEARNS.search(name) is not None and not is_other


def _named(node: ast.Call | ast.Subscript, text: Text) -> str:
    if isinstance(node, ast.Call):
        if text.name_of(node) not in {"os.getenv", "os.environ.get"} or not node.args:
            return ""
        constant = text.text_of(node.args[0])
    else:
        constant = text.text_of(node.slice)
    return str(constant.value) if constant else ""


def _must_be_there(name: str, text: Text) -> bool:
    """Whether `os.environ["X"]` stands without anything in the text that holds where X is not set."""
    said = rf"(?:[\"']{name}[\"']|\b\w*(?:VAR|ENV|NAME|KEY)\w*)"
    guards = (
        rf"{said}\s+(?:not\s+)?in\s+(?:os\.)?environ|environ\[{said}\]\s*=|setdefault\(\s*{said}|except\s+\(?KeyError"
    )
    return not text.holds(re.compile(guards))


def _has_default(node: ast.Call) -> bool:
    given = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "default")]
    return any(not (isinstance(value, ast.Constant) and value.value is None) for value in given)
