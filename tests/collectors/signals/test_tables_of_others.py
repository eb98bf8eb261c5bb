"""Tables whose schema belongs to others."""

import pytest

from collectors.facts.data_graph import lineage
from collectors.signals.tables_of_others import tables_of_others
from tests.collectors.signals.accesses import access, pipeline

MODEL = access("m.v2 => dbt://shop/m.v2")._replace(call="model")
STOCK = "stock <= sql://◌/warehouse.stock"


def test_a_table_of_a_schema_that_nothing_here_writes_is_told_with_its_place():
    rows = [access(STOCK, line, path="sql/stock.sql") for line in (7, 9)]
    found = tables_of_others(pipeline(*rows))
    assert (found.value, found.n) == (1, 1)
    (row,) = found.evidence
    assert (row.subject, row.line) == ("sql/stock.sql", 7)
    assert row.note == "reads warehouse.stock; nothing here was seen to write into warehouse, and 1 more place"


@pytest.mark.parametrize(
    "row",
    [
        "load => sql://◌/warehouse.other",
        "load > sql://◌/Warehouse.stock",
        "load => sql://◌/db.warehouse.other",
    ],
)
def test_a_schema_that_is_written_here_is_ours(row: str):
    found = tables_of_others(pipeline(STOCK, row))
    assert (found.value, found.n) == (0, 1)


def test_a_source_of_dbt_is_a_table_of_others_unless_something_here_writes_it():
    found = tables_of_others(pipeline("a <= dbt://shop/raw.orders", "b <= dbt://shop/m.v2", MODEL))
    assert (found.value, found.n) == (1, 1)
    loaded = tables_of_others(pipeline("a <= dbt://shop/raw.orders", "load > dbt://shop/raw.orders"))
    assert (loaded.value, loaded.n) == (0, 1)


@pytest.mark.parametrize(
    "row",
    [
        "stock <= dbt://shop/stock",
        "stock <= sql://◌/stock",
        "stock <= sql://◌/information_schema.tables",
        "stock <= sql://◌/warehouse.st◌ck",
        "stock <= sql://◌/public.$",
        "stock <= sql://◌/features.",
        "stock < sql://◌/warehouse.stock",  # code that hands SQL on
        "stock <= data/warehouse.stock",
    ],
)
def test_what_is_no_table_under_its_schema_and_name_is_not_counted(row: str):
    assert tables_of_others(pipeline(row)).value is None


def test_a_table_of_which_a_file_tells_the_content_is_no_debt():
    pinned = lineage([access(STOCK)], pins={"sql://◌/warehouse.stock": "etag:1"})
    assert tables_of_others(pinned).value == 0
