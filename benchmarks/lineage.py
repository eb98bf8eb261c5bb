"""Accesses that Python shows against those that dvc.yaml declares: `python -m benchmarks.lineage GIT_DIR … [-v]`.

Each GIT_DIR has a dvc.yaml at HEAD. Declared are data alone: neither code nor settings files. A declared folder is met
by what lies in it, a declared file by its folder. Once with each stage's command line, once by its script alone.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import normpath
from typing import NamedTuple

from collectors.facts.data_names import is_part_of
from collectors.facts.lineage import HOLE, Access, DataAccess, Resolution
from collectors.facts.settings import Stage
from collectors.git.objects import blobs
from collectors.git.repository import open_repository
from collectors.git.tree import tree
from collectors.lineage.declared.everything import declared as declared_in
from collectors.lineage.entries import Entry, observed
from collectors.readers.nodes import Node, Scalar, UnreadError, child, followed, pairs, texts
from collectors.readers.notebook import NotebookError, read_notebook
from collectors.readers.pipelines import dvc_yaml
from collectors.readers.text import decoded
from collectors.readers.yaml_text import read_yaml

_CODE = re.compile(r"\.(?:py|sh|ipynb|R|r|sql|scala|lock)$")
_SETTINGS = re.compile(r"\.(?:ya?ml|toml|ini|cfg|conf|env)$")
_TEXTS = re.compile(r"\.(?:ya?ml|json|toml|ini|cfg|conf|sh|env)$|(?:^|/)\.env$")
_INSTALLED = re.compile(r"(?:^|/)(?:site-packages|node_modules|dist-packages|\.?v?env)/")
_REFERENCE = re.compile(r"\$\{([^{}]+)\}")


class Repository(NamedTuple):
    name: str
    commit: str
    paths: frozenset[str]
    sources: dict[str, str]
    texts: dict[str, str]


class Step(NamedTuple):
    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    entries: tuple[Entry, ...]


class Score(NamedTuple):
    found: int = 0
    declared: int = 0
    unresolved: int = 0
    sites: int = 0
    right: int = 0  # edges between stages, observed and declared
    seen: int = 0
    meant: int = 0

    def __add__(self, other: object) -> Score:
        assert isinstance(other, Score)
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def repository(git_dir: str) -> Repository:
    found = open_repository(git_dir, Path(git_dir), lambda _line: None)
    assert found.head
    entries = [entry for entry in tree(found, found.head) if entry.size is not None]
    wanted = {entry.path: entry for entry in entries if _is_wanted(entry.path, entry.size or 0)}
    bodies = {blob.oid: blob.body for blob in blobs(found, {entry.oid for entry in wanted.values()})}
    contents = {path: decoded(body) for path, entry in wanted.items() if (body := bodies.get(entry.oid)) is not None}
    sources = {path: text for path, text in contents.items() if path.endswith(".py")}
    for path, text in contents.items():
        if path.endswith(".ipynb"):
            try:
                sources[path] = read_notebook(text).source
            except NotebookError:
                continue
    name = Path(git_dir).parent.name.replace("+", "/", 1)
    return Repository(name, found.head, frozenset(entry.path for entry in entries), sources, contents)


def _is_wanted(path: str, size: int) -> bool:
    is_text = path.endswith((".py", ".ipynb")) or _TEXTS.search(path) is not None
    return is_text and size < 2_000_000 and not _INSTALLED.search(path)


def steps(repo: Repository) -> list[Step]:
    """Stages of dvc.yaml at the root, templates filled in from params.yaml."""
    documents = read_yaml(repo.texts["dvc.yaml"]).documents
    variables = dict(_variables(repo, documents))
    text = _REFERENCE.sub(lambda match: variables.get(match[1].strip(), match[0]), repo.texts["dvc.yaml"])
    started = [entry for entry in declared_in(repo.paths, repo.texts.get).entries if entry.path == "dvc.yaml"]
    found = []
    for document in read_yaml(text).documents:
        declared = {row.name: row for row in dvc_yaml(document) if isinstance(row, Stage)}
        for key, _ in pairs(child(document, "stages")):
            stage = declared.get(key.text) or next(
                iter(row for name, row in declared.items() if name.startswith(key.text + "@"))
            )
            jobs = (key.text, f"{key.text}@")
            entries = tuple(
                Entry(entry.script, entry.argv, entry.folder, key.text, entry.function)
                for entry in started
                if entry.job == jobs[0] or entry.job.startswith(jobs[1])
            )
            reads = tuple(path for path in map(_posix, stage.deps) if _is_data(repo, path))
            made = map(_posix, (*stage.outs, *stage.metrics, *stage.plots))
            writes = tuple(path for path in made if _is_data(repo, path))
            found.append(Step(key.text, tuple(dict.fromkeys(reads)), tuple(dict.fromkeys(writes)), entries))
    return found


def _variables(repo: Repository, documents: Iterable[Node]) -> Iterator[tuple[str, str]]:
    files = ["params.yaml", *(item.text for document in documents for item in texts(child(document, "vars")))]
    for path in files:
        try:
            parsed = read_yaml(repo.texts.get(path, "")).documents
        except UnreadError:
            continue
        for document in parsed:
            yield from _flat(document, "")
    for document in documents:
        for item in getattr(child(document, "vars"), "items", []):
            yield from _flat(item, "")


def _flat(node: Node, above: str, depth: int = 6) -> Iterator[tuple[str, str]]:
    for key, value in pairs(node):
        name = f"{above}{key.text}"
        inner = followed(value)
        if isinstance(inner, Scalar):
            yield name, inner.text
        elif depth:
            yield from _flat(value, f"{name}.", depth - 1)


def _posix(path: str) -> str:
    return path if "://" in path else path.replace("\\", "/").rstrip("/")


def _is_data(repo: Repository, path: str) -> bool:
    if _CODE.search(path) or (_SETTINGS.search(path) and path in repo.paths):
        return False
    inside = [name for name in repo.paths if name.startswith(f"{path}/")]
    return not any(name.endswith((".py", ".yaml", ".yml", ".ipynb")) for name in inside) and path != ""


def meets(declared: str, name: str) -> bool:
    declared, name = normpath(declared.replace("*", HOLE)), normpath(name) if name else ""
    if not name:
        return False
    if name.startswith(f"{declared}/"):
        return True
    if HOLE in name or HOLE in declared:
        return bool(_pattern(name, declared) or _pattern(declared, name))
    return declared == name or name.startswith(f"{declared}/") or declared.startswith(f"{name}/")


def _pattern(name: str, text: str) -> bool:
    if HOLE not in name:
        return False
    parts = [re.escape(part) for part in name.split(HOLE)]
    return re.fullmatch("[^/]*".join(parts) + "(?:/.*)?", text) is not None


def score(
    repo: Repository, stages: list[Step], rows: Iterable[DataAccess], jobs: Mapping[str, set[str]], verbose: bool
) -> Score:
    by_stage = {step.name: [row for row in rows if row.job in jobs[step.name]] for step in stages}
    total = Score()
    for step in stages:
        mine = by_stage[step.name]
        for access, wanted in ((Access.READ, step.reads), (Access.WRITE, step.writes)):
            names = {row.name for row in mine if row.access is access}
            for path in wanted:
                is_found = any(meets(path, name) for name in names)
                total += Score(found=is_found, declared=1)
                if verbose and not is_found:
                    script = step.entries[0].script if step.entries else "-"
                    print(f"    missed {repo.name} {step.name} {access.value} {path} ({script})")
        sites: dict[tuple[str, int, str], bool] = {}
        for row in mine:
            place = (row.path, row.line, row.call)
            is_open = row.resolution in {Resolution.UNRESOLVED, Resolution.PARAMETER}
            sites[place] = sites.get(place, True) and is_open
            if verbose and is_open:
                print(f"    unresolved {repo.name} {row.path}:{row.line} {row.call}: {row.why}")
        total += Score(unresolved=sum(sites.values()), sites=len(sites))
    meant = _edges({step.name: (step.reads, step.writes) for step in stages})
    seen = _edges({
        name: (
            tuple({row.name for row in mine if row.access is Access.READ and _is_data(repo, row.name)}),
            tuple({row.name for row in mine if row.access is Access.WRITE and _is_data(repo, row.name)}),
        )
        for name, mine in by_stage.items()
    }, _linked)  # fmt: skip
    return total + Score(right=len(meant & seen), seen=len(seen), meant=len(meant))


def _linked(written: str, read: str) -> bool:
    """As the graph of data links what was observed."""
    return written == read or any(
        part.startswith(f"{whole}/") or (HOLE not in part and is_part_of(part, whole))
        for whole, part in ((written, read), (read, written))
    )


def _edges(
    stages: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]], is_same: Callable[[str, str], bool] = meets
) -> set[tuple[str, str]]:
    return {
        (one, other)
        for one, (_, writes) in stages.items()
        for other, (reads, _) in stages.items()
        if one != other and any(is_same(written, read) for written in writes for read in reads)
    }


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    totals: Counter[str] = Counter()
    scores = {"with command line": Score(), "code only": Score()}
    print("| repository | commit | stages | with command line | code only |\n|---|---|---|---|---|")
    for git_dir in arguments:
        if git_dir in {"-v", "-c"}:
            continue
        repo = repository(git_dir)
        if "dvc.yaml" not in repo.texts:
            continue
        stages = [step for step in steps(repo) if step.entries]
        if not stages:
            continue
        entries = [entry for step in stages for entry in step.entries]
        before = time.process_time()
        rows = observed(repo.sources, repo.paths, repo.texts.get, entries)
        middle = time.process_time()
        bare = observed(repo.sources, repo.paths, repo.texts.get, _without_words(entries))
        totals.update({"files": len(repo.sources), "ms": int(1_000_000 * (middle - before)), "stages": len(stages)})
        named = {step.name: {step.name} for step in stages}
        alone = {step.name: {entry.script for entry in step.entries} for step in stages}
        mine = {
            "with command line": score(repo, stages, rows, named, verbose),
            "code only": score(repo, stages, bare, alone, "-c" in arguments),
        }
        scores = {name: scores[name] + mine[name] for name in scores}
        cells = [f"{one.found}/{one.declared}, {one.unresolved}/{one.sites} unresolved" for one in mine.values()]
        print(f"| {repo.name} | {repo.commit[:10]} | {len(stages)} | {' | '.join(cells)} |", flush=True)
    seconds = totals["ms"] / 1_000_000
    print(
        f"\n{totals['files']} files in {seconds:.2f} s: {totals['files'] / max(seconds, 1e-6):.0f} files/s; "
        f"{totals['stages']} stages"
    )
    for name, one in scores.items():
        print(
            f"{name}: recall {one.found}/{one.declared} = {_share(one.found, one.declared)}, "
            f"unresolved {one.unresolved}/{one.sites} = {_share(one.unresolved, one.sites)}, "
            f"stage graph P {one.right}/{one.seen} = {_share(one.right, one.seen)}, "
            f"R {one.right}/{one.meant} = {_share(one.right, one.meant)}"
        )
    return 0


def _without_words(entries: Iterable[Entry]) -> list[Entry]:
    """As where nothing but the code is known: a script, run from the root."""
    return [Entry(entry.script, None, "", "", entry.function) for entry in entries if entry.function]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
