"""The table of repositories, read."""

import pytest

from mldebt.evidence.table import Cell, read
from tests.tables_by_hand import row, table, written


def test_it_reads_what_was_written():
    some = table(row("a/b", glue=0.5), row("c/d", "N", glue=0.25, coverage=0.75), row("e/f", ""))
    assert read(written(some)) == some


def test_empty_is_unknown_and_failures_are_counted():
    text = written(table(row("a/b", glue=0.5), row("c/d", "N")))
    found = read(text.replace("measured,0.5", "failed: too large,0.5"))
    assert [one.repository for one in found.rows] == ["c/d"]
    assert (found.rows[0].value("glue"), found.failed) == (None, 1)


def test_a_number_of_which_little_was_seen_is_unknown():
    assert row(glue=0.5, coverage=0.49).value("glue") is None
    assert row(glue=0.5, coverage=0.5).value("glue") == 0.5
    assert row(glue=0.5).cells["glue"] == Cell(0.5, 1)


def test_a_moment_may_be_seconds():
    assert read(written(table(row())).replace("2026-11-01", "1700000000")).until == "2023-11-14"


def test_halves_are_by_name_alone_and_about_equal():
    rows = [row(f"owner/{number}", "YN"[number % 2], number) for number in range(400)]
    held = sum(one.is_held_out for one in rows)
    assert 160 < held < 240
    assert row("Owner/A").is_held_out == row("owner/a", "N", 7, glue=1).is_held_out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("label", "lable", "lacks: label"), ("0.5", "much", "row of a/b"), ("500", "many", "row of a/b")],
)
def test_what_is_no_table_is_refused(old, new, said):
    with pytest.raises(ValueError, match=said):
        read(written(table(row(glue=0.5))).replace(old, new))


def test_a_repository_has_one_row():
    with pytest.raises(ValueError, match="two rows"):
        read(written(table(row("a/b"), row("A/b"))))
