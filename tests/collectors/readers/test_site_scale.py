"""Data cut down in the code."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites


def of(text: str) -> list[str]:
    return [site.detail for site in sites(text, SiteKind.SCALE_TOGGLE)]


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("df = pd.read_csv(path, nrows=1000)", "nrows"),
        ("frame = pd.read_parquet('a').sample(frac=0.05, random_state=1)", "sample"),
        ("df = df.sample(frac=0.1)", "sample"),
        ("train_df = train_df.head(500)", "head"),
        ("df = pd.read_csv(path)[:1000]", "slice"),
        ("texts = texts[:1000]", "slice"),
        ("dataset = dataset.select(range(100))", "select"),
        ("rows = load_dataset('imdb', split='train[:1000]')", "split"),
        ("train_df = train_df.sample(n=5000)", "sample"),
        ("if path.exists():\n    df = pd.read_csv(path, nrows=1000)", "nrows"),
    ],
)
def test_rows_that_are_cut_are_seen(line: str, how: str) -> None:
    assert of(line) == [how]


@pytest.mark.parametrize(
    "line",
    [
        "df.head()",
        "first = df.head(100)",
        "df = df.sample(frac=1)",
        "df = df[:limit]",
        "df = pd.read_csv(path, nrows=limit)",
        "df = df[5:]",
        "columns = pd.read_csv(path, nrows=2)",
        "name = name[:100]",
        "top_docs = top_docs[:50]",
        "rows = load_dataset('imdb', split='train')",
        "test_df = test_df.sample(n=10)",
        "train = pd.read_csv(path, nrows=100)",
        "df = df[:365]",
        "train_sample = pd.read_csv(path, nrows=250)",
        "sample_df = pd.read_csv(path, nrows=1000)",
        "df_train_samp = pd.read_csv(path, nrows=100000)",
        "if debug:\n    ds = ds.take(50)",
        "if args.smoke_test:\n    df = pd.read_csv(path, nrows=1000)",
    ],
)
def test_looks_shuffles_and_variables_are_no_cut(line: str) -> None:
    assert of(line) == []


def test_reads_are_counted() -> None:
    assert [site.kind for site in sites("a = pd.read_csv('a')\nb = pd.read_parquet('b')")] == [SiteKind.DATA_LOAD] * 2
