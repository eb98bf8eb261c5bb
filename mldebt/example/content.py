"""The files of the example after any set of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from mldebt.example import artefacts
from mldebt.example.weave import Woven, weave

Tree = Mapping[str, str]  # path to text
Events = frozenset[str]


@cache
def woven_files() -> tuple[Woven, ...]:
    """Every file of `files/`, by path. They end in .txt so that nobody takes them for this project's own code."""
    found = _below(files("mldebt.example").joinpath("files"), "")
    return tuple(weave(path.removesuffix(".txt"), text.read_text(encoding="utf-8")) for path, text in sorted(found))


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


@cache
def _by_event() -> Mapping[str, tuple[Woven, ...]]:
    found: defaultdict[str, list[Woven]] = defaultdict(list)
    for woven in woven_files():
        for event in woven.events:
            found[event].append(woven)
    return {event: tuple(wovens) for event, wovens in found.items()}


def tree_after(tree: Tree, before: Events, after: Events, runs: dict[str, Tree]) -> Tree:
    """The tree once further events have happened; `after` holds all of `before`.

    `runs` keeps what each run of the pipeline wrote; a run that is new here is run, and put there.
    """
    new = after - before
    changed = dict(tree)
    for woven in woven_files() if not before else {w.path: w for e in new for w in _by_event().get(e, ())}.values():
        changed.pop(woven.path_at(before), None)
        text = woven.text_at(after)
        if text is not None:
            path = woven.path_at(after)
            changed[path] = artefacts.notebook(text) if path.endswith(".ipynb") else text
    if "product-tree" in new:
        changed["data/product_tree.json"] = artefacts.product_tree()
    if any(event.startswith("run-") for event in new):
        last = max((event for event in after if event.startswith("run-")), key=lambda event: int(event[4:]))
        if last not in runs:
            runs[last] = artefacts.run(changed, after)
        changed |= runs[last]
    return changed
