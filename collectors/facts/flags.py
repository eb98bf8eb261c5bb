"""Settings that are off in every file, and the branches that wait for them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from collectors.facts.declarations import Declarations
from collectors.facts.files import File, Files
from collectors.facts.own_settings import own_settings
from collectors.facts.settings import ValueKind
from collectors.facts.settings_use import is_read_by_own_code
from collectors.facts.sites import Site, SiteKind
from collectors.facts.words import ANY_OPTION, number_of, numbers_in

_SHORTEST = 5
_FIXTURE = re.compile(r"(?:^|/)(?:tests?|test_\w+|fixtures)/", re.IGNORECASE)
_OVERRIDDEN = re.compile(r"(?:^|/)defaults\.\w+$", re.IGNORECASE)
"""What a product ships, for its users to set anew on their machines."""
_BY_HAND = re.compile(
    r"(?:^|_)(?:debug\w*|verbos\w*|dry|test|resume\w*|overwrite|force\w*|profil\w*|log\w*|plot\w*|save\w*|show|print\w*"
    r"|eval\w*|predict|only|cache\w*|download|push\w*|wandb|mlflow|tensorboard|fp16|bf16|amp|cuda|gpu|distributed|tpu|quiet"
    r"|vis\w*|prompt\w*|output|return|skip|compile\w*|pretrained|finetune|load\w*|train|local|offline|continue|restore\w*"
    r"|checkpoint\w*)(?:_|$)",
    re.IGNORECASE,
)
"""What people turn on for one run, whatever a file says."""


class Flag(NamedTuple):
    """A branch in code, and where the setting that it waits for is set."""

    file: File
    site: Site
    name: str
    set_in: tuple[str, ...]  # settings files, sorted


def switched_on(files: Files) -> frozenset[int]:
    """Names that Python without tests turns on, or makes options of, as numbers."""
    return frozenset(number for file in files.python for number in numbers_in(file.summary.switched))


def turns_on_anything(files: Files) -> bool:
    """Whether the command line makes options of all settings there are."""
    hydra = any(name.partition(".")[0] == "hydra" for file in files.python for name in file.summary.imports)
    return hydra or number_of(ANY_OPTION) in switched_on(files)


def never_on(files: Files, declared: Declarations) -> tuple[list[Flag], int]:
    """Branches that no committed settings let run, and how many settings decide a branch."""
    set_in: defaultdict[str, set[str]] = defaultdict(set)
    for row in own_settings(files, declared):
        if is_read_by_own_code(row) and not _FIXTURE.search(row.path) and not _OVERRIDDEN.search(row.path):
            for key in row.summary.keys:
                if key.key and key.kind is ValueKind.BOOLEAN and _is_flag(key.key[-1]):
                    set_in[key.key[-1]].add(row.path)
    everywhere = [key for _, key in declared.keys if key.key and key.key[-1] in set_in]
    for key in everywhere:
        if key.kind is not ValueKind.BOOLEAN:
            set_in.pop(key.key[-1], None)  # something else than a switch, in some file
    on = {key.key[-1] for key in everywhere if key.value is True}
    switched = switched_on(files)
    found, decide = [], set()
    for file, site in files.sites(SiteKind.CONDITION):
        name = site.detail.lstrip("!")
        if not file.is_notebook and name in set_in:
            decide.add(name)
            if name == site.detail and name not in on and number_of(name) not in switched:
                found.append(Flag(file, site, name, tuple(sorted(set_in[name]))))
    return found, len(decide)


def _is_flag(name: str) -> bool:
    return len(name) >= _SHORTEST and "_" in name and _BY_HAND.search(name) is None
