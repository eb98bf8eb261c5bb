from __future__ import annotations

from app_pages._portfolio import ORDERS, Line, lines, matching, usual
from app_pages._portfolio_html import heads, moves
from app_pages._portfolio_html import row as shown_row
from app_pages._repo import named
from app_pages._trend import DAY
from app_pages._year import is_drawn
from mldebt.store.reading import LatestAnswer, PortfolioRow, RepositoryRow, SnapshotRow
from mldebt.store.snapshots import AnswerRow
from mldebt.store.trends import packed
from scoring.questions import QUESTIONS
from tests.signals_by_hand import signal

NOW = 1_795_500_000  # 2026-11-24
THEN = NOW - 100 * DAY  # 2026-08-16
DEFINITIONS = {"glue": signal().definition, "people": signal(name="people", unit="people", better="higher").definition}


def latest(question: int, now: float | None, then: float | None, lead: str = "glue") -> LatestAnswer:
    answer = AnswerRow(QUESTIONS[question].id, "1", seen=3, total=8, lead=lead, value=now)
    year = packed(((THEN, then), (NOW, now))) if now is not None and then is not None else b""
    return LatestAnswer(answer, None if then is None else THEN, None, then, year)


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


def test_a_letter_stands_by_what_it_is_of_and_not_by_a_number_that_it_may_not_be_of() -> None:
    found = latest(0, 0.3, 0.3)
    graded = found._replace(answer=found.answer._replace(letter="B"))
    html = shown_row(one(graded))
    assert 'letter B">B</span> letter of its graded parts alone' in html
    assert html.count("letter B") == 1


def one(*answers: LatestAnswer) -> Line:
    (line,) = lines((row(1, "shop", *answers),), {1: ("shop", "shop")}, DEFINITIONS)
    return line


def test_a_number_has_a_line_where_it_moved_over_more_than_days() -> None:
    def drawn(*year: tuple[int, float]) -> bool:
        line = one(latest(0, 0.3, 0.2)._replace(year=packed(year)))
        shown = "--year:url(" in shown_row(line)
        assert shown is is_drawn(line.cells[0].year, NOW)
        return shown

    assert drawn((NOW - 90 * DAY, 0.2), (NOW, 0.3))
    assert not drawn((NOW - 90 * DAY, 0.3), (NOW, 0.3))
    assert not drawn((NOW - 9 * DAY, 0.2), (NOW, 0.3))
    assert not drawn()


def test_what_was_not_scanned_yet_shows_no_dashes() -> None:
    assert "not scanned yet" in shown_row(one())
    assert "–" not in shown_row(one())


def test_a_row_names_the_day_that_it_is_compared_with() -> None:
    assert '1 worse</span> <span class="keep">since 2026-08-16' in shown_row(one(latest(0, 0.4, 0.3)))
    assert 'no change</span> <span class="keep">since 2026-08-16' in shown_row(one(latest(0, 0.3, 0.3)))
    assert "since" not in shown_row(one(latest(0, 0.4, None)))


def test_numbers_of_two_days_are_told_apart_each_with_its_own() -> None:
    earlier = latest(1, 0.2, 0.1)._replace(earlier_at=THEN - 30 * DAY)
    html = shown_row(one(latest(0, 0.4, 0.3), earlier))
    assert '2 worse</span> <span class="keep">since 2026-07-17 and 2026-08-16' in html
    assert "worse: was 30 % on 2026-08-16" in html
    assert "worse: was 10 % on 2026-07-17" in html


def test_the_head_names_the_usual_number_and_a_row_its_own_where_it_is_another() -> None:
    rows = [row(n, f"r{n}", latest(0, 0.4, 0.3, lead)) for n, lead in enumerate(("glue", "glue", "people"))]
    found = lines(rows, {n: (f"r{n}", f"r{n}") for n in range(3)}, DEFINITIONS)
    named = usual(found)
    assert named == ("Glue", "", "", "", "")
    assert "<strong>Idea</strong>" in heads(["Idea", *"abcd"], named)
    same = {line.title: 'muted usual">Glue' in shown_row(line, named) for line in found}
    assert same == {"r0": True, "r1": True, "r2": False}
    assert all('muted">People' in shown_row(line, named) for line in found if line.title == "r2")


def test_rows_are_put_in_the_order_that_is_asked_for() -> None:
    rows = (
        row(1, "calm", latest(0, 0.3, 0.3)),
        row(2, "better", latest(0, 0.2, 0.3)),
        row(3, "worse", latest(0, 0.4, 0.3)),
        row(4, "new"),
    )
    every = lines(rows, {r.repository.id: (r.repository.name,) * 2 for r in rows}, DEFINITIONS)
    orders = {order: [line.title for line in matching(every, "", None, order)] for order in ORDERS}
    assert orders == {
        "worse": ["worse", "calm", "new", "better"],
        "better": ["better", "calm", "new", "worse"],
        "name": ["better", "calm", "new", "worse"],
        "oldest": ["new", "better", "calm", "worse"],
    }
    assert moves(every) == "1 got worse, 1 got better, 1 did not change, 1 cannot be compared"
