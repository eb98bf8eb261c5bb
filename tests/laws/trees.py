"""A repository as texts, measured as a scan measures it: facts by the readers, all signals that they allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from collectors.facts.changes import Changes
from collectors.facts.data_graph import Lineage, lineage
from collectors.facts.declarations import Declared, declarations
from collectors.facts.files import EarlierFiles, Files, Summary
from collectors.facts.missing import Missing
from collectors.facts.practices import practices
from collectors.facts.settings import SettingsSummary
from collectors.lineage.declared.everything import declared as pipelines_of
from collectors.lineage.entries import Entry, observed
from collectors.readers.declarations import is_declared_in, read_settings_file
from collectors.readers.notebook import read_notebook
from collectors.readers.python_flows import is_flow
from collectors.readers.reading import file_of, summarise
from collectors.readers.text import decoded
from collectors.registry import discover, measure
from mldebt.example.content import tree_after, woven_files
from scoring.signal import Signal
from tests.builders import START, at, change, history

Texts = Mapping[str, str]
Numbers = dict[str, float | None]
NOT_HERE = Missing("a tree alone is looked at")


@cache
def example() -> Texts:
    """The made-up repository as it stands, its planted debts and its good practices in it."""
    events = frozenset(event for woven in woven_files() for event in woven.events)
    return tree_after({}, frozenset(), events, {})


def signals(texts: Texts, changes: Changes | None = None) -> dict[str, Signal]:
    """Of a tree, and of the history where there is one."""
    rows = files(texts)
    told = declarations(_declared(texts, rows), texts, "a" * 40, START)
    facts: list[object] = [
        rows,
        EarlierFiles(rows.rows, "b" * 40, START),
        told,
        practices(rows, told),
        traced(texts, rows),
    ]
    facts += [] if changes is None else [changes]
    needs = {need for one in discover() for need in one.needs}
    missing = dict.fromkeys(needs - {type(fact) for fact in facts}, NOT_HERE)
    return {signal.name: signal for signal in measure(facts, missing, discover())}


def numbers(texts: Texts, changes: Changes | None = None) -> Numbers:
    return {name: signal.measurement.value for name, signal in signals(texts, changes).items()}


def lived(texts: Iterable[str]) -> Changes:
    """A history of three people in which every file was written once and changed now and then."""
    paths = sorted(texts)
    rows = [change(1 + n % 3, path, day=-300 + n) for n, path in enumerate(paths)]
    rows += [change(1 + n % 3, *paths[n % 7 :: 11], day=-80 + n) for n in range(60)]
    return history(*rows, day=0)


def files(texts: Texts) -> Files:
    rows = (
        file_of(path, _oid(text), len(text.encode()), "100644", _summary(path, text)) for path, text in texts.items()
    )
    return Files(tuple(sorted(rows)), "a" * 40, at(0))


def traced(texts: Texts, rows: Files) -> Lineage:
    sources = {
        file.path: text if file.path.endswith(".py") else read_notebook(text).source
        for file in rows.python
        if (text := decoded(texts[file.path].encode())) and file.path.endswith((".py", ".ipynb"))
    }
    return _lineage(tuple(sorted(sources.items())), tuple(sorted(texts.items())))


@cache
def _lineage(sources: tuple[tuple[str, str], ...], texts: tuple[tuple[str, str], ...]) -> Lineage:
    of, code = dict(texts), dict(sources)
    flows = [path for path, text in code.items() if path.endswith(".py") and is_flow(text.encode())]
    found = pipelines_of(list(of), of.get, flows)
    entries = [Entry(one.script, one.argv, one.folder, one.job, one.function) for one in found.entries]
    accesses = {*found.accesses, *observed(code, list(of), of.get, entries)}
    return lineage(tuple(sorted(accesses)), "a" * 40, START, (), dict(found.pins))


def _declared(texts: Texts, rows: Files) -> list[Declared]:
    found = ((file.path, _settings(file.path, texts[file.path])) for file in rows if is_declared_in(file))
    return [Declared(path, one) for path, one in found if one is not None]


@cache
def _settings(path: str, text: str) -> SettingsSummary | None:
    return read_settings_file(path, text.encode())


@cache
def _summary(path: str, text: str) -> Summary:
    return summarise(path, text.encode())


@cache
def _oid(text: str) -> str:
    from hashlib import sha1

    return sha1(text.encode(), usedforsecurity=False).hexdigest()
