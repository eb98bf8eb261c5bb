"""The record of a review: read back as it was, and known by its digest."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scoring.profile import NONE
from scoring.review.comparison import compare
from scoring.review.heaviest import further_places
from scoring.review.preparing import Typed, prepared
from scoring.review.record import digest, read_record, record_json
from scoring.review.words import change_word
from scoring.signal import Evidence, Measurement, Signal
from tests.reviews_by_hand import BEFORE, DAY, NEW, NOW, OLD, compared, glue, record, rule, side, some
from tests.snapshots_by_hand import accepting, finding


def test_it_reads_back_as_it_was() -> None:
    one = record()
    assert read_record(record_json(one)) == one
    assert digest(read_record(record_json(one))) == digest(one)
    assert digest(replace(one, closed="2024-02-14")) != digest(one)


def test_a_record_of_before_reads_back_under_its_digest() -> None:
    """What came to records later is left out where there is none of it."""
    moved = [replace(one, rows=tuple(replace(row, note="") for row in one.rows)) for one in record().moved]
    before = replace(record(), moved=tuple(moved))
    text = record_json(before)
    assert ('"note":' not in json.dumps(json.loads(text)["moved"]), "why_same" not in text) == (True, True)
    assert record_json(read_record(text)) == text


def test_what_is_about_the_same_says_by_how_little() -> None:
    def changed(then: float, now: float) -> tuple[str, str, str]:
        one = prepared("r", None, compared(signals=([glue(then)], [glue(now)])), Typed(DAY))
        (line,) = (line for line in one.answers if line.number)
        return line.word, change_word(line), line.why_same

    assert changed(0.5, 0.51) == ("same", "about the same", "within a twentieth")
    assert changed(0.5, 0.5) == ("same", "no change", "")
    assert changed(0.2, 0.6) == ("worse", "▼ worse", "")


def test_the_heaviest_places_of_a_rule_stand_together() -> None:
    rows = [
        finding(f"{n}.py", snippet=f"{n}", rule=name, interest=n) for n, name in ((9, "glue"), (8, "x"), (7, "glue"))
    ]
    signals = [rule("glue", rows), rule("x", rows)]
    found = compared((), rows, signals=([rule("glue"), rule("x")], signals))
    assert [(row.rule, row.interest) for row in prepared("r", None, found, Typed(DAY)).places] == [
        ("glue", 9),
        ("glue", 7),
        ("x", 8),
    ]


@pytest.mark.parametrize("text", ["{}", "[]", "7", '{"repository": 1}'])
def test_another_text_is_no_record(text: str) -> None:
    with pytest.raises(ValueError, match="no record of a review"):
        read_record(text)
    broken = json.loads(record_json(record())) | {"day": 7}
    with pytest.raises(ValueError, match="no record of a review"):
        read_record(json.dumps(broken))


def test_what_moved_names_its_rows_with_permanent_links() -> None:
    (moved,) = [one for one in record().moved if one.signal == "ratio"]
    assert (moved.before, moved.now, moved.word) == ("20 %", "60 %", "worse")
    assert [(row.subject, row.word, row.numbers) for row in moved.rows] == [("c.py", "new", "9")]
    assert [bool(row.link) for row in moved.rows] == [True]
    assert record().answers[0].moved[0] == "ratio"


def test_what_moved_by_little_reads_as_moved() -> None:
    then, now = (
        glue(value, evidence=[Evidence("Makefile", "language", share)])
        for value, share in ((0.2, 0.0012), (0.6, 0.0034))
    )
    (moved,) = prepared("r", None, compared(signals=([then], [now])), Typed(DAY)).moved
    assert [row.numbers for row in moved.rows] == ["0.1 % → 0.3 %"]


def test_a_row_that_reads_alike_is_none_that_moved() -> None:
    then, now = (
        glue(value, evidence=[Evidence("Makefile", "language", share), Evidence("C", "language", value)])
        for value, share in ((0.2, 0.0004), (0.6, 0.0003))
    )
    (moved,) = prepared("r", None, compared(signals=([then], [now])), Typed(DAY)).moved
    assert ([row.subject for row in moved.rows], moved.rows_left) == (["C"], 0)


def test_new_places_come_the_heaviest_first_without_those_accepted() -> None:
    one = record()
    assert [(place.path, place.weight) for place in one.places] == [("c.py", 10)]
    assert (one.places_are_new, one.places_left, one.places_why) == (True, 0, "")
    found = compared((), [finding("c.py", accepted=accepting())])
    assert prepared("r", None, found, Typed(DAY)).places == ()


def test_where_it_is_not_known_what_is_new_it_says_why() -> None:
    found = compared((), NEW, signals=([rule("glue", reason="no clone")], [rule("glue", NEW)]))
    one = prepared("r", None, found, Typed(DAY))
    assert ([place.path for place in one.places], one.places_are_new, one.places_left) == (["b.py", "c.py"], False, 0)
    assert "no clone" in one.places_why
    says = {item.topic: item.says for item in one.agenda}
    assert says["places"] == "2, of which it is not known whether they are new"
    assert says["flows"] == "not known of every kind: see why"


def test_of_one_rule_three_places_are_shown() -> None:
    many = some(*"abcdefg", interest=9)
    one = prepared("r", None, compared((), [*many, finding("z.py", rule="thresholds")]), Typed(DAY))
    assert [place.rule for place in one.places] == ["glue"] * 3 + ["thresholds"]
    assert one.places_left == 4


def test_what_was_paid_is_named_place_by_place_under_a_number_that_got_better() -> None:
    """Rows of the number's own evidence would be those that are bad still."""
    found = some(*"abcdefgh")
    fewer = [finding("new.py"), *found[:2]]
    one = prepared("r", "https://github.com/a/b", compared(found, fewer), Typed(DAY))
    (moved,) = [row for row in one.moved if row.signal == "glue"]
    assert (moved.word, moved.is_whole, moved.rows_left) == ("better", True, 3)
    assert [(row.subject, row.word, row.link) for row in moved.rows] == [(f"{n}.py", "gone", None) for n in "cde"]
    back = prepared("r", "https://github.com/a/b", compared(fewer, found), Typed(DAY))
    (worse,) = [row for row in back.moved if row.signal == "glue"]
    assert [(row.subject, row.word, bool(row.link)) for row in worse.rows] == [(f"{n}.py", "new", True) for n in "cde"]


def test_the_places_after_those_that_are_shown_can_be_had() -> None:
    many = some(*"abcdefg", interest=9)
    found = compared((), [*many, finding("z.py", rule="thresholds")])
    shown = frozenset(place.id for place in prepared("r", None, found, Typed(DAY)).places)
    assert [place.path for place in further_places(found, None, shown, 3)] == ["d.py", "e.py", "f.py"]
    assert [place.path for place in further_places(found, None, shown, 99)] == ["d.py", "e.py", "f.py", "g.py"]


def test_from_history_it_is_still_said_which_kinds_have_more_places() -> None:
    before = side(BEFORE, (), rule("glue", OLD[:1]), lists_places=False)
    one = prepared("r", None, compare(before, side(NOW, NEW, rule("glue", NEW)), NONE), Typed(DAY))
    assert {item.topic: item.says for item in one.agenda}["flows"] == "1 kind has more places than then, 0 fewer"


def test_actions_and_goals_stand_apart_and_the_due_come_first() -> None:
    one = record()
    assert [(c.decision.number, c.is_due, c.settled, c.note) for c in one.carried] == [
        (2, True, "done", "moved away"),
        (1, False, "", ""),
    ]
    assert [c.decision.number for c in one.goals] == [3]


def test_what_ran_out_is_listed_with_its_owner() -> None:
    assert [(row.kind, row.about, row.owner, row.places) for row in record().lapses] == [
        ("attestation", "monitoring_gaps", "@ops", 0),
        ("acceptance", "glue", "@ml", 1),
    ]


def test_an_answer_holds_for_a_quarter_unless_it_says_otherwise() -> None:
    answers = {one.about: one for one in record().asked}
    assert (answers["entanglement"].answer, answers["entanglement"].holds_until) == ("we watch slices", "2024-05-15")
    assert (answers["monitoring_gaps"].state, answers["cultural_debt"].state) == ("expired", "holds")
    assert answers["undeclared_consumers"].holds_until == ""


def test_the_agenda_tells_what_there_is() -> None:
    one = record()
    says = {item.topic: item.says for item in one.agenda}
    assert sum(item.minutes for item in one.agenda) == 45
    assert says["carried"] == "2 actions, 1 of them due"
    assert says["answers"] == "1 worse"
    assert says["flows"] == "1 place taken on, 1 paid"
    assert says["lapses"] == "2 ran out: say it again, or let it go"
    assert says["goals"] == "1 set, all of them hold"


def test_a_quarter_without_anything_leaves_its_time_to_decisions_and_questions() -> None:
    one = prepared("r", None, compared(OLD, OLD), Typed(DAY))
    assert {item.topic for item in one.agenda if item.minutes} == {"questions", "decide"}
    assert sum(item.minutes for item in one.agenda) == 45


def test_a_number_that_only_time_moved_says_so() -> None:
    days = replace(glue().definition, unit="days")
    before, now = (side(day, (), Signal(days, Measurement(value, 8))) for day, value in ((BEFORE, 9.0), (NOW, 100.0)))
    (moved,) = prepared("r", None, compare(before, now, NONE), Typed(DAY)).moved
    assert [(row.subject, row.word, row.numbers) for row in moved.rows] == [("nothing but days", "", "91")]
