"""How many places tell their data."""

from collectors.signals.closure_completeness import closure_completeness
from tests.collectors.signals.accesses import SHOP, access, pipeline


def test_named_places_of_all():
    found = closure_completeness(pipeline(*SHOP, access("train < ?", 40, why="it is put together when it runs")))
    assert (found.value, found.n) == (9 / 10, 10)
    assert [(row.subject, row.line) for row in found.evidence] == [("src/train.py", 40)]
    assert "because it is put together when it runs" in found.evidence[0].note
    assert dict(found.details)["not named: it is put together when it runs"] == 1
    assert found.note == ""


def test_below_four_fifths_the_closure_is_a_lower_bound():
    found = closure_completeness(pipeline("a < x.csv", "a > y.csv", "a < in/◌.csv"))
    assert found.value == 2 / 3
    assert "lower bound" in found.note
    assert dict(found.details)["names with holes"] == 1


def test_a_place_is_named_only_if_it_is_whoever_runs_it():
    rows = [access("a < x.csv", 7, path="io.py"), access("b < ?", 7, path="io.py")]
    found = closure_completeness(pipeline(*rows, "a < y.csv", "a < z.csv"))
    assert (found.value, found.n) == (2 / 3, 3)


def test_what_callers_hand_over_is_told_beside_the_number():
    found = closure_completeness(pipeline(*SHOP, "- < !"))
    assert (found.value, found.n) == (1, 9)
    assert found.note == "1 more place takes what callers hand over"


def test_a_place_that_a_stage_fills_in_is_no_callers_business():
    rows = [access("a < x.csv", 7, path="io.py"), access("- < !", 7, path="io.py")]
    found = closure_completeness(pipeline(*rows, "a < y.csv", "a < z.csv"))
    assert (found.value, found.n, found.note) == (1, 3, "")


def test_of_a_library_it_is_said_that_its_data_is_its_callers_business():
    found = closure_completeness(pipeline("- < !", "- > !", "- < !", "- < a.csv"))
    assert found.value is None
    assert found.reason.startswith("most of its reads and writes (3 of 4 places) take what callers")


def test_functions_that_nothing_starts_wait_for_their_callers():
    waiting = [
        access(row, at)._replace(symbol="Trainer.save") for at, row in enumerate(("- > ◌/a.pt", "- < ◌/b.pt", "- < ?"))
    ]
    found = closure_completeness(pipeline(*waiting, "a < x.csv", "a > y.csv"))
    assert found.value is None
    where = "stand in functions that nothing here starts"
    why = "which data that is, is their callers' business"
    assert found.reason == f"most of its reads and writes (3 of 5 places) {where}: {why}"
    assert "3 of all 5 stand in functions" in pipeline(*waiting, "a < x.csv", "a > y.csv").how_sure
    assert closure_completeness(pipeline(*waiting, *SHOP)).value == 9 / 12
    assert closure_completeness(pipeline(*waiting, "train <= x.csv")).value == 0  # steps of a flow are started by it
    both = closure_completeness(pipeline(*waiting, "- < !"))
    assert "(4 of 4 places) take what callers of public functions hand over or stand in functions" in both.reason


def test_without_places_or_with_few_there_is_no_share():
    assert "no place in the code" in closure_completeness(pipeline()).reason
    assert "only declarations" in closure_completeness(pipeline("a <= x.csv")).reason
    few = closure_completeness(pipeline("a < x.csv", "a < ?"))
    assert (few.value, len(few.evidence)) == (None, 1)


def test_files_that_were_not_followed_to_the_end_are_told():
    assert "1 file was not followed to the end" in closure_completeness(pipeline(*SHOP, exhausted=("a.py",))).note
