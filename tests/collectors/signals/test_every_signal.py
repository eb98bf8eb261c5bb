"""Laws that every signal obeys, whatever the facts."""

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.branches import Branches, BranchKind, Merges
from collectors.facts.change_requests import ChangeRequests, OpenRequest, OpenRequests
from collectors.facts.changes import Change, Changes
from collectors.facts.data_graph import Lineage, lineage
from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import EarlierFiles, FileKind, Files, Place
from collectors.facts.introductions import Introduction, Introductions, Novelty
from collectors.facts.issues import Issue, Issues
from collectors.facts.lineage import HOLE, Access, DataAccess, NodeKind, Origin, Resolution
from collectors.facts.metrics import MetricChange, MetricChanges, Moved
from collectors.facts.practice_names import PRACTICES
from collectors.facts.practices import Practices, Witness
from collectors.readers.declarations import read_settings_file
from collectors.registry import SignalFunction, discover
from scoring.signal import Measurement
from tests.builders import at, branch, change, file, merge
from tests.collectors.signals.accesses import access, pipeline
from tests.tracker_by_hand import reply, request

SIGNALS = discover()
SHOWN_IN_FULL = {
    *("abandoned_branches", "algorithm_introduction_days", "algorithm_introduction_files", "change_coupling"),
    *("config_to_code_ratio", "merge_lead_time", "ml_code_share", "self_admitted_debt_flow"),
    *("blast_radius", "closure_completeness", "correction_cascades", "data_closure", "feature_fan_in"),
    *("feedback_loops", "off_pipeline_io", "pipeline_shape", "several_writers"),
    *("change_request_review_duration", "debt_issues_flow", "measured_change_requests", "open_change_requests"),
    *("reviewed_settings_requests", "time_to_first_response"),
}
"""Those that the many facts below give more than twenty rows."""
ABOUT_PEOPLE = {"bridge_share", "contributor_absence_factor", "newcomer_ramp", "newcomer_retention", "truck_factor"}
ABOUT_REQUESTS = {"change_request_review_duration", "newcomer_merged_requests", "time_to_first_response"}

days = st.integers(-900, 10)
paths = st.sampled_from(
    ["a.py", "b/c.py", "b/d.ipynb", "k.cu", "README.md", "pyproject.toml", "b\\xff.py", "new\nline.r", "conf/a.yaml"]
)
files = st.lists(
    st.builds(
        file,
        paths,
        st.integers(0, 400),
        kind=st.sampled_from(FileKind),
        place=st.sampled_from(Place),
        language=st.sampled_from(["Python", "R", "C++", "Shell", None]),
        notes=st.lists(st.sampled_from(["TODO a", "HACK b"]), max_size=2),
        setup_steps=st.none() | st.integers(0, 9),
        unread=st.none() | st.just("not JSON"),
    ),
    unique_by=lambda row: row.path,
    max_size=8,
).map(lambda rows: tuple(sorted(rows)))
changes = st.lists(
    st.builds(
        lambda person, names, day, status, is_bot: change(person, *names, day=day, status=status, is_bot=is_bot),
        st.integers(1, 8),
        st.lists(paths, unique=True, max_size=4),
        days,
        st.sampled_from("AMMMD"),
        st.booleans(),
    ),
    max_size=40,
).map(tuple)
branches = st.lists(
    st.builds(
        branch,
        st.text(max_size=5),
        last=days,
        first=st.none() | days,
        ahead=st.integers(0, 3),
        kind=st.sampled_from(BranchKind),
        squashed=st.none() | days,
        is_release=st.booleans(),
    ),
    max_size=6,
).map(tuple)
merges = st.lists(st.builds(merge, days, took=st.integers(-5, 90)), max_size=6).map(tuple)
introductions = st.lists(
    st.builds(
        lambda day, count: Introduction(
            "e" * 40, at(day), ("xgboost",), Novelty.FRAMEWORK, count + 1, count, count / 2
        ),
        days,
        st.integers(0, 9),
    ),
    max_size=4,
).map(tuple)
DECLARED = {
    "conf/a.yaml": "_base_: b.yaml\nrate: 0.1\ndepth: 3\nurl: https://x.example/a.csv\n",
    "conf/b.yaml": "rate: 0.2\ndepth: 3\nwidth: 8\n",
    "Dockerfile": "FROM python:3.11\nFROM redis\nCMD python train.py\n",
    "requirements.txt": "numpy\npandas==2.1\nx @ git+https://x.example/x@main\n",
    "pyproject.toml": "[project]\nname = 'x'\n",
    "dvc.yaml": "stages:\n  fit:\n    cmd: papermill b/d.ipynb out.ipynb\n    deps: [a.csv, b.csv]\n    outs: [m]\n",
    "a.csv.dvc": "outs:\n- md5: a\n  path: a.csv\n",
    "conf/broken.yaml": "a: [",
}
declared = st.sets(st.sampled_from(sorted(DECLARED))).map(
    lambda names: declarations(
        [
            Declared(name, summary)
            for name in names
            if (summary := read_settings_file(name, DECLARED[name].encode())) is not None
        ],
        names,
    )
)
testimonies = st.builds(
    Witness,
    st.sampled_from(sorted(PRACTICES)),
    paths,
    st.none() | st.integers(1, 9),
    st.text(max_size=9),
    st.booleans(),
)
metric_changes = st.lists(
    st.builds(
        lambda day, before, after: MetricChange(
            f"{at(day):040x}", at(day), (Moved("metrics.json", "accuracy", before, after),)
        ),
        days,
        st.floats(0, 1),
        st.floats(0, 1),
    ),
    max_size=5,
).map(tuple)
accesses = st.lists(
    st.builds(
        DataAccess,
        st.sampled_from(Access),
        st.sampled_from(["", "a.csv", "b/c.csv", "b", f"b/{HOLE}.csv", "m.pkl", "n.pt", "a.py", "p.yaml", "s3://x/y"]),
        st.sampled_from(NodeKind),
        st.sampled_from(Origin),
        paths,
        st.integers(1, 4),
        st.sampled_from(Resolution),
        st.sampled_from(["open", "deps"]),
        st.sampled_from(["", "fit", "evaluate", "serve"]),
        version=st.sampled_from(["", "md5:0"]),
        why=st.sampled_from(["", "it is an argument"]),
    ),
    max_size=20,
)
moments = days.map(at)
requests = st.lists(
    st.builds(
        lambda number, created, author, replies, files, flags: request(
            number,
            created,
            *(reply(*one) for one in sorted(replies)),
            author=author,
            files=files,
            merged=created + 5 if flags[0] else None,
            closed=created + 5 if flags[1] else None,
            is_bot=flags[2],
            looked=flags[3],
            tells_metrics=flags[4],
        ),
        st.integers(1, 99),
        days,
        st.integers(0, 8),
        st.lists(st.tuples(days, st.integers(0, 8)), max_size=3),
        st.none() | st.lists(paths, max_size=3),
        st.lists(st.booleans(), min_size=5, max_size=5),
    ),
    max_size=30,
).map(tuple)
open_requests = st.lists(st.builds(OpenRequest, st.text(max_size=5), moments, st.booleans()), max_size=6).map(tuple)
issues = st.lists(
    st.builds(Issue, st.integers(1, 99), moments, st.none() | moments, st.booleans(), st.just(()) | st.just(("debt",))),
    max_size=9,
).map(tuple)
facts = st.tuples(
    st.builds(Changes, changes, st.just(at(0))),
    st.builds(Files, files, st.just("a" * 40), st.just(at(0))),
    st.builds(EarlierFiles, files, st.just("b" * 40), st.just(at(-90))),
    st.builds(Branches, branches, st.just(at(0))),
    st.builds(Merges, merges, st.just(at(0))),
    st.builds(Introductions, introductions, st.just(at(-900)), st.just(at(0))),
    declared,
    st.builds(Practices, st.lists(testimonies, max_size=30).map(tuple), st.booleans(), st.just(3), st.integers(3, 9)),
    st.builds(MetricChanges, metric_changes, st.just(at(0))),
    st.builds(lineage, accesses, exhausted=st.lists(paths, max_size=1)),
    st.builds(ChangeRequests, requests, st.just(at(0)), st.booleans()),
    st.builds(OpenRequests, open_requests, st.just(at(0)), st.booleans()),
    st.builds(Issues, issues, st.just(at(0))),
)
NOTHING = (
    Changes(),
    Files(),
    EarlierFiles(),
    Branches(),
    Merges(),
    Introductions(),
    Declarations(),
    Practices(),
    MetricChanges(),
    Lineage(),
    ChangeRequests(),
    OpenRequests(),
    Issues(),
)


def measured(signal: SignalFunction, seen: Iterable[object]) -> Measurement:
    by_type = {type(fact): fact for fact in seen}
    return signal(*(by_type[need] for need in signal.needs))


@pytest.mark.parametrize("signal", SIGNALS, ids=[signal.definition.name for signal in SIGNALS])
def test_at_most_twenty_rows_are_shown(signal: SignalFunction):
    many = [f"b{i}/{name}" for i in range(25) for name in ("a.py", "k.cu", "n.ipynb", "c.yaml")]
    rows = [change(i % 7, *many[i : i + 4], day=-i, status="A") for i in range(0, 100, 4)] * 6
    rows += [change(1, *(f"src/fit{i}.py" for i in range(25)))]
    kinds = {"c.yaml": FileKind.CONFIGURATION}
    jungle = [
        row
        for i in range(25)
        for row in (
            *(f"fit{i} < d{i}.csv", f"fit{i} > m{i}.pkl", f"use{i} < m{i}.pkl", f"use{i} > d{i}.csv"),
            *(f"fit{i} < m{i + 1}.pkl", f"fit{i} < ?", f"also{i} > d{i}.csv"),
        )
    ]
    by_hand = [access("- < e.csv", path=path) for path in many]
    found = measured(
        signal,
        (
            Changes(tuple(rows), at(0)),
            Files(
                tuple(
                    file(
                        path,
                        kind=kinds.get(path.partition("/")[2], FileKind.CODE),
                        place=Place.CONFIGURATION if path.endswith("c.yaml") else Place.ML_CODE,
                        notes=["TODO a"],
                    )
                    for path in sorted(many)
                )
            ),
            EarlierFiles((file("old.py"),)),
            Branches(tuple(branch(f"exp/{i}", last=-i * 5, first=-200) for i in range(60)), at(0)),
            Merges(tuple(merge(-i) for i in range(25)), at(0)),
            Introductions(
                tuple(Introduction("e" * 40, at(-i), ("x",), Novelty.FRAMEWORK, 2, 1, 1.0, 2) for i in range(25)),
                at(-900),
            ),
            MetricChanges(),
            declarations(
                [
                    Declared(path, summary)
                    for path in many
                    if path.endswith("c.yaml")
                    and (summary := read_settings_file(path, f"a: 1\nb: 2\nc: {path}\n".encode())) is not None
                ],
                many,
            ),
            Practices(
                tuple(Witness(name, "a.py", line, "", is_used=False) for name in PRACTICES for line in range(1, 26))
            ),
            pipeline(*jungle, *by_hand),
            ChangeRequests(
                tuple(
                    request(n, -n, *([reply(1 - n, n % 7 + 1, review=True)] if n % 2 else []), author=n % 7, **done)
                    for n in range(1, 101)
                    for done in [{"merged": 2 - n, "files": ["b1/c.yaml", "b1/a.py"]} if n % 4 else {"merged": None}]
                ),
                at(0),
            ),
            OpenRequests(tuple(OpenRequest(f"pull/{n}", at(-n)) for n in range(25)), at(0)),
            Issues(tuple(Issue(n, at(-n), labels=("debt",)) for n in range(25)), at(0)),
        ),
    )
    assert len(found.evidence) <= 20
    if signal.definition.name in SHOWN_IN_FULL:
        assert len(found.evidence) == 20


def renumbered(fact: object) -> object:
    def other(person: int) -> int:
        return 1000 - 7 * person if person else 0

    if isinstance(fact, ChangeRequests):
        requests = [
            row._replace(
                author=other(row.author), replies=tuple(r._replace(person=other(r.person)) for r in row.replies)
            )
            for row in fact
        ]
        return replace(fact, rows=tuple(requests))
    if not isinstance(fact, Changes):
        return fact
    history = fact
    rows: list[Change] = [
        row._replace(author=other(row.author), coauthors=tuple(map(other, row.coauthors))) for row in history
    ]
    return Changes(tuple(rows), history.as_of)


@given(facts)
def test_no_facts_break_a_signal_and_every_number_is_one(seen: tuple[Any, ...]):
    for signal in SIGNALS:
        found = measured(signal, seen)
        numbers = [found.value, *(number for _, number in found.details), *(row.number for row in found.evidence)]
        assert all(isfinite(number) for number in numbers if number is not None)
        assert found.value is None or signal.definition.unit.endswith(" net") or found.value >= 0
        assert found.value is None or found.n is not None
        assert len(found.evidence) <= 20
        assert found.seen <= found.total


@given(facts)
def test_how_people_are_numbered_changes_nothing(seen: tuple[Any, ...]):
    other = tuple(renumbered(fact) for fact in seen)
    for signal in SIGNALS:
        assert measured(signal, seen) == measured(signal, other)


def by_four(fact: object) -> object:
    """Requests of four people, and the replies of others left out."""
    if not isinstance(fact, ChangeRequests):
        return fact
    rows = (row for row in fact if row.author <= 4)
    return replace(
        fact,
        rows=tuple(row._replace(replies=tuple(one for one in row.replies if one.person <= 4)) for row in rows),
    )


@given(facts)
def test_four_people_are_never_shown(seen: tuple[Any, ...]):
    four = seen[0].only(lambda row: row.author <= 4)
    for signal in SIGNALS:
        if signal.definition.name in ABOUT_PEOPLE | ABOUT_REQUESTS:
            found = measured(signal, (four, *map(by_four, seen[1:])))
            assert (found.value, found.evidence, found.details) == (None, (), ())


@pytest.mark.parametrize("signal", SIGNALS, ids=[signal.definition.name for signal in SIGNALS])
def test_nothing_seen_is_unknown_not_good(signal: SignalFunction):
    found = measured(signal, NOTHING)
    assert found.value is None


def test_every_signal_about_people_is_known_here():
    said = {signal.definition.name for signal in SIGNALS if signal.definition.unit in ("people", "share of newcomers")}
    assert said < ABOUT_PEOPLE
    about = {signal.definition.name for signal in SIGNALS if signal.definition.about_people}
    assert about == ABOUT_PEOPLE | ABOUT_REQUESTS
