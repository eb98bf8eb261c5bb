"""What a change does to data: counted, listed, and never an alarm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scoring.report.change import change_json
from scoring.report.change_terminal import change_text
from scoring.report.comment import comment
from scoring.report.data_change import MOST, DataChange
from tests.scoring.report.changes_by_hand import change, cut_in, reads, writes
from tests.scoring.report.test_terminal import printed

SCHEMA = Draft202012Validator(json.loads(Path("schemas/diff-1.json").read_text("utf-8")))
BOTH = DataChange((reads("data/new.csv", line=7), writes("m.pkl")), (reads("data/old.csv"),), (1, 3))


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (DataChange(), ""),
        (DataChange(why="the tree is large", is_compared=False), ""),
        (DataChange((reads("a.csv"),)), "Data: 1 more read."),
        (DataChange((), (writes("a.csv"), writes("b.csv"))), "Data: 2 fewer writes."),
        (BOTH, "Data: 1 more read, 1 more write, 1 fewer read."),
    ],
)
def test_the_sentence(seen: DataChange, sentence: str) -> None:
    assert seen.sentence == sentence


def test_json_is_as_the_schema_says() -> None:
    card = json.loads(change_json(change(data=BOTH)))
    SCHEMA.validate(card)
    assert card["data"]["added"][0] == {
        "source": "data/new.csv",
        "target": "train",
        "access": "read",
        "file": "src/a.py",
        "line": 7,
        "call": "pandas.read_csv",
        "stage": "train",
        "declared": False,
        "observed": True,
        "status": "resolved",
    }
    assert (card["data"]["added"][1]["source"], card["data"]["added"][1]["stage"]) == ("train", None)
    assert card["data"]["unnamed"] == {"before": 1, "after": 3}


def test_json_lists_so_many_and_counts_the_rest() -> None:
    card = json.loads(change_json(change(data=DataChange(tuple(reads(f"{n}.csv") for n in range(MOST + 2))))))
    SCHEMA.validate(card)
    assert (len(card["data"]["added"]), card["data"]["beyond"]) == (MOST, {"added": 2, "lost": 0})


def test_in_the_terminal() -> None:
    _, _, shown = printed(change_text(change(data=BOTH))).partition("\n\n")
    assert shown.splitlines() == [
        "Data: 1 more read, 1 more write, 1 fewer read.",
        "+ data/new.csv  read by train  src/a.py:7  (observed)",
        "+ m.pkl  written by train  src/a.py:1  (observed; nothing starts it)",
        "- data/old.csv  read by train  src/a.py:1  (observed)",
        "Places that do not tell which data: 3; before the change 1.",
    ]
    assert "\x1b" not in printed(change_text(change(data=DataChange((reads("a\x1b[2J.csv"),)))))


def test_a_tree_that_is_not_followed_is_said_in_the_terminal_and_in_no_comment() -> None:
    large = change([cut_in("a.py")], data=DataChange(why="the tree is large", is_compared=False))
    assert "Reads and writes of data are not compared: the tree is large." in printed(change_text(large))
    assert "ata: " not in comment(large)
    card = json.loads(change_json(large))
    SCHEMA.validate(card)
    assert (card["data"]["compared"], card["data"]["why"]) == (False, "the tree is large")


def test_a_comment_tells_of_data_in_one_line_and_only_where_it_speaks_at_all() -> None:
    assert comment(change(data=BOTH)) == ""
    said = comment(change([cut_in("a.py")], data=BOTH)).splitlines()
    assert said.count("Data: 1 more read (`data/new.csv`), 1 more write (`m.pkl`), 1 fewer read (`data/old.csv`).") == 1
    many = comment(change([cut_in("a.py")], data=DataChange(tuple(reads(f"{n}.csv") for n in range(5)))))
    assert "Data: 5 more reads (`0.csv`, `1.csv`, `2.csv` and 2 more)." in many


def test_no_name_of_data_becomes_markup() -> None:
    hostile = "s3://a/`</details>` @ada ![](https://example.org/x.png)"
    said = comment(change([cut_in("a.py")], data=DataChange((reads(hostile),))))
    assert "``s3://a/`</details>` @\u2060ada ![](https://example.org/x.png)``" in said
