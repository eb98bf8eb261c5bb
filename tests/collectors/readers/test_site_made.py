"""Columns that code computes."""

import ast
from itertools import islice

import pytest

from collectors.facts.lineage import HOLE
from collectors.facts.sites import SiteKind
from collectors.readers.site_made import first_nodes
from tests.collectors.readers.sites_by_hand import sites

MADE, ALONE = SiteKind.COLUMN_MADE, SiteKind.COLUMN_ALONE
TABLE = "rows = rows.dropna()\n"
SERVICE = "from fastapi import FastAPI\ndef ask(q):\n"


def made(text: str) -> list[str]:
    return [site.detail for site in sites(text, MADE)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('rows["age_squared"] = rows["age"] ** 2', "age_squared"),
        ('rows["region"] = rows["store"].map(REGIONS)', "region"),
        ('rows[f"lag_{n}"] = rows["sold"].shift(n)', f"lag_{HOLE}"),
        ('rows["is_old"] = rows["age"] > 60', "is_old"),
    ],
)
def test_a_column_of_a_table_that_is_computed(line: str, name: str) -> None:
    assert made(TABLE + line) == [name]


@pytest.mark.parametrize(
    "line",
    [
        'rows["age"] = age',
        'rows["age"] = row["age"]',
        'rows["age"] = float(row.age)',
        "rows[n] = rows.a + 1",
        'rows["a b"] = rows.a + 1',
        'other["age_squared"] = age ** 2',  # perhaps a dictionary
        'rows["symbol"] = symbol.upper()',
    ],
)
def test_what_is_handed_on_or_no_column(line: str) -> None:
    assert made(TABLE + line) == []


def test_a_column_is_alone_where_its_file_never_names_it_again() -> None:
    text = TABLE + 'rows["one"] = rows.a + 1\nrows["two"] = rows.a + 1\nuse("two")\nrows[f"x_{n}"] = rows.a + 1\n'
    (site,) = sites(text, ALONE)
    assert (site.detail, site.line, site.snippet) == ("one", 2, 'rows["one"] = rows.a + 1')


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('    return {"mean_28": sum(q.sold) / 28}', "mean_28"),
        ('    return {f"lag_{n}": q.sold[-n] for n in (7, 14)}', f"lag_{HOLE}"),
        ('    row["mean_28"] = sum(q.sold) / 28', "mean_28"),
    ],
)
def test_a_service_puts_features_together_by_hand(line: str, name: str) -> None:
    assert made(SERVICE + line) == [name]
    assert made(line.strip().replace("return ", "x = ")) == []


@pytest.mark.parametrize(
    "line", ['    return {"age": q.age}', '    return {"age": float(q["age"])}', "    return {n: q.a + 1}"]
)
def test_a_service_that_hands_on_computes_nothing(line: str) -> None:
    assert made(SERVICE + line) == []


@pytest.mark.parametrize("times", [1, 40, 900])
def test_the_first_nodes_are_those_of_a_walk_level_by_level(times: int) -> None:
    text = (
        "async def f(*a, b=None, **c):\n"
        + "    global g\n    x[1:2] = {**k, 'a': -b if b else not c}; await f(f'{a!r}')\n" * times
    )
    tree = ast.parse(text)
    walked = list(islice(ast.walk(tree), 4001))
    assert list(map(id, first_nodes(tree))) == list(map(id, walked))
