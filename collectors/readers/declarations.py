"""Everything but Python: one blob in, what it declares out. The path says only how the text is to be read.

So a summary may be kept under (oid of the blob, `declarations_key` of the path).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from collectors.facts.files import File, FileKind
from collectors.facts.settings import SettingsSummary
from collectors.readers import build_files as build
from collectors.readers import dependencies as needs
from collectors.readers import entry_points as entries
from collectors.readers import lock_files as locks
from collectors.readers import pipelines
from collectors.readers.gin import gin
from collectors.readers.ini_text import read_ini
from collectors.readers.json_text import read_json
from collectors.readers.nodes import Node, Text, UnreadError
from collectors.readers.orchestration import commanded
from collectors.readers.python_flows import ORCHESTRATORS, flows, is_flow
from collectors.readers.rows import Row, summary_of
from collectors.readers.settings_files import inherited, keys_of, made, names_in_env, repeated
from collectors.readers.setup_py import setup_py
from collectors.readers.snakemake import snakefile
from collectors.readers.text import decoded, is_binary
from collectors.readers.toml_text import read_toml
from collectors.readers.yaml_text import read_yaml

DECLARATIONS_VERSION = "6"
"""Raise it whenever a summary changes; a test of fixed samples notices."""

_MIB = 1024 * 1024
_OWN = (FileKind.CODE, FileKind.TEST, FileKind.CONFIGURATION)
_PINS = frozenset(
    {"dvc.lock", ".dvc", "dvc.yaml", "TOML lock", "Pipfile.lock", "conda lock", "conda list", "requirements"}
)
_Lines = Callable[[str], Iterator[Row]]
_Documents = Callable[[Node], Iterator[Row]]


class _Tables(NamedTuple):
    """A format of tables, and what of them is told by the file's name."""

    parse: Callable[[str], Text]
    readers: tuple[_Documents, ...] = ()
    runs: bool = False  # a program reads the file and runs commands that stand in it
    sets: bool = True  # its values are settings of the project's own programs, or of its tools
    names: bool = True  # a path of source code that stands in it is used
    has_commands: bool = False  # `readers` tell its commands


class _Text(NamedTuple):
    """A format read line by line."""

    read: _Lines
    largest: int = _MIB


_FORMATS: Mapping[str, _Tables | _Text] = {
    "YAML": _Tables(read_yaml, (needs.conda_environment,)),
    "TOML": _Tables(read_toml),
    "INI": _Tables(read_ini),
    "INI of a tool": _Tables(read_ini, names=False),
    "YAML of a tool": _Tables(read_yaml, names=False),
    "JSON": _Tables(read_json),
    "gin": _Text(gin),
    "env": _Text(names_in_env),
    "YAML that is run": _Tables(read_yaml, runs=True),
    "TOML that is run": _Tables(read_toml, runs=True),
    "INI that is run": _Tables(read_ini, runs=True, names=False),
    "JSON that is run": _Tables(read_json, runs=True),
    "dvc.yaml": _Tables(read_yaml, (pipelines.dvc_yaml,), has_commands=True),
    "dvc.lock": _Tables(read_yaml, (pipelines.dvc_lock,), sets=False, names=False, has_commands=True),
    ".dvc": _Tables(read_yaml, (pipelines.dvc_file,), sets=False),
    "MLproject": _Tables(read_yaml, (pipelines.ml_project,), has_commands=True),
    "dbt project": _Tables(read_yaml, (pipelines.dbt_project,)),
    "dbt packages": _Tables(read_yaml, (pipelines.dbt_packages,), sets=False),
    "conda environment": _Tables(read_yaml, (needs.conda_environment,), sets=False),
    "pyproject.toml": _Tables(
        read_toml, (needs.pyproject, needs.dynamic_files, entries.pyproject_starts), names=False, has_commands=True
    ),
    "pixi.toml": _Tables(read_toml, (needs.pixi,), runs=True),
    "Pipfile": _Tables(read_toml, (needs.pipfile,), sets=False),
    "setup.cfg": _Tables(read_ini, (needs.setup_cfg, entries.setup_cfg_starts), names=False, has_commands=True),
    "entry points": _Tables(read_ini, (entries.entry_points_txt,), sets=False),
    "package.json": _Tables(read_json, (entries.package_json,), sets=False, names=False, has_commands=True),
    "setup.py": _Text(setup_py, _MIB // 2),
    "requirements": _Text(needs.requirements, 4 * _MIB),
    "TOML lock": _Text(locks.toml_lock, 16 * _MIB),
    "Pipfile.lock": _Text(locks.pipfile_lock),
    "conda lock": _Text(locks.conda_lock, 16 * _MIB),
    "conda list": _Text(locks.explicit, 4 * _MIB),
    "Makefile": _Text(build.makefile),
    "justfile": _Text(build.justfile),
    "Dockerfile": _Text(build.dockerfile),
    "Procfile": _Text(build.procfile),
    "crontab": _Text(build.crontab),
    "Jenkinsfile": _Text(build.jenkinsfile),
    "shell": _Text(build.script),
    "Snakemake": _Text(snakefile),
    "flow": _Text(flows, _MIB // 2),
}

_RUN_YAML = (
    r"(?:docker-)?compose[\w.-]*\.ya?ml|\.gitlab-ci[\w.-]*\.ya?ml|.+\.gitlab-ci\.ya?ml|\.travis\.ya?ml"
    r"|[\w.-]*azure-pipelines?[\w.-]*\.ya?ml|bitbucket-pipelines\.ya?ml|\.drone\.ya?ml|cloudbuild[\w.-]*\.ya?ml"
    r"|buildspec[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|\.woodpecker\.ya?ml|[Tt]askfile[\w.-]*\.ya?ml|\.?readthedocs\.ya?ml"
    r"|\.pre-commit-(?:config|hooks)\.ya?ml|action\.ya?ml|render\.ya?ml|serverless\.ya?ml|skaffold\.ya?ml|cog\.ya?ml"
    r"|bentofile\.ya?ml|app\.ya?ml|codemagic\.ya?ml|\.cirrus\.ya?ml|\.gitpod\.ya?ml|tox\.ya?ml|sky\.ya?ml|prefect\.ya?ml"
)
# The first that fits counts. Below them stand the endings.
_NAMES: tuple[tuple[str, str], ...] = (
    ("dvc.yaml", r"dvc\.ya?ml"),
    ("dvc.lock", r"dvc\.lock"),
    (".dvc", r".+\.dvc|Dvcfile"),
    ("MLproject", r"MLproject"),
    ("dbt project", r"dbt_project\.ya?ml"),
    ("dbt packages", r"packages\.ya?ml"),
    ("conda lock", r"(?:.+\.)?conda-lock\.ya?ml"),
    ("conda list", r"(?:conda|explicit|spec)[\w.-]*(?:linux|osx|win|list|explicit|lock|spec)[\w.-]*\.(?:txt|lock)"),
    (
        "conda environment",
        r"(?:[\w.-]*[-_.])?(?:environment|conda[-_]?env)(?:[-_.][\w.-]*)?\.ya?ml|conda\.ya?ml|python_env\.ya?ml",
    ),
    ("pyproject.toml", r"pyproject\.toml"),
    ("pixi.toml", r"pixi\.toml"),
    ("Pipfile", r"Pipfile"),
    ("Pipfile.lock", r"Pipfile\.lock"),
    ("TOML lock", r"(?:poetry|uv|pdm)\.lock|pylock(?:\.[\w-]+)?\.toml"),
    ("setup.cfg", r"setup\.cfg"),
    ("setup.py", r"setup\.py"),
    ("entry points", r"entry_points\.(?:txt|ini)"),
    ("package.json", r"package\.json"),
    ("requirements", r"[\w.-]*(?:requirements?|constraints)[\w.-]*\.(?:txt|in|pip|lock)"),
    ("Makefile", r"(?:GNU)?[Mm]akefile(?:\.\w+)?|.+\.(?:mk|make)"),
    ("justfile", r"\.?[Jj]ustfile|.+\.just"),
    ("Dockerfile", r"(?:Docker|Container)file(?:[._-][\w.-]+)?|.+\.(?:[Dd]ocker|[Cc]ontainer)file"),
    ("Procfile", r"Procfile(?:\.\w+)?"),
    ("crontab", r"crontab(?:\.\w+)?|.+\.cron(?:tab)?"),
    ("Jenkinsfile", r"Jenkinsfile(?:[._-][\w.-]+)?|.+\.[Jj]enkinsfile"),
    ("Snakemake", r"Snakefile(?:[._-]\w+)?|.+\.smk"),
    ("env", r"\.env(?:[._-][\w.-]+)?|[\w.-]+\.env(?:\.(?:example|sample|template|dist))?|\.envrc|\.flaskenv"),
    ("YAML that is run", _RUN_YAML),
    ("TOML that is run", r"(?:tox|hatch|fly|mise|\.mise|nixpacks|railway)\.toml"),
    ("INI that is run", r"tox\.ini|supervisord?\.(?:conf|ini)|.+\.(?:service|timer)|uwsgi\.ini"),
    ("JSON that is run", r"\.?devcontainer\.json|tasks\.json|launch\.json|vercel\.json|app\.json"),
    ("YAML of a tool", r"\.?(?:codecov|mkdocs|sonar[\w.-]*|_config|_toc)\.ya?ml"),
    ("INI of a tool", r"\.(?:flake8|coveragerc|pylintrc|editorconfig|style\.yapf|isort\.cfg|pydocstyle)|pylintrc"),
)
_BY_NAME = tuple((read_as, re.compile(pattern)) for read_as, pattern in _NAMES)
_BY_FOLDER = (
    (re.compile(r"(?:^|/)\.github/(?:workflows|actions)/.+\.ya?ml$"), "YAML that is run"),
    (re.compile(r"(?:^|/)(?:\.circleci|\.buildkite|\.woodpecker|\.tekton|\.semaphore)/.+\.ya?ml$"), "YAML that is run"),
    (re.compile(r"(?:^|/)requirements?/[\w./-]+\.(?:txt|in)$"), "requirements"),
    (re.compile(r"(?:^|/)\.dvc/config(?:\.local)?$"), "INI"),
)  # fmt: skip
_ENDINGS: Mapping[str, str] = {
    "yaml": "YAML",
    "yml": "YAML",
    "toml": "TOML",
    "ini": "INI",
    "cfg": "INI",
    "conf": "INI",
    "json": "JSON",
    "jsonc": "JSON",
    "gin": "gin",
    "sh": "shell",
    "bash": "shell",
    "zsh": "shell",
    "ksh": "shell",
    "slurm": "shell",
    "sbatch": "shell",
    "pbs": "shell",
    "py": "flow",
}
_PATTERN = re.compile(r"\.(?:example|sample|template|dist|tmpl|default)$")
_FOREIGN = re.compile(r"(?:package-lock|npm-shrinkwrap|composer|tsconfig\.tsbuildinfo)\.json$|pnpm-lock\.yaml$")
_OBJECTS = re.compile(r"^apiVersion:", re.MULTILINE)  # Kubernetes runs what it is told, whatever the file's name


def read_as(path: str) -> str | None:
    """How a file is read; None for those that no reader here is for."""
    name = path.rpartition("/")[2]
    if _FOREIGN.search(name):
        return None
    bare = _PATTERN.sub("", name)
    found = next((how for pattern, how in _BY_FOLDER if pattern.search(path)), None)
    if found is None and not bare.endswith(".py"):
        found = next((how for how, pattern in _BY_NAME if pattern.fullmatch(bare)), None)
    if found is None:
        found = (
            "setup.py" if bare == "setup.py" else _ENDINGS.get(bare.rpartition(".")[2].lower()) if "." in bare else None
        )
    return found


def declarations_key(path: str) -> str | None:
    """What of the path decides a summary, and the readers' version; None as for `read_as`."""
    how = read_as(path)
    return None if how is None else f"{how}@{DECLARATIONS_VERSION}"


def is_declared_in(file: File) -> bool:
    """Whether a file of a tree is worth asking for what it declares.

    Locks count as generated, pinned data as data: these two are read all the same. Of Python what imports an
    orchestrator is.
    """
    how = read_as(file.path)
    if how is None or file.summary.unread:
        return False
    if how == "flow":
        return file.kind in _OWN and any(name.partition(".")[0] in ORCHESTRATORS for name in file.summary.imports)
    return file.kind in _OWN or (how in _PINS and file.kind in (FileKind.GENERATED, FileKind.DATA, FileKind.OTHER))


def read_settings_file(path: str, content: bytes) -> SettingsSummary | None:
    """What a blob declares. Never raises, whatever the bytes: what can't be read says why.

    None where no reader is for the path, and for Python that imports no orchestrator.
    """
    how = read_as(path)
    if how is None or (how == "flow" and not is_flow(content)):
        return None
    form = _FORMATS[how]
    largest = form.largest if isinstance(form, _Text) else _MIB
    if len(content) > largest:
        size = f"{largest // _MIB} MiB" if largest >= _MIB else f"{largest // 1024} KiB"
        return SettingsSummary(how, unread=f"it is larger than {size}")
    if is_binary(content):
        return SettingsSummary(how, unread="it holds null bytes")
    try:
        return _read(how, form, decoded(content))
    except UnreadError as error:
        return SettingsSummary(how, unread=str(error))


def _read(how: str, form: _Tables | _Text, text: str) -> SettingsSummary:
    if isinstance(form, _Text):
        return summary_of(how, form.read(text))
    parsed = form.parse(text)
    runs = form.runs or (form.parse is read_yaml and _OBJECTS.search(text) is not None)
    found = summary_of(how, _rows(form, parsed, runs))
    return found._replace(anchors=parsed.anchors, aliases=parsed.aliases)


def _rows(form: _Tables, text: Text, runs: bool) -> Iterator[Row]:
    if form.sets:
        yield from keys_of(text)
        yield from inherited(text)
        yield from made(text)
    yield from repeated(text)
    for document in text.documents:
        for reader in form.readers:
            yield from reader(document)
    yield from commanded(text, runs, form.names, form.has_commands)
