"""Packages that a project asks for: requirements files, pyproject.toml, setup.cfg, Pipfile, conda environments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.facts.settings import Inherited, Requirement
from collectors.readers.masking import presentable
from collectors.readers.nodes import Mapping, Node, Scalar, child, followed, items, pairs, text_at, texts
from collectors.readers.requirement import caret, conda, pep508
from collectors.readers.rows import Row

_OTHER = re.compile(r"(-r|--requirement|-c|--constraint)[ \t=]*(\S+)")
_EDITABLE = re.compile(r"(?:-e|--editable)[ \t=]+")
_HASH = re.compile(r"\s+--hash[= ]\s*\w+:\w+")
_OPTIONS = re.compile(r"\s+--?[a-z][\w-]*(?:[= ]\S+)?\s*$")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ROWS = 50_000
_LONGEST = 64 * 1024  # characters of one requirement with its hashes


def requirements(text: str) -> Iterator[Row]:
    """A requirements or constraints file of pip. The group is "".

    Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/
    """
    for line, row in _rows(text):
        other = _OTHER.match(row)
        if other:
            how = "constraint" if other[1] in {"-c", "--constraint"} else "requirement"
            yield Inherited(presentable(other[2][:1_000])[:200], how, line)
            continue
        row = _EDITABLE.sub("", row) if row.startswith(("-e", "--editable")) else row  # noqa: PLW2901
        if row.startswith("-"):
            continue
        is_hashed = _HASH.search(row) is not None
        yield from pep508(_OPTIONS.sub("", _HASH.sub("", row)), "", line, is_hashed)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, those that a backslash joins as one, by the first one's number."""
    kept: list[str] = []
    first = 1
    for number, row in enumerate(text.split("\n")[:_ROWS], 1):
        if not kept:
            first = number
        is_comment = row.lstrip().startswith("#")
        bare = "" if is_comment else _COMMENT.sub("", row).rstrip()
        kept.append(bare.removesuffix("\\"))
        if bare.endswith("\\") or (is_comment and len(kept) > 1):
            continue
        joined = " ".join(" ".join(kept).split())
        if joined and len(joined) < _LONGEST:
            yield first, joined
        kept = []
    if any(kept):
        yield first, " ".join(" ".join(kept).split())[:_LONGEST]


def pyproject(document: Node) -> Iterator[Requirement]:
    """Of [project], [build-system], [dependency-groups] and of Poetry, PDM, uv, Hatch, Flit, pixi."""
    yield from _listed(child(document, "build-system", "requires"), "build")
    yield from _listed(child(document, "project", "dependencies"), "")
    python = child(document, "project", "requires-python")
    if isinstance(python, Scalar):
        yield Requirement("python", python.text[:100], False, "python", python.line)
    for where in (("project", "optional-dependencies"), ("dependency-groups",), ("tool", "pdm", "dev-dependencies"),
                  ("tool", "flit", "metadata", "requires-extra")):  # fmt: skip
        for group, value in pairs(child(document, *where)):
            yield from _listed(value, group.text)
    yield from _listed(child(document, "tool", "uv", "dev-dependencies"), "dev")
    yield from _listed(child(document, "tool", "rye", "dev-dependencies"), "dev")
    yield from _listed(child(document, "tool", "flit", "metadata", "requires"), "")
    for name, value in pairs(child(document, "tool", "hatch", "envs")):
        for part in ("dependencies", "extra-dependencies"):
            yield from _listed(child(value, part), name.text)
    yield from _poetry(child(document, "tool", "poetry"))
    yield from pixi(child(document, "tool", "pixi"))


def _listed(node: Node | None, group: str) -> Iterator[Requirement]:
    for item in texts(node, depth=0):
        yield from pep508(item.text, group, item.line)


def _poetry(tool: Node | None) -> Iterator[Requirement]:
    yield from _tabled(child(tool, "dependencies"), "")
    yield from _tabled(child(tool, "dev-dependencies"), "dev")
    for group, value in pairs(child(tool, "group")):
        yield from _tabled(child(value, "dependencies"), group.text)


def _tabled(node: Node | None, group: str) -> Iterator[Requirement]:
    """`name = "^1"`, `name = {version = "^1", extras = […]}`, `name = {git = …, rev = …}`."""
    for name, value in pairs(node):
        for said in map(followed, items(value)):
            if isinstance(said, Scalar):
                yield from caret(name.text, said.text, group, name.line)
            elif isinstance(said, Mapping) and not (child(said, "path") or child(said, "workspace")):
                yield from caret(name.text, *_of_table(said, group, name.line))


def _of_table(said: Mapping, group: str, line: int) -> tuple[str, str, int, bool]:
    address = text_at(said, "git") or text_at(said, "url") or text_at(said, "file")
    revision = text_at(said, "rev") or text_at(said, "ref") or text_at(said, "tag") or text_at(said, "branch")
    version = text_at(said, "version")
    if not address:
        return version or "*", group, line, False
    pins = re.fullmatch(r"[0-9a-f]{40}", revision) is not None or "sha256=" in address
    return f"{address}{'@' if revision else ''}{revision}", group, line, pins


def pixi(tool: Node | None) -> Iterator[Requirement]:
    """pixi.toml, or [tool.pixi]. Source: https://pixi.sh/latest/reference/pixi_manifest/"""
    yield from _tabled(child(tool, "dependencies"), "")
    yield from _tabled(child(tool, "pypi-dependencies"), "")
    for group, value in pairs(child(tool, "feature")):
        yield from _tabled(child(value, "dependencies"), group.text)
        yield from _tabled(child(value, "pypi-dependencies"), group.text)


def pipfile(document: Node) -> Iterator[Requirement]:
    """Source: https://pipenv.pypa.io/en/latest/pipfile.html"""
    for name, value in pairs(document):
        group = {"packages": "", "dev-packages": "dev"}.get(name.text, name.text)
        if name.text == "requires":
            version = text_at(value, "python_full_version") or text_at(value, "python_version")
            yield from caret("python", version, "python", value.line) if version else ()
        elif name.text not in {"source", "scripts", "pipenv"}:
            yield from _tabled(value, group)


def setup_cfg(document: Node) -> Iterator[Row]:
    """Source: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html"""
    options = child(document, "options")
    for name, group in (("install_requires", ""), ("setup_requires", "build"), ("tests_require", "test")):
        yield from _lines(child(options, name), group)
    python = child(options, "python_requires")
    if isinstance(python, Scalar):
        yield Requirement("python", python.text[:100], False, "python", python.line)
    for extra, value in pairs(child(document, "options.extras_require")):
        yield from _lines(value, extra.text)


def _lines(node: Node | None, group: str) -> Iterator[Row]:
    for item in texts(node, depth=0):
        if item.text.startswith("file:"):
            for path in item.text.removeprefix("file:").split(","):
                yield Inherited(path.strip()[:200], "requirement", item.line)
            continue
        for offset, line in enumerate(item.text.split("\n")):
            bare = _COMMENT.sub("", line)
            for part in [bare] if ";" in bare and "python" in bare else bare.split(";"):
                yield from pep508(part, group, item.line + offset)


def conda_environment(document: Node) -> Iterator[Row]:
    """environment.yml of conda, its pip part too; Anaconda projects, MLflow's python_env.yaml.

    Source: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
    """
    for part in ("dependencies", "packages"):
        for item in map(followed, items(child(document, part))):
            if isinstance(item, Scalar):
                if part == "dependencies" and item.text.startswith("-r "):
                    yield Inherited(item.text[3:].strip()[:200], "requirement", item.line)
                else:
                    yield from conda(item.text, "", item.line)
            for name, value in pairs(item):
                if name.text == "pip":
                    yield from _pip_lines(value)
    python = child(document, "python")
    if isinstance(python, Scalar):
        yield Requirement("python", f"=={python.text[:50]}", True, "python", python.line)
    yield from _listed(child(document, "build_dependencies"), "build")


def _pip_lines(value: Node) -> Iterator[Row]:
    for item in texts(value, depth=0):
        for row in requirements(item.text):
            yield row._replace(line=item.line) if isinstance(row, Requirement | Inherited) else row


def dynamic_files(document: Node) -> Iterator[Inherited]:
    """pyproject.toml's `[tool.setuptools.dynamic] dependencies = {file = [...]}` and hatch's like."""
    tool = child(document, "tool", "setuptools", "dynamic")
    found = [child(tool, "dependencies", "file")]
    found += [child(value, "file") for _, value in pairs(child(tool, "optional-dependencies"))]
    found.append(child(document, "tool", "hatch", "metadata", "hooks", "requirements_txt", "files"))
    for node in found:
        for item in texts(node, depth=0):
            yield Inherited(item.text[:200], "requirement", item.line)
