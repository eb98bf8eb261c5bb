"""What all accesses of a tree together say of a name that one of them leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import dirname

from collectors.facts.lineage import HOLE, Access, Resolution
from collectors.lineage.machine import Seen
from collectors.lineage.project import Project

_HUB = "hf://"
_OURS = re.compile(
    r"(?:\./)?(?:outputs?|out|results?|models?|saved|saved_models?|save|checkpoints?|ckpts?|weights?|artifacts?|runs?|logs?"
    r"|experiments?|exps?|data|datasets?|tmp|temp|pretrained|pretrained_models?|trained_models?|finetuned|.*_(?:output|outputs"
    r"|dir|checkpoints?|results?))",
    re.IGNORECASE,
)
"""What a folder for what a program makes is called, and nobody at a hub."""
_FILES = frozenset(
    [
        "open", "io.open", "codecs.open", "gzip.open", "bz2.open", "lzma.open", "zipfile.ZipFile", "tarfile.open",
        "pathlib.Path.open", "pathlib.Path.read_text", "pathlib.Path.write_text", "pandas.read_csv",
        "pandas.read_excel", "pandas.read_json", "pandas.read_pickle", "numpy.load", "numpy.loadtxt", "joblib.load",
        "PIL.Image.open", "cv2.imread", "torch.load", "h5py.File",
    ]
)  # fmt: skip
"""Calls that open one file, never a folder."""


def settled(project: Project, found: Mapping[tuple[Seen, str], None]) -> dict[tuple[Seen, str], None]:
    """Names of a hub and paths of the tree told apart, and files that bear the name of their folder."""
    seen = {row for row, _ in found}
    made = {row.name for row in seen if row.access is Access.WRITE and "://" not in row.name}
    written = made | _above(made)
    hub = {row.name.removeprefix(_HUB) for row in seen if row.name.startswith(_HUB) and HOLE not in row.name}
    hub = {name for name in hub if not _is_ours(name, written)}
    folders = _above(row.name for row in seen if "://" not in row.name)
    return {(_one_file(project, _told_apart(project, row, written, hub), folders), job): None for row, job in found}


def _above(names: Iterable[str]) -> set[str]:
    """Folders that hold any of the names."""
    found: set[str] = set()
    for name in names:
        while (name := dirname(name)) and name not in found:
            found.add(name)
            if name == "/":
                break
    return found


def _is_ours(name: str, written: set[str]) -> bool:
    return name in written or _OURS.fullmatch(name.partition("/")[0]) is not None


def _told_apart(project: Project, row: Seen, written: set[str], hub: set[str]) -> Seen:
    if row.name.startswith(_HUB):
        name = row.name.removeprefix(_HUB)
        return row._replace(name=name) if _is_ours(name, written) else row
    if row.resolution not in {Resolution.RESOLVED, Resolution.TEMPLATE} or row.access is Access.WRITE:
        return row
    parts = row.name.split("/")
    for start in range(min(3, len(parts))):
        for count in (1, 2):
            name = "/".join(parts[start : start + count])
            above = "/".join(parts[: start + count])
            if name in hub and start + count < len(parts) and above not in written and above not in project.folders:
                why = "its folder is called as a model of a hub is"
                return row._replace(name="", resolution=Resolution.UNRESOLVED, why=why)
    return row


def _one_file(project: Project, row: Seen, folders: set[str]) -> Seen:
    if row.call not in _FILES or not row.name or "://" in row.name:
        return row
    if row.name in project.paths or (row.name not in project.folders and row.name not in folders):
        return row
    return row._replace(name=f"{row.name}/{HOLE}", resolution=Resolution.TEMPLATE)
