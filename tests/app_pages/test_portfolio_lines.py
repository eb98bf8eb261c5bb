from __future__ import annotations

from app_pages._html import portfolio_line
from app_pages._portfolio import lines, matching
from app_pages._repo import named
from app_pages._trend import DAY
from mldebt.store.reading import LatestAnswer, PortfolioRow, RepositoryRow, SnapshotRow
from mldebt.store.snapshots import AnswerRow
from scoring.questions import QUESTIONS
from tests.signals_by_hand import signal

NOW = 1_795_500_000
DEFINITIONS = {"glue": signal().definition, "people": signal(name="people", unit="people", better="higher").definition}


def latest(question: int, now: float | None, then: float | None, lead: str = "glue") -> LatestAnswer:
    answer = AnswerRow(QUESTIONS[question].id, "1", seen=3, total=8, lead=lead, value=now)
    spark = ((NOW - 100, then), (NOW, now)) if now is not None and then is not None else ()
    return LatestAnswer(answer, NOW - 100, None, then, spark)


def row(number: int, name: str, *answers: LatestAnswer, partial: tuple[str, ...] = ()) -> PortfolioRow:
    snapshot = SnapshotRow(number, number, "a", NOW, "", "{}", "1", False, partial, NOW) if answers else None
    return PortfolioRow(RepositoryRow(number, f"/src/{name}", name, False, None, None), snapshot, answers)


def made(*rows: PortfolioRow) -> dict[str, tuple[str, str]]:
    slugs = {r.repository.id: (r.repository.name, r.repository.name) for r in rows}
    return {line.title: (line.moved, line.change) for line in lines(rows, slugs, DEFINITIONS)}


def test_what_got_worse_stands_first_and_what_cannot_be_compared_does_not_hide_it() -> None:
    found = made(
        row(1, "calm", latest(0, 0.3, 0.3)),
        row(2, "better", latest(0, 0.2, 0.3)),
        row(3, "worse", latest(0, 0.4, 0.3), latest(1, 0.2, None)),
        row(4, "worst", latest(0, 0.4, 0.3), latest(4, 2, 5, "people")),
        row(5, "new"),
    )
    assert list(found) == ["worst", "worse", "calm", "new", "better"]
    assert found["worst"] == ("worse", "2 worse")
    assert found["better"] == ("better", "1 better")
    assert found["new"] == ("unknown", "nothing to compare")


def test_a_repository_is_not_ranked_by_the_size_of_its_numbers() -> None:
    assert list(made(row(1, "b", latest(0, 0.9, 0.9)), row(2, "a", latest(0, 0.1, 0.1)))) == ["a", "b"]


def test_each_number_says_whose_it_is() -> None:
    line = lines([row(1, "a", latest(0, 0.4, 0.3), latest(4, 1, None, "people"))], {1: ("a", "a")}, DEFINITIONS)[0]
    assert (line.cells[0].number, line.cells[0].label, line.cells[0].words) == ("40 %", "Glue", "worse: was 30 %")
    assert (line.cells[4].number, line.cells[4].label, line.cells[4].words) == ("1 person", "People", "")
    assert (line.cells[1].number, line.cells[1].label) == ("–", "not enough evidence")


def test_one_more_of_few_is_no_worsening_here_where_the_scorecard_sees_none() -> None:
    few, many = (latest(0, 0.4, 0.3)._replace(n=n) for n in (8, 800))
    assert [made(row(1, "a", one))["a"][0] for one in (few, many)] == ["same", "worse"]


def test_a_number_of_a_signal_that_is_gone_is_shown_without_a_judgement() -> None:
    line = lines([row(1, "a", latest(0, 0.4, 0.3, "gone"))], {1: ("a", "a")}, DEFINITIONS)[0]
    assert (line.cells[0].number, line.cells[0].moved) == ("0.4", "unknown")


def test_notes_tell_partial_and_not_scanned() -> None:
    found = lines(
        [row(1, "a", latest(0, 1, 1), partial=("x",)), row(2, "b")], {1: ("a", "a"), 2: ("b", "b")}, DEFINITIONS
    )
    assert [line.notes for line in found] == [("partial",), ("not scanned yet",)]
    assert [line.as_of is None for line in found] == [False, True]


def test_a_filter_does_not_mind_the_case() -> None:
    every = lines(
        [row(1, "Ranking", latest(0, 0.4, 0.3)), row(2, "Ads")], {1: ("r", "Ranking"), 2: ("a", "Ads")}, DEFINITIONS
    )
    assert [line.slug for line in matching(every, " rank ", None)] == ["r"]
    assert [line.slug for line in matching(every, "", "worse")] == ["r"]
    assert len(matching(every, "", "")) == 2


def test_two_repositories_of_one_name_are_told_apart_by_their_source() -> None:
    rows = (
        RepositoryRow(1, "/a/model", "model", False, None, None),
        RepositoryRow(2, "/b/model", "model", False, None, None),
        RepositoryRow(3, "/c/other", "/a/model", False, None, None),
        RepositoryRow(4, "/d/churn", "churn", False, None, None),
        RepositoryRow(5, "/e/one", "northwind/ads", False, None, None),
        RepositoryRow(6, "/e/two", "northwind/ads", False, None, None),
    )
    slugs = ["/a/model", "/b/model", "/c/other", "churn", "/e/one", "/e/two"]
    assert [repo.slug for repo in named(rows)] == slugs
    shown = ["a/model", "b/model", "/a/model", "churn", "northwind/ads (e/one)", "northwind/ads (e/two)"]
    assert [repo.title for repo in named(rows)] == shown


def test_a_letter_stands_by_its_question_and_not_by_a_number_that_it_may_not_be_of() -> None:
    found = latest(0, 0.3, 0.3)
    graded = found._replace(answer=found.answer._replace(letter="B"))
    (line,) = lines((row(1, "shop", graded),), {1: ("shop", "shop")}, DEFINITIONS)
    html = portfolio_line(line)
    assert 'letter B">B</span> Test a new approach</span><span class="row"><span class="key">30 %</span>' in html
    assert html.count("the letter is of its graded parts alone") == 1


def test_a_number_has_a_line_where_it_moved_over_more_than_days() -> None:
    def drawn(*year: tuple[int, float]) -> str | None:
        found = latest(0, 0.3, 0.2)._replace(spark=year)
        (line,) = lines((row(1, "shop", found),), {1: ("shop", "shop")}, DEFINITIONS)
        return line.cells[0].picture(NOW)

    assert drawn((NOW - 90 * DAY, 0.2), (NOW, 0.3)) is not None
    assert drawn((NOW - 90 * DAY, 0.3), (NOW, 0.3)) is None
    assert drawn((NOW - 9 * DAY, 0.2), (NOW, 0.3)) is None
    assert drawn() is None


def test_what_was_not_scanned_yet_shows_no_dashes() -> None:
    (line,) = lines((row(1, "new"),), {1: ("new", "new")}, DEFINITIONS)
    assert "not scanned yet" in portfolio_line(line)
    assert "–" not in portfolio_line(line)
