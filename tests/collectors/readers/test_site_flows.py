"""Steps fitted before the split."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import sites

IMPORTS = """from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler, LabelEncoder
from sklearn.decomposition import PCA
from imblearn.over_sampling import SMOTE
import pandas as pd
scaler = StandardScaler()
"""
SPLIT = "a, b, c, d = train_test_split(X, y)\n"


def of(text: str) -> list[int]:
    """Lines after the imports."""
    return [site.line - IMPORTS.count("\n") for site in sites(IMPORTS + text, SiteKind.LEAK)]


@pytest.mark.parametrize(
    "text",
    [
        "X = scaler.fit_transform(X)\n" + SPLIT,
        "X = StandardScaler().fit_transform(X)\n" + SPLIT,
        "scaler.fit(X)\nX = scaler.transform(X)\n" + SPLIT,
        "df[columns] = scaler.fit_transform(df[columns])\nX = df.drop(columns=['y'])\n" + SPLIT,
        "Z = scaler.fit_transform(X)\nX = pd.DataFrame(Z, columns=names)\n" + SPLIT,
        "X, y = SMOTE().fit_resample(X, y)\n" + SPLIT,
        "X = scaler.fit_transform(X)\nX, X2, y, y2 = train_test_split(X, y)\n",
        "X = scaler.fit_transform(X)\nreturned = train_test_split(X[columns].values, y)\n",
    ],
)
def test_a_step_fitted_on_rows_that_are_split_later_leaks(text: str) -> None:
    assert of(text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        SPLIT + "a = scaler.fit_transform(a)\n",
        SPLIT + "X = scaler.fit_transform(X)\n",
        "y = LabelEncoder().fit_transform(y)\n" + SPLIT,
        "Z = PCA(2).fit_transform(X)\n" + SPLIT,
        "X_train = scaler.fit_transform(X_train)\nX, V = train_test_split(X_train)\n",
        "X = scaler.fit_transform(X)\nX = pd.read_csv('a.csv')\n" + SPLIT,
        "n = len(scaler.fit_transform(X))\ntrain_test_split(range(n))\n",
        "def prepare(X):\n    X = scaler.fit_transform(X)\n    return X\n" + SPLIT,
        "scaler.fit(X)\n" + SPLIT,
    ],
)
def test_what_is_not_certain_is_not_told(text: str) -> None:
    assert of(text) == []


def test_the_place_is_the_fit_and_names_the_split() -> None:
    (site,) = sites(IMPORTS + "X = scaler.fit_transform(X)\n" + SPLIT, SiteKind.LEAK)
    assert (site.snippet, site.detail) == ("scaler.fit_transform(X)", "StandardScaler, before the split in line 8")


def test_splits_are_counted() -> None:
    assert len(sites(IMPORTS + SPLIT + SPLIT, SiteKind.SPLIT)) == 2
