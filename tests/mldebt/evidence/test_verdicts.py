"""Which signals may make letters."""

import random

import pytest

from mldebt.evidence.verdicts import Verdict, verdicts
from scoring.signal import ASK, LEVEL, Definition
from tests.signals_by_hand import signal
from tests.tables_by_hand import Numbers, many, row, table


def glue(**but) -> Definition:
    return signal(**but).definition


def judged(numbers: Numbers, definition: Definition | None = None, each: int = 60) -> Verdict:
    (found,) = verdicts(many(numbers, each), [definition or glue()])
    return found


def good(chance: random.Random, label: str) -> dict[str, float]:
    return {"glue": chance.gauss(1 if label == "N" else 0, 1)}


def test_a_signal_that_points_the_right_way_on_both_halves_scores():
    found = judged(good)
    assert found.scores
    assert (found.engineered, found.other) == (60, 60)
    assert found.chosen is not None
    assert found.proof is not None
    assert found.proof.value >= 0.65
    assert found.proof.low > 0.5


def test_one_that_points_the_wrong_way_shows():
    found = judged(good, glue(better="higher"))
    assert found.why_not.startswith("not chosen: AUC 0.")
    assert found.auc is not None
    assert found.auc.value < 0.35


def test_one_that_points_nowhere_shows():
    assert not judged(lambda chance, _: {"glue": chance.random()}).scores


def test_one_that_only_grows_with_size_is_found_out():
    """Engineered repositories are larger here, and the number is the size."""
    rows = [row(f"y/{n}", "Y", 100 + 60 * n, glue=-(100.0 + 60 * n)) for n in range(60)]
    rows += [row(f"n/{n}", "N", 100 + 14 * n, glue=-(100.0 + 14 * n)) for n in range(60)]
    (found,) = verdicts(table(*rows), [glue()])
    assert found.auc is not None
    assert found.matched is not None
    assert found.matched.value < found.auc.value - 0.1


def test_the_half_that_confirms_did_not_choose():
    """Right in the first half, chance in the other."""
    some = many(good)
    rows = [one._replace(label="YN"[n % 2]) if one.is_held_out else one for n, one in enumerate(some.rows)]
    (found,) = verdicts(table(*rows), [glue()])
    assert found.chosen is not None
    assert found.chosen.value > 0.65
    assert found.why_not.startswith("not confirmed")


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        (glue(name="truck_factor"), "one of NICHE's own criteria (Community"),
        (glue(unit=LEVEL), "one of NICHE's own criteria (Continuous"),
        (glue(better="neither"), "neither direction is better"),
        (glue(status=ASK), "a person answers"),
    ],
)
def test_what_may_not_prove_itself_shows_however_well_it_points(definition, why):
    found = judged(lambda chance, label: {definition.name: good(chance, label)["glue"]}, definition)
    assert found.why_not.startswith(why)


def test_few_repositories_prove_nothing():
    assert "fewer than 10" in judged(good, each=15).why_not


def test_unknown_is_left_out_and_not_read_as_good():
    some = many(good)
    unknown = [one if n % 2 else one._replace(cells={}) for n, one in enumerate(some.rows)]
    (found,) = verdicts(table(*unknown), [glue()])
    assert found.engineered + found.other == 60


def test_every_criterion_is_of_a_signal_that_there_is():
    from collectors.registry import discover
    from mldebt.evidence.criteria import OWN

    assert {one.definition.name for one in discover()} >= OWN.keys()
