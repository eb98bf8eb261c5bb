"""Which settings any code of the system's own names, and of which it can't be told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from collectors.facts.declarations import Declarations, Declared
from collectors.facts.files import FileKind, Files
from collectors.facts.own_settings import own_settings
from collectors.facts.settings import ConfigKey, ValueKind
from collectors.facts.words import UNPACKED, number_of, numbers_in

_FORMATS = frozenset({"YAML", "TOML", "INI", "JSON"})
_OF_TOOLS = re.compile(
    r"(?:^|/)(?:\.[\w-]+|k8s|kubernetes|helm|charts?|deploy\w*|infra\w*|terraform|manifests?|monitoring|grafana|prometheus|docs?"
    r"|great_expectations|gx|dbt\w*|recipes?|openapi|locales?|examples?|templates?|node_modules|ui|web|frontend|gradle|\.aws)/"
    r"|(?:^|/)(?:\.[\w.-]+|catalog\w*|credentials\w*|globals\w*|logging\w*|log\w*config\w*|prometheus\w*|alert\w*|grafana\w*|nginx\w*"
    r"|alembic|feature_store|great_expectations\w*|values[\w-]*|Chart|kustomization|openapi\w*|swagger\w*|schema\w*|sources|profiles|metadata\w*"
    r"|manifest\w*|dataset_infos?|tokenizer\w*|special_tokens_map|generation_config|preprocessor_config|adapter_config"
    r"|model_index|citation|meta|tsconfig\w*|[\w.-]*rc|cspell|now|vercel|netlify|firebase|renovate|biome|deno|lerna|nx|turbo"
    r"|ray|cluster\w*|sagemaker\w*|azureml\w*|endpoint\w*|deployment\w*|service\w*|env|environment\w*|conda\w*|MLTable"
    r"|accelerate\w*|deepspeed\w*|ds_config\w*|fsdp\w*|zero\d?\w*|sweep\w*|mypy|pytest|ruff|pylintrc|tox|setup"
    r"|pyvenv|libs\.versions|gradle[\w-]*|\w*multistrap\w*)\.\w+$",
    re.IGNORECASE,
)
"""Files that a known program reads: what it makes of a key is its own affair."""
_WRITTEN = re.compile(
    r"(?:^|[/_-])(?:metrics?|results?|reports?|outputs?|scores?|evaluat\w+|history|summary|stats)(?:[_-]\w+)*\.json$",
    re.IGNORECASE,
)
"""What a run wrote down."""
_FOREIGN_ROOTS = frozenset(
    {
        "apiVersion",
        "kind",
        "$schema",
        "openapi",
        "swagger",
        "services",
        "formatters",
        "trainingInput",
        "stages",
        "steps",
        "jobs",
        "on",
        "hydra",
        "repos",
    }
)
_OF_SPACY = frozenset({"nlp", "components", "training"})
_PARSERS = (
    "HfArgumentParser", "TrlParser", "H4ArgumentParser", "LightningCLI", "LightningArgumentParser", "jsonargparse",
    "pyrallis", "draccus",
)  # fmt: skip
"""Programs that hand a whole file to classes of other packages."""
_DECLARING = frozenset({"detectron2", "fvcore", "maskrcnn_benchmark"})
"""Packages that declare settings in capitals, and read them: files of the system fill theirs in."""
_MAKES = frozenset({"_target_", "class_path", "__target__", "target", "_partial_", "type", "cls", "name"})
"""Beside these keys stand the arguments of something that may be anybody's."""
_KEY = re.compile(r"[A-Za-z][\w-]*")
_FILLED_IN = re.compile(r"\$\{?\{?[ \w.:-]+|\{\{[^}]*\}\}|%\(\w+\)s|\{\w+\}")
_WORD = re.compile(r"[A-Za-z_]\w*")
_WHOLE_FILES = (
    "config",
    "cfg",
    "conf",
    "params",
    "settings",
    "options",
    "opt",
    "hparams",
    "hps",
    "hyp",
    "hyperparameters",
)
"""How programs call all that a file holds."""
_INI_READERS = ("config", "cfg", "conf", "parser", "cp", "config_parser")
"""How they call the reader of a file of sections."""
FEWEST = 3
"""Settings of a file that code must name before the others are asked about."""
_MOSTLY = 0.6
"""Share of a file's settings that code names, from which on the code is taken for its reader."""


class Asked(NamedTuple):
    """One setting whose use can be told."""

    path: str
    key: ConfigKey
    is_named: bool


class Use(NamedTuple):
    settings: tuple[Asked, ...]
    untold: int  # settings of which it can't be told who reads them


def settings_use(files: Files, declared: Declarations) -> Use:
    """Every setting of the system's own files, except where something else than its own code may read it.

    Asked about are plain values and lists below tables, in files of which the code names most keys. Told apart are
    neither keys below lists, nor tables that the code hands over whole, nor those beside the name of a class.
    """
    rows = [row for row in own_settings(files, declared) if is_read_by_own_code(row)]
    imported = {name.partition(".")[0] for file in files.python for name in file.summary.imports}
    if imported & _DECLARING:
        rows = [row for row in rows if not all(key.key[0].isupper() for key in row.summary.keys if key.key)]
    keys = {row.path: [key for key in row.summary.keys if _is_plain(key)] for row in rows}
    everything = {part for found in keys.values() for key in found for part in key.key}
    code = {file.path for file in files.of(FileKind.CODE, FileKind.TEST)}
    named = {name for name, where in files.naming({*everything, *_PARSERS}).items() if where & code}
    if named & set(_PARSERS):
        return Use((), sum(map(len, keys.values())))
    named |= _filled_in(declared, everything)
    whole = frozenset(number for file in files for number in numbers_in(file.summary.handed))
    roots_too = any(number_of(UNPACKED + name) in whole for name in _WHOLE_FILES)
    sections = any(number_of(name) in whole for name in _INI_READERS)
    settings: list[Asked] = []
    for row in rows:
        if sections and row.summary.read_as == "INI":
            continue  # `config.items(section)`
        settings += _of_file(row, keys[row.path], named, whole, roots_too)
    return Use(tuple(settings), sum(map(len, keys.values())) - len(settings))


def is_read_by_own_code(row: Declared) -> bool:
    roots = {key.key[0] for key in row.summary.keys if key.key}
    is_other = _OF_TOOLS.search(row.path) or _WRITTEN.search(row.path) or _is_foreign(roots)
    return row.summary.read_as in _FORMATS and not is_other


def _is_foreign(roots: set[str]) -> bool:
    return bool(roots & _FOREIGN_ROOTS) or roots >= _OF_SPACY


def _is_plain(key: ConfigKey) -> bool:
    return (
        key.kind not in (ValueKind.HIDDEN, ValueKind.TABLE, ValueKind.ALIAS, ValueKind.OPAQUE)
        and bool(key.key)
        and all(_KEY.fullmatch(part) for part in key.key)
    )


def _of_file(
    row: Declared, keys: list[ConfigKey], named: set[str], whole: frozenset[int], roots_too: bool
) -> Iterator[Asked]:
    """Of one file: each table in which the code names at least half, if it names most of the file."""
    makes = {key.key[:-1] for key in row.summary.keys if key.key[-1:] and key.key[-1] in _MAKES}
    told = [key for key in keys if not _is_handed(row.path, key, whole) and key.key[:-1] not in makes]
    names = {key.key[-1] for key in keys}
    read = names & named
    if len(read) < FEWEST or len(read) < _MOSTLY * len(names):
        return
    tables: defaultdict[tuple[str, ...], list[ConfigKey]] = defaultdict(list)
    for key in told:
        tables[key.key[:-1]].append(key)
    for above, table in tables.items():
        known = sum(key.key[-1] in named for key in table)
        reached = above[-1] in named if above else not roots_too
        if reached and 2 * known >= len(table) > 1:
            yield from (Asked(row.path, key, key.key[-1] in named) for key in table)


def _is_handed(path: str, key: ConfigKey, whole: frozenset[int]) -> bool:
    """Whether a table above it goes somewhere whole; a file in a folder of choices is a table of its folder's name."""
    folder, _, name = path.rpartition("/")
    above = (*key.key[:-1], folder.rpartition("/")[2], name.rpartition(".")[0])
    return any(number_of(part) in whole for part in above if part)


def _filled_in(declared: Declarations, names: Iterable[str]) -> set[str]:
    """Names that other values of settings refer to, as `${model.depth}`."""
    wanted = set(names)
    found: set[str] = set()
    for _, key in declared.keys:
        if isinstance(key.value, str):
            for match in _FILLED_IN.finditer(key.value):
                found.update(wanted.intersection(_WORD.findall(match[0])))
    return found
