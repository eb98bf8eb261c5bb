import io
from dataclasses import replace
from pathlib import Path

from rich.console import Console, RenderableType

from scoring.answers import Identity, score
from scoring.debts import Debt
from scoring.finding import Effort, Severity
from scoring.report.terminal import explanation, scorecard
from scoring.report.text import day, visible
from scoring.signal import ASK, IN_USE, LEVEL, NOT_SEEN, PRESENT, SCORE, Evidence
from tests.signals_by_hand import signal

GOLDEN = Path("tests/golden")
HERE = Identity(commit="c0ffee" * 7, as_of=1_700_000_000, missing=("the clone is shallow: fetch all of it",))


def printed(what: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=100, color_system=None).print(what)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def test_a_scorecard_in_the_terminal():
    now = [
        signal(0.25, status=SCORE, name="wrapped_packages", evidence=(Evidence("glue.py", "file", 12),)),
        signal(3, name="quiet_branches", unit="branches", debt=Debt.DEAD_EXPERIMENTAL_CODEPATHS),
        signal(None, name="closure", debt=Debt.UNANALYZED_DATA_DEPENDENCIES, reason="no reader for it: add one"),
    ]
    then = [signal(0.1, status=SCORE, name="wrapped_packages", evidence=(Evidence("old.py", "file", 4),))]
    card, earlier = score(now, HERE), score(then, HERE)
    assert printed(scorecard(card, "owner/name", earlier)) == (GOLDEN / "scorecard.txt").read_text()


def test_numbers_of_another_version_of_a_signal_are_not_compared():
    card, earlier = (
        score([signal(value, name="glue")], replace(HERE, collectors=(("git", "1"), ("glue", version))))
        for value, version in ((0.9, "2"), (0.1, "1"))
    )
    assert "worse" not in printed(scorecard(card, "here", earlier))
    assert "worse" in printed(scorecard(card, "here", replace(earlier, identity=card.identity)))


def test_nothing_measured_says_so_and_grades_nothing():
    shown = printed(scorecard(score([], Identity("", 0)), "empty"))
    assert "no commits" in shown
    assert "None of the 5 answers could be measured." in shown
    assert shown.count("Not enough evidence") == 5


def test_questions_for_people_are_named_beside_the_kinds_that_nothing_measures():
    shown = printed(scorecard(score([signal(0.2), signal(None, name="loops", status=ASK)], HERE), "shop"))
    assert "· Questions for your team: loops" in shown


def test_an_explanation_shows_the_rows_behind_the_number():
    rows = (Evidence("a.py", "file", 12, "glue", 3), Evidence("b.py", "file"))
    shown = printed(explanation(signal(0.25, status=SCORE, evidence=rows)))
    assert "· file a.py:3  12  glue" in shown
    assert "· file b.py" in shown


def test_hostile_names_cannot_move_the_cursor_or_turn_the_text():
    shown = visible("a\x1b[2Jb\n\u202ec\r\ud800")
    assert shown == "a\\x1b[2Jb\\n\\u202ec\\r\\ud800"


def test_rich_markup_in_a_name_stays_text():
    assert "[bold]x[/bold]" in printed(scorecard(score([], HERE), "[bold]x[/bold]"))


def test_long_names_are_cut_in_the_middle():
    assert visible("a" * 300, 11) == "aaaaa…aaaaa"


def test_dates_beyond_the_calendar_are_said_to_be():
    assert day(1_700_000_000) == "2023-11-14"
    assert day(2**60) == "a date out of range"


def test_debt_of_no_named_kind_stands_under_no_question():
    shown = printed(scorecard(score([signal(3, debt=None, name="admitted", unit="notes")], HERE), "here"))
    assert "Debt whose kind is not named\n· Admitted: 3 notes\n" in shown


def test_remedies_and_what_was_not_found_take_a_line_together():
    levels = (NOT_SEEN, PRESENT, IN_USE)
    practices = [
        signal(level, name=f"level_{int(2 * level)}", unit=LEVEL, better="higher", remedy=True) for level in levels
    ]
    places = [
        signal(value, name=f"places_{value}", unit="places", severity=Severity.LOW, effort=Effort.S) for value in (0, 2)
    ]
    shown = printed(scorecard(score([*practices, *places], HERE), "here"))
    assert "· None found: Places 0\n" in shown
    assert "· Places 2: 2 places\n" in shown
    assert "· Remedies in use: Level 2\n            · Remedies present, use not seen: Level 1\n" in shown
    assert "· Remedies not seen: Level 0\n" in shown


def test_what_is_unknown_beside_something_measured_is_named_in_one_line():
    some = [signal(0.2, name="seen"), signal(None, name="blind", reason="why")]
    shown = printed(scorecard(score(some, HERE), "here"))
    assert "says why): blind\n" in shown
    assert "Blind: unknown" not in shown
