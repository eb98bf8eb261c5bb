"""Data and models from hubs, by name alone or with a version."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import HUB_CALLS, words
from collectors.readers.site_text import Found, Text, keywords

_ID = re.compile(r"[A-Za-z0-9][\w.-]{1,95}(?:/[\w.-]{1,96})?\Z", re.ASCII)
_FOLDER = re.compile(
    r"(?:models?|checkpoints?|ckpts?|outputs?|data(?:sets?)?|results?|artifacts?|saved\w*|weights|exp\w*|runs?|logs?|tmp|path"
    r"|cache|\w*_(?:models?|checkpoints?|outputs?|dir|results?)|my[-_]\w*|your[-_]?\w*|trained\w*|pretrained\w*|lora\w*"
    r"|fine-?tuned?\w*|local\w*|test\w*)(?:/.*)?\Z",
    re.IGNORECASE | re.ASCII,
)
"""What is rather a folder beside the code."""
_FILE = re.compile(r"\.(?:json|csv|txt|pt|pth|bin|safetensors|pkl|py|ya?ml|onnx|parquet|arrow|zip|h5)\Z", re.IGNORECASE)
_BUILDERS = words(
    """
    json csv parquet text imagefolder audiofolder videofolder pandas arrow webdataset xml pdffolder generator
    spark sql hdf5 lance
    """
)
"""Names that `load_dataset` reads local files with."""
_MOVING = frozenset({"main", "master", "latest", "head", "HEAD"})
_PACKAGES = ("transformers.", "datasets.", "huggingface_hub.", "sentence_transformers.", "diffusers.", "peft.",
             "tokenizers.", "setfit.", "sklearn.datasets.", "timm.", "auto_gptq.", "optimum.", "trl.",
             "unsloth.", "open_clip.", "span_marker.", "simpletransformers.", "adapters.", "evaluate.")  # fmt: skip


def loads(text: Text) -> Iterator[Found]:
    for name, call in text.marks.calls:
        if name in HUB_CALLS or name == "load":
            yield from _load(name, call, text)


def _load(name: str, call: ast.Call, text: Text) -> Iterator[Found]:
    dotted = text.name_of(call)
    if name == "load":
        if dotted == "torch.hub.load":
            yield from _torch_hub(call, text)
        return
    given = keywords(call)
    if given is None or not dotted.startswith(_PACKAGES):
        return
    if name == "fetch_openml":
        versioned = any(argument in given for argument in ("version", "data_id")) or len(call.args) > 1
        yield Found(SiteKind.VERSIONED_LOAD if versioned else SiteKind.UNVERSIONED_LOAD, call, "fetch_openml")
        return
    first = call.args[0] if call.args else _first(given)
    constant = text.text_of(first)
    named = constant.value if constant else None
    if not isinstance(named, str) or not _is_remote(name, named, given):
        return
    revision = given.get("revision")
    is_fixed = revision is not None and not (
        isinstance(revision, ast.Constant) and (revision.value is None or revision.value in _MOVING)
    )
    yield Found(SiteKind.VERSIONED_LOAD if is_fixed else SiteKind.UNVERSIONED_LOAD, call, named)


def _first(given: dict[str, ast.expr]) -> ast.expr | None:
    for argument in ("pretrained_model_name_or_path", "path", "repo_id", "model_name_or_path", "model_name"):
        if argument in given:
            return given[argument]
    return None


def _is_remote(name: str, named: str, given: dict[str, ast.expr]) -> bool:
    if (
        not _ID.match(named)
        or _FOLDER.match(named)
        or _FILE.search(named)
        or "data_files" in given
        or "data_dir" in given
    ):
        return False
    local = given.get("local_files_only")
    if local is not None and not (isinstance(local, ast.Constant) and local.value is False):
        return False
    return not (name == "load_dataset" and named in _BUILDERS)


def _torch_hub(call: ast.Call, text: Text) -> Iterator[Found]:
    given = keywords(call)
    constant = text.text_of(call.args[0]) if call.args else None
    if given is None or constant is None or not isinstance(constant.value, str):
        return
    source = given.get("source")
    if isinstance(source, ast.Constant) and source.value == "local":
        return
    named, _, version = constant.value.partition(":")
    if re.match(r"[\w-]+/[\w.-]+\Z", named, re.ASCII):
        is_fixed = bool(version) and version not in _MOVING
        yield Found(SiteKind.VERSIONED_LOAD if is_fixed else SiteKind.UNVERSIONED_LOAD, call, constant.value)
