"""A change in a sentence, as JSON, and in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scoring.report.change import MOST, Change, change_json
from scoring.report.change_terminal import change_text
from tests.scoring.report.changes_by_hand import change, cut_in, path_in
from tests.scoring.report.test_terminal import GOLDEN, printed

SCHEMA = Draft202012Validator(json.loads(Path("schemas/diff-1.json").read_text("utf-8")))


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (change(), "This change adds no finding."),
        (change([path_in("a.py")]), "This change adds 1 local path."),
        (
            change([cut_in("a.py")], [path_in("a.py"), path_in("b.py")]),
            "This change adds 1 cut of the data and pays 2 local paths.",
        ),
        (
            change([path_in("a.py"), cut_in("a.py")], [path_in("b.py", snippet="open('/home/y')")]),
            "This change adds 1 cut of the data and 1 local path, and pays 1 local path.",
        ),
        (change([], [cut_in("a.py")]), "This change adds no finding and pays 1 cut of the data."),
        (change([path_in("accepted.py")]), "This change adds no finding. 1 new finding is accepted."),
    ],
)
def test_the_sentence(seen: Change, sentence: str):
    assert seen.sentence == sentence


def test_json_is_as_the_schema_says():
    seen = change([path_in("a.py", 3), path_in("accepted.py", 7, "'/home/z'")], [cut_in("b.py", 5)])
    card = json.loads(change_json(seen))
    SCHEMA.validate(card)
    assert [row["link"] for name in ("added", "paid") for row in card[name]] == [
        f"https://github.com/owner/name/blob/{'c' * 40}/a.py#L3",
        f"https://github.com/owner/name/blob/{'a' * 40}/b.py#L5",
    ]
    assert card["accepted"][0]["accepted"]["owner"] == "@somebody"
    assert card["left_out"] == [{"rule": "unseeded_randomness", "reason": "it needs the whole tree"}]


def test_json_lists_so_many_and_counts_the_rest():
    card = json.loads(change_json(change([path_in("a.py", line, f"'/home/{line}'") for line in range(1, MOST + 4)])))
    SCHEMA.validate(card)
    assert (len(card["added"]), card["beyond"]["added"]) == (MOST, 3)


def test_in_the_terminal():
    seen = change(
        [cut_in("src/a.py", 12), *(path_in("src/b.py", line, f"'/home/{line}'") for line in range(1, 23))],
        [cut_in("old.py", 5, "nrows=9"), path_in("b\x1b[2J.py", 6)],
    )
    assert printed(change_text(seen)) == (GOLDEN / "change.txt").read_text("utf-8")


def test_one_line_where_nothing_is_new():
    shown = printed(change_text(change([], [cut_in("old.py", 5)])))
    assert " ".join(shown.split()) == (
        "This change adds no finding and pays 1 cut of the data. "
        "(Against aaaaaaaaaa, the merge base of main and topic.)"
    )


def test_what_was_not_compared_is_told():
    seen = change(unread=(("a.py", "it is not valid Python"),), partial=("b is missing",))
    assert seen.sentences == ("b is missing", "a.py is not compared: it is not valid Python")
