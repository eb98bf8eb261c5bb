from array import array
from dataclasses import replace

from collectors.facts.ages import FileAges, LineAges
from collectors.facts.policy import Policy
from mldebt.scan.judging import judge
from scoring.finding import Effort, Severity, Spot, Tally
from scoring.finding.acceptance import Acceptance, Reason
from scoring.signal import Evidence, Measurement, Signal, State
from tests.builders import at, change, history
from tests.signals_by_hand import signal


def placed(*spots: Spot, about_people: bool = False) -> Signal:
    one = signal(0.5)
    definition = replace(one.definition, severity=Severity.MEDIUM, effort=Effort.S, about_people=about_people)
    return Signal(definition, replace(one.measurement, spots=spots))


def accepted(until: str, path: str = "**") -> Policy:
    return Policy((Acceptance("glue", path, Reason.INTENDED, "@ml", until),))


A, B = Spot("a.py", 1, "a"), Spot("b.py", 1, "b")


def test_places_become_findings_and_the_signal_keeps_their_number():
    [one], found = judge([placed(A, B)], accepted("2030-01-01", "b.py"), None, at(0))
    assert one.measurement.tally == Tally(2, 1)
    assert one.measurement.spots == ()
    assert [(row.path, row.accepted is not None) for row in found] == [("a.py", False), ("b.py", True)]


def test_where_places_are_is_kept_with_the_number():
    [one], _ = judge([placed(B, Spot("a.py", 9, "b"), A)], accepted("2030-01-01", "b.py"), None, at(0))
    assert one.measurement.evidence == (Evidence("a.py", "file", 2, "places"), Evidence("b.py", "file", 1, "place"))
    own = (Evidence("step", "job"),)
    [kept], _ = judge([Signal(placed().definition, replace(placed(A).measurement, evidence=own))], Policy(), None, 0)
    assert kept.measurement.evidence == own


def test_interest_is_how_often_people_changed_the_file_in_a_year():
    changes = history(change(1, "b.py", day=-400), change(1, "b.py", day=-3), change(2, "b.py", day=-2), day=0)
    _, found = judge([placed(A, B)], Policy(), changes, at(0))
    assert [(row.path, row.interest) for row in found] == [("b.py", 2), ("a.py", 0)]
    assert judge([placed(A)], Policy(), None, at(0)).findings[0].interest is None


def test_what_ran_out_by_then_is_not_accepted():  # at(0) is 14 November 2023
    for until, tally in [("2023-11-14", Tally(1, 1)), ("2023-11-13", Tally(1, 0, 1))]:
        [one], _ = judge([placed(A)], accepted(until), None, at(0))
        assert one.measurement.tally == tally


def test_no_places_is_a_tally_of_none_and_unknown_is_no_tally():
    [none] = judge([placed()], Policy(), None, at(0)).signals
    assert none.measurement.tally == Tally(0)
    [unknown] = judge([Signal(placed().definition, Measurement.unknown("why"))], Policy(), None, at(0)).signals
    assert unknown.measurement.tally is None


def test_a_signal_without_places_stays_as_it_is():
    assert judge([signal(0.5)], Policy(), None, at(0)).signals == [signal(0.5)]


def test_numbers_about_people_are_hidden_where_a_team_wants_it():
    [one], found = judge([placed(A, about_people=True)], Policy(shows_people=False), None, at(0))
    assert one.state is State.UNKNOWN
    assert "people: off" in one.measurement.reason
    assert found == []
    [other], _ = judge([placed(A)], Policy(shows_people=False), None, at(0))
    assert other.state is State.MEASURED


def test_findings_know_their_component():
    _, found = judge([placed(A, B)], Policy(components=(("churn", ("a.py",)),)), None, at(0))
    assert [row.component for row in found] == ["churn", ""]


def test_a_place_is_as_old_as_its_newest_line():
    day_0, day_9 = at(0), at(9)
    file = FileAges(array("I", [2, 3]), array("I", [0, 1]))
    ages = LineAges("ab", at(10), {"a.py": file, "n.ipynb": file}, b"\1" * 40, array("q", [day_0, day_9]))
    spots = [Spot("a.py", 1, "a", end_line=2), Spot("a.py", 2, "b", end_line=3), Spot("a.py", 3, "c", end_line=4)]
    _, found = judge([placed(*spots, Spot("n.ipynb", 1, "n"), Spot("b.py", 1, "d"))], Policy(), None, at(10), ages)
    assert [(row.snippet, row.last_changed) for row in found] == [
        ("a", "2023-11-14"),
        ("b", "2023-11-23"),
        ("c", None),  # a line that is not there
        ("d", None),
        ("n", None),  # counted over cells
    ]


def test_a_rule_that_is_off_counts_and_lists_nothing():
    off = replace(placed(A, B).definition, is_on=False)
    one = Signal(off, placed(A, B).measurement)
    [shown], found = judge([one], Policy(), None, at(0))
    assert (shown.measurement.value, shown.measurement.tally, found) == (0.5, None, [])
    assert shown.measurement.note == "its places are not listed: the rule is off"
    assert len(judge([one], Policy(rules=(("glue", True),)), None, at(0)).findings) == 2
    assert judge([placed(A, B)], Policy(rules=(("glue", False),)), None, at(0)).findings == []


def test_a_muted_rule_counts_and_lists_nothing():
    one = placed(A, B)
    [shown], found = judge([one], Policy().muting([one.name]), None, at(0))
    assert (shown.measurement.value, found) == (0.5, [])
    assert shown.measurement.note == (
        "its places are not listed: 3 findings of this rule were called wrong here; "
        "'rules: {glue: on}' in mldebt.yml lists them again"
    )
