"""What declared data is called, and what of it is no data at all."""

from __future__ import annotations

import re
from posixpath import normpath

from collectors.facts.lineage import HOLE, NodeKind, Resolution
from collectors.lineage.declared.rows import Tree
from collectors.readers.masking import presentable

_LONGEST = 400
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://?")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_PERSON = re.compile(r"^(?:/home/[^/]+|/Users/[^/]+|[A-Za-z]:/Users/[^/]+)(?=/|$)")
_CODE = re.compile(
    r"\.(?:py|pyx|pyi|ipynb|sh|bash|zsh|ps1|bat|cmd|r|rmd|qmd|jl|scala|java|kt|go|rs|c|cc|cpp|cu|h|hpp|js|ts|tsx|jsx|rb|pl|lua"
    r"|m|smk|jar|sql|tex|mod)$",
    re.IGNORECASE,
)
_BUILD = re.compile(
    r"(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|(?:environment|conda)[\w.-]*\.ya?ml|Pipfile"
    r"|Dockerfile[\w.-]*|Makefile|docker-compose[\w.-]*\.ya?ml|\.python-version|dvc\.yaml|README[\w.]*|.*\.lock)",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"\.(?:pkl|pickle|joblib|h5|hdf5|keras|pth?|ckpt|onnx|bin|safetensors|model|cbm|pb|tflite|bst|ubj|mlmodel)$"
)
_SURELY_MODEL = re.compile(r"\.(?:keras|pth?|ckpt|onnx|safetensors|cbm|tflite|mlmodel)$")
_MODEL_WORD = re.compile(r"model|checkpoint|weights|classifier|regressor|estimator", re.IGNORECASE)
_METRICS = re.compile(
    r"(?:^|[/_.-])(?:metrics?|scores?|reports?|evaluation|confusion|roc|accuracy|plots?)(?:[/_.-]|$)", re.IGNORECASE
)
_NUMBERS = re.compile(r"\.(?:json|ya?ml|csv|tsv|txt|png|svg|jpe?g|html|md|pdf)$")
_SETTINGS = re.compile(r"\.(?:ya?ml|toml|ini|cfg|conf|env)$")


def named(tree: Tree, text: str, folder: str = "") -> tuple[str, Resolution]:
    """A POSIX path from the root, or a URI without credentials; "" where nothing is known."""
    text = re.sub(f"{HOLE}+", HOLE, text.strip()[:_LONGEST])
    if _URI.match(text) and not _DRIVE.match(text) and not text.startswith("file://"):
        return presentable(text), _holed(text)
    text = text.removeprefix("file://").replace("\\", "/")
    if not re.sub(rf"[{HOLE}/.\s_-]", "", text):
        return ("", Resolution.UNRESOLVED) if HOLE in text or not text else (_inside(folder, text), Resolution.RESOLVED)
    if text.startswith(HOLE):
        first = text[1:].strip("/").partition("/")[0]
        if text[1:2] == "/" and first in tree.top:
            return normpath(text[2:]), Resolution.ANCHORED
        return presentable(normpath(text)), Resolution.TEMPLATE
    if text.startswith(("/", "~")) or _DRIVE.match(text):
        return _absolute(tree, normpath(text))
    return presentable(_inside(folder, text)), _holed(text)


def _inside(folder: str, text: str) -> str:
    return normpath(f"{folder}/{text}" if folder else text)


def _absolute(tree: Tree, text: str) -> tuple[str, Resolution]:
    """On somebody's machine: the longest end that lies in this tree."""
    parts = text.strip("/").split("/")
    for start in range(1, len(parts)):
        end = "/".join(parts[start:])
        if end in tree.paths or end in tree.folders or f"{end}.dvc" in tree.paths:
            return end, Resolution.RELOCATED
    return presentable(_PERSON.sub("~", text)), _holed(text)


def _holed(text: str) -> Resolution:
    return Resolution.TEMPLATE if HOLE in text else Resolution.RESOLVED


def kind_of(name: str, kind: NodeKind = NodeKind.DATASET) -> NodeKind:
    """What the name adds to what the declaration says."""
    if kind is not NodeKind.DATASET:
        return kind
    last = name.rpartition("/")[2]
    if _SURELY_MODEL.search(last) or (_MODEL.search(last) and _MODEL_WORD.search(name)):
        return NodeKind.MODEL
    if _METRICS.search(name) and _NUMBERS.search(last):
        return NodeKind.METRICS
    return NodeKind.SETTINGS if _SETTINGS.search(last) else kind


def is_code(tree: Tree, name: str) -> bool:
    """Source code, or what builds it: a step depends on it without reading it as data. A folder of code is code."""
    last = name.rpartition("/")[2]
    if _CODE.search(last) or _BUILD.fullmatch(last):
        return True
    if name not in tree.folders or not name:
        return False
    files = [path.rpartition("/")[2] for path in tree.below(name)]
    code = sum(1 for file in files if _CODE.search(file) or _BUILD.fullmatch(file) or file.startswith(".git"))
    is_whole = code == len(files) and not all(file.startswith(".git") for file in files)
    return is_whole or (code > len(files) / 2 and any(file.endswith(".py") for file in files))
