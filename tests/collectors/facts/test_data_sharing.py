"""Repositories that meet in data."""

import pytest

from collectors.facts.data_sharing import shared
from collectors.facts.lineage import NodeKind
from tests.collectors.signals.accesses import access, pipeline

WRITER = pipeline("score > s3://shop/scores/daily.parquet")


def test_who_reads_what_another_repository_writes() -> None:
    found = shared({"forecast": WRITER, "mails": pipeline("send < s3://shop/scores/daily.parquet")})
    assert [(one.name, one.writer, one.reader, one.is_declared) for one in found] == [
        ("s3://shop/scores/daily.parquet", "forecast", "mails", False)
    ]
    assert (found[0].written.path, found[0].read.path) == ("src/score.py", "src/send.py")


@pytest.mark.parametrize("name", ["s3://shop/scores", "s3://shop/scores/", "s3://shop/scores/daily.parquet/part-0"])
def test_parts_and_wholes_meet(name: str) -> None:
    assert len(shared({"a": WRITER, "b": pipeline(f"send < {name}")})) == 1


@pytest.mark.parametrize(
    "name", ["s3://shop", "s3://shop/other.parquet", "scores/daily.parquet", "s3://shop/◌.parquet"]
)
def test_buckets_paths_and_names_with_holes_do_not(name: str) -> None:
    assert shared({"a": WRITER, "b": pipeline(f"send < {name}")}) == ()


def test_one_repository_does_not_meet_itself_and_two_writers_are_two() -> None:
    read = "send < s3://shop/scores/daily.parquet"
    assert shared({"a": pipeline("score > s3://shop/scores/daily.parquet", read)}) == ()
    assert [one.writer for one in shared({"a": WRITER, "b": WRITER, "c": pipeline(read)})] == ["a", "b"]


def test_services_are_no_data() -> None:
    asked = access("send < https://shop.example.org/api/scores")._replace(kind=NodeKind.SERVICE)
    assert shared({"a": pipeline("score > https://shop.example.org/api/scores"), "b": pipeline(asked)}) == ()


def test_a_declared_reader_is_told() -> None:
    rows = ("send < s3://shop/scores/daily.parquet", "send <= s3://shop/scores/daily.parquet")
    (one,) = shared({"a": WRITER, "b": pipeline(*rows)})
    assert one.is_declared
