"""INI: sections, options, lists over lines, and where each stands."""

from __future__ import annotations

import configparser
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.readers.ini_text import read_ini
from collectors.readers.nodes import UnreadError
from tests.collectors.readers.settings_by_hand import lines, read, values

TEXT = """\
; comment
[train]
Rate = 0.1
epochs: 10
shuffle = yes
empty =
path = %(home)s/data
files =
    a.py
    # not this one

    b.py
two = one
    more
[nothing]
[a.b]
x = 1
[train]
rate = 0.2
"""


def test_every_option_has_its_section_its_value_and_its_line() -> None:
    assert values("a.ini", TEXT) == {
        "train.Rate": 0.1,
        "train.epochs": 10,
        "train.shuffle": True,
        "train.empty": None,
        "train.path": "%(home)s/data",
        "train.files[0]": "a.py",
        "train.files[1]": "b.py",
        "train.two": "one\nmore",
        "train.rate": 0.2,
        "nothing": 0,
        "a.b.x": 1,
    }
    assert lines("a.ini", TEXT) == {
        "train.Rate": 3,
        "train.epochs": 4,
        "train.shuffle": 5,
        "train.empty": 6,
        "train.path": 7,
        "train.files[0]": 9,
        "train.files[1]": 12,
        "train.two": 13,
        "train.rate": 19,
        "nothing": 15,
        "a.b.x": 17,
    }


def test_options_that_stand_twice_are_reported_and_both_kept() -> None:
    summary = read("a.ini", "[a]\nx = 1\nx = 2\n")
    assert [tuple(row) for row in summary.repeated] == [(("a", "x"), 3, 2)]
    assert [(row.value, row.line) for row in summary.keys] == [(1, 2), (2, 3)]


def test_without_sections_options_stand_at_the_top() -> None:
    assert values("a.conf", "a = 1\nb = two\n") == {"a": 1, "b": "two"}
    assert lines("a.conf", "a = 1\n\nb = two\n") == {"a": 1, "b": 3}


def test_the_section_that_other_parsers_copy_everywhere_is_one_like_others() -> None:
    assert values("a.ini", "[DEFAULT]\nx = 1\n[a]\ny = 2\n") == {"DEFAULT.x": 1, "a.y": 2}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("server {\n  listen 80;\n}\n", "it is not valid INI \\(line 1\\)"),
        ("just words\n", "it is not valid INI"),
        ("[a]\nkey\n  more\n", "it is not valid INI \\(line 3\\)"),
        ("\\\n" * 50_000, "it is not valid INI \\(line 1\\)"),
        ("  x\n" * 50_000, "it is not valid INI \\(line 1\\)"),
        ("[a]\n" + "= x\n" * 50_000, "it is not valid INI \\(line 2\\)"),
        ("a = 1\n" + "x\n" * 50_000, "it is not valid INI \\(line 2\\)"),
        ("a = 1\n" * 100_001, "more than 100,000 values"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(UnreadError, match=reason):
        read_ini(text)


NAMES = st.text("bcdxyz_.é", min_size=1, max_size=8)
TEXTS = st.text("abxyz.;_é", min_size=1, max_size=10).filter(lambda text: not text.startswith(";"))


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, TEXTS, max_size=4), max_size=4))
def test_what_configparser_wrote_gives_back_its_options(value: dict[str, dict[str, str]]) -> None:
    parser = configparser.RawConfigParser(default_section="none")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_dict(value)
    text = io.StringIO()
    parser.write(text)
    found = {row.key: row for row in read("a.ini", text.getvalue()).keys}
    expected = {(section, name): said for section, table in value.items() for name, said in table.items()}
    assert {key: row.value for key, row in found.items() if len(key) == 2} == expected
    rows = text.getvalue().split("\n")
    assert all(rows[row.line - 1].startswith(key[1]) for key, row in found.items() if len(key) == 2)


@given(st.text("ab=:[]#;%\n\t \0", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    try:
        read_ini(text)
    except UnreadError as error:
        assert str(error)  # noqa: PT017
