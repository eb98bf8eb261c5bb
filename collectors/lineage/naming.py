"""What a value says data is called: a POSIX path from the root, or a URI without credentials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import normpath
from typing import NamedTuple

from collectors.facts.lineage import HOLE, NodeKind, Resolution
from collectors.lineage.project import Project
from collectors.lineage.telling import options, text_of
from collectors.lineage.values import Const, Handle, Items, Table, Unknown, Value
from collectors.readers.masking import presentable

ROOT = "/\N{WHITE DIAMOND CONTAINING BLACK SMALL DIAMOND}"
"""Where the tree is mounted, so that absolute paths of its files can be told from those of a machine."""
_MOUNTS = frozenset(
    ["app", "code", "content", "home", "opt", "project", "repo", "root", "src", "usr", "work", "workspace"]
)
"""Where containers and notebooks on the net put a tree."""
_LONGEST = 400
_FEWEST = 2
"""Letters and digits of which a name may be made, beside its holes."""
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/{1,3}")
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")
_PERSON = re.compile(r"^(?:/home/[^/]+|/Users/[^/]+|[A-Za-z]:/Users/[^/]+)(?=/|$)")
_HUB = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[\w.-]+)?")
_ENDING = re.compile(rf"{HOLE}*\.?\w{{0,6}}")
_LAST = re.compile(rf"(?<=[/{HOLE}])(?:\.\w{{1,6}}){{1,2}}$")
_MODEL = re.compile(
    r"\.(?:pkl|pickle|joblib|h5|hdf5|keras|pth?|ckpt|onnx|bin|safetensors|model|cbm|pb|tflite|bst|ubj|mlmodel)$"
)
_NO_MODEL = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|tiff?|svg|pdf|csv|tsv|xlsx?|parquet|wav|mp[34]|html|log)$", re.IGNORECASE
)
_MODEL_WORD = re.compile(r"model|checkpoint|weights|classifier|regressor|pipeline|estimator", re.IGNORECASE)
_METRICS = re.compile(
    r"(?:^|[/_. -])(?:metrics?|scores?|reports?|evaluation|eval|results?|confusion|roc|auc|accuracy|loss|plots?"
    r"|figures?)(?:[/_. \d-]|$)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\.(?:json|ya?ml|csv|txt|png|svg|jpe?g|html|md|pdf)$")
_SETTINGS = re.compile(r"\.(?:ya?ml|toml|ini|cfg|conf|env)$")


class Named(NamedTuple):
    name: str
    resolution: Resolution
    why: str = ""
    is_absolute: bool = False  # told from the root of the tree, wherever the code runs


def names_of(project: Project, value: Value, folder: str, is_hub: bool = False) -> Iterator[Named]:
    """One for each alternative; `folder` is the working directory. None beside others is where nothing is read."""
    alternatives = options(value)
    given = [option for option in alternatives if not _is_none(option)]
    for option in given or alternatives:
        if isinstance(option, Items):
            for item in [*option.items[:20], *([option.rest] if option.rest else [])]:
                yield from names_of(project, item, folder, is_hub)
        elif isinstance(option, Handle):
            yield from names_of(project, option.target, folder)
        elif isinstance(option, Table):
            for item in list(option.entries.values())[:20]:
                yield from names_of(project, item, folder, is_hub)
        else:
            text = None if _is_none(option) else text_of(option)
            if text:
                yield named(project, text, folder, is_hub)
            elif isinstance(option, Unknown) and option.is_parameter:
                yield Named("", Resolution.PARAMETER, option.why)
            else:
                is_given = "its value is no text" if given else "it is not given"
                why = option.why if isinstance(option, Unknown) else is_given
                yield Named("", Resolution.UNRESOLVED, why)


def _is_none(value: Value) -> bool:
    return isinstance(value, Const) and value.value is None


def named(project: Project, text: str, folder: str = "", is_hub: bool = False) -> Named:
    text = re.sub(f"{HOLE}+", HOLE, text[:_LONGEST])
    if _DRIVE.match(text) or (("\\" in text) and "://" not in text):
        text = text.replace("\\", "/")
    text = text.removeprefix("file://")
    if _URI.match(text) and not _DRIVE.match(text):
        return Named(presentable(text), _holed(text))
    if is_hub and _is_hub(project, text, folder):
        return Named(f"hf://{presentable(text)}", _holed(text))
    if text.startswith("- ") or text.rstrip().endswith("|"):
        return Named("", Resolution.UNRESOLVED, "it is a command, not a file")
    if HOLE in text and _says_nothing(text):
        return Named("", Resolution.UNRESOLVED, "its path is put together while it runs")
    return _path(project, text, folder)


def _says_nothing(text: str) -> bool:
    """Holes, a letter between them, and perhaps the ending of a file."""
    if "/" not in text:
        return _ENDING.fullmatch(text) is not None
    return not text[0].isalnum() and sum(map(str.isalnum, _LAST.sub("", text))) < _FEWEST


def _path(project: Project, text: str, folder: str) -> Named:
    if text.startswith(HOLE):
        rest = text.lstrip(HOLE)
        first = rest.strip("/").partition("/")[0]
        if rest.startswith("/") and _is_from_root(project, rest.strip("/"), first):
            return Named(normpath(rest).strip("/"), Resolution.ANCHORED)
        return Named(_normal(text), Resolution.TEMPLATE)
    if text.startswith(ROOT):
        inner = normpath(text)[len(ROOT) :].strip("/") if normpath(text).startswith(ROOT) else "../" + normpath(text)
        return Named(inner or ".", _holed(text), is_absolute=True)
    if text.startswith(("/", "~")) or _DRIVE.match(text):
        return _absolute(project, text)
    return Named(_normal(f"{folder}/{text}" if folder else text), _holed(text))


def _is_from_root(project: Project, rest: str, first: str) -> bool:
    """A folder of code is called as many a cache is: what lies in it must be in the tree too."""
    if HOLE in first or first not in project.top:
        return False
    second = rest.split("/")[1] if "/" in rest else ""
    return f"{first}/__init__.py" not in project.paths or project.holds(f"{first}/{second}")


def _absolute(project: Project, text: str) -> Named:
    """On somebody's machine: the longest end that lies in this tree, or that begins with one of its folders."""
    text = normpath(text)
    parts = text.strip("/").split("/")
    is_personal = _PERSON.match(text) or _DRIVE.match(text) or text.startswith("~")
    hidden = max((place for place, part in enumerate(parts) if part.startswith(".")), default=0)  # of a cache
    for start in range(hidden + 1, len(parts) if is_personal or parts[0] in _MOUNTS else len(parts) - 1):
        end = "/".join(parts[start:])
        if hidden and f"{parts[start]}/__init__.py" in project.paths:
            break
        if end in project.paths or end in project.folders or f"{end}.dvc" in project.paths:
            return Named(end, Resolution.RELOCATED)
    for start in range(max(3, hidden + 1), len(parts) - 1):
        is_code = hidden and f"{parts[start]}/__init__.py" in project.paths
        if is_personal and parts[start] in project.top and not is_code:
            return Named("/".join(parts[start:]), Resolution.RELOCATED)
    return Named(presentable(_PERSON.sub("~", text)), _holed(text))


def _normal(path: str) -> str:
    return presentable(normpath(path)) if len(path) > 20 else normpath(path)


def _holed(text: str) -> Resolution:
    return Resolution.TEMPLATE if HOLE in text else Resolution.RESOLVED


def _is_hub(project: Project, text: str, folder: str) -> bool:
    first = text.partition("/")[0]
    here = f"{folder}/{first}" if folder else first
    return _HUB.fullmatch(text) is not None and here not in project.folders and text not in project.paths


def kind_of(name: str, kind: NodeKind) -> NodeKind:
    """What the name adds to what the call says: a picture or a table is no model, whatever saves it."""
    if kind is NodeKind.MODEL and _NO_MODEL.search(name):
        kind = NodeKind.DATASET
    if kind is not NodeKind.DATASET:
        return kind
    last = name.rpartition("/")[2]
    if _METRICS.search(name) and _NUMBERS.search(last):
        return NodeKind.METRICS
    if _MODEL.search(last) and (
        _MODEL_WORD.search(name) or not re.search(r"\.(?:pkl|pickle|bin|h5|hdf5|joblib)$", last)
    ):
        return NodeKind.MODEL
    return NodeKind.SETTINGS if _SETTINGS.search(last) else kind
