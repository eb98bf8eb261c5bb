"""What a file is: the system's own code, tests and configuration, or something else that lies beside them.

Linguist's rules come first; each departure has its reason in the tables.
"""

from __future__ import annotations

import re
from functools import lru_cache

from collectors.facts.files import FileKind, Summary
from collectors.readers.languages import clean, language_type

LINK, SUBMODULE = "120000", "160000"
LARGEST_SETTINGS = 1024 * 1024
"""Bytes above which no format of settings holds settings."""
LONG = 300
"""Lines from which JSON, XML or plain text is taken for data: nobody sets that many options by hand."""

# Linguist leaves these out of its statistics, but people write them for the project at hand. It takes every folder
# `env` for a virtual environment; in reinforcement learning one holds environments.
_OWN = re.compile(
    r"(?:^|/)(?:\.github/(?:workflows|actions)/.+\.ya?ml|Jenkinsfile|fabfile\.py|Vagrantfile|[^/]+\.dvc)$"
    r"|(?:^|/)envs?/(?!.*(?:lib|bin|Scripts|site-packages)/)"
)
# Linguist knows no templates: what stands in a cookiecutter folder is another project's future code. Nor does it know
# virtual environments by what lies in them, nor what an editor keeps of earlier texts.
_FOREIGN = re.compile(
    r"\{\{.*\}\}|\{%.*%\}|(?:^|/)(?:versioneer\.py|site-packages/|\.venv/|virtualenv/|xvba_modules/|share/(?:jupyter|man)/"
    r"|\.history/|\.ipynb_checkpoints/"
    r"|Scripts/(?:[Aa]ctivate|pywin32|\w+\.bat)|bin/activate|[Ii]nclude/site/)"
)
_GENERATED = re.compile(
    r"(?:^|/)(?:dvc\.lock|(?:[\w.-]+\.)?conda-lock\.ya?ml|[\w.-]+\.lock(?:file)?(?:\.ya?ml|\.json|\.txt)?|package-lock\.json"
    r"|pnpm-lock\.yaml|npm-shrinkwrap\.json|go\.sum|(?:Julia)?Manifest(?:-v[\d.]+)?\.toml|[^/]+\.dvc)$"
)
_GENERATED_PYTHON = re.compile(r"_pb2(?:_grpc)?\.pyi?$")

_DATA_ENDING = re.compile(
    r"\.(?:csv|tsv|jsonl|ndjson|geojson|topojson|parquet|feather|arrow|avro|orc|np[yz]|h5|hdf5|mat|pkl|pickle|joblib"
    r"|tfrecords?|arff|libsvm|svm|dta|sav|rds|rda|rdata|sqlite3?|db|conllu?|bio|fasta|fastq|vcf)(?:\.(?:gz|bz2|xz|zst))?$",
    re.IGNORECASE,
)
_DATA_FOLDER = re.compile(
    r"(?:^|/)(?:data|datasets?|raw|interim|processed|annotations?|corpora|corpus|fixtures|assets|locales?|i18n)/",
    re.IGNORECASE,
)
# Hydra's groups are folders: configs/data/mnist.yaml says how data is read, and is none.
_CONFIGURATION_FOLDER = re.compile(
    r"(?:^|/)(?:conf|configs?|cfgs?|params|settings|hydra_\w+|experiments?)/", re.IGNORECASE
)
# What a run wrote: nobody sets options in it. DVC keeps such files in git on purpose.
_RESULT = re.compile(
    r"(?:^|/)(?:metrics?|scores?|results?|evaluation|classification_report|confusion_matrix|leaderboard|predictions"
    r"|feature_importances?)(?:[-_.][\w-]+)*\.(?:json|ya?ml|txt)$"
    r"|(?:^|/)(?:metrics|results|reports?|dvclive|dvc_plots|evaluation|outputs?|mlruns|wandb|lightning_logs)/[^.]*"
    r"\.(?:json|ya?ml|txt|xml)$",
    re.IGNORECASE,
)
_WORD_LIST = re.compile(
    r"(?:^|/)(?:vocab\w*|words?|labels?|classes|stop_?words|merges|\w+[_-](?:vocab|labels|words))\.txt$"
)
_REQUIREMENTS = re.compile(
    r"(?:^|/)(?:[\w.-]*(?:requirements?|constraints)[\w.-]*\.(?:txt|in|pip)|requirements/[\w./-]+\.(?:txt|in))$"
)

# Linguist's is_test knows few habits; these are pytest's, unittest's, Julia's, R's and JavaScript's.
_TEST = re.compile(
    r"(?:^|/)(?:tests?|__tests__|testing|testthat|unit_?tests?|integration_?tests?|e2e|spec)/"
    r"|(?:^|/)features/(?:steps/.+|environment)\.py$|\.feature$"
    r"|(?:^|/)(?:tests?|conftest|runtests)\.\w+$|(?:^|/)test_[^/]*\.(?:py|R|jl|cpp|cc|sh|ipynb)$"
    r"|(?:_tests?|_spec|[a-z]Test|[a-z]Tests|[a-z]Spec|[._-]test|[._-]spec)\.(?:py|go|rs|c|cc|cpp|cu|java|scala|kt|js|ts|tsx|jsx|rb|jl|R)$"
)

_CONFIGURATION = frozenset(
    re.split(
        r";\s*",
        """YAML; TOML; INI; Dotenv; JSON; JSON with Comments; JSON5; HOCON; Java Properties; XML; Maven POM;
        EditorConfig; npm Config; Jsonnet; CUE; Dhall; Pkl; Nix; Pip Requirements; XML Property List; RON""",
    )
)
_CONFIGURATION_ENDING = re.compile(
    r"\.(?:gin|conf|cfg|config|ini|env)(?:\.(?:example|sample|template|dist))?$|(?:^|/)\.env(?:\.\w+)*$"
)
EXPORTED, EXPORTED_LINES = 256 * 1024, 2_000
"""Bytes and lines from which a page is taken for an exported report: a notebook or a plot with its scripts inside."""
_EXPORTED = frozenset({"HTML", "SVG", "CSS", "JavaScript"})
_MAY_BE_DATA = frozenset({"JSON", "YAML", "XML", "Text", "TOML", None})
# Data to linguist, but people write logic or interfaces in them.
_LOGIC = frozenset({"SQL", "Protocol Buffer", "GraphQL", "Cap'n Proto", "FlatBuffers", "RMarkdown"})
_PAPER = frozenset({"TeX", "BibTeX", "BibTeX Style", "Roff", "Roff Manpage"})


def kind_of(path: str, mode: str, size: int, summary: Summary) -> FileKind:
    """`mode` is git's: 100644, 100755, 120000 (a link), 160000 (a submodule). `size` in bytes."""
    if mode in {LINK, SUBMODULE}:
        return FileKind.OTHER
    if is_vendored(path):
        return FileKind.VENDORED
    if _is_generated(path, size, summary):
        return FileKind.GENERATED
    if is_documentation(path) or summary.language in _PAPER:
        return FileKind.DOCUMENTATION
    if _is_data(path, size, summary):
        return FileKind.DATA
    kind = _written(path, summary.language)
    return FileKind.TEST if kind in {FileKind.CODE, FileKind.CONFIGURATION} and is_test(path) else kind


def _is_generated(path: str, size: int, summary: Summary) -> bool:
    if summary.is_generated or _GENERATED.search(path) or _GENERATED_PYTHON.search(path) or _named_generated(path):
        return True
    return summary.language in _EXPORTED and (size > EXPORTED or sum(summary[:3]) > EXPORTED_LINES)


def _written(path: str, language: str | None) -> FileKind:
    if language in _CONFIGURATION or _CONFIGURATION_ENDING.search(path) or _REQUIREMENTS.search(path):
        return FileKind.CONFIGURATION
    if language in _LOGIC:
        return FileKind.CODE
    match language_type(language):
        case "programming" | "markup" if language != "SVG":
            return FileKind.CODE
        case "prose":
            return FileKind.DOCUMENTATION
        case _:
            return FileKind.OTHER


def _is_data(path: str, size: int, summary: Summary) -> bool:
    if _DATA_ENDING.search(path) or (size > LARGEST_SETTINGS and summary.language in _CONFIGURATION):
        return True
    if summary.language not in _MAY_BE_DATA or _REQUIREMENTS.search(path):
        return False
    if summary.language in {"JSON", "XML", "Text"} and sum(summary[:3]) > LONG:
        return True
    in_data = _DATA_FOLDER.search(path) and not _CONFIGURATION_FOLDER.search(path)
    written = _RESULT.search(path) and not _CONFIGURATION_FOLDER.search(path)
    return summary.language is not None and bool(in_data or written or _WORD_LIST.search(path))


@lru_cache(maxsize=8192)
def _vendored(path: str) -> bool:
    import enry

    return bool(enry.is_vendor(clean(path)))


def is_vendored(path: str) -> bool:
    if _FOREIGN.search(path):
        return True
    folder, slash, name = path.rpartition("/")
    # enry needs 150 microseconds a path; for these endings only the folder and one name decide.
    if name.endswith((".py", ".ipynb", ".pyi")) and name not in {"cpplint.py", "fabfile.py"}:
        name = "x.py"
    return _vendored(folder + slash + name) and not _OWN.search(path)


def _named_generated(path: str) -> bool:
    """By linguist's rules about names alone; those about content were asked when the file was read."""
    if path.endswith((".py", ".ipynb", ".pyi", ".md", ".yaml", ".yml")):
        return False  # it has no such rule for these
    import enry

    return bool(enry.is_generated(clean(path), b""))


@lru_cache(maxsize=8192)
def is_documentation(path: str) -> bool:
    import enry

    return bool(enry.is_documentation(clean(path)))


def is_test(path: str) -> bool:
    return _TEST.search(path) is not None
