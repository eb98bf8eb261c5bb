"""The fields of a review by their names."""

from __future__ import annotations

from mldebt.review.typed import answer_field, draft_field, given_answers, is_begun, room, settled_field


def test_what_is_told_in_sentences_has_more_room_than_a_name() -> None:
    assert room(answer_field("entanglement", "words")) == room(settled_field(1, "note")) == 2_000
    assert room(answer_field("entanglement", "owner")) == room("closed_by") == 100


def test_each_subject_has_a_draft_of_its_own() -> None:
    long = "폴더/" * 2_000 + "\ud800.py"
    names = {
        draft_field(about, subject, "words") for about in ("file", "finding") for subject in ("a.py", "b.py", long)
    }
    assert len(names) == 6
    assert max(map(len, names)) < 60


def test_a_day_alone_is_no_decision_that_was_begun() -> None:
    fields = {draft_field("file", "a.py", "due"): "2024-02-14", draft_field("file", "b.py", "owner"): "@ml"}
    assert [is_begun(fields, "file", path) for path in ("a.py", "b.py", "c.py")] == [False, True, False]
    assert given_answers(fields) == {}
