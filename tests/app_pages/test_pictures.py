"""The picture of each question: drawn where there is something to draw, and why not where there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from app_pages._matrix_html import matrix, sentence
from app_pages._strip import KINDS, ramps, ramps_say, strip, strip_says
from collectors.facts.model_changes import WEEK, Week
from collectors.facts.model_pairs import model_pairs
from collectors.facts.ramp import Point
from mldebt.store.engine import Store
from mldebt.store.lineage import save_lineage
from tests.collectors.signals.accesses import pipeline
from tests.dashboard_by_hand import add_empty_repository, add_repository
from tests.page_text import html

Visit = Callable[..., AppTest]
WEEKS = (Week(0, 1, 2, 3), Week(WEEK), Week(2 * WEEK, 0, 0, 1))
MODELS = (
    *("rank < data/train.csv", "rank > rank.pkl", "price < data/train.csv", "price > price.pkl"),
    *("compare < rank.pkl", "compare < price.pkl", "compare > metrics.json", "price < rank.pkl"),
)


def test_a_strip_has_a_bar_for_each_kind_that_a_week_has():
    rows = strip(WEEKS)["data"]["values"]
    assert [(row["kind"], row["changes"]) for row in rows] == [*zip(KINDS, (1, 2, 3), strict=True), (KINDS[2], 1)]


def test_a_strip_is_told_in_a_sentence():
    assert strip_says(WEEKS, has_metrics=True) == (
        "Of 7 changes of models, features and their settings in a year, 1 wrote committed metrics, 2 more changed a "
        "test or a check of data with it, 4 neither."
    )
    without = strip_says(WEEKS[2:], has_metrics=False)
    assert "wrote committed metrics" not in without
    assert without.endswith("whether a change was measured is not known.")


def test_a_ramp_is_told_where_it_ends():
    began = "began in the last 12 months"
    points = (
        Point(began, 3, 0, 6, 0.0),
        Point(began, 3, 9, 5, 0.4),
        Point(began, 10, 0, 6, 0.0),
        Point(began, 10, 9, 5, 0.1667),
    )
    assert ramps_say(points) == (
        "Of 6 who began in the last 12 months, an estimated 40 % had come to a third change 9 weeks on, an estimated "
        "17 % to a tenth."
    )
    all_had_the_time = [point._replace(people=6) for point in points]
    assert "12 months, 40 % had come to a third change 9 weeks on, 17 % to" in ramps_say(all_had_the_time)
    drawn = ramps(points)["data"]["values"]
    assert [(row["week"], row["step"], row["share"]) for row in drawn[1:3]] == [
        (9, "third change", 0.4),
        (0, "tenth change", 0.0),
    ]


def test_a_matrix_says_in_words_what_its_shades_and_marks_say():
    found = model_pairs(pipeline(*MODELS))
    assert sentence(found) == (
        "Of 1 pair of models, 1 share data that they are trained on, 1 of those are evaluated by one job; in 1 pair "
        "one is trained directly on what the other made."
    )
    told = matrix(found)
    assert told.count("1 shared set of data: data/train.csv. Evaluated together by compare") == 2
    assert told.count("> ER<") == 1  # price rests on rank
    assert told.count("> E<") == 1


def test_names_of_models_are_shown_as_text():
    found = model_pairs(pipeline("a < i.csv", "a > <script>rank.pkl", "b < i.csv", "b > price.pkl"))
    assert len(found.models) == 2
    assert "<script>" not in matrix(found)


QUESTIONS = {
    "new_algorithm": "A bar runs from a branch",
    "change_impact": 'data-testid="strip-says"',
    "cross_degradation": 'data-testid="model-matrix"',
    "data_dependencies": 'data-testid="data-graph"',
    "onboarding": 'data-testid="ramp-says"',
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_its_picture(visit: Visit, dashboard_store: Store, question: str) -> None:
    repository, snapshots = add_repository(dashboard_store, "northwind/ranking", quarters=2)
    with dashboard_store.writing() as connection:
        save_lineage(connection, repository, snapshots[-1], pipeline(*MODELS))
    assert QUESTIONS[question] in html(visit("scorecard", q=question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_where_there_is_nothing_to_draw_the_page_says_why(visit: Visit, dashboard_store: Store, question: str) -> None:
    add_empty_repository(dashboard_store, "northwind/new")
    shown = html(visit("scorecard", q=question))
    assert 'data-testid="no-picture"' in shown
    assert QUESTIONS[question] not in shown
