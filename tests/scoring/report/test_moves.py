from dataclasses import replace

from scoring.answers import Identity, Scorecard, score
from scoring.report.moves import Row, moves
from scoring.signal import MOST_EVIDENCE, Better, Evidence, Signal
from tests.signals_by_hand import signal


def card(*signals: Signal) -> Scorecard:
    return score(signals, Identity("c0ffee", 1))


def file(path: str, number: float | None = None) -> Evidence:
    return Evidence(path, "file", number)


def test_what_came_what_went_and_what_changed_most():
    then = signal(0.1, evidence=(file("kept.py", 4), file("grown.py", 5), file("gone.py", 3), file("more.py", 1)))
    now = signal(0.9, evidence=(file("grown.py", 50), file("new.py", 7), file("kept.py", 4), file("more.py", 2)))
    (move,) = moves(card(now), card(then))
    assert (move.trend.word, move.is_whole) == ("worse", True)
    assert move.rows == (
        Row("new.py", "file", None, None, 7, "new"),
        Row("gone.py", "file", None, 3, None, "gone"),
        Row("grown.py", "file", None, 5, 50, "was"),
        Row("more.py", "file", None, 1, 2, "was"),
    )


def test_where_the_rows_are_the_same_the_numbers_beside_tell() -> None:
    then, now = (
        replace(one, measurement=replace(one.measurement, details=(("introduced", came), ("removed", 1.0))))
        for one, came in ((signal(2.0, unit="notes"), 3.0), (signal(5.0, unit="notes"), 6.0))
    )
    (move,) = moves(card(now), card(then))
    assert move.rows == (Row("introduced", "detail", None, 3, 6, "was"),)


def test_where_nothing_but_time_passed_it_says_so() -> None:
    def at(days: float, value: float) -> Scorecard:
        return score([signal(value, unit="days")], Identity("c0ffee", int(days * 86_400)))

    (move,) = moves(at(14, 10.5), at(7, 3.5))
    assert move.rows == (Row("nothing but days", "time", None, None, 7, ""),)
    assert moves(at(14, 30.5), at(7, 3.5))[0].rows == ()


def test_one_name_of_two_kinds_is_two_things():
    then = signal(0.1, evidence=(Evidence("docs", "folder", 1),))
    (move,) = moves(card(signal(0.9, evidence=(Evidence("docs", "branch", 1),))), card(then))
    assert [row.word for row in move.rows] == ["new", "gone"]


def test_noise_and_what_was_unknown_on_either_side_are_no_moves():
    names = "still", "noise", "unknown_now", "unknown_then"
    then = [signal(value, name=name) for name, value in zip(names, (0.5, 0.5, 0.5, None), strict=True)]
    now = [signal(value, name=name) for name, value in zip(names, (0.5, 0.51, None, 0.5), strict=True)]
    assert moves(card(*now), card(*then)) == ()


def test_worse_comes_before_better_and_what_has_no_good_direction_last():
    names: dict[str, Better] = {"a": "higher", "b": "neither", "c": "lower"}
    then = [signal(0.1, name=name, better=better) for name, better in names.items()]
    now = [signal(0.9, name=name, better=better) for name, better in names.items()]
    assert [(one.signal.name, one.trend.word) for one in moves(card(*now), card(*then))] == [
        ("c", "worse"),
        ("a", "better"),
        ("b", "moved"),
    ]


def test_a_full_list_of_rows_may_hide_why_one_came():
    many = tuple(file(f"{n}.py") for n in range(MOST_EVIDENCE))
    (move,) = moves(card(signal(0.9, evidence=many)), card(signal(0.1)))
    assert not move.is_whole


def test_numbers_of_another_version_are_not_compared():
    now, then = card(signal(0.9)), card(signal(0.1))
    changed = replace(now, identity=replace(now.identity, collectors=(("glue", "2"),)))
    assert moves(now, then)
    assert moves(changed, then) == ()
