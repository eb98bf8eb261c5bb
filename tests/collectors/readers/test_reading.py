"""Whole blobs, and laws that hold for all bytes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.codec import from_json, to_json
from collectors.facts.files import DebtNote, FileKind, Place, Summary
from collectors.facts.sites import Site, SiteKind
from collectors.readers import reading
from collectors.readers.lines import line_count
from collectors.readers.text import decoded

PATHS = ["a.py", "a.ipynb", "README.md", "docs/install.rst", "a.c", "a.R", "a.yaml", "a.sql", "a.json", "a", "Makefile"]
TRAINING = b'''"""Fits a forest."""

import pandas as pd
from sklearn.ensemble import RandomForestClassifier  # the model

# TODO: tune the depth
model = RandomForestClassifier(max_depth=5)
model.fit(pd.read_csv("train.csv"))
'''
# Text made of what confuses readers: quotes, comment markers, line ends, indentation, brackets.
PIECES = [
    *["def f():", "class A(B):", "x = ", "import a", "from . import b", "TODO", "=====", "```", "é", "€", "\x0c"],
    *['"', "'", '"""', "#", "//", "/*", "*/", "--", "<!--", "-->", "\\", "\n", "\r\n", "\r", "\t", " ", "\0", "\ufeff"],
    *["{", "(", "[", "%", "!"],
]
hostile = st.lists(st.sampled_from(PIECES)).map("".join)
contents = st.one_of(
    st.binary(max_size=300),
    hostile.map(str.encode),
    hostile.map(lambda text: text.encode("utf-16")),
    hostile.map(lambda text: text.encode("latin-1", "replace")),
)


@given(st.sampled_from(PATHS), contents)
def test_no_bytes_make_a_reader_fail_and_lines_add_up(path: str, content: bytes) -> None:
    summary = reading.summarise(path, content)
    counted = summary.code + summary.comment + summary.blank
    assert min(summary[:3]) >= 0
    if not path.endswith(".ipynb") and (counted or path.endswith(".py")):
        assert counted == line_count(decoded(content))
    assert from_json(Summary, to_json(summary)) == summary


@given(st.text(), contents)
def test_no_path_makes_a_reader_fail(path: str, content: bytes) -> None:
    summary = reading.summarise(path, content)
    assert reading.reader_key(path)
    file = reading.file_of(path, "0" * 40, len(content), "100644", summary)
    assert (file.place is None) == (file.kind not in {FileKind.CODE, FileKind.TEST, FileKind.CONFIGURATION})


@given(st.sampled_from(["a.c", "a.R", "a.yaml", "a.sql", "a.html", "a.tex", "a.unknown"]), hostile)
def test_a_blank_line_at_the_end_adds_one_blank(path: str, text: str) -> None:
    before = reading.summarise(path, (text + "\n").encode())
    after = reading.summarise(path, (text + "\n \n").encode())
    assert after[:3] in {(before.code, before.comment, before.blank + 1), (0, 0, 0)}


@given(st.integers(0, 8))
def test_a_blank_line_anywhere_in_python_adds_one_blank_and_changes_nothing_else(place: int) -> None:
    rows = TRAINING.split(b"\n")
    more = b"\n".join([*rows[:place], b"  ", *rows[place:]])
    before, after = reading.summarise("a.py", TRAINING), reading.summarise("a.py", more)
    assert after.blank == before.blank + 1
    assert after._replace(blank=0, notes=(), sites=()) == before._replace(blank=0, notes=(), sites=())
    assert [note[:2] for note in after.notes] == [note[:2] for note in before.notes]
    assert [(site.kind, site.snippet) for site in after.sites] == [(site.kind, site.snippet) for site in before.sites]


def test_a_training_script_is_read_as_ml_code() -> None:
    summary = reading.summarise("src/train.py", TRAINING)
    assert summary._replace(words="") == Summary(
        code=4,
        comment=2,
        blank=2,
        language="Python",
        imports=("pandas", "sklearn.ensemble"),
        reaches=("sklearn.ensemble:RandomForestClassifier",),
        estimators=("sklearn.ensemble.RandomForestClassifier",),
        calls=(".fit",),
        notes=(DebtNote("TODO", "TODO: tune the depth", 6),),
        sites=(
            Site(SiteKind.CHOSEN_HYPERPARAMETERS, 7, 7, detail="RandomForestClassifier"),
            Site(
                SiteKind.FIXED_HYPERPARAMETER,
                7,
                7,
                "",
                "RandomForestClassifier(max_depth=5)",
                "RandomForestClassifier: max_depth",
            ),
            Site(
                SiteKind.UNSEEDED,
                7,
                7,
                "",
                "RandomForestClassifier(max_depth=5)",
                "RandomForestClassifier draws from numpy",
            ),
            Site(SiteKind.DATA_LOAD, 8, 8),
            Site(SiteKind.UNSET_COLUMNS, 8, 8, "", 'pd.read_csv("train.csv")'),
        ),
        packages=("sklearn",),
    )
    file = reading.file_of("src/train.py", "1" * 40, len(TRAINING), "100644", summary)
    assert (file.kind, file.place, file.lines) == (FileKind.CODE, Place.ML_CODE, 4)


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_do_not_matter(end: bytes) -> None:
    assert reading.summarise("a.py", TRAINING.replace(b"\n", end)) == reading.summarise("a.py", TRAINING)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le-mark"])
def test_encodings_do_not_matter(encoding: str) -> None:
    text = TRAINING.decode()
    content = b"\xff\xfe" + text.encode("utf-16-le") if encoding.endswith("mark") else text.encode(encoding)
    assert reading.summarise("a.py", content)[:3] == (4, 2, 2)
    assert reading.summarise("a.py", content).estimators == ("sklearn.ensemble.RandomForestClassifier",)


def test_the_cache_key_is_one_for_all_python_files_and_names_the_version() -> None:
    assert reading.reader_key("a/b.py") == reading.reader_key("c.py")
    assert reading.reader_key("a.py") != reading.reader_key("a.ipynb")
    assert reading.READERS_VERSION in reading.reader_key("a.py")


@given(st.sampled_from([("a/x.py", "b/y.py"), ("a/n.ipynb", "n2.ipynb"), ("a/Makefile", "Makefile")]), contents)
def test_paths_with_one_key_have_one_summary(paths: tuple[str, str], content: bytes) -> None:
    first, second = paths
    assert reading.reader_key(first) == reading.reader_key(second)
    assert reading.summarise(first, content) == reading.summarise(second, content)


@pytest.mark.parametrize(
    ("path", "limit", "reason"),
    [
        ("a.py", reading.LARGEST_PYTHON, "it is larger than 512 KiB"),
        ("a.c", reading.LARGEST, "it is larger than 4 MiB"),
    ],
)
def test_a_file_too_large_is_counted_but_not_looked_into(path: str, limit: int, reason: str) -> None:
    content = b"x = 1\n\n" * (limit // 7 + 1)
    summary = reading.summarise(path, content)
    assert summary.unread == reason
    assert (summary.code, summary.blank) == (content.count(b"x"), content.count(b"x"))
    file = reading.file_of(path, "0" * 40, len(content), "100644", Summary())
    assert (file.kind, file.summary.unread) == (FileKind.CODE, reason)


def test_large_data_is_data_and_no_loss() -> None:
    file = reading.file_of("a.json", "0" * 40, reading.LARGEST + 1, "100644", Summary())
    assert (file.kind, file.summary.unread) == (FileKind.DATA, None)


@pytest.mark.parametrize(
    ("path", "mode", "size", "expected"),
    [
        ("a.py", "100644", 10, True),
        ("a.py", "120000", 10, False),
        ("a", "160000", 0, False),
        ("a.png", "100644", 10, False),
        ("vendor/a.py", "100644", 10, False),
        ("a.csv", "100644", 5 * 1024 * 1024, False),
        ("a.ipynb", "100644", 5 * 1024 * 1024, True),
    ],
)
def test_what_is_worth_reading(path: str, mode: str, size: int, expected: bool) -> None:
    assert reading.wanted(path, mode, size) is expected


def test_a_missing_blob_has_its_language_by_name_and_a_reason() -> None:
    assert reading.unread("a/b.R", "the object is missing") == Summary(language="R", unread="the object is missing")


def test_json_leaves_out_what_is_not_there() -> None:
    assert to_json(Summary(code=1, language="R")) == '{"code":1,"language":"R"}'


def kernelless(*cells: str, **metadata: object) -> bytes:
    rows = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"nbformat": 4, "metadata": metadata, "cells": rows}).encode()


@pytest.mark.parametrize(
    "cells",
    [
        ("%matplotlib inline\nimport pandas as pd", "!pip install x", "df = pd.read_csv('a.csv')\ndf.plot()"),
        ("def f(x):\n    return x", "f(1)"),
    ],
)
def test_a_notebook_without_a_kernel_that_reads_as_python_is_python(cells: tuple[str, ...]) -> None:
    """Jupyter runs it with its own kernel."""
    guess = reading.summarise("look.ipynb", kernelless(*cells))
    named = reading.summarise("look.ipynb", kernelless(*cells, kernelspec={"name": "python3"}))
    assert guess == named
    assert guess.language == "Python"


@pytest.mark.parametrize(
    "cells",
    [
        ("library(dplyr)", "x <- 5", "plot(x)"),  # parses as Python, and is R
        ("using Flux", "x = 1"),
        ("import pandas", "x <- function(a) a"),
        ("print('hello')",),
        ("",),
        (),
    ],
)
def test_a_notebook_without_a_kernel_that_may_be_anything_is_of_no_language(cells: tuple[str, ...]) -> None:
    assert reading.summarise("look.ipynb", kernelless(*cells)).language == "Jupyter Notebook"


@pytest.mark.parametrize("name", ["wolfram", "xeus-forth"])
def test_a_kernel_that_is_named_is_never_guessed(name: str) -> None:
    summary = reading.summarise("look.ipynb", kernelless("import pandas", kernelspec={"name": name}))
    assert summary.language == "Jupyter Notebook"
