"""What declared data is called, and what of it is no data at all."""

from __future__ import annotations

import re

from collectors.facts.lineage import NodeKind, Resolution
from collectors.lineage import naming
from collectors.lineage.declared.rows import Tree

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


def named(tree: Tree, text: str, folder: str = "") -> tuple[str, Resolution]:
    """As what the code reads and writes is named, so that both can be compared; "" where nothing is known."""
    text = text.strip()
    if not text:
        return "", Resolution.UNRESOLVED
    found = naming.named(tree.project, text, folder)
    return found.name, found.resolution


def kind_of(name: str, kind: NodeKind = NodeKind.DATASET) -> NodeKind:
    """What the name adds to what the declaration says."""
    return naming.kind_of(name, kind)


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
