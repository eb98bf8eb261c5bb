"""The graph of data."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.data_graph import Lineage, Node, lineage
from collectors.facts.data_names import is_part_of
from collectors.facts.lineage import Access, DataAccess, NodeKind, Origin, Resolution
from tests.collectors.signals.accesses import pipeline


def seen(
    way: str,
    name: str,
    job: str = "",
    *,
    line: int = 1,
    origin: Origin = Origin.OBSERVED,
    resolution: Resolution = Resolution.RESOLVED,
    version: str = "",
) -> DataAccess:
    access = Access.READ if way == "<" else Access.WRITE
    path = f"{job or 'lib'}.py"
    return DataAccess(access, name, NodeKind.DATASET, origin, path, line, resolution, "open", job, version=version)


def steps(*rows: str) -> Lineage:
    """Each "job < data" or "job > data"."""
    parts = (row.split() for row in rows)
    return lineage(seen(way, name, job, line=at) for at, (job, way, name) in enumerate(parts, 1))


CHAIN = steps("clean < raw.csv", "clean > clean.csv", "fit < clean.csv", "fit < params.yaml", "fit > model.pkl")


def test_everything_that_something_rests_on() -> None:
    assert CHAIN.upstream("model.pkl") == {"clean.csv", "params.yaml", "raw.csv"}
    assert CHAIN.downstream("raw.csv") == {"clean.csv", "model.pkl"}
    assert CHAIN.upstream("raw.csv") == CHAIN.upstream("nobody.csv") == frozenset()
    assert (CHAIN.roots, CHAIN.ends) == (("params.yaml", "raw.csv"), ("model.pkl",))
    assert (CHAIN.jobs, len(CHAIN.data), CHAIN.loops) == (("clean", "fit"), 4, ())


def test_who_reads_and_writes() -> None:
    assert [row.job for row in CHAIN.readers("clean.csv")] == ["fit"]
    assert [row.job for row in CHAIN.writers("clean.csv")] == ["clean"]


def test_a_loop_is_upstream_of_itself() -> None:
    loop = steps("serve < model.pkl", "serve > clicks.csv", "fit < clicks.csv", "fit > model.pkl")
    assert loop.upstream("model.pkl") == {"model.pkl", "clicks.csv"}
    assert loop.loops == (
        (Node("clicks.csv"), Node("fit", is_job=True), Node("model.pkl"), Node("serve", is_job=True)),
    )


def test_a_folder_that_is_written_feeds_who_reads_its_files() -> None:
    found = steps("split < raw.csv", "split > data", "fit < data/train.csv", "fit > model.pkl")
    assert found.upstream("model.pkl") == {"raw.csv", "data", "data/train.csv"}
    assert found.loops == ()


def test_files_feed_who_reads_their_folder() -> None:
    found = steps("split < raw.csv", "split > data/train.csv", "fit < data", "fit > model.pkl")
    assert found.upstream("model.pkl") == {"raw.csv", "data", "data/train.csv"}


def test_a_folder_and_its_files_written_by_one_job_make_no_circle() -> None:
    found = steps("split > data", "split > data/train.csv", "fit < data", "fit < data/train.csv", "fit > data/out.csv")
    assert found.loops == ()
    assert found.upstream("data/out.csv") == {"data", "data/train.csv"}


def test_a_name_with_holes_stands_for_those_that_fit() -> None:
    found = steps("split > data/fold_1.csv", "fit < data/fold_◌.csv", "fit > model.pkl")
    assert found.upstream("model.pkl") == {"data/fold_◌.csv", "data/fold_1.csv"}
    assert is_part_of("data/fold_1.csv", "data/fold_◌.csv")
    assert not is_part_of("data/a/fold_1.csv", "data/◌.csv")
    assert not is_part_of("data", "data")
    assert steps("fit < ◌", "split > a.csv").upstream("◌") == frozenset()  # would stand for everything


def test_places_are_counted_once_whoever_runs_them() -> None:
    rows = [
        seen("<", "a.csv", "one", line=3)._replace(path="io.py"),
        seen("<", "b.csv", "two", line=3)._replace(path="io.py"),
        seen("<", "", line=4, resolution=Resolution.UNRESOLVED),
        seen("<", "", line=5, resolution=Resolution.PARAMETER),
        seen("<", "x/◌", line=6, resolution=Resolution.TEMPLATE),
        seen(">", "c.csv", "one", line=9, origin=Origin.DECLARED),
    ]
    found = lineage(rows)
    assert (len(found.sites), found.named_sites, found.callers_business) == (3, 1, 1)


def test_what_a_query_reads_comes_to_whoever_reads_the_query() -> None:
    query = seen("<", "sql://◌/orders", line=9)._replace(path="sql/sales.sql", call="from")
    found = lineage([query, *steps("collect < sql/sales.sql", "collect > sales.csv", "fit < fit.py", "fit.py < a.csv")])
    assert found.upstream("sales.csv") == {"sql/sales.sql", "sql://◌/orders"}
    assert found.queries == ("sql/sales.sql",)


def test_pinned_by_any_access() -> None:
    found = lineage([seen("<", "a.csv", "fit"), seen(">", "a.csv", "import", version="md5:0"), seen("<", "b.csv")])
    assert found.pinned == {"a.csv"}
    assert lineage(found, pins={"b.csv": "rev:1"}).versions == {"a.csv": "md5:0", "b.csv": "rev:1"}
    assert lineage(found, pins={"b.csv": "md5:1"}).pinned == {"a.csv", "b.csv"}


NAMES = st.sampled_from(["a", "a/b", "a/b/c", "a/◌", "d.csv", "◌/c", "s3://x/y"])
ROWS = st.lists(st.tuples(st.sampled_from("<>"), NAMES, st.sampled_from(["j", "k", "l"])), max_size=12)


@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter_and_up_is_the_reverse_of_down(
    rows: list[tuple[str, str, str]], dice: Random
) -> None:
    first = lineage(seen(*row) for row in rows)
    dice.shuffle(rows)
    assert lineage(seen(*row) for row in rows) == first
    for one in first.data:
        for other in first.data:
            if one != other:
                assert (one in first.upstream(other)) == (other in first.downstream(one))
    assert set(first.roots) <= set(first.data)


LOWER = "What is shown is a lower bound."
HOLED = (
    "1 of 3 places that read or write data name it in full, 1 more but for a part that is put together while it runs."
)
DECLARED = "Only declarations of pipelines tell of data: no call in the code was seen to read or write any."
ONE = "1 of 1 place that reads or writes data names it in full."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((), "No place in the code was seen to read or write data by a known call."),
        (("a <= x.csv",), DECLARED),
        (("a < x.csv",), ONE),
        (("a < x.csv", "a < d/◌.csv", "a < ?"), f"{HOLED} {LOWER}"),
        (("a < x.csv", "a < !"), f"{ONE} 1 place takes what callers hand over."),
        (("- < !", "- > !"), "2 places take what callers hand over: which data that is, is their business."),
    ],
)
def test_how_sure_one_can_be_in_words(rows: tuple[str, ...], said: str) -> None:
    assert pipeline(*rows).how_sure == said
