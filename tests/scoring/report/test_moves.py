from dataclasses import replace

from scoring.answers import Identity, Scorecard, score
from scoring.report.moves import Row, moves
from scoring.signal import MOST_EVIDENCE, Better, Evidence, Rows, Signal
from tests.signals_by_hand import signal


def card(*signals: Signal) -> Scorecard:
    return score(signals, Identity("c0ffee", 1))


def file(path: str, number: float | None = None) -> Evidence:
    return Evidence(path, "file", number)


def test_what_came_and_grew_makes_it_worse_and_what_went_and_shrank_makes_it_better():
    then = signal(0.1, evidence=(file("kept.py", 4), file("grown.py", 5), file("gone.py", 3), file("more.py", 1)))
    now = signal(0.9, evidence=(file("grown.py", 50), file("new.py", 7), file("kept.py", 4), file("more.py", 2)))
    (move,) = moves(card(now), card(then))
    assert (move.trend.word, move.is_whole) == ("worse", True)
    assert move.rows == (
        Row("new.py", "file", None, None, 7, "new"),
        Row("grown.py", "file", None, 5, 50, "was"),
        Row("more.py", "file", None, 1, 2, "was"),
    )
    (back,) = moves(card(then), card(now))
    assert back.rows == (
        Row("new.py", "file", None, 7, None, "gone"),
        Row("grown.py", "file", None, 50, 5, "was"),
        Row("more.py", "file", None, 2, 1, "was"),
    )


def of(rows: Rows, one: Signal) -> Signal:
    return Signal(replace(one.definition, rows=rows), one.measurement)


def test_what_is_bad_still_explains_no_number_that_got_better() -> None:
    """Most of what is not measured went, and other commits that are not measured came."""
    then = signal(0.2, name="measured", better="higher", evidence=(file("a"), file("b")))
    now = signal(0.8, name="measured", better="higher", evidence=(file("c"),))
    assert [(row.word, row.subject) for row in moves(card(now), card(then))[0].rows] == [("gone", "a"), ("gone", "b")]
    still = signal(0.8, name="measured", better="higher", evidence=(file("a"), file("b"), file("c")))
    assert moves(card(still), card(then))[0].rows == ()


def test_what_is_good_explains_a_number_that_got_better() -> None:
    then, now = (
        of("for", signal(value, better="higher", evidence=rows))
        for value, rows in ((0.1, (file("a"), file("b"))), (0.9, (file("b"), file("c"))))
    )
    assert [(row.word, row.subject) for row in moves(card(now), card(then))[0].rows] == [("new", "c")]
    assert [(row.word, row.subject) for row in moves(card(then), card(now))[0].rows] == [("gone", "c")]


def test_of_what_builds_on_others_a_file_that_builds_on_none_is_no_good() -> None:
    then, now = (
        of("for", signal(value, better="higher", evidence=rows))
        for value, rows in ((0.5, (file("a", 2), file("b", 0))), (0.1, (file("c", 0),)))
    )
    assert [(row.word, row.subject) for row in moves(card(now), card(then))[0].rows] == [("new", "c"), ("gone", "a")]


def test_an_age_that_grows_by_itself_explains_nothing() -> None:
    then, now = (
        of("aged", signal(value, unit="branches", evidence=rows))
        for value, rows in ((1.0, (file("a", 91),)), (3.0, (file("a", 182), file("b", 95))))
    )
    assert [(row.word, row.subject) for row in moves(card(now), card(then))[0].rows] == [("new", "b")]


def test_what_stands_beyond_the_middle_pulls_it_there() -> None:
    """Days of merges: one of 90 days went, one of 2 came, and so did one of 60, which does not explain fewer days."""
    then = of("each", signal(30.0, unit="days", evidence=(file("slow", 90), file("kept", 30), file("quick", 1))))
    now = of("each", signal(10.0, unit="days", evidence=(file("late", 60), file("kept", 30), file("fast", 2))))
    (move,) = moves(card(now), card(then))
    assert [(row.word, row.subject) for row in move.rows] == [("new", "fast"), ("gone", "slow")]


def test_of_a_list_that_was_cut_only_what_weighs_more_than_its_end_is_sure() -> None:
    full = tuple(file(f"{n}.py", 100 - n) for n in range(MOST_EVIDENCE))
    then = signal(0.9, evidence=(*full[:18], file("heavy.py", 99), file("light.py", 1)))
    assert len(then.measurement.evidence) == MOST_EVIDENCE
    (move,) = moves(card(signal(0.1, evidence=full)), card(then))
    assert [(row.word, row.subject) for row in move.rows] == [("gone", "heavy.py")]
    nameless = signal(0.1, evidence=tuple(file(f"{n}.py") for n in range(MOST_EVIDENCE)))
    assert moves(card(nameless), card(signal(0.9, evidence=(file("x.py"),))))[0].rows == ()


def test_where_the_rows_are_the_same_the_numbers_beside_tell() -> None:
    then, now = (
        replace(one, measurement=replace(one.measurement, details=(("introduced", came), ("removed", 4.0 - came / 3))))
        for one, came in ((signal(0.0, unit="notes"), 3.0), (signal(4.0, unit="notes"), 6.0))
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
    assert [row.word for row in move.rows] == ["new"]


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
