"""Files that machines wrote: notebooks, DVC's lock file, metrics, the product tree.

What a stage makes is named by a digest of all that goes into it, so a run changes just what its inputs changed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from hashlib import sha256

WAPE = {"baseline": 0.412, "forest": 0.361, "lightgbm-default": 0.322, "tweedie": 0.311, "evaluate-train": 0.297}
"""About how good the forecasts are, from each event on."""
CELL = re.compile(r"^# %% (\S+)\n", re.MULTILINE)

Stage = Mapping[str, list[str]]


def notebook(text: str) -> str:
    """A notebook as Jupyter saves it. In the text a cell begins with `# %% 3` (execution count) or `# %% markdown`."""
    _, *parts = CELL.split(text)
    cells = [_cell(kind, body.strip("\n")) for kind, body in zip(parts[::2], parts[1::2], strict=True)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python", "version": "3.11.9"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def _cell(kind: str, body: str) -> dict[str, object]:
    common = {"id": _digest(body)[:8], "metadata": {}, "source": body.splitlines(keepends=True)}
    if kind == "markdown":
        return {"cell_type": "markdown", **common}
    return {"cell_type": "code", "execution_count": int(kind), "outputs": [], **common}


def product_tree() -> str:
    """Products by category, as the buyers' system exports them: long, and no program code."""
    names = ("bread", "milk", "fruit", "water", "cheese", "coffee", "pasta", "soap", "beer", "fish", "eggs", "ice")
    categories = [
        {"category": name, "products": [1000 * place + 7 * step for step in range(1, 41)]}
        for place, name in enumerate(names, start=1)
    ]
    return json.dumps({"exported": "2025-04-16", "categories": categories}, indent=1) + "\n"


def run(tree: Mapping[str, str], events: Set[str]) -> dict[str, str]:
    """What `dvc repro` writes into the repository: its lock file and the metrics."""
    made: dict[str, str] = {}  # digest of every path that a stage wrote
    lock = ["schema: '2.0'", "stages:"]
    for name, stage in _stages(tree["dvc.yaml"]).items():
        settings = {section: _section(tree["params.yaml"], section) for section in stage["params"]}
        inputs = [made.get(path) or _digest(path, *_below(tree, path)) for path in stage["deps"]]
        always = sorted(events) if stage["always_changed"] else []
        made |= {path: _digest(path, *inputs, *settings.values(), *always) for path in stage["outs"] + stage["metrics"]}
        lock += [f"  {name}:", f"    cmd: {stage['cmd'][0]}", "    deps:"]
        lock += [line for path, md5 in zip(stage["deps"], inputs, strict=True) for line in _locked(path, md5)]
        if settings:
            lock += ["    params:", "      params.yaml:"]
            lock += [f"    {line}" for section in settings.values() for line in section.splitlines()]
        if stage["outs"] + stage["metrics"]:
            lock += ["    outs:"]
            lock += [line for path in stage["outs"] + stage["metrics"] for line in _locked(path, made[path])]
    written = {"dvc.lock": "\n".join([*lock, ""])}
    if "evaluate-json" in events:
        written["metrics/scores.json"] = _scores(made["models/demand.joblib"], events)
    if "backtest" in events:
        written["metrics/backtest.json"] = _backtest(made["metrics/backtest.json"], tree["params.yaml"], events)
    if "simulate-table" in events:
        written["metrics/orders.json"] = _orders(made["metrics/orders.json"], _stores(events))
    if "monitor" in events:
        features = re.findall(r'"(\w+)"', tree["src/shelfcast/features/columns.py"].partition("TARGET")[0])
        written["metrics/drift.json"] = _drift(features, made["data/features/test.parquet"], events)
    return written


def _stages(text: str) -> Mapping[str, Stage]:
    """The stages of a dvc.yaml as we write it: two blanks, a name; four, a key; six, a list."""
    stages: dict[str, defaultdict[str, list[str]]] = {}
    key = ""
    for line in text.splitlines()[1:]:
        word = line.strip().removeprefix("- ").removesuffix(":")
        depth = len(line) - len(line.lstrip())
        if depth == 2:
            stages[word] = defaultdict(list)
        elif depth == 4:
            key, colon, value = line.strip().partition(": ")
            key = key.removesuffix(":")
            if colon:
                stages[[*stages][-1]][key].append(value)
        elif depth == 6:
            stages[[*stages][-1]][key].append(word)
    return stages


def _section(text: str, name: str) -> str:
    """A section of params.yaml, without comments, indented as in the lock file."""
    _, _, rest = text.partition(f"{name}:\n")
    lines = rest.partition("\n\n")[0].splitlines()
    return "\n".join([f"    {name}:", *(f"    {line}" for line in lines if line.strip() and "#" not in line)])


def _below(tree: Mapping[str, str], path: str) -> Iterator[str]:
    """The texts of a file, or of all files in a folder."""
    return (tree[found] for found in sorted(tree) if found == path or found.startswith(f"{path}/"))


def _locked(path: str, md5: str) -> tuple[str, str, str, str]:
    return f"    - path: {path}", "      hash: md5", f"      md5: {md5}", f"      size: {int(md5[:5], 16)}"


def _level(events: Set[str]) -> float:
    return min(level for event, level in WAPE.items() if event in events)


def _stores(events: Set[str]) -> tuple[str, ...]:
    return ("harbour", "north", "south") if "harbour" in events else ("north", "south")


def _scores(model: str, events: Set[str]) -> str:
    level = _level(events)
    scores: dict[str, object] = {"wape": round(level + _noise(model, "wape", 0.006), 4)}
    if "evaluate-bias" in events:
        scores["bias"] = round(_noise(model, "bias", 0.03), 4)
    if "evaluate-slices" in events:
        scores["wape_by_store"] = {store: round(level + _noise(model, store, 0.03), 4) for store in _stores(events)}
    return json.dumps(scores, indent=2) + "\n"


def _backtest(seed: str, settings: str, events: Set[str]) -> str:
    """The months before the day up to which data was collected."""
    _, until, _ = re.split(r'until: "(\d+-\d+)', settings)
    _, months, _ = re.split(r"months: (\d+)", settings)
    end = 12 * int(until[:4]) + int(until[5:]) - 1
    rows: list[dict[str, object]] = []
    for month in range(end - int(months), end):
        name = f"{month // 12}-{month % 12 + 1:02}"
        row: dict[str, object] = {"month": name, "wape": round(_level(events) + _noise(seed, name, 0.02), 4)}
        if "backtest-bias" in events:
            row["bias"] = round(_noise(seed, f"bias {name}", 0.03), 4)
        rows.append(row)
    return json.dumps(rows, indent=2) + "\n"


def _orders(seed: str, stores: tuple[str, ...]) -> str:
    """More reserve, more waste and fewer lost sales."""
    rows = [
        {
            "store": store,
            "factor": factor,
            "wasted": round(9000 * (factor - 0.95) + _noise(seed, f"{store} wasted", 90)),
            "lost": round(700 / factor**4 + _noise(seed, f"{store} lost", 60)),
        }
        for store in stores
        for factor in (1.0, 1.05, 1.1, 1.15, 1.2, 1.3)
    ]
    return json.dumps(rows, indent=2) + "\n"


def _drift(features: list[str], data: str, events: Set[str]) -> str:
    moved: dict[str, object] = {name: round(0.08 + _noise(data, name, 0.08), 4) for name in features}
    if "drift-missing" in events:
        moved = {"moved": moved, "missing": {name: round(0.01 + _noise(data, name, 0.01), 4) for name in features}}
    return json.dumps(moved, indent=2) + ("\n" if "drift-newline" in events else "")


def _noise(seed: str, name: str, most: float) -> float:
    """Between -most and most, the same for the same seed and name."""
    return most * (int(_digest(seed, name)[:8], 16) / 0x7FFFFFFF - 1)


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
