"""The review's page: not begun, open, closed, and what goes wrong between two people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from mldebt.access import NotSignedIn
from mldebt.review import close, kept
from mldebt.store import reviews
from mldebt.store.attestations import given
from mldebt.store.engine import Store
from mldebt.store.hosted import tell_installation, tell_repository
from mldebt.store.quarterly import Quarterly, keep_quarterly
from mldebt.store.reading import repositories
from mldebt.store.reviews import ReviewRow
from mldebt.store.snapshots import forget_repository
from mldebt.store.tables import HostedRepository, Review
from scoring.debts import DEBTS, Debt
from tests.dashboard_by_hand import HOSTILE, NOW, QUARTER, add_empty_repository, add_repository
from tests.page_text import html, words
from tests.reviews_by_hand import decision
from tests.viewers_by_hand import person, seated

Visit = Callable[..., AppTest]
RANKING = "northwind/ranking"
TYPED = "<script>alert(1)</script> 한국어"
TYPED_HTML = "&lt;script&gt;alert(1)&lt;/script&gt; 한국어"
LATER = "2027-01-15"
pytestmark = pytest.mark.parametrize("visit", ["light"], indirect=True)  # the colours are looked at in a browser


def rows(store: Store) -> tuple[ReviewRow, ...]:
    with store.reading() as connection:
        return reviews.reviews(connection, repositories(connection)[0].id)


def opened(store: Store, quarters: int = 1) -> int:
    """A review over the last quarter, or one that ended some quarters ago."""
    with store.writing() as connection:
        mine = repositories(connection)[0].id
        _, ids = mine, [row[0] for row in connection.exec_driver_sql("SELECT id FROM snapshot ORDER BY as_of").all()]
        return reviews.open_review(connection, mine, ids[-1 - quarters], ids[-quarters], "2026-11-24", NOW)


def closed(store: Store, quarters: int = 1) -> int:
    review_id = opened(store, quarters)
    with store.reading() as connection:
        mine = repositories(connection)[0]
    close(store, mine, review_id, TYPED, NOW, "2026-11-24")
    return review_id


def field(page: AppTest, kind: str, ending: str) -> Any:
    """The widget whose key ends so."""
    return next(one for one in getattr(page, kind) if str(one.key).endswith(ending))


def draft(page: AppTest, kind: str, part: str) -> Any:
    """A widget of the form in which a decision is written."""
    return next(one for one in getattr(page, kind) if re.search(rf"_draft\..*\.{part}$", str(one.key)))


def on_debt(page: AppTest, debt: str) -> AppTest:
    """Open the form for a kind of debt."""
    page.button_group(key="decide_about").set_value("debt").run()
    page.selectbox(key="decide_which_debt").select(debt).run()
    return page.button(key="decide_else_go").click().run()


def test_only_one_scan_is_nothing_to_compare(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=1)
    page = visit("review")
    assert "Only one scan. The next review can compare" in html(page)
    assert not [button for button in page.button if button.key == "open_review"]


def test_a_repository_without_commits_has_nothing_to_compare(visit: Visit, dashboard_store: Store) -> None:
    add_empty_repository(dashboard_store, "northwind/new")
    assert "Only one scan" in html(visit("review"))


def test_the_next_review_prepares_itself_and_keeps_nothing(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    page = visit("review")
    shown = words(page)
    assert "Three decisions, each with an owner and a day" in shown
    assert sum(int(found) for found in re.findall(r"(\d+) min\b", shown)) == 45
    assert "Then 5" in shown or "Then " in shown
    for title in ("Test a new approach", "Data dependencies", "Impact of a change", "Side effects", "New people"):
        assert title in shown
    assert rows(dashboard_store) == ()


def test_from_and_to_stand_in_the_address_and_must_be_in_their_order(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    page = visit("review")
    last = page.selectbox(key="review_to").value
    page.selectbox(key="review_from").select(last).run()
    assert page.query_params["from"] == f"{NOW:040x}"
    assert page.error[0].value == "“From” must be before “To”."
    assert not [button for button in page.button if button.key == "open_review"]
    linked = visit("review", repo=RANKING, **{"from": f"{NOW - 3 * QUARTER:040x}", "to": f"{NOW - QUARTER:040x}"})
    assert "of 2026-02-24" in words(linked)
    assert "of 2026-08-25" in words(linked)


def test_a_moment_that_is_not_stored_is_told(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    page = visit("review", repo=RANKING, **{"from": "<b>" + "f" * 40})
    assert "No snapshot of the commit that “from” asks for is stored" in words(page)
    assert "<b>fff" not in html(page)


def test_a_review_is_opened_typed_into_and_closed_by_clicking(visit: Visit, dashboard_store: Store) -> None:
    repository_id, _ = add_repository(dashboard_store, RANKING, quarters=4)
    page = visit("review")
    page.button(key="open_review").click().run()
    (review,) = rows(dashboard_store)
    assert page.query_params["review"] == str(review.id)

    field(page, "text_area", "answer.entangled_inputs.words").input(TYPED).run()
    field(page, "text_input", "answer.entangled_inputs.owner").input("@ml").run()
    with dashboard_store.reading() as connection:
        assert reviews.fields(connection, review.id)["answer.entangled_inputs.words"] == TYPED

    place = next(button for button in page.button if str(button.key).startswith("decide_on_"))
    place.click().run()
    draft(page, "radio", "kind").set_value("refactor").run()
    page.button(key="take_decision").click().run()
    assert page.error[0].value == "A decision needs its words and an owner."
    draft(page, "text_area", "words").input(TYPED).run()
    draft(page, "text_input", "owner").input("한국 팀").run()
    page.button(key="take_decision").click().run()
    assert not page.error
    assert not [one for one in page.text_area if "_draft." in str(one.key)]
    assert page.button(key=str(place.key)).label == "Decided"
    assert TYPED_HTML in words(page)

    assert page.button(key="close_review").disabled
    field(page, "text_input", "closed_by").input("@lead").run()
    page.checkbox(key="sure").check().run()
    page.button(key="close_review").click().run()
    shown = html(page)
    assert "Closed on" in shown
    assert "<script>alert(1)" not in shown
    assert TYPED_HTML in words(page)
    assert not page.text_area
    (review,) = rows(dashboard_store)
    one = kept(review)
    assert [(row.words, row.owner, row.about) for row in one.decisions] == [(TYPED, "한국 팀", "finding")]
    with dashboard_store.reading() as connection:
        assert [(said.about, said.answer) for said in given(connection, repository_id)] == [("entangled_inputs", TYPED)]
    assert field(page, "selectbox", "review_picked").value == str(review.id)


def test_what_is_accepted_says_why_in_the_words_of_who_accepts_it(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = visit("review")
    next(button for button in page.button if str(button.key).startswith("decide_on_")).click().run()
    draft(page, "radio", "kind").set_value("accept").run()
    assert draft(page, "radio", "reason").value is None  # nobody's reason is chosen beforehand
    draft(page, "text_area", "words").input("the paper needs it").run()
    draft(page, "text_input", "owner").input("@ml").run()
    page.button(key="take_decision").click().run()
    assert page.error[0].value == "A decision needs the reason why it stays."
    draft(page, "radio", "reason").set_value("not-supported").run()
    page.button(key="take_decision").click().run()
    assert not page.error
    shown = words(page)
    assert "(it stays: what would pay it off is not to be had)" in shown
    assert "reason: not-supported" in shown
    on_debt(page, "glue_code")
    draft(page, "radio", "kind").set_value("accept").run()
    assert not [one for one in page.radio if str(one.key).endswith(".reason")]  # no repository accepts a whole kind


def test_the_form_tells_what_it_is_about(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = visit("review")
    before = html(page)
    next(button for button in page.button if str(button.key).startswith("decide_on_")).click().run()
    form = html(page).replace(before, "")
    for told in ("<h3>", "severity, effort", "Pay it off: ", "<strong>"):  # rule, weight, remedy, debt
        assert told in form, told
    on_debt(page, "glue_code")
    assert DEBTS[Debt.GLUE_CODE].remedy.en in words(page)


def test_the_places_after_the_first_are_shown_by_choice_and_can_be_decided_on(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = visit("review")
    first = [str(button.key) for button in page.button if str(button.key).startswith("decide_on_")]
    more = page.button(key="more_places")
    left = int(more.label.rpartition(" ")[2])
    assert more.label == f"Show {min(20, left)} more of {left}"
    more.click().run()
    now = [str(button.key) for button in page.button if str(button.key).startswith("decide_on_")]
    assert now[: len(first)] == first
    assert len(now) == len(set(now)) == len(first) + min(20, left)
    page.button(key=now[-1]).click().run()
    draft(page, "radio", "kind").set_value("refactor").run()
    draft(page, "text_area", "words").input("this one too").run()
    draft(page, "text_input", "owner").input("@ml").run()
    page.button(key="take_decision").click().run()
    assert page.button(key=now[-1]).label == "Decided"


def test_a_kind_of_debt_is_kept_by_its_english_name_whoever_decides(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    page = on_debt(visit("review", lang="ko"), "glue_code")
    draft(page, "radio", "kind").set_value("supervise").run()
    draft(page, "text_area", "words").input("우리가 합니다").run()
    draft(page, "text_input", "owner").input("@ml").run()
    page.button(key="take_decision").click().run()
    with dashboard_store.reading() as connection:
        assert [row.title for row in reviews.decisions(connection, review_id)] == ["Glue code"]
    assert "접착 코드(Glue code)</bdi><div>" in html(page)


def test_a_first_review_says_why_it_cannot_tell_what_was_paid_and_how_to_know(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    page = visit("review")
    assert "is not known place by place: that snapshot was made from history" in words(page)


def test_what_was_taken_on_meanwhile_is_closed_by_the_next_step(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = closed(dashboard_store)
    page = visit("review", repo=RANKING, review=str(review_id))
    page.button(key="prepare_next").click().run()
    assert "review" not in page.query_params
    assert "closed already: scan again" in html(page)
    assert "mldebt scan" in html(page)


def test_what_was_typed_is_there_in_another_session(visit: Visit, dashboard_store: Store) -> None:
    """A session that breaks off loses nothing that it left."""
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = visit("review")
    field(page, "text_area", "answer.entangled_inputs.words").input("half an answer").run()
    on_debt(page, "glue_code")
    draft(page, "text_area", "words").input("half a decision").run()
    again = visit("review")
    assert field(again, "text_area", "answer.entangled_inputs.words").value == "half an answer"
    assert "Glue code" in html(again)
    assert "begun, and not taken" in html(again)
    assert "1 decision is begun and not taken" in words(again)
    again.button(key="go_on_0").click().run()
    assert draft(again, "text_area", "words").value == "half a decision"
    again.button(key="drop_0").click().run()
    assert "begun, and not taken" not in html(again)


def test_two_who_decide_at_once_have_a_form_each(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    mine, other = on_debt(visit("review"), "glue_code"), on_debt(visit("review"), "dead_experimental_codepaths")
    draft(mine, "text_area", "words").input("mine").run()
    draft(other, "text_area", "words").input("theirs").run()
    assert draft(mine.run(), "text_area", "words").value == "mine"
    both = on_debt(visit("review"), "glue_code")
    assert draft(both, "text_area", "words").value == "mine"


def test_of_two_who_answer_one_question_neither_is_lost(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    name = "answer.entangled_inputs.words"

    def stored() -> str:
        with dashboard_store.reading() as connection:
            return reviews.fields(connection, review_id)[name]

    for way, whole in (("both", f"{TYPED}\nmine"), ("mine", "mine"), ("theirs", TYPED)):
        with dashboard_store.writing() as connection:
            reviews.save_field(connection, review_id, name, "", NOW)
        mine, other = visit("review"), visit("review")
        field(other, "text_area", name).input(TYPED).run()
        field(mine, "text_area", name).input("mine").run()
        assert "Somebody else wrote here meanwhile" in html(mine)
        assert TYPED_HTML in words(mine)
        assert (field(mine, "text_area", name).value, stored()) == ("mine", TYPED)
        next(one for one in mine.button if str(one.key).startswith(f"{way}_")).click().run()
        assert "Somebody else wrote" not in html(mine)
        assert (field(mine, "text_area", name).value, stored()) == (whole, whole)


def test_who_left_the_page_before_choosing_is_not_told_of_two_texts(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    name = "answer.entangled_inputs.words"
    mine, other = visit("review"), visit("review")
    field(other, "text_area", name).input("theirs").run()
    field(mine, "text_area", name).input("mine").run()
    assert "Somebody else wrote here meanwhile" in html(mine)
    mine.switch_page("debts.py").run()
    mine.switch_page("review.py").run()
    assert field(mine, "text_area", name).value == "theirs"
    assert "Somebody else wrote" not in html(mine)


def test_a_text_that_is_too_long_is_not_lost_where_another_types_meanwhile(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    name = "answer.entangled_inputs.words"
    mine, other = visit("review"), visit("review")
    field(mine, "text_area", name).input("m" * 2_001).run()
    field(other, "text_area", name).input("theirs").run()
    assert field(mine.run(), "text_area", name).value == "m" * 2_001
    field(mine, "text_area", name).input("mine").run()
    assert "Somebody else wrote here meanwhile" in html(mine)
    assert field(mine, "text_area", name).value == "mine"


def test_a_text_that_is_too_long_is_told_and_stands_where_it_was_typed(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    page = visit("review")
    name = "answer.entangled_inputs.words"
    field(page, "text_area", name).input("가" * 2_003).run()
    assert "Not kept: it is longer than the 2,000 characters that are kept. Take out 3 characters." in words(page)
    assert len(field(page, "text_area", name).value) == 2_003
    with dashboard_store.reading() as connection:
        assert reviews.fields(connection, review_id) == {}
    field(page, "text_area", name).input("가" * 2_000).run()
    assert "Not kept" not in words(page)
    with dashboard_store.reading() as connection:
        assert reviews.fields(connection, review_id) == {name: "가" * 2_000}


def test_a_decision_whose_day_is_over_is_not_taken(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = on_debt(visit("review"), "glue_code")
    draft(page, "radio", "kind").set_value("accept").run()
    draft(page, "text_area", "words").input("until then").run()
    draft(page, "text_input", "owner").input("@ml").run()
    draft(page, "date_input", "due").set_value(date(2020, 1, 1)).run()
    page.button(key="take_decision").click().run()
    assert page.error[0].value == "Its day is over already: choose one that is to come."


def test_what_another_person_typed_is_shown_and_not_written_over(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    mine, other = visit("review"), visit("review")
    field(other, "text_area", "answer.entangled_inputs.words").input("from the other").run()
    another = next(one for one in mine.text_area if "answer.entangled_inputs" not in str(one.key))
    another.input("mine").run()
    mine.run()
    assert field(mine, "text_area", "answer.entangled_inputs.words").value == "from the other"
    with dashboard_store.reading() as connection:
        assert len(reviews.fields(connection, review_id)) == 2


def test_of_two_who_close_at_once_the_second_gets_a_page_and_loses_nothing(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    first, second = visit("review"), visit("review")
    field(second, "text_area", "answer.entangled_inputs.words").input("typed in time").run()
    for page, by in ((second, "ben"), (first, f"ann {TYPED}")):
        field(page, "text_input", "closed_by").input(by).run()
        page.checkbox(key="sure").check().run()
    first.button(key="close_review").click().run()
    second.button(key="close_review").click().run()
    shown = html(second)
    assert "This review was closed meanwhile" in shown
    assert "Closed by <bdi>ann &lt;script&gt;" in shown
    assert "typed in time" in shown
    (review,) = rows(dashboard_store)
    assert "typed in time" in {row.answer for row in kept(review).asked}
    second.button(key="read_lost").click().run()
    assert "closed meanwhile" not in html(second)


def test_what_is_typed_into_a_review_that_was_closed_is_shown_to_who_typed_it(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    page = visit("review")
    with dashboard_store.reading() as connection:
        mine = repositories(connection)[0]
    close(dashboard_store, mine, review_id, "@lead", NOW, "2026-11-24")
    field(page, "text_area", "answer.entangled_inputs.words").input(f"too late {TYPED}").run()
    shown = html(page)
    assert "You had just typed:" in shown
    assert page.toast[0].value.startswith("This review was closed meanwhile.")
    assert f"too late {TYPED_HTML}" in words(page)
    assert "too late" not in (rows(dashboard_store)[0].record or "")


def test_what_could_not_be_kept_stands_on_whatever_page_is_refused_until_it_is_put_away(
    visit: Visit, dashboard_store: Store
) -> None:
    mine, _ = add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    with seated(person(1, mine, decides=(mine,))) as seat:
        page = visit("review")
        seat.now = NotSignedIn("your session ended: sign in again")
        field(page, "text_area", "answer.entangled_inputs.words").input(f"too late {TYPED}").run()
        assert "You are not signed in" in html(page)
        assert f"too late {TYPED_HTML}" in words(page)
        page.button(key="read_lost").click().run()
        assert "too late" not in html(page)
        assert "You are not signed in" in html(page)


def test_a_closed_review_is_opened_by_its_address_as_it_was(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = closed(dashboard_store)
    page = visit("review", repo=RANKING, review=str(review_id))
    shown = html(page)
    assert "Closed on 2026-11-24 by <bdi>&lt;script&gt;" in shown
    assert "it is as it was" in shown
    assert not page.text_area
    assert not [button for button in page.button if str(button.key).startswith("decide_on_")]
    assert {str(one.key) for one in page.get("download_button")} == {"export_html", "export_md", "export_json"}


def test_a_record_that_was_changed_is_not_shown(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = closed(dashboard_store)
    with dashboard_store.writing() as connection:
        connection.execute(update(Review).values(record='{"a": 1}'))
    page = visit("review", repo=RANKING, review=str(review_id))
    assert "This review cannot be shown" in html(page)
    assert "not what it was when it was closed" in html(page)


@pytest.mark.parametrize("asked", ["99", "0", "-1", "<b>x", "1; drop table review"])
def test_an_unknown_review_is_not_another_one(visit: Visit, dashboard_store: Store, asked: str) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    closed(dashboard_store)
    page = visit("review", repo=RANKING, review=asked)
    assert "This review is not stored" in html(page)
    assert "<b>x" not in html(page)
    page.button(key="show_reviews").click().run()
    assert "Agenda" in html(page)


def test_a_review_of_another_repository_is_not_shown(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = closed(dashboard_store)
    add_repository(dashboard_store, "northwind/ads", seed=2)
    page = visit("review", repo="northwind/ads", review=str(review_id))
    assert "This review is not stored" in html(page)


def test_decisions_of_the_last_review_are_carried_over_checked_and_settled(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store, quarters=2)
    with dashboard_store.writing() as connection:
        action = reviews.decide(connection, review_id, decision("refactor", "debt", "glue_code", due=LATER))
        reviews.decide(connection, review_id, decision("supervise", "debt", "fixed_thresholds", due=LATER))
    with dashboard_store.reading() as connection:
        mine = repositories(connection)[0]
    close(dashboard_store, mine, review_id, "@lead", NOW, "2026-11-24")
    page = visit("review")
    shown = words(page)
    assert "1 action" in shown
    assert "wrap the client" in shown
    assert "made from history, which counts places and lists none" in shown
    page.button(key="open_review").click().run()
    field(page, "button_group", f"settled.{action}.word").set_value("done").run()
    field(page, "text_input", f"settled.{action}.note").input("wrapped").run()
    newest = rows(dashboard_store)[0]
    with dashboard_store.reading() as connection:
        assert reviews.fields(connection, newest.id)[f"settled.{action}.note"] == "wrapped"


def test_a_decision_is_taken_back_and_a_review_given_up(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    with dashboard_store.writing() as connection:
        number = reviews.decide(connection, review_id, decision(words="not this"))
    page = visit("review")
    assert "not this" in html(page)
    page.button(key=f"take_back_{number}").click().run()
    assert "begun, and not taken" in html(page)
    page.button(key="go_on_0").click().run()
    assert draft(page, "text_area", "words").value == "not this"
    page.button(key="discard_review").click().run()
    assert rows(dashboard_store) == ()
    assert [button for button in page.button if button.key == "open_review"]


def test_what_is_taken_back_does_not_write_over_what_another_began(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    with dashboard_store.writing() as connection:
        number = reviews.decide(connection, review_id, decision(about="debt", subject="glue_code", words="mine"))
    page = visit("review")
    draft(on_debt(visit("review"), "glue_code"), "text_area", "words").input("theirs").run()
    page.button(key=f"take_back_{number}").click().run()
    with dashboard_store.reading() as connection:
        assert "theirs" in reviews.fields(connection, review_id).values()
    page.button(key="go_on_0").click().run()
    assert draft(page, "text_area", "words").value == "mine"
    assert "Somebody else wrote here meanwhile" in html(page)
    next(one for one in page.button if str(one.key).startswith("both_")).click().run()
    assert draft(page, "text_area", "words").value == "theirs\nmine"


def test_who_may_look_may_not_decide(visit: Visit, dashboard_store: Store) -> None:
    mine, _ = add_repository(dashboard_store, RANKING, quarters=4)
    with seated(person(1, mine)) as seat:
        page = visit("review")
        assert "may open it" in html(page)
        assert not [button for button in page.button if button.key == "open_review"]
        opened(dashboard_store)
        page = visit("review")
        assert "You may look, and not decide" in html(page)
        assert not page.text_area
        assert not [b for b in page.button if str(b.key).startswith(("take_", "close_", "discard_", "decide_on_"))]
        seat.now = person(1, mine, decides=(mine,))
        page = visit("review")
        assert page.text_area
        seat.now = person(1, mine)
        field(page, "text_area", "answer.entangled_inputs.words").input("no right").run()
        assert "This could not be kept" in html(page)
        assert "You may look at this repository, and decide nothing" in html(page)
        assert "<pre>no right</pre>" in html(page)
        with dashboard_store.reading() as connection:
            assert reviews.fields(connection, rows(dashboard_store)[0].id) == {}


def test_a_review_that_was_given_up_while_somebody_types_is_told_with_what_was_typed(
    visit: Visit, dashboard_store: Store
) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    page = visit("review", repo=RANKING, review=str(review_id))
    with dashboard_store.writing() as connection:
        reviews.discard(connection, review_id)
    field(page, "text_area", "answer.entangled_inputs.words").input("into nothing").run()
    assert "This could not be kept" in html(page)
    assert "into nothing" in html(page)
    assert "This review is not stored" in html(page)


def test_a_repository_that_was_forgotten_while_somebody_looks_has_a_page_that_says_so(
    visit: Visit, dashboard_store: Store
) -> None:
    repository_id, _ = add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = visit("review")
    with dashboard_store.writing() as connection:
        forget_repository(connection, repository_id)
    field(page, "text_area", "answer.entangled_inputs.words").input("too late").run()
    assert "not stored here" in html(page)
    after = html(page.run())
    assert "not stored here" in after or "No repository yet" in after  # as the list of them is read anew


def test_what_is_frozen_ends_at_its_snapshot(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    page = visit("review", repo=RANKING, at=f"{NOW - QUARTER:040x}")
    assert "now 0000000 of 2026-08-25" in words(page)
    assert "Then 0000000 of 2026-05-26" in words(page)


def test_after_a_review_there_is_nothing_new_before_the_next_scan(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    closed(dashboard_store)
    assert "closed already: scan again" in words(visit("review"))


def test_it_leads_back_to_the_issue_of_the_quarter(visit: Visit, dashboard_store: Store) -> None:
    mine, _ = add_repository(dashboard_store, RANKING, quarters=2)
    assert "The issue of" not in words(visit("review"))
    with dashboard_store.writing() as connection:
        tell_installation(connection, 1, 1, account="owner")
        tell_repository(connection, 77, 1, 1, full_name=RANKING)
        connection.execute(update(HostedRepository).values(repository_id=mine))
        keep_quarterly(connection, Quarterly(77, "2026 Q4", 1, 9))
    assert 'href="https://github.com/northwind/ranking/issues/9"' in html(visit("review"))


def test_hostile_names_are_text(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, HOSTILE, hostile=True)
    review_id = opened(dashboard_store)
    with dashboard_store.writing() as connection:
        reviews.decide(
            connection, review_id, decision("accept", "file", HOSTILE, words=HOSTILE, owner=HOSTILE, title=HOSTILE)
        )
        reviews.save_field(connection, review_id, "answer.entangled_inputs.words", HOSTILE, NOW)
    shown = html(visit("review"))
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


def test_korean_readers_are_asked_in_korean(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    opened(dashboard_store)
    page = visit("review", locale="ko-KR")
    assert "새 접근법 시험" in html(page)
    page.selectbox(key="another_question").select("ml_test_data_7").run()
    assert "각 피처를 만드는 코드에 자체 테스트가 있나요?" in html(page)


def test_an_answer_without_an_owner_says_so_once_it_is_closed(visit: Visit, dashboard_store: Store) -> None:
    add_repository(dashboard_store, RANKING, quarters=4)
    review_id = opened(dashboard_store)
    with dashboard_store.writing() as connection:
        reviews.save_field(connection, review_id, "answer.entangled_inputs.words", "we look", NOW)
    with dashboard_store.reading() as connection:
        mine = repositories(connection)[0]
    close(dashboard_store, mine, review_id, "@lead", NOW, "2026-11-24")
    assert "no owner, holds until" in words(visit("review", repo=RANKING, review=str(review_id)))
