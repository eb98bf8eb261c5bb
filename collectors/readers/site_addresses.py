"""Data and models that code brings from an address."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from collectors.facts.sites import SiteKind
from collectors.readers.site_names import FETCHES, READS
from collectors.readers.site_text import Found, Text

ADDRESS = re.compile(
    r"(?:https?|s3a?|gs|abfss?)://(?!localhost|127\.|0\.0\.0\.0|\{|<|\$|(?:www\.)?(?:google|github)\.com/?\Z)[^\s/]+/\S*\Z"
)
DATA = re.compile(
    r"\.(?:csv|tsv|jsonl?|ndjson|parquet|feather|arrow|xlsx?|zip|tar|t?gz|bz2|xz|7z|pth?|ckpt|h5|hdf5|pkl|pickle|joblib|np[yz]|onnx|bin"
    r"|safetensors|gguf|tflite|caffemodel|weights|arff|data|mat|txt|dat|npz|model|vec|geojson|sqlite3?|db)(?:\.(?:gz|bz2|xz|zip))?(?:[?#].*)?\Z",
    re.IGNORECASE,
)
"""How the path of data or of a model ends."""
VERSION = re.compile(
    r"[/@=][0-9a-f]{40}(?:[/?&#]|\Z)|[?&]versionId=|zenodo\.org/(?:api/)?records?/\d|/releases/download/|[/_-]v\d+(?:\.\d+)*(?:[/_.-]|\Z)"
    r"|(?:sha256|md5)[-=:]?[0-9a-f]{8,}|[-_/][0-9a-f]{8}\.(?:pth?|tar)|figshare\.com/\S*/\d+|doi\.org/|archive\.ics\.uci\.edu/static",
    re.IGNORECASE,
)
"""A part of an address that holds still: a commit, a version, a release, a record, a digest."""
_DIGESTS = frozenset(
    {"file_hash", "md5_hash", "known_hash", "md5", "sha256", "hash", "checksum", "hash_prefix", "sha1", "expected_hash"}
)
_ANY = READS - {"load_dataset", "read_sql", "read_sql_query", "read_sql_table"}
_OF: dict[str, str | tuple[str, ...]] = {
    "get": "requests.",
    "download": ("gdown.", "wget."),
    "retrieve": "pooch.",
    "imread": "\0",
}
"""Of a name that many packages have: those that bring a file."""
_CHECKED = re.compile(r"\b(?:hashlib|md5sum|sha256sum|check_md5|check_integrity|verify_checksum)\b")


def addresses(text: Text) -> Iterator[Found]:
    """At the address; each once."""
    if not text.marks.addresses:
        return
    seen: set[int] = set()
    for name, call in text.marks.calls:
        if name not in _ANY and name not in FETCHES:
            continue
        packages = _OF.get(name)
        if packages and not text.name_of(call).startswith(packages):
            continue
        place = _address(_first(call), text)
        address = str(place.value) if place else ""
        if place is None or id(place) in seen or not ADDRESS.match(address):
            continue
        if name in _ANY or DATA.search(address):
            seen.add(id(place))
            kind = _kind(call, address, text)
            if kind:
                yield Found(kind, place, address.partition("?")[0])


def _kind(call: ast.Call, address: str, text: Text) -> SiteKind | None:
    """None where something in the text computes digests: whether of this file is not seen."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if any(not _is_none(given[name]) for name in _DIGESTS & given.keys()):
        return SiteKind.PINNED_READ
    if VERSION.search(address):
        return SiteKind.PINNED_READ
    return None if text.holds(_CHECKED) else SiteKind.UNPINNED_READ


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _first(call: ast.Call) -> ast.expr | None:
    if call.args:
        return call.args[1] if _is_named_first(call) and len(call.args) > 1 else call.args[0]
    names = ("filepath_or_buffer", "url", "origin", "io", "path", "path_or_buf", "source", "repo_id")
    return next((keyword.value for keyword in call.keywords if keyword.arg in names), None)


def _is_named_first(call: ast.Call) -> bool:
    """`get_file(name, address)`: Keras."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "get_file"


def _address(node: ast.expr | None, text: Text) -> ast.Constant | None:
    """The text of an address that stands here, by name, as a parameter's default, or as how a longer one begins."""
    if isinstance(node, ast.Call) and node.args:  # io.StringIO(…), Request(…)
        node = node.args[0]
    if isinstance(node, ast.Name) and node.id in text.parameters:
        defaults = [default for default in text.parameters[node.id] if default is not None]
        if len(defaults) != 1 or node.id in text.values:
            return None
        node = defaults[0]
    if isinstance(node, ast.BinOp):
        node = node.left
    return text.text_of(node)
