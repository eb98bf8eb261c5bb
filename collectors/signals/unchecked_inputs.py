"""Inputs that go around the data tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collectors.facts.data_graph import Lineage, Node
from collectors.facts.data_steps import Step, is_code, is_settings, is_whole
from collectors.facts.files import Files
from collectors.facts.lineage import NodeKind
from collectors.facts.practices import Practices
from collectors.facts.reach import reached
from collectors.registry import signal
from scoring.debts import Debt
from scoring.signal import MOST_EVIDENCE, SHOW, Evidence, Measurement


@signal(
    debt=Debt.DATA_TESTING_DEBT,
    unit="inputs",
    better="lower",
    status=SHOW,
    says="Of {n} {n:input|inputs} on the way to models here, {value} {value:goes|go} around the jobs that test data.",
)
def unchecked_inputs(lineage: Lineage, practices: Practices, files: Files) -> Measurement:
    """Data that reaches a model through jobs none of which tests data, where other data passes such a job.

    A job tests data where it runs or imports a file that testifies to data tests in use: all that it reads and writes
    then counts as tested. Counted is data where it meets data that passed a test, or where a model is trained on it;
    not the way from its source. Files and folders kept in git are left out: a change of them is a commit that somebody
    reads.

    Why it matters: the column that nobody tests is the one whose change is found in the predictions.
    Pay it off: let the same job test each input: columns, types, ranges, shares of missing values.
    Cannot see: tests in warehouses, tests by hand under other names, and what a test that runs leaves unasked.
    Ask: Which of these inputs changed last without notice, and who saw it first?
    Source: Sculley et al. 2015, section 8 (data testing debt). Breck et al. 2017, The ML Test Score, Data 1,
    https://doi.org/10.1109/BigData.2017.8258038. No published threshold.
    """
    tests = {row.path for row in practices.of("data_tests") if row.is_used}
    checking = [step for step in lineage.steps if step.is_started and _tests(step, tests, files)]
    tested = frozenset[str]().union(*(step.inputs | step.writes for step in checking))
    if not tested:
        return Measurement.unknown("no job here that tests data was seen to name which")
    training = [step for step in lineage.steps if step.is_started and step.trains]
    if not training:
        return Measurement.unknown("no job here was seen to train a model")
    safe = tested.union(*(lineage.downstream(name) for name in tested))
    around = _around(lineage, {step.name for step in checking}, training)
    kept = {folder for path in files.by_path for folder in _and_above(path)}
    met: dict[str, list[str]] = {}
    for step in lineage.steps:
        if step in training or step.reads & safe:
            for name in (step.inputs & around) - safe:
                if name not in kept and _is_input(lineage, name):
                    met.setdefault(name, []).append(step.name)
    return Measurement(
        len(met),
        n=len(met) + len(frozenset().union(*(step.inputs for step in checking))),
        evidence=tuple(
            Evidence(name, "data", None, f"read by {', '.join(sorted(set(jobs))[:3])}, and by no job that tests data")
            for name, jobs in sorted(met.items())[:MOST_EVIDENCE]
        ),
    )


def _tests(step: Step, tests: set[str], files: Files) -> bool:
    code = {row.path for row in step.rows}
    return bool(tests and code) and not tests.isdisjoint(reached(files, code) | code)


def _around(lineage: Lineage, checking: set[str], training: Iterable[Step]) -> frozenset[str]:
    """Data from which a way that passes no test leads to a model."""
    import networkx as nx

    graph = lineage.graph.copy()
    graph.remove_nodes_from([node for node in graph if node.is_job and node.name in checking])
    models = [Node(name) for step in training for name in step.models_written if Node(name) in graph]
    return frozenset(node.name for model in models for node in nx.ancestors(graph, model) if not node.is_job)


def _and_above(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]


def _is_input(lineage: Lineage, name: str) -> bool:
    is_data = lineage.kinds.get(name) is NodeKind.DATASET and not is_code(name) and not is_settings(name)
    return is_data and is_whole(name)
