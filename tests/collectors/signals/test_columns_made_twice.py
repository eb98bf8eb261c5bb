"""Features computed on both sides."""

import pytest

from collectors.facts.files import File, FileKind, Place
from collectors.facts.lineage import HOLE
from collectors.facts.sites import SiteKind
from collectors.signals.columns_made_twice import columns_made_twice
from tests.builders import tree
from tests.collectors.signals.files_with_sites import holding, site


def made(path: str, place: Place, *names: str, kind: FileKind = FileKind.CODE) -> File:
    sites = (site(SiteKind.COLUMN_MADE, line, detail=name) for line, name in enumerate(names, 4))
    return holding(path, *sites, kind=kind)._replace(place=place)


APP = made("serve/app.py", Place.SERVING, f"lag_{HOLE}", "mean_28")


def test_a_name_that_both_compute_is_told_with_both_places():
    found = columns_made_twice(tree(APP, made("lags.py", Place.FEATURE_EXTRACTION, "depth", f"lag_{HOLE}")))
    assert (found.value, found.n) == (1, 2)
    (row,) = found.evidence
    assert (row.subject, row.line) == ("serve/app.py", 4)
    assert row.note == "lag_… is computed here, and in lags.py, line 5"


@pytest.mark.parametrize(
    "other",
    [
        made("lags.py", Place.FEATURE_EXTRACTION, f"sum_{HOLE}"),
        made("serve/more.py", Place.SERVING, "mean_28"),
        made("test_lags.py", Place.TESTS, "mean_28", kind=FileKind.TEST),
        made("look.ipynb", Place.ANALYSIS_TOOLS, "mean_28"),
        made("settings.py", Place.CONFIGURATION, "mean_28"),
    ],
)
def test_other_names_services_tests_and_notebooks_do_not_count(other: File):
    assert columns_made_twice(tree(APP, other)).value == 0


@pytest.mark.parametrize(
    "name", ["prediction", "y_hat", "churn_score_", "Label", "timestamp", "event_timestamp", "csrf_token"]
)
def test_what_answers_hold_is_no_feature(name: str):
    found = columns_made_twice(tree(made("app.py", Place.SERVING, name), made("fit.py", Place.ML_CODE, name)))
    assert found.value == (1 if name == "churn_score_" else None)


def test_without_a_service_that_computes_nothing_is_known():
    assert columns_made_twice(tree(made("lags.py", Place.FEATURE_EXTRACTION, "mean_28"))).value is None
