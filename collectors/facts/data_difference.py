"""Reads and writes of data that one graph has and another has not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from collectors.facts.closure import PART, Edge, edges
from collectors.facts.data_graph import Lineage
from collectors.facts.data_steps import is_code, is_settings
from collectors.facts.lineage import NodeKind, Resolution

_UNKNOWN = {Resolution.PARAMETER.value, Resolution.UNRESOLVED.value}


class DataDifference(NamedTuple):
    added: tuple[Edge, ...] = ()
    lost: tuple[Edge, ...] = ()
    blind: tuple[str, ...] = ()  # files that were not followed to their end on one side: nothing is said of them


def data_difference(
    before: Lineage, after: Lineage, moved: Mapping[str, str], unread: Collection[str] = ()
) -> DataDifference:
    """By what is read or written and by whom, wherever it stands. Code and settings are no data here.

    `moved` gives the new path of a renamed file by its old one: a script that is only moved reads what it read. Of
    `unread` files, which one side could not be made sense of, nothing is said, nor of data whose name is not known.
    """
    blind = frozenset({*before.exhausted, *after.exhausted, *unread})
    old, new = _told(before, moved), _told(after, {})
    return DataDifference(_only(new, old, blind), _only(old, new, blind), tuple(sorted(blind)))


_Told = dict[tuple[str, str, str], Edge]


def _only(here: _Told, there: _Told, blind: Collection[str]) -> tuple[Edge, ...]:
    found = (here[key] for key in sorted(here.keys() - there.keys()))
    return tuple(edge for edge in found if edge.path not in blind and edge.by not in blind)


def _told(lineage: Lineage, moved: Mapping[str, str]) -> _Told:
    return {
        (edge.access, edge.data, _renamed(edge.by, moved)): edge
        for edge in edges(lineage)
        if edge.access != PART
        and edge.status not in _UNKNOWN
        and edge.source != edge.target
        and _is_data(lineage, edge.data)
    }


def _is_data(lineage: Lineage, name: str) -> bool:
    return not is_code(name) and not is_settings(name) and lineage.kinds.get(name) is not NodeKind.SETTINGS


def _renamed(job: str, moved: Mapping[str, str]) -> str:
    """A script, or a stage of a pipeline file: "dvc.yaml:train"."""
    path, colon, rest = job.partition(":")
    return f"{moved.get(path, path)}{colon}{rest}"


def unnamed_places(lineage: Lineage) -> int:
    """Places in the code that do not tell which data they mean; a caller's business is left out."""
    return len(lineage.sites) - lineage.named_sites
