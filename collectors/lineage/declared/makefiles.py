"""Targets of Makefiles that are data, what they are made from, and what their recipes run.

Source: https://www.gnu.org/software/make/manual/make.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collectors.facts.lineage import HOLE, Access
from collectors.lineage.declared.commands import entries
from collectors.lineage.declared.ml_project import access, job_at
from collectors.lineage.declared.rows import Doubt, DoubtKind, Row, Tree

_VARIABLE = re.compile(r"(?:export[ \t]++|override[ \t]++)?([\w.-]++)[ \t]*+(?:::?:?|\?|\+)?=[ \t]*+(.*)")
_TARGET = re.compile(r"([^\s#:=][^#:=\t]{0,300}?)[ \t]*::?(?!=)([^#]*)")
_USE = re.compile(r"\$\$|\$\(([^$(){}]*)\)|\$\{([^$(){}]*)\}|\$([@<^+?*%])")
_DATA = re.compile(
    r"\.(?:csv|tsv|parquet|feather|arrow|jsonl?|ndjson|xlsx?|pkl|pickle|joblib|h5|hdf5|npy|npz|pt|pth|ckpt|onnx|bin|zip|gz|bz2"
    r"|xz|tar|tgz|db|sqlite|duckdb|avro|orc|rds|rdata|dta|sav|geojson|shp|tif|tiff|nc|zarr|png|svg|bam|fastq|fasta|vcf|bed"
    r"|safetensors|model|vec|spacy|conll\w?|xml|dat|data)$",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"(?:^|/)(?:data|datasets?|models?|raw|interim|processed|features|results|reports)(?:/|$)")
_LINES, _MOST_VARIABLES, _LONGEST, _PASSES = 20_000, 500, 4_000, 4


@dataclass
class _Rule:
    targets: list[str]
    needs: list[str]
    line: int
    recipe: list[tuple[int, str]] = field(default_factory=list)


def makefile(tree: Tree, path: str) -> Iterator[Row]:
    variables: dict[str, str] = {}
    rules: list[_Rule] = []
    for line, row in _rows(tree.read(path) or ""):
        if row.startswith("\t"):
            if rules:
                rules[-1].recipe.append((line, row.strip().lstrip("@-+ ")))
        elif found := _VARIABLE.fullmatch(row.strip()):
            if len(variables) < _MOST_VARIABLES:
                variables[found[1]] = found[2].partition(" #")[0].strip()[:_LONGEST]
        elif (found := _TARGET.match(row)) and not row.startswith("."):
            needs, _, recipe = found[2].partition(";")
            words = _expanded(needs.replace("|", " "), variables).split()
            rules.append(_Rule(_expanded(found[1], variables).split(), words, line))
            rules[-1].recipe += [(line, recipe.strip())] if recipe.strip() else []
    for rule in rules:
        yield from _of_rule(tree, path, rule, variables)


def _of_rule(tree: Tree, path: str, rule: _Rule, variables: dict[str, str]) -> Iterator[Row]:
    if not rule.targets:
        return
    job = job_at(path, rule.targets[0][:200])
    made = [target for target in rule.targets if _is_data(target)]
    has_data = bool(rule.recipe) and any(map(_is_data, [*rule.targets, *rule.needs]))
    if rule.recipe:
        for way, names, call in ((Access.WRITE, made, "target"), (Access.READ, rule.needs, "prerequisites")):
            for name in names[:200]:
                if _is_data(name):
                    yield from access(tree, job, way, name.replace("%", HOLE), rule.line, call)
    automatic = {"@": rule.targets[0], "<": rule.needs[0] if rule.needs else "", "*": HOLE}
    automatic |= dict.fromkeys("^+?", " ".join(rule.needs))
    for line, text in rule.recipe:
        for row in entries(tree, _expanded(text, variables | automatic).replace("%", HOLE), job, line):
            if has_data or not isinstance(row, Doubt) or row.kind is DoubtKind.MISSING:
                yield row


def _is_data(name: str) -> bool:
    if name.startswith(("-", ".")) and not name.startswith(("./", "../")):
        return False
    return _DATA.search(name) is not None or ("/" in name and _FOLDER.search(name) is not None)


def _expanded(text: str, variables: dict[str, str]) -> str:
    """Variables filled in; functions, and what nothing names, are holes."""

    def one(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        name = match[1] or match[2] or match[3] or ""
        return variables.get(name, HOLE)[:_LONGEST]

    for _ in range(_PASSES):
        if "$" not in text:
            break
        text = _USE.sub(one, text)[:_LONGEST]
    return text


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Lines, those that end with a backslash joined with the next."""
    held, start = "", 0
    for line, row in enumerate(text.split("\n")[:_LINES], 1):
        start = start if held else line
        if row.endswith("\\") and len(held) < _LONGEST:
            held += row[:-1] + " "
            continue
        yield start, held + row.lstrip() if held else row
        held = ""
    if held:
        yield start, held
