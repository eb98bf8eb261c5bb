"""Repositories that meet in data."""

import pytest

from collectors.facts.data_sharing import address, shared, sharing
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


@pytest.mark.parametrize(
    ("name", "everywhere"),
    [
        ("s3a://shop/a.parquet", "s3://shop/a.parquet"),
        ("gs://shop/a/", "gs://shop/a"),
        ("postgresql://db.shop.example.org/app#orders", "postgresql://db.shop.example.org/app#orders"),
        ("https://github.com/owner/shop.git:data/a.csv", "https://github.com/owner/shop:data/a.csv"),
        ("https://raw.githubusercontent.com/owner/shop/main/data/a.csv", "https://github.com/owner/shop:data/a.csv"),
        ("https://github.com/owner/shop/raw/main/data/a.csv", "https://github.com/owner/shop:data/a.csv"),
        # each network's or project's own, or not known whole
        *((name, "") for name in ("postgresql://db:5432/app#orders", "postgresql://localhost/app#orders")),
        *((name, "") for name in ("https://127.0.0.1/a.csv", "http://shop.internal/a.csv", "sql://◌/orders")),
        *((name, "") for name in ("dbt://shop/orders", "kedro://shop/orders", "s3://shop", "s3://shop/◌.csv")),
        *((name, "") for name in ("data/a.csv", "/mnt/a.csv", "")),
    ],
)
def test_what_data_is_called_everywhere(name: str, everywhere: str) -> None:
    assert address(name) == everywhere


def test_a_file_is_read_through_the_address_of_its_repository() -> None:
    raw = "send < https://raw.githubusercontent.com/owner/forecast/main/data/scores.csv"
    rows = {"forecast": pipeline("score > data/scores.csv", "score > /mnt/x.csv"), "mails": pipeline(raw)}
    assert shared(rows) == ()
    (one,) = shared(rows, {"forecast": "https://github.com/owner/forecast"})
    assert (one.name, one.writer) == ("https://github.com/owner/forecast:data/scores.csv", "forecast")


def test_how_one_repository_meets_the_others() -> None:
    rows = {
        "forecast": pipeline("score > s3://shop/scores.parquet", "score < s3://shop/orders.parquet"),
        "mails": pipeline("send < s3://shop/scores.parquet"),
        "orders": pipeline("load > s3://shop/orders.parquet", "load > data/x.csv"),
        "alone": pipeline("a < x.csv"),
    }
    mine = sharing("forecast", rows)
    assert (mine.others, mine.addresses) == (3, 1)
    assert [one.reader for one in mine.consumers] == ["mails"]
    assert [one.writer for one in mine.sources] == ["orders"]
    assert sharing("alone", rows) == (3, 0, (), ())
    assert sharing("forecast", {"forecast": rows["forecast"]}) == (0, 1, (), ())
