"""What moved, and what to do first."""

from __future__ import annotations

from app_pages._first import Moved, first, moves
from app_pages._first_html import first as first_html
from app_pages._first_html import moves as moves_html
from app_pages._frames import signal_row
from app_pages._trend import QUARTER
from app_pages._view import View
from mldebt.store.series import Past
from scoring.answers import Identity, score
from scoring.debts import Debt
from scoring.finding import Effort, Finding, Severity
from scoring.signal import SHOW, Definition, Measurement, Signal

NOW = 1_795_500_000


def signal(name: str, value: float) -> Signal:
    definition = Definition(
        name=name,
        title=name.title(),
        debt=Debt.GLUE_CODE,
        unit="files",
        better="lower",
        status=SHOW,
        summary="Counts.",
        says="{value}.",
    )
    return Signal(definition, Measurement(value, 96, seen=40, total=44))


def view(**then: float) -> View:
    series = {name: (Past(NOW - QUARTER, was, "1"), Past(NOW, 0, "1")) for name, was in then.items()}
    return View(series, NOW, "c" * 40)


def finding(rule: str, path: str) -> Finding:
    return Finding("a", rule, Debt.GLUE_CODE, path, 3, 3, "", "", "", severity=Severity.HIGH, effort=Effort.S)


def test_the_worse_come_first_and_what_stood_still_is_left_out() -> None:
    card = score([signal("up", 90), signal("down", 10), signal("still", 50)], Identity("c" * 40, NOW))
    found = moves(card, view(up=40, down=60, still=50))
    assert [(one.name, one.way, one.was, one.now) for one in found] == [
        ("up", "worse", "40 files", "90 files"),
        ("down", "better", "60 files", "10 files"),
    ]
    told = moves_html(found, "2026-08-01")
    assert told.index("▼ worse") < told.index("▲ better")
    assert "Compared with the snapshot of 2026-08-01." in told
    assert "No snapshot is from a quarter ago" in moves_html((), "")


def test_a_long_list_of_moves_says_how_many_more_there_are() -> None:
    names = [f"s{number}" for number in range(9)]
    card = score([signal(name, 90) for name in names], Identity("c" * 40, NOW))
    told = moves_html(moves(card, view(**dict.fromkeys(names, 40.0))), "2026-08-01")
    assert told.count("<li>") == 6
    assert "3 numbers more moved" in told


def test_the_worse_have_the_room_and_the_better_two_places() -> None:
    rows = [Moved(f"s{number}", "S", way, "1", "2", "") for way in ("worse", "better") for number in range(5)]
    shown = {
        (worse, better): (told.count("▼ worse"), told.count("▲ better"))
        for worse, better in ((5, 5), (4, 3), (1, 5), (5, 1), (0, 5))
        for told in [moves_html([*rows[:worse], *rows[5 : 5 + better]], "2026-08-01")]
    }
    assert shown == {(5, 5): (4, 2), (4, 3): (4, 2), (1, 5): (1, 5), (5, 1): (5, 1), (0, 5): (0, 5)}


def test_the_day_is_that_of_the_snapshot_which_most_are_compared_with() -> None:
    assert view(up=40, down=60).then_day == "2026-08-25"
    assert view().then_day == ""


def test_one_finding_of_each_signal_stands_for_those_like_it() -> None:
    places = [finding("glue", "a.py"), finding("glue", "b.py"), finding("paths", "<b>.py")]
    found = first(places, {"glue": signal("glue", 1).definition}, view())
    assert [(one.row.place, one.more) for one in found] == [("a.py:3", 1), ("<b>.py:3", 0)]
    told = first_html(found, "")
    assert "and 1 more like it" in told
    assert "<b>.py" not in told
    assert "nothing there" in first_html((), "nothing there")


def test_every_number_can_be_counted_again() -> None:
    rows = dict(signal_row(signal("glue", 12), view(glue=12)).arithmetic)
    assert rows["Number"] == "12 files (12), counted over 96; 40 of 44 looked at; lower is better"
    assert rows["Letter"].startswith("none: ")
