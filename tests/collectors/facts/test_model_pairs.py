"""Models two by two."""

from collectors.facts.model_pairs import MOST, model_pairs
from tests.collectors.signals.accesses import SHOP, pipeline

TWO = (
    "rank < data/train.csv",
    "rank > rank.pkl",
    "price < data/train.csv",
    "price < data/costs.csv",
    "price > price.pkl",
)


def test_two_models_share_what_both_are_trained_on():
    (pair,) = model_pairs(pipeline(*TWO)).pairs
    assert (pair.first, pair.second, pair.shared) == ("price.pkl", "rank.pkl", ("data/train.csv",))
    assert (pair.together, pair.first_rests, pair.second_rests) == ((), False, False)


def test_a_job_that_reads_both_and_writes_numbers_evaluates_them_together():
    both = ("compare < rank.pkl", "compare < price.pkl", "compare > metrics.json")
    assert model_pairs(pipeline(*TWO, *both)).pairs[0].together == ("compare",)
    assert model_pairs(pipeline(*TWO, *both[:2], "compare > page.csv")).pairs[0].together == ()


def test_a_model_rests_on_another_through_what_was_predicted_with_it():
    through = ("score < rank.pkl", "score < data/raw.csv", "score > scored.csv", "price < scored.csv")
    (pair,) = model_pairs(pipeline(*TWO, *through)).pairs
    assert (pair.first_rests, pair.second_rests) == (True, False)
    (direct,) = model_pairs(pipeline(*TWO, "rank < price.pkl")).pairs
    assert (direct.first_rests, direct.second_rests) == (False, True)


def test_one_model_has_no_pair_and_no_lineage_no_model():
    assert model_pairs(pipeline(*SHOP)) == (("models/model.pkl",), (), 0)
    assert model_pairs(pipeline()) == ((), (), 0)


def test_of_many_models_those_that_share_most_are_kept():
    rows = [
        row
        for n in range(20)
        for row in (f"t{n} < {'own' if n < 5 else 'a'}{n if n < 5 else ''}.csv", f"t{n} > m{n}.pkl")
    ]
    found = model_pairs(pipeline(*rows))
    assert len(found.models) == MOST
    assert found.left_out == 20 - MOST
    assert not {"m0.pkl", "m1.pkl", "m2.pkl", "m3.pkl", "m4.pkl"} & set(found.models)
    assert len(found.pairs) == MOST * (MOST - 1) // 2
