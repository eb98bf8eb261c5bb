import fnmatch
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding.globs import any_path, matches, path_matches


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=10))
def test_a_name_matches_as_a_shell_would_have_it(glob: str, text: str):
    assert matches(glob, text) == fnmatch.fnmatchcase(text, glob)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("src/*.py", "src/a.py"),
        ("src/**", "src/a/b.py"),
        ("src/**/b.py", "src/b.py"),
        ("src/**/b.py", "src/x/y/b.py"),
        ("**/b.py", "b.py"),
        ("**", "a/b/c"),
        ("docs/", "docs/a/b.md"),
        ("docs/", "x/docs/a.md"),
        ("/docs/", "docs/a.md"),
        ("*.ipynb", "deep/down/a.ipynb"),
        ("a?c/[x].py", "abc/[x].py"),
        ("한글/*", "한글/모델.py"),
    ],
)
def test_paths_that_a_pattern_means(glob: str, path: str):
    assert path_matches(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("src/*.py", "src/a/b.py"),
        ("src/*", "srcs/a"),
        ("/*.py", "src/a.py"),
        ("docs/", "docs"),
        ("/docs/", "x/docs/a.md"),
        ("src", "src/a.py"),
        ("[a]", "a"),
        (".*", "a"),
        ("SRC/**", "src/a"),
        ("**", "a" * 5_000),
    ],
)
def test_paths_that_a_pattern_does_not_mean(glob: str, path: str):
    assert not path_matches(glob, path)


NAMES = st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=5)


@given(st.lists(st.sampled_from(["a", "b", "?", "*", "**", "a*"]), min_size=2, max_size=5), NAMES)
def test_folders_match_as_the_expression_that_the_pattern_stands_for(want: list[str], names: list[str]):
    parts = [r"(?:[^/]+/)*" if w == "**" else fnmatch.translate(w)[4:-3].replace(".", "[^/]") + "/" for w in want]
    parts += ["[^/]+/"] * (want[-1] == "**")  # what is in a folder, not the folder
    assert path_matches("/".join(want), "/".join(names)) == bool(re.fullmatch("".join(parts), "/".join(names) + "/"))


def test_one_of_several_is_enough():
    assert any_path(["docs/", "*.csv"])("data/a.csv")
    assert not any_path([])("data/a.csv")


def test_a_pattern_made_to_take_for_ever_does_not():
    assert not path_matches("*a" * 90 + "b", "a" * 4_000)
    assert not path_matches("**/a/" * 40 + "b", "a/" * 1_000 + "a")
