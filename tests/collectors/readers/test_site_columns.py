"""Tables read with pandas, and whether the code says what is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

UNSET, SET = SiteKind.UNSET_COLUMNS, SiteKind.SET_COLUMNS


def kinds(*lines: str) -> list[SiteKind]:
    return [site.kind for site in sites("import pandas as pd\n" + "\n".join(lines) + "\n", UNSET, SET)]


@pytest.mark.parametrize(
    "line",
    [
        'rows = pd.read_csv("a.csv")',
        'rows = pd.read_excel("a.xlsx", index_col=0, parse_dates=["day"])',
        "fit(pd.read_table(path, header=None))",
        'rows = pd.read_csv("a.csv").dropna()',
        'def load(): return pd.read_csv("a.csv")',
    ],
)
def test_what_says_nothing(line: str) -> None:
    assert kinds(line) == [UNSET]


@pytest.mark.parametrize("argument", ['dtype="float32"', 'usecols=["a"]', 'names=["a"]', "converters={0: int}"])
def test_arguments_that_say_it(argument: str) -> None:
    assert kinds(f'rows = pd.read_csv("a.csv", {argument})') == [SET]


@pytest.mark.parametrize(
    "lines",
    [
        ['rows = pd.read_csv("a.csv")[["a", "b"]]'],
        ["def load():", '    rows = pd.read_csv("a.csv")', '    return rows[["a", "b"]]'],
        ["def load():", '    return pd.read_csv("a.csv").astype({"a": int})'],
        ['ids = set(pd.read_csv("a.csv")["id"].values)'],
        ['rows = pd.read_csv("a.csv")', "x, y = rows[many + others], rows[one]"],
        ['rows = pd.read_csv("a.csv")', "model.fit(rows[features], y)"],
        ['rows = pd.read_csv("a.csv").dropna().astype({"a": int})'],
        ['rows = pd.read_csv("a.csv")', 'x = rows[["a", "b"]].values'],
        ['rows = pd.read_csv("a.csv").dropna()', 'x = rows.loc[:, ["a", "b"]]'],
        ['COLUMNS = ["a"]', 'rows = pd.read_csv("a.csv")', "rows = rows[COLUMNS]"],
        ["from shop import COLUMNS", 'rows = pd.read_csv("a.csv")', "rows = rows[COLUMNS]"],
        ['rows = pd.read_csv("a.csv")', 'rows.columns = ["a", "b"]'],
        ['rows = pd.read_csv("a.csv")', "rows = schema.validate(rows)"],
    ],
)
def test_columns_that_are_chosen_or_typed_afterwards(lines: list[str]) -> None:
    assert kinds(*lines) == [SET]


@pytest.mark.parametrize("line", ['x = rows[rows["a"] > 1]', 'x = rows["a"]', 'x = other[["a", "b"]]'])
def test_rows_a_single_column_and_other_tables_choose_nothing(line: str) -> None:
    assert kinds('rows = pd.read_csv("a.csv")', line) == [UNSET]


@pytest.mark.parametrize(
    "line",
    ['pd.read_csv("a.csv", **settings)', 'pd.read_parquet("a")', 'pl.read_csv("a.csv")', 'spark.read_csv("a.csv")'],
)
def test_what_is_none(line: str) -> None:
    assert kinds(f"rows = {line}") == []


def test_what_stands_there_is_kept():
    (site,) = sites('import pandas as pd\n\ndef load():\n    return pd.read_csv("a.csv")\n', UNSET)
    assert (site.line, site.symbol, site.snippet) == (4, "load", 'pd.read_csv("a.csv")')


PIECES = [
    "rows",
    "pd.read_csv(x)",
    '[["a"]]',
    '["a"]',
    ".astype(x)",
    "[many]",
    "(x)",
    "[x, y]",
    " = ",
    "\n",
    ".a",
    "*x",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_every_read_says_it_or_does_not(pieces: list[str]) -> None:
    text = "import pandas as pd\n" + "".join(pieces)
    found = sites(text, UNSET, SET)
    assert len({(site.line, site.snippet, site.kind) for site in found}) <= len(found) <= text.count("pd.read_csv")
