"""Which comment is ours, and what becomes of it: by values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from github_app.comments import Comment, Decision, Edit, Leave, Marker, Post, decide, marker, ours
from scoring.report.comment import comment, correction
from tests.scoring.report.changes_by_hand import change, cut_in

BOT = "github-actions[bot]"
NEW = comment(change([cut_in("a.py")]), 7)
OTHER = comment(change([cut_in("a.py"), cut_in("b.py", snippet="nrows=7")]), 7)
PAID = correction(change([], [cut_in("a.py")]), 7)


def written(body: str, number: int = 1, login: str = BOT, *, is_bot: bool = True) -> Comment:
    return Comment(number, login, is_bot, body)


def test_a_marker_is_read_at_the_very_beginning_alone() -> None:
    found = marker(NEW)
    assert found is not None
    assert (found.pull, found.head, len(found.digest)) == (7, "c" * 40, 64)
    assert marker(f"<!-- mldebt:v1 head={'c' * 40} body=sha256:{'0' * 64} -->") == Marker(None, "c" * 40, "0" * 64)
    for body in (
        "",
        f" {NEW}",
        f"Look:\n{NEW}",
        NEW.replace("v1", "v2"),
        NEW.replace("sha256:", "sha256:x"),
        "<!-- -->",
    ):
        assert marker(body) is None


@pytest.mark.parametrize(
    ("one", "is_ours"),
    [
        (written(NEW), True),
        (written(NEW, login="somebody", is_bot=False), False),  # a person pasted it
        (written(NEW, is_bot=False), False),  # whoever calls themselves that
        (written(NEW, login="another-app[bot]"), False),
        (written(NEW.replace("pr=7", "pr=8")), False),  # copied from another pull request
        (written(comment(change([cut_in("a.py")]))), False),
        (written(f"> {NEW}"), False),
        (written("Thank you."), False),
        (written(""), False),
    ],
)
def test_ours_is_by_its_author_and_its_marker(one: Comment, is_ours: bool) -> None:
    assert bool(ours([one], BOT, 7)) is is_ours


def test_a_person_may_lend_their_token() -> None:
    assert ours([written(NEW, login="ada", is_bot=False)], "ada", 7)
    assert not ours([written(NEW, login="ada", is_bot=True)], "ada", 7)


def test_the_oldest_comes_first() -> None:
    assert [one.id for one in ours([written(NEW, 9), written(NEW, 2), written(OTHER, 4)], BOT, 7)] == [2, 4, 9]


@pytest.mark.parametrize(
    ("mine", "new", "decision"),
    [
        ([], NEW, Decision(Post(NEW))),
        ([], "", Decision(Leave("no finding is new"))),
        ([written(NEW)], NEW, Decision(Leave("the comment says it already"))),
        ([written(NEW)], OTHER, Decision(Edit(1, OTHER))),
        ([written(NEW)], "", Decision(Edit(1, PAID))),
        ([written(PAID)], "", Decision(Leave("the comment says it already"))),
        ([written(PAID)], NEW, Decision(Edit(1, NEW))),
        ([written(NEW, 1), written(NEW, 2), written(NEW, 3)], OTHER, Decision(Edit(1, OTHER), (2, 3))),
        ([written(NEW, 1), written(NEW, 2)], NEW, Decision(Leave("the comment says it already"), (2,))),
    ],
)
def test_write_edit_or_leave(mine: list[Comment], new: str, decision: Decision) -> None:
    assert decide(mine, new, PAID) == decision


bodies = st.sampled_from([NEW, OTHER, PAID, f"> {NEW}", NEW.replace("pr=7", "pr=8"), "Thank you.", ""])
authors = st.sampled_from([(BOT, True), (BOT, False), ("ada", False), ("another[bot]", True)])


@given(st.lists(st.tuples(bodies, authors), max_size=6), st.sampled_from([NEW, OTHER, ""]))
def test_whatever_stands_there_one_decision_is_enough(there: list[tuple[str, tuple[str, bool]]], new: str) -> None:
    rows = [Comment(n, login, is_bot, body) for n, (body, (login, is_bot)) in enumerate(there)]
    decision = decide(ours(rows, BOT, 7), new, PAID)
    after = [row for row in rows if row.id not in decision.spare]
    match decision.act:
        case Post(body):
            after.append(written(body, 99))
        case Edit(comment_id, body):
            after = [row._replace(body=body) if row.id == comment_id else row for row in after]
        case Leave():
            pass
    mine = ours(after, BOT, 7)
    assert isinstance(decide(mine, new, PAID).act, Leave)
    assert len(mine) == (1 if new or ours(rows, BOT, 7) else 0)
    assert all(one.body == (new or PAID) for one in mine)
    assert [row for row in after if row not in mine] == [row for row in rows if row not in ours(rows, BOT, 7)]


def test_a_new_head_alone_changes_no_correction() -> None:
    later = change([], [cut_in("a.py")])
    later = later._replace(commits=later.commits._replace(head="d" * 40))
    assert isinstance(decide([written(PAID)], "", correction(later, 7)).act, Leave)


def test_what_a_person_did_to_our_words_is_left_until_there_is_something_to_say() -> None:
    assert isinstance(decide([written(f"{NEW}\nDone, see #12.")], NEW, PAID).act, Leave)
